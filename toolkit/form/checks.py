"""Which named checks an edition may call for, and what each takes. What they look at is `rules`."""

from __future__ import annotations

from collections.abc import Mapping

TABLE_CHECKS = ("decided-without-items", "amount-and-projects")


CHECKS = (
    "edition", "missing", "empty", "layout", "moved", "unplaced", "cover", "text", "error-value", "domain", "none-sign",
    "blank", "remark", "total-blank", "stale", "formula", "twice", "section-present", "problems-stated",
    "fee-stated", "proportion", "text-figures", "text-breakdown", "notice-current", "county", "period-stated",
    "text-length", "copied-figures", "copied-texts",
)  # fmt: skip
"""The named checks an edition may call for; `check` and `read` have one for each."""


OPTIONS: Mapping[str, tuple[str, ...]] = {
    "proportion": ("factor", "floor"),
    "text-length": ("most",),
    "copied-figures": ("least",),
    "copied-texts": ("floor", "percent"),
}
"""The numbers a named check takes from its rule; it needs each of them, and no other check may have them."""

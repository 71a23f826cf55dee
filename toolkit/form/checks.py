"""Which named checks an edition may call for, and what each takes. What they look at is `rules`."""

from __future__ import annotations

from collections.abc import Mapping

TABLE_CHECKS = ("decided-without-items", "amount-and-projects")


CHECKS = (
    "edition", "missing", "empty", "layout", "moved", "unplaced", "cover", "text", "error-value", "domain", "none-sign",
    "blank", "remark", "total-blank", "stale", "section-present", "problems-stated", "fee-stated", "proportion",
    "text-figures", "text-breakdown", "notice-current", "county", "period-stated", "text-length",
    "year-stated", "text-topics", "law-repealed", "template-left", "another-unit", "private", "decisions-as-items",
    "copied-figures", "copied-texts",
)  # fmt: skip
"""The named checks an edition may call for; `check` and `read` have one for each."""


OPTIONS: Mapping[str, tuple[str, ...]] = {
    "proportion": ("factor", "floor"),
    "text-length": ("most",),
    "copied-figures": ("least",),
    "copied-texts": ("floor", "percent"),
}
"""The numbers a named check takes from its rule; it needs each of them, and no other check may have them."""


WORDS = ("text-topics", "law-repealed", "template-left")
"""The named checks that look for `words`; each needs some, and no other check may have them."""

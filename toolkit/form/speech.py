"""The keys by which an edition file says how texts speak of its figures. What they mean is `phrases`."""

from __future__ import annotations

from collections.abc import Mapping

Keys = Mapping[str, type]
SPEECH: Mapping[str, tuple[Keys, Keys]] = {
    "topic": (
        {"id": str, "says": list, "alone": list},
        {"weak": list, "not": list, "other": list, "free": bool, "money": bool},
    ),
    "phrase": (
        {"topic": str, "says": list, "means": str},
        {"or": list, "also": list, "leading": str, "all": str, "rates": list, "of": str, "sure": bool},
    ),
    "share": ({"topic": str, "says": list, "column": str}, {"or": list, "sure": bool}),
}
"""What says how texts speak of the figures."""

"""The keys an edition file may have, block by block, each with its type. Whether they stand there is `schema`'s."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.form.checks import OPTIONS

VALUES = ("count", "signed", "money")
LEVELS = ("error", "verify", "note")


COVER_FIELDS = ("unit", "code", "level", "year")
"""What a cover must ask for, since it says whose filing a workbook is."""

ZEROS_FIELD = "zeros"
"""The field by which a unit says that what it left blank is 0: its first choice says so."""

MARKING_COLUMNS = 7
"""Number, level, cell, finding, remedy, authority, explanation."""

SELFCHECK_LISTS = {"heads": 9, "pending": 2, "also": 2, "read_as": 3, "notes": 2}
"""How many columns the sheet 自查 has, what stands around the number of findings, and around a text and its number."""

COUNTY_LISTS = {
    "sources_heads": 5, "ledger_heads": 8, "findings_heads": 6, "adjustments_heads": 3, "ledger_summary": 7,
    "against_heads": 5,
}  # fmt: skip
"""How many columns the sheets of a county workbook have before its figures."""

Keys = Mapping[str, type]
FILE: Keys = {
    "edition": str, "notice": str, "years": dict, "title": str, "section": list, "level": list, "value": dict,
    "cover": dict, "texts": dict, "sheets": dict, "guide": dict, "marking": dict, "prior": dict, "county": dict,
    "comparison": dict, "selfcheck": dict, "report": dict,
    "table": list, "rule": list,
}  # fmt: skip
FILE_MAY: Keys = {"topic": list, "phrase": list, "share": list, "counterpart": list, "without": list, "variant_of": str}
COUNTERPART: Keys = {"edition": str, "was": str, "figure": str, "how": str}
COMPARABLE = ("same", "differently-counted")
BLOCKS: Mapping[str, tuple[Keys, Keys]] = {
    "years": ({"first": int}, {"last": int}),
    "value": (dict.fromkeys(VALUES, dict), {}),
    "cover": ({"sheet": str, "fields": list, "note": str}, {}),
    "texts": ({"sheet": str, "note": str}, {}),
    "sheets": ({"unit": str, "year": str, "note": str}, {}),
    "county": (
        dict.fromkeys(("sources", "ledger", "findings", "adjustments", "charts", "adjusted"), str)
        | dict.fromkeys(("sources_note", "ledger_note", "findings_note", "adjustments_note"), str)
        | dict.fromkeys(("total", "against", "against_note", "key", "key_note", "units_added", "cover"), str)
        | dict.fromkeys((*COUNTY_LISTS, "guide"), list),
        {"chart": list, "key_figures": list, "tables_note": str},
    ),
    "comparison": ({"small_base": int}, {}),
    "prior": (dict.fromkeys(("head", "expected", "carried"), str), {}),
    "guide": ({"sheet": str, "title": str, "lines": list}, {"head": str, "before": list, "after": list}),
    "marking": (
        {
            "sheet": str,
            "title": str,
            "note": str,
            "none": str,
            "kept": str,
            "whole": str,
            "more": str,
            "columns": list,
            "levels": dict,
            "prompt": str,
            "comment_opens": str,
            "comment_closes": str,
            "empty_answers": list,
            "least_answer": int,
        },
        {"about": str, "reasons": list},
    ),
    "selfcheck": (
        {
            **dict.fromkeys(("sheet", "title", "note", "cover", "ready"), str),
            **dict.fromkeys(("error", "verify"), str),
            **dict.fromkeys(("kept", "broken", "unfilled", "unread", "not_asked"), str),
            "heads": list,
            "pending": list,
            "also": list,
        },
        {
            **dict.fromkeys(("unstarted", "every", "right", "locked", "places", "noted"), str),
            **dict.fromkeys(("wrong", "more", "read_as", "notes"), list),
        },
    ),
    "report": ({"title": str, "period": str, "date": str, "draft": str}, {"sentences": list}),
}
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
TYPING: Keys = {"label": str, "title": str, "message": str}
TABLE: Keys = {"id": str, "sheet": str, "value": str, "columns": list, "rows": list}
TABLE_MAY: Keys = {"head": str, "stub": str, "over": str, "rule": list}
LINE: Keys = {"id": str, "label": str, "en": str}
LINE_MAY: Keys = {"short": str, "sum": list, "value": str, "prompt": str, "once": bool}
RULE: Keys = {"id": str, "level": str, "cite": str, "cite_en": str}
RULE_MAY: Keys = {
    **{"each": str, "equate": str, "check": str, "when": dict},
    **OPTIONS,
}
SECTION: Keys = {"id": str, "title": str, "en": str}
SECTION_MAY: Keys = {"sheet": str, "prompt": str}
CHOICE: Keys = {"id": str, "label": str}
CHOICE_MAY: Keys = {"en": str, "prompt": str, "choices": list}
LEVEL_MAY: Keys = {
    **{"en": str, "above": str, "inside": str, "of": str},
    **dict.fromkeys(("names", "but", "also"), list),
}

"""The words of a workbook as an edition file says them, its sheets and its notice in the places left for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.form.words import Chart, Choice, County, Marking, Prior, SelfCheck, Wording


def wording(stated: Mapping[str, Any]) -> Wording:
    """The words of the workbook of an edition file."""
    cover, texts, sheets = stated["cover"], stated["texts"], stated["sheets"]
    return Wording(
        cover_sheet=cover["sheet"],
        cover_fields=tuple(Choice(**{**each, "choices": tuple(each.get("choices", ()))}) for each in cover["fields"]),
        cover_note=cover["note"],
        texts_sheet=texts["sheet"],
        texts_note=texts["note"],
        sheet_unit=sheets["unit"],
        sheet_year=sheets["year"],
        sheet_note=sheets["note"],
        guide_sheet=stated["guide"]["sheet"],
        guide_title=stated["guide"]["title"],
        guide_lines=tuple(_guide(stated)),
        marking=_marking(stated["marking"]),
        selfcheck=_selfcheck(stated["selfcheck"]),
        prior=Prior(**stated["prior"]),
        county=_county(stated),
    )


def _guide(stated: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the guide: whose form it is, then what is to be done, numbered."""
    guide = stated["guide"]
    if head := guide.get("head"):
        yield _filled(head, stated)
    written = any("sheet" not in each for each in stated["section"])
    lines = (*guide.get("before", ()), *guide["lines"], *guide.get("after", ()))
    for number, line in enumerate(lines, 1):
        yield f"{number}. " + _filled(line if isinstance(line, str) else line[0 if written else 1], stated)


def _filled(said: str, stated: Mapping[str, Any]) -> str:
    """A sentence with the sheets, the notice and the title of the edition in their places."""
    sheets = [each["sheet"] for each in stated["section"] if "sheet" in each]
    places = {
        "notice": stated["notice"],
        "title": stated["title"],
        "sheets": "、".join(sheets),
        "quoted": "".join(f"“{each}”" for each in sheets),
    }
    for name, value in places.items():
        said = said.replace(f"{{{name}}}", value)
    return said


def _marking(stated: Mapping[str, Any]) -> Marking:
    lists = {key: tuple(stated.get(key, ())) for key in ("columns", "empty_answers", "reasons")}
    return Marking(**{**stated, **lists})


def _selfcheck(stated: Mapping[str, Any]) -> SelfCheck:
    words: dict[str, Any] = {key: tuple(said) if isinstance(said, list) else said for key, said in stated.items()}
    return SelfCheck(**words)


def _county(stated: Mapping[str, Any]) -> County:
    county = stated["county"]
    lists = {key: tuple(said) for key, said in county.items() if isinstance(said, list) and key != "chart"}
    charts = tuple(Chart(each["title"], tuple(each["figures"]), each.get("of") == "units")
                   for each in county.get("chart", ()))  # fmt: skip
    filled = {"guide": tuple(_filled(each, stated) for each in county["guide"]),
              "sources_note": _filled(county["sources_note"], stated)}  # fmt: skip
    return County(**{"key_figures": (), **county, **lists, "chart": charts, **filled})

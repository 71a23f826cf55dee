"""Writes docs/rules.md: every rule of every edition as the edition files state it, in both languages.

Run it after a rule was added or reworded; a test holds the page to the files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from toolkit.form.edition import editions
from toolkit.form.parts import Edition, Rule
from toolkit.form.sentences import sentence
from toolkit.ground.language import speaking

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"
LEVELS = {"error": "error 错误", "verify": "verify 核实", "note": "note 提示"}


def page() -> str:
    """The page as it should stand."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# Rules 勾稽关系与检查"
    yield ""
    yield "Written by `scripts/rules_page.py` from the edition files, not by hand. `xls explain RULE` shows the cells"
    yield "of a rule on the form, with an example that keeps it and one that breaks it."
    for edition in editions():
        last = edition.last or ""
        yield ""
        yield f"## {edition.id}: {edition.notice}"
        yield ""
        yield f"Report years {edition.first}–{last}; {len(edition.rules)} rules."
        for rule in edition.rules:
            yield ""
            yield from _rule(rule, edition)
    yield ""


def _rule(rule: Rule, edition: Edition) -> Iterator[str]:
    yield f"### {rule.id}"
    yield ""
    yield f"*{LEVELS[rule.level]}*"
    yield ""
    for language, cite in (("zh", rule.cite), ("en", rule.cite_en)):
        with speaking(language):
            asked = sentence(rule, edition)
        yield f"- {asked} — {cite}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

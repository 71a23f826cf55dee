"""docs/rules.md says what the edition files say."""

from __future__ import annotations

from scripts.rules_page import PAGE, page
from toolkit.form.edition import editions


def test_the_page_of_the_rules_is_what_the_edition_files_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run scripts/rules_page.py"


def test_every_rule_of_every_edition_stands_on_the_page() -> None:
    said = PAGE.read_text(encoding="utf-8")
    for edition in editions():
        part = said.split(f"## {edition.id}: ")[1].split("\n## ")[0]
        assert [rule.id for rule in edition.rules] == [
            line.removeprefix("### ") for line in part.splitlines() if line.startswith("### ")
        ]

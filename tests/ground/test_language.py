"""What a user reads: sentences with their values in either language, and a catalogue that lacks nothing."""

from __future__ import annotations

import ast
import re
import string
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from scripts import catalogue
from tests import ROOT
from toolkit.ground.language import Text, choose, chosen, detect, listed, speaking, text

SENTENCES = catalogue.translated()
TERMS = re.compile(
    r"`[^`]*`|^xls [^。]*$"  # what is to be typed stands as it is typed
    r"|--[a-z-]+|-[a-z]\b|docs/schema/filing\.json|SECURITY\.md|\.(?:xlsx|xlsm|xlsb|txt|csv|jsonl|json|docx|html|pdf|sqlite|parquet|toml|zip)\b|XLS_[A-Z]+|\bTMPDIR\b"
    r"|\b(?:xls|xlsx|xlsb|txt|JSON|CSV|TOML|PDF|Parquet|Word|Excel|WPS|LibreOffice|UTF-8|UTF-16|GB18030|MB|id)\b"
    r"|\b(?:zh|en|text|json|row|column|sum|sheet|last|each|equate|check|prior)\b"
    r"|\b(?:code|name|level|county-department|province|city|county|township)\b"
)


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_the_catalogue_has_every_sentence_of_the_code_and_no_other() -> None:
    said = catalogue.collected()
    assert sorted(said) == sorted(SENTENCES), "run `make catalogue`"


def test_every_sentence_is_translated_and_none_by_guess() -> None:
    with catalogue.CHINESE.open("rb") as file:
        read = read_po(file)
    assert [each.id for each in read if each.id and (each.fuzzy or not each.string)] == []
    assert list(read.obsolete) == []


def test_the_catalogue_is_as_the_script_writes_it() -> None:
    assert catalogue.CHINESE.read_bytes().decode() == catalogue.written(SENTENCES).decode()


@pytest.mark.parametrize("sentence", sorted(SENTENCES))
def test_a_translation_has_the_places_of_its_sentence_and_no_english(sentence: str) -> None:
    said = SENTENCES[sentence]
    assert _places(said) == _places(sentence)
    plain = TERMS.sub("", re.sub(r"\{\w+\}", "", said))
    assert re.findall(r"[A-Za-z]{2,}", plain) == []


def test_the_compiled_catalogue_is_the_one_in_the_source() -> None:
    with speaking("zh"):
        heard = {sentence: str(Text(sentence)) for sentence in SENTENCES}
    assert heard == SENTENCES, "install the package again, or run `make catalogue`"


def test_a_sentence_that_is_put_together_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "loud.py").write_text('text("read: " + name)\n', encoding="utf-8")
    monkeypatch.setattr(catalogue, "SOURCES", (tmp_path,))
    with pytest.raises(ValueError, match=r"loud\.py:1: text\(\) takes a sentence in quotes"):
        catalogue.collected()


def test_a_sentence_inside_another_is_collected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep.py").write_text('said = text("{what}", what=more(text("the total"), 3))\n', encoding="utf-8")
    monkeypatch.setattr(catalogue, "SOURCES", (tmp_path,))
    assert catalogue.collected() == {"{what}", "the total"}


def test_a_sentence_is_said_in_the_language_of_the_moment() -> None:
    said = text("{label} is missing; it should be {sum}", label="总计", sum=272)
    with speaking("en"):
        assert str(said) == "总计 is missing; it should be 272"
    with speaking("zh"):
        assert str(said) == "缺少总计，应为 272"


def test_a_sentence_within_a_sentence_is_said_in_the_same_language() -> None:
    said = text("{what} is {difference} too many", what=text("the total"), difference=Decimal("1.50"))
    with speaking("en"):
        assert str(said) == "the total is 1.50 too many"
    with speaking("zh"):
        assert str(said) == "总计多 1.50"


def test_a_value_is_said_as_it_is_whatever_signs_it_has() -> None:
    with speaking("en"):
        assert (
            str(text("{label}: “{typed}” is no number", label="{x}", typed="{0} 50%")) == "{x}: “{0} 50%” is no number"
        )
        assert str(text("the total")) == "the total"
        assert str(text("{words} = {value}", words="a", value=Decimal("1E+3"))) == "a = 1000"
        assert str(Text("")) == ""


def test_an_enumeration_is_cut_and_says_so() -> None:
    with speaking("en"):
        assert str(listed([])) == ""
        assert str(listed(["E7"])) == "E7"
        assert str(listed(["E7", text("the total"), 3])) == "E7, the total, 3"
        assert str(listed(list("abcd"), 3)) == "a, b, c and 1 more"
    with speaking("zh"):
        assert str(listed(["E7", text("the total")])) == "E7、总计"
        assert str(listed(list("abcd"), 2)) == "a、b，另有 2 个"


def test_the_language_within_a_block_is_given_back_after_it() -> None:
    before = chosen()
    with speaking("en"):
        assert chosen() == "en"
        choose("zh")
        assert chosen() == "zh"
        choose("fr")
        assert chosen() == "en"
    assert chosen() == before


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "en_GB.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh"),
        ([], {"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
        ([], {"LC_ALL": "zh_CN.UTF-8", "XLS_LANG": "en"}, "en"),
        (["check", "--lang", "zh"], {"XLS_LANG": "en"}, "zh"),
        (["--lang=en", "check"], {"XLS_LANG": "zh"}, "en"),
        (["--lang", "ZH", "check"], {}, "zh"),
        (["check", "--language"], {"LANG": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_the_language_is_what_was_asked_for_most_plainly(
    arguments: list[str], environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.ground.language._of_windows", lambda: "en")
    assert detect(arguments, environment) == language


def test_nothing_is_given_away_while_a_language_is_set() -> None:
    """Whoever takes what a generator yields goes on in the language that is set at that moment."""
    for module in sorted((ROOT / "toolkit").rglob("*.py")):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        for made in (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)):
            if "contextmanager" in {ast.unparse(each) for each in made.decorator_list}:
                continue
            for block in (each for each in ast.walk(made) if isinstance(each, ast.With)):
                if any(ast.unparse(each).startswith("speaking(") for each in block.items):
                    given = [each for each in ast.walk(block) if isinstance(each, ast.Yield | ast.YieldFrom)]
                    assert not given, f"{module}:{given[0].lineno}"

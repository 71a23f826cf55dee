"""A pattern is compiled when it is first used, and no module compiles one as it is loaded."""

from __future__ import annotations

import ast
import re

import pytest

from tests import ROOT
from toolkit.ground.patterns import pattern


def test_nothing_is_compiled_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile

    def compile_(source: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(source)
        return real(source, flags)

    monkeypatch.setattr(re, "compile", compile_)
    late = pattern(r"(?P<year>\d{4})年", re.ASCII)
    assert not compiled
    found = late.search("在2024年")
    assert found is not None
    assert found["year"] == "2024"
    assert late.sub("", "2024年") == ""
    assert late.pattern == r"(?P<year>\d{4})年"
    assert late.groupindex == {"year": 1}
    assert pattern(rb"\d").findall(b"a1b2") == [b"1", b"2"]


def test_no_module_compiles_patterns_as_it_is_loaded() -> None:
    for module in sorted((ROOT / "toolkit").rglob("*.py")):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        early = [line for line in tree.body if not isinstance(line, ast.FunctionDef | ast.ClassDef)]
        calls = {ast.unparse(each.func) for line in early for each in ast.walk(line) if isinstance(each, ast.Call)}
        assert "re.compile" not in calls, f"{module}: take pattern(…)"

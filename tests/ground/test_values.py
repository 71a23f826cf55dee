"""Values that are made when they are first used are those the standard library would have made at once."""

from __future__ import annotations

import ast
import copy
import dataclasses
import pickle
import re
import subprocess
import sys
from threading import Barrier, Thread

import pytest

from tests import ROOT
from toolkit.ground import values
from toolkit.ground.values import dataclass, pattern
from toolkit.model.filing import Unit


@dataclass(frozen=True, slots=True)
class Late:
    """A value with what classes have: defaults, a field that does not count, a method and a property of its own."""

    name: str
    count: int = 3
    parts: tuple[str, ...] = dataclasses.field(default_factory=tuple)
    place: str = dataclasses.field(default="", compare=False, repr=False)

    @property
    def twice(self) -> int:
        return 2 * self.count


@dataclasses.dataclass(frozen=True, slots=True)
class Early:
    """The same by the standard library."""

    name: str
    count: int = 3
    parts: tuple[str, ...] = dataclasses.field(default_factory=tuple)
    place: str = dataclasses.field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Named:
    """A value that says itself how it is shown and told apart."""

    name: str

    def __hash__(self) -> int:
        return 7

    def __repr__(self) -> str:
        return f"<{self.name}>"


@dataclass(frozen=True, slots=True, eq=False)
class Itself:
    """A value that is only ever itself."""

    name: str


def test_fields_are_known_before_the_first_value_is_made() -> None:
    fields = [(each.name, each.default, each.compare) for each in dataclasses.fields(Late)]
    assert fields == [(each.name, each.default, each.compare) for each in dataclasses.fields(Early)]
    assert dataclasses.is_dataclass(Late)
    assert Late.__match_args__ == Early.__match_args__


def test_it_is_made_shown_compared_and_counted_as_by_the_standard_library() -> None:
    for given, named in ((("甲",), {}), (("甲", 5), {"place": "x"}), ((), {"name": "甲", "parts": ("a",)})):
        late, early = Late(*given, **named), Early(*given, **named)
        assert repr(late) == repr(early).replace("Early", "Late")
        assert hash(late) == hash(early)
        assert dataclasses.astuple(late) == dataclasses.astuple(early)
    assert Late("甲", place="x") == Late("甲", place="y")
    assert Late("甲") != Late("乙")
    assert Late("甲").__eq__(Early("甲")) is NotImplemented
    assert dataclasses.replace(Late("甲"), count=4).twice == 8
    assert not hasattr(Late("甲"), "__dict__")


def test_a_wrong_call_is_refused_also_as_the_first_one() -> None:
    @dataclass(frozen=True, slots=True)
    class Fresh:
        name: str

    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        Fresh()  # type: ignore[call-arg]
    assert Fresh("甲") == Fresh("甲")


def test_it_is_frozen() -> None:
    value = Late("甲")
    with pytest.raises(dataclasses.FrozenInstanceError, match="assign to field 'name'"):
        value.name = "乙"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="delete field 'name'"):
        del value.name
    with pytest.raises(TypeError, match="a value is frozen"):
        values.dataclass(frozen=False, slots=True)


def test_it_travels_to_other_processes() -> None:
    value = Late("甲", 5, ("a",), "x")
    for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert (again, again.place) == (value, "x")
    program = (
        "import pickle, sys; from toolkit.model.filing import Unit;"
        "print(pickle.loads(sys.stdin.buffer.read()) == Unit('a'))"
    )
    packed = pickle.dumps(Unit("a"))
    done = subprocess.run([sys.executable, "-c", program], input=packed, capture_output=True, check=True)
    assert done.stdout.strip() == b"True"


def test_what_a_class_says_itself_stays() -> None:
    assert (repr(Named("甲")), hash(Named("甲"))) == ("<甲>", 7)
    assert Named("甲") == Named("甲")
    one, other = Itself("甲"), Itself("甲")
    assert one != other
    assert len({one, other}) == 2


def test_many_threads_may_make_the_first_one() -> None:
    for _ in range(20):

        @dataclass(frozen=True, slots=True)
        class Fresh:
            name: str
            count: int = 1

        start, made = Barrier(6), list[Fresh]()

        def make(cls: type[Fresh] = Fresh, start: Barrier = start, made: list[Fresh] = made) -> None:
            start.wait()
            made.append(cls("甲", count=2))

        threads = [Thread(target=make) for _ in range(6)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert len(set(made)) == 1
        assert len(made) == 6


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


def test_no_module_compiles_patterns_or_methods_as_it_is_loaded() -> None:
    """`toolkit.ground.values` has a `pattern` and a `dataclass` that wait."""
    for module in sorted((ROOT / "toolkit").rglob("*.py")):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        early = [line for line in tree.body if not isinstance(line, ast.FunctionDef | ast.ClassDef)]
        calls = {ast.unparse(each.func) for line in early for each in ast.walk(line) if isinstance(each, ast.Call)}
        assert "re.compile" not in calls, f"{module}: take pattern(…)"
        froms = [line for line in early if isinstance(line, ast.ImportFrom) and line.module == "dataclasses"]
        if "dataclass" in {name.name for line in froms for name in line.names}:
            classes = [line for line in tree.body if isinstance(line, ast.ClassDef)]
            made = {ast.unparse(each) for line in classes for each in line.decorator_list}
            assert "dataclass(slots=True)" in made, f"{module}: nothing is changed after it is made; take our dataclass"

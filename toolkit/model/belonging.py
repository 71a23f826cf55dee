"""Which unit of a roster a filing is of: by its code, its name, or the name of its file. The roster is indexed once.

What follows from a contradiction is the inbox's to decide; here it is only said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from toolkit.ground.language import Text, text
from toolkit.model import units
from toolkit.model.filing import Unit
from toolkit.model.ledger import Known, Member

_END = ""
"""In the tree of words: what ends here, since no sign is empty."""
_LEAST_CODE = 4
"""Signs of a code that is looked for in a file name; shorter ones are the number of something else."""


class Match(NamedTuple):
    """The unit of a roster that a filing belongs to, and by what it was found; `other` is whom its file name names."""

    member: Member | None
    by: Known
    other: Member | None = None


class Index:
    """The units of a roster by code, by name and as words of file names; a look-up costs the same in any roster."""

    def __init__(self, known: Sequence[Member]) -> None:
        """Index the units of a roster. A name that two units have is nobody's."""
        self._codes = {code: each for each in known if (code := units.code(each.unit.code or ""))}
        self._names = _only((units.plain(each.unit.name), each) for each in known)
        self._words: dict[str, Any] = {}
        for name, member in self._names.items():
            _grow(self._words, name, member)
        for code, member in self._codes.items():
            if len(code) >= _LEAST_CODE:
                _grow(self._words, code, member)

    def of(self, unit: Unit, stem: str) -> Match:
        """The unit a filing is of, by what it says of its own and by the name of its file without ending."""
        named_so = self._in(stem)
        for found, by in zip(self._by(unit), _WAYS, strict=True):
            if found is not None:
                return Match(found, by, named_so)
        return Match(named_so, "file-name" if named_so else "", named_so)

    def begun(self, said: str) -> tuple[Member, int] | None:
        """The unit with whose name, as it is written on the roster, a text begins, and how long that is."""
        tree, found = self._words, None
        for end, sign in enumerate(said, start=1):
            if sign not in tree:
                break
            tree = tree[sign]
            if _END in tree and tree[_END].unit.name == said[:end]:
                found = tree[_END], end
        return found

    def contradiction(self, unit: Unit) -> Text | None:
        """Why code and name are not of one unit of the roster; a code of another kind says nothing."""
        by_code, by_name = self._by(unit)
        if by_code is not None and by_code is not by_name and units.plain(unit.name):
            if by_name is None:
                return text("it calls itself {name}, its code is that of {unit}", name=unit.name,
                            unit=by_code.unit.name)  # fmt: skip
            return text("its code is that of {coded}, its name that of {named}", coded=by_code.unit.name,
                        named=by_name.unit.name)  # fmt: skip
        if by_code is None and by_name is not None and _comparable(unit.code, by_name.unit.code):
            return text("its code is {code}, that of {unit} on the roster {other}", code=unit.code,
                        unit=by_name.unit.name, other=by_name.unit.code)  # fmt: skip
        return None

    def _by(self, unit: Unit) -> tuple[Member | None, Member | None]:
        code, name = units.code(unit.code or ""), units.plain(unit.name)
        return self._codes.get(code), self._names.get(name)

    def _in(self, stem: str) -> Member | None:
        """The one unit whose code or name a file name has in it; of names within names the longest."""
        found = tuple(_found(self._words, units.plain(stem)))
        whole = {id(each.member): each.member for each in found if not any(each.within(other) for other in found)}
        return next(iter(whole.values())) if len(whole) == 1 else None


_WAYS: tuple[Known, Known] = ("code", "name")


class _Word(NamedTuple):
    start: int
    end: int
    member: Member

    def within(self, other: _Word) -> bool:
        """Whether it is only a part of another word that stands there."""
        longer = other.end - other.start > self.end - self.start
        return longer and other.start <= self.start and self.end <= other.end


def _grow(tree: dict[str, Any], word: str, member: Member) -> None:
    for sign in word:
        tree = tree.setdefault(sign, {})
    tree[_END] = member


def _found(tree: Mapping[str, Any], said: str) -> Iterator[_Word]:
    """The words of the tree in a text; one of letters and digits only where no more of them stand beside it."""
    for start in range(len(said)):
        branch, end = tree, start
        while end < len(said) and said[end] in branch:
            branch, end = branch[said[end]], end + 1
            if _END in branch and _whole(said, start, end):
                yield _Word(start, end, branch[_END])


def _whole(said: str, start: int, end: int) -> bool:
    def joined(one: str, other: str) -> bool:
        return all(sign.isascii() and sign.isalnum() for sign in (one, other))

    before = start > 0 and joined(said[start - 1], said[start])
    return not before and not (end < len(said) and joined(said[end - 1], said[end]))


def _only(pairs: Iterator[tuple[str, Member]]) -> dict[str, Member]:
    found: dict[str, Member] = {}
    twice: set[str] = set()
    for key, member in pairs:
        if key in found:
            twice.add(key)
        found[key] = member
    return {key: member for key, member in found.items() if key and key not in twice}


def _comparable(one: str | None, other: str | None) -> bool:
    """Whether two codes are of one kind: a county's own numbers and the 18 signs of the credit code are not."""
    said, known = units.code(one or ""), units.code(other or "")
    return bool(said) and len(said) == len(known)


class _Itself:
    """A roster known by being the same object: telling that two are equal costs as much as going through one."""

    def __init__(self, known: Sequence[Member]) -> None:
        self.known = known

    def __hash__(self) -> int:
        return id(self.known)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.known is other.known


@lru_cache(maxsize=8)
def _index(known: _Itself) -> Index:
    return Index(known.known)


def belonging(known: Sequence[Member], unit: Unit, stem: str) -> Match:
    """The unit of a roster that a filing is of: by its code, then its name, then the name of its file."""
    return _index(_Itself(known)).of(unit, stem)


def begun(known: Sequence[Member], said: str) -> tuple[Member, int] | None:
    """The unit of a roster with whose name a text begins, and how long the name is; None where it begins with none."""
    return _index(_Itself(known)).begun(said)


def contradiction(known: Sequence[Member], unit: Unit) -> Text | None:
    """Why the code and the name of a filing are not of one unit of a roster, in a sentence; None where they are."""
    return _index(_Itself(known)).contradiction(unit)

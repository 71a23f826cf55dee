"""Ground: frozen dataclasses and patterns that are made when they are first used.

A command loads a hundred classes and as many patterns and uses a fraction of them. The standard library writes and
compiles six methods for a class as it is defined, and `re` compiles as it is told; here both wait.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import TYPE_CHECKING, Any, AnyStr, NoReturn, TypeVar

__all__ = ["dataclass", "pattern"]

_WAITING = ("__init__", "__repr__", "__eq__", "__hash__")
Made = TypeVar("Made", bound=type)

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool, eq: bool = True) -> Callable[[Made], Made]:
        """As `dataclasses.dataclass`, of frozen classes with slots: the methods are the standard library's own."""
        if not (frozen and slots):
            raise TypeError("a value is frozen and has slots; take dataclasses.dataclass for others")

        def waiting(of: Made) -> Made:
            cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(of)
            cls.__setattr__ = cls.__delattr__ = _refused
            cls.__getstate__, cls.__setstate__ = _state, _restored
            return _waiting(cls, eq=eq)

        return waiting


def _waiting(cls: Made, *, eq: bool) -> Made:
    """A class whose methods are made by the first call of one of them; what it defines itself stays."""
    compared = ("__repr__", "__eq__", "__hash__") if eq else ("__repr__",)

    def initialise() -> None:
        _set(cls, {"__init__": _initialiser(cls)})

    def compare() -> None:
        _set(cls, {name: made for name, made in vars(_model(cls, eq=eq)).items() if name in waiting})

    waiting = {name for name in compared if cls.__dict__.get(name) is None}
    _set(cls, {"__init__": _first(cls, "__init__", initialise)})
    _set(cls, {name: _first(cls, name, compare) for name in waiting})
    return cls


def _set(cls: type, methods: Mapping[str, object]) -> None:
    for name, made in methods.items():
        setattr(cls, name, made)


def _first(cls: type, name: str, complete: Callable[[], None]) -> Callable[..., Any]:
    """A method that has the real one made, and is it."""

    def first(self: object, *given: object, **named: object) -> object:
        complete()
        return getattr(cls, name)(self, *given, **named)

    return first


def _initialiser(cls: type) -> FunctionType:
    """What fills the slots of a new value: one function, where the standard library compiles six to have it."""
    known: dict[str, object] = {"_set": object.__setattr__, "_none": _NONE}
    places, lines = ["self"], ["pass"]
    for each in dataclasses.fields(cls):
        value = name = each.name
        if each.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = each.default_factory
            place, value = f"{name}=_none", f"_make_{name}() if {name} is _none else {name}"
        elif each.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = each.default
            place = f"{name}=_default_{name}"
        else:
            place = name
        places.append(place)
        lines.append(f"_set(self, {name!r}, {value})")
    exec(f"def __init__({', '.join(places)}):\n " + "\n ".join(lines), known)
    made = known["__init__"]
    assert isinstance(made, FunctionType)
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _model(cls: type, *, eq: bool) -> type:
    """A class with the same fields, whose methods the standard library makes."""
    fields = [(each.name, each.type, each) for each in dataclasses.fields(cls)]
    return dataclasses.make_dataclass(cls.__name__, fields, init=False, eq=eq, unsafe_hash=eq)


def _refused(self: object, name: str, *value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot {'assign to' if value else 'delete'} field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, name) for name in self.__slots__]


def _restored(self: Any, state: list[object]) -> None:
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)


_NONE = object()
"""What nobody gives for a value that is made anew for each."""


class _Pattern:
    """A pattern that is compiled when it is first asked for something."""

    def __init__(self, source: Any, flags: int) -> None:
        self.stated = source, flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        made = getattr(re.compile(*self.stated), name)
        setattr(self, name, made)
        return made


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, of what is looked for; only its methods and attributes may be used, not `re.sub(it, …)`."""
    late: Any = _Pattern(source, flags)
    found: re.Pattern[AnyStr] = late
    return found

"""Ground: frozen dataclasses and patterns that are made when they are first used.

A command loads a hundred classes and as many patterns and uses a fraction of them. The standard library writes and
compiles six methods for a class as it is defined, and `re` compiles as it is told; here both wait.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
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
    wanted = [name for name in _WAITING if eq or name not in {"__eq__", "__hash__"}]
    left = [name for name in wanted if cls.__dict__.get(name) is None]

    def complete() -> None:
        model = _model(cls, eq=eq)
        for name in left:
            setattr(cls, name, model.__dict__[name])

    def stub(name: str) -> Callable[..., Any]:
        def first(self: object, *given: object, **named: object) -> object:
            complete()
            return getattr(cls, name)(self, *given, **named)

        return first

    for name in left:
        setattr(cls, name, stub(name))
    return cls


def _model(cls: type, *, eq: bool) -> type:
    """A class with the same fields, made in full by the standard library."""
    own = {name: said for name, said in vars(cls).items() if name in {"__module__", "__post_init__"}}
    fields = [(each.name, each.type, each) for each in dataclasses.fields(cls)]
    return dataclasses.make_dataclass(cls.__name__, fields, frozen=True, eq=eq, namespace=own)


def _refused(self: object, name: str, *value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot {'assign to' if value else 'delete'} field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, name) for name in self.__slots__]


def _restored(self: Any, state: list[object]) -> None:
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)


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

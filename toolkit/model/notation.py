"""Values of the model written down as plain JSON and read back the same: what a merge needs of an input, and all in it.

Only what is listed here is ever made out of a text; nothing in one is run or imported. What is not listed is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from toolkit.ground.language import Text
from toolkit.model.filing import Cell, Finding, Unit
from toolkit.model.ledger import Delivery, Member
from toolkit.model.suspects import Repair, Suspect

_TUPLES = (Cell, Repair)
_FROZEN = (Delivery, Finding, Member, Suspect, Text, Unit)
_KINDS: Mapping[str, Callable[..., Any]] = {
    "Decimal": Decimal,
    **{each.__name__: each for each in (*_TUPLES, *_FROZEN)},
}
_PLAIN = frozenset({str, int, float, bool, type(None)})
_NAMES: Mapping[type, tuple[str, ...]] = {each: tuple(one.name for one in fields(each)) for each in _FROZEN}


class Unwritable(TypeError):
    """A value of a kind that is not written down."""


def written(value: object) -> str:
    """A value as one line of ASCII.

    Raises:
        Unwritable: something in it is of a kind that is not listed here.
    """
    try:
        return json.dumps(_plain(value), separators=(",", ":"), allow_nan=False)
    except ValueError as error:
        raise Unwritable(str(error)) from error


def read(said: str) -> Any:
    """The value that was written down.

    Raises:
        ValueError: the text is none of ours.
    """
    try:
        return _tuples(json.loads(said, object_hook=_made))
    except (TypeError, ArithmeticError, RecursionError) as error:
        raise ValueError(str(error)) from error


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple or (kind not in _TUPLES and isinstance(value, tuple)):  # a tuple with names equals one without
        return [_plain(each) for each in value]
    if kind in _NAMES:
        return {kind.__name__: [_plain(getattr(value, name)) for name in _NAMES[kind]]}
    if kind in _TUPLES:
        return {kind.__name__: [_plain(each) for each in value]}
    if kind is Decimal:
        return {"Decimal": [str(value)]}
    raise Unwritable(kind.__name__)


def _made(told: dict[str, Any]) -> Any:
    """What stands for one value.

    Raises:
        ValueError: it stands for none.
    """
    if len(told) != 1:
        raise ValueError(str(tuple(told)))
    ((kind, given),) = told.items()
    if kind not in _KINDS or not isinstance(given, list):
        raise ValueError(kind)
    return _KINDS[kind](*map(_tuples, given))


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value

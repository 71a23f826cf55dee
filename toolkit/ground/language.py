"""What a user reads, in Chinese or English, from one gettext catalogue; nothing here knows what is said.

The source sentence in the code is the English one and the key of the catalogue; a `Text` keeps sentence and values
apart until somebody reads it, so that a finding made once can be printed in either language.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from functools import wraps
from itertools import pairwise
from pathlib import Path
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")

LANGUAGES = ("zh", "en")
CATALOGUE = Path(__file__).parent / "locale"

_active: ContextVar[str] = ContextVar("language", default="")
"""The language that was chosen, none as long as nobody has: then it is the locale's."""

_loaded: dict[str, gettext.NullTranslations] = {}


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence with its values, said in the language of whoever reads it.

    `template` is the English sentence with `{name}` places; `values` are its (name, value) pairs, where a value may be
    another `Text`, a number or a string. `str()` gives the sentence in the active language.
    """

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def __reduce__(self) -> tuple[type[Text], tuple[object, ...]]:
        """How it travels: a finding has many, and what a dataclass does by itself takes five times as long."""
        return Text, (self.template, self.values)

    def __str__(self) -> str:
        said = translate(self.template)
        return said.format(**{name: _plain(value) for name, value in self.values}) if self.values else said


def text(template: str, /, **values: object) -> Text:
    """The sentence of the catalogue with its values; Babel collects the first argument of every call."""
    return Text(template, tuple(values.items()))


def listed(parts: Sequence[object], most: int = 6, *, sentences: bool = False) -> Text:
    """Parts as an enumeration, cut after `most` of them with the number of those left out.

    `sentences` are parted so that an enumeration inside one does not run into the next.
    """
    shown = tuple((f"p{n}", part) for n, part in enumerate(parts[:most]))
    template = "".join(f"{'{comma}' if n else ''}{{p{n}}}" for n in range(len(shown)))
    comma = ("comma", text("; ") if sentences else text(", "))
    if len(parts) <= most:
        return Text(template, (*shown, comma))
    return text("{listed} and {more} more", listed=Text(template, (*shown, comma)), more=len(parts) - most)


def translate(sentence: str) -> str:
    """The sentence in the active language; unchanged in English, which is the language of the source."""
    if not sentence or (language := chosen()) == "en":
        return sentence
    if language not in _loaded:
        _loaded[language] = gettext.translation("messages", CATALOGUE, [language], fallback=True)
    return _loaded[language].gettext(sentence)


def chosen() -> str:
    """The active language, one of `LANGUAGES`."""
    return _active.get() or detect((), os.environ)


def choose(language: str) -> None:
    """Make a language the active one; an unknown one counts as English."""
    _active.set(language if language in LANGUAGES else "en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """The language within a `with` block."""
    before = _active.set(language)
    try:
        yield
    finally:
        _active.reset(before)


def carried(work: Callable[Given, Result]) -> Callable[Given, Result]:
    """Work for another thread, done in the language that is active here: a new thread has none of its own."""
    language = _active.get()

    @wraps(work)
    def done(*given: Given.args, **named: Given.kwargs) -> Result:
        with speaking(language):
            return work(*given, **named)

    return done


def detect(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language a user wants: `--lang`, then `XLS_LANG`, then the locale, then Windows' own language."""
    for here, after in pairwise((*arguments, "")):
        said = (here.partition("=")[2] or after).lower()
        if (here == "--lang" or here.startswith("--lang=")) and said in LANGUAGES:
            return said
    for name in ("XLS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if wanted := environment.get(name, ""):
            return "zh" if wanted.lower().startswith("zh") else "en"
    return _of_windows() if os.name == "nt" else "en"


def _of_windows() -> str:  # pragma: no cover - Windows only
    import ctypes

    language = getattr(ctypes, "windll").kernel32.GetUserDefaultUILanguage()  # noqa: B009 - absent from other stubs
    return "zh" if language & 0xFF == 0x04 else "en"


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)

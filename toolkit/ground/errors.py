"""Why we cannot go on: one base class and a few kinds, each with a sentence that ends in a remedy.

What is wrong with a filing is not an error but a finding; it is returned, never raised.
"""

from __future__ import annotations

from toolkit.ground.language import Text


class XlsError(Exception):
    """The base of everything this package raises on purpose; `sentence` is what a user reads."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class EditionError(XlsError):
    """An edition file that breaks the rules for edition files."""


class NoEdition(XlsError):
    """A report year for which there is no edition."""


class Unreadable(XlsError):
    """An input that cannot be read at all: not a workbook, empty, truncated, encrypted, of no known form."""


class NoForm(Unreadable):
    """A document in which there is nothing of the form, or of a kind that is not read: perhaps no filing at all."""


class NotWritten(XlsError):
    """An output that was not written: it exists already, or its folder cannot be written to."""


class WrongUse(XlsError):
    """A call that asks for what cannot be: contradicting options, a roster with a unit twice."""

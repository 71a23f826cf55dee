"""pdfminer's zlib with an end: else it unpacks a stream whole, however much that is, before its size can be asked."""

from __future__ import annotations

import zlib
from typing import Any

from toolkit.ground.errors import Unreadable
from toolkit.ground.language import text
from toolkit.ground.limits import limits


class _Unpacker:
    """A decompressor that refuses to give more than the most."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj()
        self._given = 0

    def decompress(self, packed: bytes) -> bytes:
        """The next bytes.

        Raises:
            Unreadable: they are too many.
        """
        most = limits().document_mb
        said = self._inner.decompress(packed, (most << 20) + 1 - self._given)
        self._given += len(said)
        if self._given > most << 20:
            raise Unreadable(text("it unpacks to more than {size} MB; save the report's own pages alone", size=most))
        return said

    @property
    def whole(self) -> bool:
        """Whether the end of the stream was reached."""
        return self._inner.eof


class _Bounded:
    """What pdfminer uses of zlib."""

    error = zlib.error
    decompressobj = _Unpacker

    @staticmethod
    def decompress(packed: bytes) -> bytes:
        """All of a stream.

        Raises:
            zlib.error: it is damaged or cut off.
        """
        unpacker = _Unpacker()
        said = unpacker.decompress(packed)
        if not unpacker.whole:
            raise zlib.error("incomplete or truncated stream")
        return said


def bound() -> None:
    """Let pdfminer unpack and draw with an end. It stays so, for every thread: there is nothing to put back."""
    from pdfminer import pdfinterp, pdftypes

    vars(pdftypes)["zlib"] = _Bounded
    if pdfinterp.PDFPageInterpreter.do_Do is not _counted:
        _plainly.append(pdfinterp.PDFPageInterpreter.do_Do)
        setattr(pdfinterp.PDFPageInterpreter, "do_Do", _counted)  # noqa: B010 - pdfplumber makes the interpreter


_plainly: list[Any] = []


def _counted(interpreter: Any, name: Any) -> None:
    """What pdfminer does to draw a form, so often and no more: each may draw the next one twice, and so on.

    Raises:
        Unreadable: more often.
    """
    resources = interpreter.rsrcmgr
    resources.drawn = getattr(resources, "drawn", 0) + 1
    if resources.drawn > limits().forms:
        raise Unreadable(text("it draws more than any report; print it to a new PDF"))
    _plainly[0](interpreter, name)

"""PDFs in the page: they are read by the libraries that the command has, but for what a browser has no part for.

What those ask for and is not inside is stood in for, and said as soon as a PDF needs it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from toolkit.ground.errors import Unreadable
from toolkit.ground.language import text


class _First(MetaPathFinder):
    """Does what is to be done before a PDF is read, when the first one is: it costs what all else can do without."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Nothing is found here."""
        if name == "pdfplumber":
            sys.meta_path.remove(self)
            _stand_in()
            refuse(_left_out())
        return None


def prepare() -> None:
    """Have PDFs read as far as a browser can."""
    if not any(isinstance(each, _First) for each in sys.meta_path) and "pdfplumber" not in sys.modules:
        sys.meta_path.insert(0, _First())


def _locked(*_: Any, **__: Any) -> NoReturn:
    """Stands for the ciphers.

    Raises:
        Unreadable: always, since there are none.
    """
    raise Unreadable(
        text("a protected PDF is not read here; read it with `xls import`, or print it to a new PDF without protection")
    )


class _Algorithms:
    AES = staticmethod(_locked)


class _Modes:
    CBC = staticmethod(_locked)


def _stand_in() -> None:
    """Stand in for `cryptography`, which pdfminer asks for whether or not a PDF is protected."""
    try:
        import_module("cryptography")
    except ImportError:
        for name, what in _CIPHERS.items():
            sys.modules[name] = ModuleType(name)
            vars(sys.modules[name]).update(what)


_CIPHERS: Mapping[str, Mapping[str, Any]] = {
    "cryptography": {},
    "cryptography.hazmat": {},
    "cryptography.hazmat.backends": {"default_backend": _locked},
    "cryptography.hazmat.primitives": {},
    "cryptography.hazmat.primitives.ciphers": {"Cipher": _locked, "algorithms": _Algorithms, "modes": _Modes},
}
"""What of it pdfminer asks for."""


def _left_out() -> frozenset[str]:
    """The character maps that are not inside; none where the whole library is."""
    import pdfminer

    listed = Path(str(pdfminer.__file__)).parent / "cmap" / "left-out.txt"
    return frozenset(listed.read_text(encoding="utf-8").split()) if listed.is_file() else frozenset()


def refuse(left: frozenset[str]) -> None:
    """Let pdfminer say which character map it has not: it would pass over the letters and say nothing."""
    from pdfminer.cmapdb import CMapDB

    plainly = CMapDB._load_data

    def known(name: str) -> Any:
        if name in left:
            raise Unreadable(
                text(
                    "its letters ({name}) are of a kind that is not read here; read it with `xls import`, or save it "
                    "as Word or text",
                    name=name,
                )
            )
        return plainly(name)

    setattr(CMapDB, "_load_data", staticmethod(known))  # noqa: B010 - pdfminer looks there

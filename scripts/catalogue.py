"""Collects the sentences of the code into the Chinese catalogue and lists what is left to translate.

Run by `make catalogue`. Sentences are keyed by their English words, so one that is reworded has to be translated anew:
nothing is guessed from a similar one. The file has neither places nor dates, so that it changes only with what is said.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCES = (ROOT / "toolkit", ROOT / "scripts" / "page")
CHINESE = ROOT / "toolkit" / "ground" / "locale" / "zh" / "LC_MESSAGES" / "messages.po"
SIGNS = ("text", "N_")
HEADER = r"""msgid ""
msgstr ""
"Language: zh\n"
"POT-Creation-Date: 2021-09-26 00:00+0800\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""  # a date has to be there for the compiled catalogue to be the same bytes each time: that of the notice


def collected() -> frozenset[str]:
    """Every sentence the code says, in English.

    Babel's own extraction passes over a call that stands inside the arguments of another, which ours often do.

    Raises:
        ValueError: a sentence is put together while the program runs, so that no catalogue can have it.
    """
    return frozenset(sentence for path in _modules() for sentence in _said(path))


def _modules() -> Iterator[Path]:
    for source in SOURCES:
        yield from sorted(source.rglob("*.py"))


def _said(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=sign), args=[ast.Constant(value=str(sentence)), *_]) if sign in SIGNS:
                yield sentence
            case ast.Call(func=ast.Name(id=sign)) if sign in SIGNS:
                raise ValueError(f"{path}:{node.lineno}: {sign}() takes a sentence in quotes: {ast.unparse(node)}")


def translated() -> dict[str, str]:
    """Every sentence of the catalogue with its translation, "" where there is none."""
    with CHINESE.open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if each.id}


def written(sentences: dict[str, str]) -> bytes:
    """The catalogue as it stands in its file."""
    catalogue = Catalog()
    for sentence, translation in sentences.items():
        catalogue.add(sentence, translation)
    body = io.BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    return HEADER.encode() + body.getvalue()


def main() -> int:
    """Write the catalogue, and compile it so that it is heard at once; 1 if a sentence has no translation yet."""
    known = translated() if CHINESE.exists() else {}
    sentences = {sentence: known.get(sentence, "") for sentence in sorted(collected())}
    CHINESE.write_bytes(written(sentences))
    with CHINESE.open("rb") as source, CHINESE.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, read_po(source))
    missing = [sentence for sentence, translation in sentences.items() if not translation]
    print(f"{len(sentences)} sentences, {len(missing)} to translate, {len(known.keys() - sentences)} gone")
    print("\n".join(missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

"""Lines for a terminal, wrapped here so that Chinese breaks as it should; what they say is for the rooms beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from toolkit.form.words import Section
from toolkit.ground.language import chosen, text
from toolkit.ground.wrapping import wrap
from toolkit.render import plain

_LEAST = 8


def lines(said: object, width: int, indent: int = 0, style: str = "") -> Iterator[Text]:
    """A text as lines of at most `width` cells, all of them indented."""
    for line in wrap(plain(said), max(_LEAST, width - indent)):
        yield _line(" " * indent, "", line, style)


def beside(head: object, said: object, width: int, indent: int = 0, column: int = 0, style: str = "") -> Iterator[Text]:
    """A text as lines that hang beside a short head; `column` is where the text begins, 0 right after the head."""
    shown = plain(head)
    start = max(column, indent + cell_len(shown) + 2)
    for n, line in enumerate(wrap(plain(said), max(_LEAST, width - start))):
        if n:
            yield _line(" " * start, "", line, "")
        else:
            yield _line(" " * indent + shown + " " * (start - indent - cell_len(shown)), style, line, "")


def numbered(steps: Sequence[object], width: int) -> Iterator[Text]:
    """What is to be done next, a number before each step; nothing where nothing is."""
    if steps:
        yield from lines(text("To do next:"), width, style="bold")
    for n, said in enumerate(steps, start=1):
        yield from beside(f"{n}.", said, width, indent=2)


def _line(before: str, before_style: str, said: str, style: str) -> Text:
    line = Text(no_wrap=True, overflow="ignore")
    return line.append(before, before_style or None).append(said, style or None)


def gap() -> Text:
    """A blank line."""
    return Text("")


def title(section: Section) -> str:
    """The title of a section; in English with the gloss behind the printed one."""
    return section.title if chosen() == "zh" or not section.en else f"{section.title}  {section.en}"

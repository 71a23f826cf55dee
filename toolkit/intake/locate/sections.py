"""The six sections of a report in its lines: where each begins, the texts among them, and the lines that are left.

Titles are known by their words, whatever their numeral; the chain that fits the form best decides between namesakes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from toolkit.form.words import Section
from toolkit.ground.language import Text, text
from toolkit.ground.patterns import pattern
from toolkit.intake.locate.labels import Words, key, label
from toolkit.intake.sources.text import page_number, signature

LONGEST_TITLE = 40
STATED = 1.8
"""A title of at least this weight is the section's own."""

LIKE_NUMBERED, LIKE = 0.6, 0.7
"""How like a title a line must be that carries the title's own numeral, or another one."""

_FIRST = pattern(
    r"(?:\(?[一1]\)?[、.,:]?|第一(?:部分|章)[、.,:]?)[\u4e00-\u9fff]{0,14}(?:总体|概述|概况|情况|总述|综述)[\u4e00-\u9fff]{0,4}"
    r"|(?:总体|基本|工作)?(?:情况)?(?:概述|概况|总述|综述)|总体情况|基本情况"
)
_CHAPTER = pattern(r"\s*(?:第?[一二三四五六七八九十]{1,3}(?:[、.．，:：\s]|部分)|[一二三四五六七八九十](?=\S))")


class Title(NamedTuple):
    """A line that is a section's title, how surely, and what stands behind the title on the same line."""

    first: int
    last: int
    section: int
    weight: float
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """The texts by section id, and the numbered lines (from 0) in which the tables stand.

    `opening` is how many lines stand before the first section; `odd` says which titles are not as the form has them.
    """

    texts: tuple[tuple[str, str], ...]
    tables: tuple[tuple[int, str], ...]
    opening: int = 0
    odd: tuple[Text, ...] = ()


def split(words: Words, lines: Sequence[str]) -> Parts:
    """The lines of a report parted into texts and tables."""
    sections = words.edition.sections
    titles = _chain(tuple(title for at in range(len(lines)) for title in _titles(sections, lines, at)))
    called = _called_otherwise(sections, lines, titles)
    titles = (*called, *titles)
    starts = {title.first: title for title in titles}
    inside: dict[str, list[str]] = {}
    tables: list[tuple[int, str]] = []
    current: str | None = None  # the id of the text section we are in, "" in the tables, None before the first title
    end = signature(lines)
    skip_to = -1
    for at, line in enumerate(lines[:end]):
        if at <= skip_to:
            continue
        if title := starts.get(at):
            section = sections[title.section]
            current, skip_to = "" if section.sheet else section.id, title.last
            if current:
                inside[current] = [title.rest] if title.rest else []
            else:
                tables += [(n, lines[n]) for n in range(at, title.last + 1)]
        elif page_number(line):
            continue
        elif _opens_table(words, line):
            current = ""
            tables.append((at, line))
        elif current == "":
            tables.append((at, line))
        elif current:
            inside[current].append(line)
    texts = tuple((each, said) for each, kept in inside.items() if (said := whole(kept)))
    return Parts(texts, tuple(tables), titles[0].first if titles else 0, tuple(_odd(sections, lines, titles)))


def _odd(sections: Sequence[Section], lines: Sequence[str], titles: Sequence[Title]) -> Iterator[Text]:
    """The titles that are worded or numbered otherwise than on the form, and the one that is lacking."""
    for each in titles:
        section, typed = sections[each.section], label(lines[each.first][: 2 * LONGEST_TITLE])
        numbered = typed.number and typed.number != label(section.title).number
        if each.weight < STATED or numbered:
            yield text(
                "{place}: the title “{printed}” is on the form “{label}”",
                place=text("line {line}", line=each.first + 1),
                printed=" ".join(lines[each.first].split())[:LONGEST_TITLE],
                label=section.title,
            )
    there = {each.section for each in titles}
    lacking = [section.title for n, section in enumerate(sections) if n not in there]
    if len(lacking) == 1:  # of a piece of a report more are
        yield text("the title “{label}” is not there", label=lacking[0])


def _called_otherwise(sections: Sequence[Section], lines: Sequence[str], titles: Sequence[Title]) -> tuple[Title, ...]:
    """The title of a first section of text that is called 工作基本情况, 概述 and the like: the first such line.

    Only where the section's own title stands nowhere, and before the first that does.
    """
    if not sections or sections[0].sheet or not titles or titles[0].section == 0:
        return ()
    for at, line in enumerate(lines[: titles[0].first]):
        close = "".join(unicodedata.normalize("NFKC", line).split())
        if _FIRST.fullmatch(close):
            return (Title(at, at, 0, LIKE),)
    return ()


def whole(lines: Sequence[str]) -> str:
    """Lines as one text, without blank lines at its ends."""
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    while kept and not kept[0].strip():
        kept.pop(0)
    return "\n".join(line.rstrip() for line in kept).strip()


def title(words: Words, line: str) -> Section | None:
    """The section a line is the title of."""
    found = max(_titles(words.edition.sections, (line,), 0), key=lambda title: title.weight, default=None)
    return words.edition.sections[found.section] if found else None


def _opens_table(words: Words, line: str) -> bool:
    """Whether a line is one that only a table has: the head of a block, or the note in a table's corner."""
    said = key(line)
    if said in words.heads:
        return True
    return any(len(stub) > 8 and said.startswith(stub) for stub in (key(table.stub) for table in words.edition.tables))


def _titles(sections: Sequence[Section], lines: Sequence[str], at: int) -> list[Title]:
    line = lines[at]
    typed = label(line) if len(line) <= 3 * LONGEST_TITLE else None
    if typed is None:
        typed = label(line[:LONGEST_TITLE])
    if not typed.bare or line.strip().startswith(("(", "（")):
        return []
    chapter = _CHAPTER.match(unicodedata.normalize("NFKC", line)) is not None
    found: list[Title] = []
    for n, section in enumerate(sections):
        ours = label(section.title)
        numeral = 0.2 if typed.number == ours.number else 0.0
        if typed.bare == ours.bare:
            found.append(Title(at, at, n, 2 + numeral))
        elif (rest := _behind(line, ours.bare)) is not None and (chapter or not typed.number):
            found.append(Title(at, at, n, STATED + numeral, rest))
        elif at + 1 < len(lines) and label(line + lines[at + 1]).whole == ours.whole and typed.whole:
            found.append(Title(at, at + 1, n, 2 + numeral))
        elif chapter and len(typed.bare) <= LONGEST_TITLE and not line.rstrip().endswith(("。", "；", ";", "，")):
            ratio = SequenceMatcher(None, ours.bare, typed.bare, autojunk=False).ratio()
            if ratio >= (LIKE_NUMBERED if numeral else LIKE):
                found.append(Title(at, at, n, ratio + numeral))
    best = max((each.weight for each in found), default=0)
    return [each for each in found if each.weight == best]


def _behind(line: str, bare: str) -> str | None:
    """What stands behind a title on its own line, where a mark or a blank parts the two."""
    said = 0
    start = line
    for at, sign in enumerate(line):
        wanted = unicodedata.normalize("NFKC", sign)
        if not wanted.isalnum():
            continue
        if said == 0 and wanted in "一二三四五六七八九十0123456789" and wanted != bare[0]:
            continue
        if not bare.startswith(wanted, said):
            return None
        said += len(wanted)
        if said >= len(bare):
            start = line[at + 1 :]
            break
    else:
        return None
    rest = start.lstrip(" \t\r\n\u3000:：。.，,—-")
    return rest if rest and rest != start else None


def _chain(titles: Sequence[Title]) -> tuple[Title, ...]:
    """The titles that follow each other as on the form and weigh most together; of equals the later ones."""
    best: list[tuple[float, tuple[Title, ...]]] = []
    for n, each in enumerate(titles):
        before: tuple[float, tuple[Title, ...]] = (0.0, ())
        for m in range(n):
            if titles[m].last < each.first and titles[m].section < each.section and best[m][0] >= before[0]:
                before = best[m]
        best.append((before[0] + each.weight, (*before[1], each)))
    top: tuple[float, tuple[Title, ...]] = (0.0, ())
    for chain in best:
        if chain[0] >= top[0]:
            top = chain
    return top[1]

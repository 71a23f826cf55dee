"""The editions, and the rules of one, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Group
from rich.text import Text

from toolkit.form.parts import Edition
from toolkit.form.sentences import sentence
from toolkit.ground.language import Text as Said
from toolkit.ground.language import text
from toolkit.render import LEVELS, STYLES, authority
from toolkit.render.screen.terminal import beside, gap, lines, title


def editions(known: Sequence[Edition], width: int) -> Group:
    """The editions: notice, report years, tables, and how many figures and rules each has."""
    return Group(*(line for n, each in enumerate(known) for line in (*([gap()] if n else ()), *_edition(each, width))))


def _edition(edition: Edition, width: int) -> Iterator[Text]:
    yield from beside(edition.id, edition.notice, width, style="bold")
    sheets = [section for section in edition.sections if section.sheet]
    fields: tuple[tuple[Said, Sequence[object]], ...] = (
        *([(text("variant of"), [edition.variant_of])] if edition.variant_of else []),
        (text("report years"), [_years(edition)]),
        (text("tables"), [f"{section.sheet}  {title(section)}" for section in sheets]),
        (text("figures"), [len(edition.figures)]),
        (text("rules"), [len(edition.rules)]),
    )
    column = 4 + max(cell_len(str(name)) for name, _ in fields)
    for name, said in fields:
        for n, each in enumerate(said):
            yield from beside("" if n else name, each, width, indent=2, column=column, style="dim")


def _years(edition: Edition) -> object:
    if edition.last is None:
        return text("from {first} on", first=edition.first)
    return f"{edition.first}–{edition.last}" if edition.last != edition.first else edition.first


def rules(edition: Edition, width: int) -> Group:
    """Every rule of an edition: id, level, what it asks and by what authority."""
    return Group(*_rules(edition, width))


def _rules(edition: Edition, width: int) -> Iterator[Text]:
    head = text(
        "Edition {edition}, {notice}: {count} rules",
        edition=edition.id,
        notice=edition.notice,
        count=len(edition.rules),
    )
    yield from lines(head, width, style="bold")
    for rule in edition.rules:
        yield gap()
        yield Text.assemble(
            (rule.id, "bold"), "  ", (str(LEVELS[rule.level]), STYLES[rule.level]), no_wrap=True, overflow="ignore"
        )
        yield from lines(sentence(rule, edition), width, indent=2)
        cite = text("Authority: {authority}", authority=authority(rule.cite, rule.cite_en))
        yield from lines(cite, width, indent=2, style="dim")

"""What was understood of a roster, for a terminal: how its columns were read, then unit by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text as Line

from toolkit.county.roster import Told, Understood
from toolkit.form.parts import Edition
from toolkit.ground.language import Text, chosen, listed, text
from toolkit.model.ledger import Member
from toolkit.render.screen.columns import Column, table
from toolkit.render.screen.terminal import beside, gap, lines

_COLUMNS: dict[str, Text] = {
    "code": text("code"),
    "name": text("unit"),
    "level": text("level"),
    "contact": text("contact, telephone"),
    "phone": text("phone"),
    "parent": text("belongs to"),
    "since": text("first year"),
    "until": text("last year"),
    "successor": text("taken over by"),
}
_MARKS: dict[Told, str] = {"stated": "", "group": " ²", "name": " ¹", "": ""}


def roster(found: Understood, source: str, edition: Edition, width: int) -> Group:
    """How the roster was read, its units, and how many there are of each level."""
    return Group(*_parts(found, source, edition, width))


def _parts(found: Understood, source: str, edition: Edition, width: int) -> Iterator[RenderableType]:
    labels = {each.id: each.label if chosen() == "zh" or not each.en else each.en for each in edition.levels}
    where = text("{file}, sheet {sheet}", file=source, sheet=found.sheet) if found.sheet else source
    counts = Counter(member.unit.level for member in found.members)
    by_level = [text("{level} {count}", level=labels[each.id], count=counts[each.id])
                for each in edition.levels if counts[each.id]]  # fmt: skip
    by_level += [text("without a level {count}", count=counts[None])] if counts[None] else []
    yield from lines(
        text("{file}: {count} units ({levels})", file=where, count=len(found.members), levels=listed(by_level, 8)),
        width,
        style="bold",
    )
    read = [text("{what} from “{head}”", what=_COLUMNS[key], head=head) for key, head in found.heads.items()]
    yield from beside(text("read"), listed(read, 12), width, style="dim")
    if found.others:
        yield from beside(text("not used"), listed(found.others, 12), width, style="dim")
    yield gap()
    yield from _table(found, labels, width)
    marks = [said for told, said in _OF_MARKS.items() if told in found.told]
    if marks:
        yield from lines("  ".join(map(str, marks)), width, style="dim")


_OF_MARKS: dict[Told, Text] = {
    "name": text("¹ taken from the unit's name"),
    "group": text("² that of the heading it stands under"),
}


def _table(found: Understood, labels: dict[str, str], width: int) -> Iterator[Line]:
    keys = [key for key in ("code", "name", "level", "contact", "parent", "since", "until", "successor")
            if key in ("name", "level") or any(_said(member, key) for member in found.members)]  # fmt: skip
    rows = [
        [
            labels.get(member.unit.level or "", "—") + _MARKS[told] if key == "level" else _said(member, key)
            for key in keys
        ]
        for member, told in zip(found.members, found.told, strict=True)
    ]
    return table([Column(_COLUMNS[key], wraps=True) for key in keys], rows, width)


def _said(member: Member, key: str) -> str:
    value = getattr(member.unit if key in ("code", "name") else member, key, None)
    return "" if value is None else str(value)

"""The county's desk: a roster, an inbox and last year's filings in memory; what was read once is not read again."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from toolkit.county.board import board
from toolkit.county.inbox import Asked, Taken, lost, take
from toolkit.county.inputs import Input, content, inputs
from toolkit.county.last_year import LastYear, last_year
from toolkit.county.letters import letters, sender
from toolkit.county.merge_files import together
from toolkit.county.roster import understood
from toolkit.county.side_by_side import of_taken
from toolkit.form.edition import editions, named
from toolkit.ground import files
from toolkit.ground.errors import NotWritten, Unreadable
from toolkit.ground.language import text
from toolkit.ground.workers import Failed, attempt
from toolkit.intake import of_bytes
from toolkit.intake.sources.docx import is_document
from toolkit.model.filing import Checked, Reading, Unit
from toolkit.model.ledger import Member, Merged, Unread, passed_over
from toolkit.render import plain
from toolkit.render.data import exported
from toolkit.render.page import changes
from toolkit.render.page import letters as letters_page
from toolkit.rules import check
from toolkit.workbook.mark_files import marked
from toolkit.workbook.mark_list import Issued
from toolkit.workbook.write import write
from toolkit.years.diff import diff

from . import places, reports, shapes

Answer = dict[str, Any]
Tell = Callable[[int, int, str], object]


@dataclass(slots=True)
class Desk:
    """What lies on the desk: who is expected, what was read of each input, and what it came to."""

    members: tuple[Member, ...] = ()
    before: LastYear | None = None
    read: dict[tuple[object, ...], Taken | Unread] = field(default_factory=dict)
    seen: dict[str, Taken | Unread] = field(default_factory=dict)
    merged: Merged | None = None


DESK = Desk()


def look(asked: Answer, tell: Tell) -> Answer:
    """The board, after what lies on the desk was read as far as it was not yet."""
    os.chdir(places.at(places.COUNTY))
    remarks = _roster()
    _last(asked)
    question = Asked(
        unit=Unit(asked.get("unit", "")), members=DESK.members, priors=DESK.before.priors if DESK.before else None,
        include_invalid=bool(asked.get("include_invalid")), latest=bool(asked.get("latest")), jobs=1,
    )  # fmt: skip
    paths = [each.name for each in sorted(Path().iterdir()) if any(one.is_file() for one in (each, *each.rglob("*")))]
    given = inputs(paths) if paths else None
    things = given.inputs if given else ()
    DESK.seen = {}
    for n, each in enumerate(things):
        tell(n, len(things), each.source)
        DESK.seen[each.source] = _read(question, each)
    tell(len(things), len(things), "")
    found = [of_taken(question, each) if isinstance(each, Taken) else each for each in DESK.seen.values()]
    DESK.merged = together(found, question, given.litter if given else 0)
    if DESK.before is not None:
        remarks += [str(each) for each in DESK.before.remarks()]
    if DESK.merged.ledger.litter:
        remarks.append(str(passed_over(DESK.merged.ledger.litter)))
    return {"remarks": list(map(plain, remarks)), **_board(DESK.merged)}


def _roster() -> list[str]:
    """Take the roster that lies there; what is to be said of it."""
    lying = places.files(places.ROSTER)
    if not lying:
        DESK.members = ()
        return []
    found = understood(lying[0].read_bytes(), lying[0].name, editions()[-1])
    DESK.members = found.members
    return [str(each) for each in found.remarks(lying[0].name)]


def _last(asked: Answer) -> None:
    """Take last year's filings that lie there."""
    lying = places.files(places.LAST)
    if not lying and DESK.before is not None:
        DESK.read.clear()
        DESK.before = None
    elif lying and (DESK.before is None or asked.get("last_changed")):
        DESK.read.clear()
        path = lying[0] if len(lying) == 1 and lying[0].suffix.lower() != ".zip" else places.at(places.LAST)
        DESK.before = last_year(path, Asked(jobs=1), single=False)


def _read(question: Asked, given: Input) -> Taken | Unread:
    """An input that was read, now or before."""
    stat = Path(given.path).stat()
    key = (given, stat.st_mtime_ns, stat.st_size, question.members)
    if key not in DESK.read:
        made = attempt(take, question, given)
        DESK.read[key] = lost(question, given, made.reason) if isinstance(made, Failed) else made
    return DESK.read[key]


def _board(merged: Merged) -> Answer:
    ledger = merged.ledger
    lines = [shapes.line(each) for each in board(ledger)]
    return {
        "year": ledger.year,
        "lines": lines,
        "expected": len(ledger.expected),
        "merged": len(merged.contributions),
        "missing": [plain(each.unit.name) for each in ledger.missing],
        "inputs": len(ledger.rows),
        "sum": _sum(merged),
    }


def _sum(merged: Merged) -> Answer | None:
    """The running total on the form, with its change against last year."""
    if merged.filing is None:
        return None
    moved: dict[str, str] = {}
    if merged.before is not None:
        (unit,) = diff([merged.before, merged.filing]).units
        moved = {each.ref: f"{each.change:+}" for each in unit.figures if each.change}
    result = Checked(_as_read(merged), merged.findings, ())
    shape = shapes.checked(result)
    return {**shape, "sheets": shapes.form(merged.filing, merged.findings, moved), "against": merged.before is not None}


def _as_read(merged: Merged) -> Reading:
    """The sum as if it had been read, for what draws filings that were."""
    assert merged.filing is not None
    count = len(named(merged.filing.edition).figures)
    return Reading(merged.filing, (), count, count)


def detail(asked: Answer) -> Answer:
    """One input with its findings, those too that only the others beside it show."""
    source = asked["source"]
    taken = DESK.seen.get(source)
    if not isinstance(taken, Taken) or DESK.merged is None:
        return {"file": plain(source), "error": plain(taken.reason) if isinstance(taken, Unread) else ""}
    row = next(each for each in DESK.merged.ledger.rows if each.source == source)
    shape = shapes.checked(taken.checked, row.findings)
    return shape | {"row": shapes.row(row)}


def workbook(asked: Answer) -> Answer:
    """The county workbook: the bytes that `xls merge` writes."""
    name, made = _workbook()
    return {"file": places.given_back(name, made, places.XLSX)}


def _workbook() -> tuple[str, bytes]:
    merged = _merged()
    assert merged.filing is not None
    made = write(named(merged.filing.edition), merged.filing, merged.before, merged)
    return f"{files.safe_name(merged.filing.unit.name or 'county')}-{merged.ledger.year}.xlsx", made


def _merged() -> Merged:
    """What was merged.

    Raises:
        NotWritten: nothing was.
    """
    if DESK.merged is None or DESK.merged.filing is None:
        raise NotWritten(text("nothing could be merged; {file} was not written", file="xlsx"))
    return DESK.merged


def copies(asked: Answer, tell: Tell) -> Answer:
    """Marked copies of all with something to correct or verify, as one archive; what could not be marked is said."""
    os.chdir(places.at(places.COUNTY))
    by = sender(asked.get("from", ""), asked.get("deadline", ""))
    issued = Issued(by.name, str(by.deadline or ""))
    rows = [] if DESK.merged is None else DESK.merged.ledger.rows
    wanted = [row for row in rows if any(each.level != "note" for each in row.findings)]
    made: list[tuple[str, bytes]] = []
    left: list[str] = []
    for n, row in enumerate(wanted):
        tell(n, len(wanted), row.source)
        taken = DESK.seen[row.source]
        if not isinstance(taken, Taken):
            continue
        try:
            made.append(_copy(taken, replace(taken.checked, findings=row.findings), issued))
        except (NotWritten, Unreadable) as error:
            left.append(str(error.sentence))
        except ImportError:
            left.append(f"{row.source}: xls check --mark")
    tell(len(wanted), len(wanted), "")
    return {"file": places.given_back("marked.zip", places.zipped(_apart(made)), "application/zip"), "count": len(made),
            "left": list(map(plain, left))}  # fmt: skip


def _copy(taken: Taken, checked: Checked, issued: Issued) -> tuple[str, bytes]:
    delivered = content(taken.given)
    name = PurePosixPath(taken.given.source.rpartition(" › ")[2])
    kept = (".docx",) if is_document(delivered) else (".xlsx", ".xlsm")
    return name.name if name.suffix.lower() in kept else f"{name.stem}.xlsx", marked(checked, delivered, issued)


def _apart(made: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The copies under names of their own."""
    names = files.distinct((Path(name).stem, str(n)) for n, (name, _) in enumerate(made, start=1))
    return [(f"{own}{Path(name).suffix}", body) for own, (name, body) in zip(names, made, strict=True)]


def notices(asked: Answer) -> Answer:
    """The letters as one page to be printed."""
    merged = DESK.merged
    made = letters(merged) if merged is not None else ()
    by = sender(asked.get("from", ""), asked.get("deadline", ""), asked.get("date", ""), asked.get("contact", ""))
    form = named(merged.ledger.edition) if merged is not None and merged.ledger.edition else editions()[-1]
    page = letters_page.page(form, made, by)
    return {"file": places.given_back("letters.html", page.encode(), "text/html"), "count": len(made)}


def table(asked: Answer) -> Answer:
    """Every unit's figures as a long table."""
    made = exported.of_units(_merged(), asked.get("kind", ".csv"))
    kind = places.XLSX if asked.get("kind") == ".xlsx" else "text/csv"
    return {"file": places.given_back(f"figures{asked.get('kind', '.csv')}", made, kind)}


def report(asked: Answer) -> Answer:
    """The report of the sum, as of the county workbook: units that are not in the sum make it a draft."""
    name, made = _workbook()
    reading = of_bytes(made, name)
    return reports.written(reading.filing, check(reading).findings)


def moved(asked: Answer) -> Answer:
    """The page of changes of the sum against last year."""
    merged = _merged()
    assert merged.filing is not None
    if merged.before is None:
        return {"file": None}
    made = changes.page(diff([merged.before, merged.filing]), everything=False, with_texts=False)
    return {"file": places.given_back("changes.html", made.encode(), "text/html")}

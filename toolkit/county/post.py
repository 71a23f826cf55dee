"""The letters of a merge as they go out: notices (.docx) with the marked copies they speak of beside them, lines for a
chat, and a page on who has delivered. What a letter says is `letters`'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any, NamedTuple

from toolkit.county import inputs
from toolkit.county.inputs import Input
from toolkit.county.letters import NAMES, Item, Kind, Letter, Sender, letters
from toolkit.form.edition import editions, named
from toolkit.form.parts import Edition
from toolkit.ground import files
from toolkit.ground.errors import NoEdition, NotWritten, Unreadable
from toolkit.ground.language import Text, listed, speaking, text
from toolkit.intake import of_bytes
from toolkit.intake.sources.docx import is_document
from toolkit.model.filing import Checked
from toolkit.model.ledger import Ledger, LedgerRow, Merged, State
from toolkit.publish import docx
from toolkit.publish.content import clean
from toolkit.publish.paper import Paper
from toolkit.workbook.mark_files import marked
from toolkit.workbook.mark_list import Issued


class Posted(NamedTuple):
    """One file that goes out; `letter` says whether it is a letter itself."""

    name: str
    content: bytes
    letter: bool = False


def post(merged: Merged, sender: Sender, given: Iterable[Input] = ()) -> Iterator[Posted]:
    """Every file that goes out after a merge. `given` are the inputs of it, for copies of them to be marked; one that
    cannot be is not enclosed, and its letter says all of it itself.
    """
    made = letters(merged)
    edition = named(merged.ledger.edition) if merged.ledger.edition else editions()[-1]
    by_source, paper = {each.source: each for each in given}, Paper()
    with speaking("zh"):
        names = list(files.distinct((f"{each.unit.name}-{NAMES[each.kind]}", each.unit.code or "") for each in made))
    for name, letter in zip(names, made, strict=True):
        copies = tuple(_copies(letter, name, by_source, edition, sender))
        enclosed = [copy.name for copy in copies]
        yield Posted(f"{name}.docx", written(edition, letter, sender, enclosed, paper), letter=True)
        yield from copies
    with speaking("zh"):  # only as long as nothing is given away: whoever takes it speaks a language of their own
        chat, state = f"{text('chat lines')}.txt", f"{text('state of deliveries')}.docx"
        said = lines(made, sender).encode("utf-8-sig")
    if made:
        yield Posted(chat, said)
    yield Posted(state, state_of(edition, merged.ledger, sender))


def _copies(
    letter: Letter, name: str, given: Mapping[str, Input], edition: Edition, sender: Sender
) -> Iterator[Posted]:
    """The marked copies of what a letter is about, named as it is; none of what has to be filled in on another form or
    for another year, nor of a file in which nothing is to be corrected.
    """
    rows = [row for row in letter.rows if row.status != "other-year" and _marks(row) and row.source in given]
    for n, row in enumerate(rows, start=1):
        content = _copy(row, given[row.source], edition, issued(sender))
        if content is not None:
            end = PurePath(row.source).suffix.lower()
            end = ".docx" if is_document(content) else end if end == ".xlsm" else ".xlsx"
            yield Posted(f"{name}{'' if len(rows) == 1 else f'-{n}'}{end}", content)


def _marks(row: LedgerRow) -> bool:
    """Whether in a copy of a file something would be marked that its unit has to answer."""
    return any(each.level != "note" and not each.explained for each in row.findings)


def issued(sender: Sender) -> Issued:
    """What a marked copy says of who sends it back."""
    with speaking("zh"):
        return Issued(sender.name, str(_day(sender.deadline)) if sender.deadline else "")


def _copy(row: LedgerRow, given: Input, edition: Edition, issued: Issued) -> bytes | None:
    try:
        content = inputs.content(given)
        reading = of_bytes(content, given.source)
        if reading.filing.edition != edition.id:
            return None
        return marked(Checked(reading, row.findings, ()), content, issued)
    except (Unreadable, NoEdition, NotWritten):
        return None


def written(
    edition: Edition, letter: Letter, sender: Sender, enclosed: Sequence[str] = (), paper: Paper | None = None
) -> bytes:
    """A notice from a sender, in the language of the form; the same bytes every time, on whatever `paper` others were
    written before. `enclosed` are the names of the marked copies beside it.
    """
    paper = paper or Paper()
    document = paper.wiped()
    said = notice(edition, letter, sender, enclosed)
    with speaking("zh"):
        title = clean(said.title)
        paper.paragraph(said.number).alignment = 1
        paper.paragraph(title, "Title")
        addressed = paper.paragraph(clean(said.addressed), "Body Text")
        addressed.paragraph_format.first_line_indent = 0
        for each in said.body:
            paper.body(clean(each))
        docx.signed(document, clean(said.signed), said.day)
    return paper.saved(title, clean(sender.name), letter.year)


class Notice(NamedTuple):
    """A letter in words: its number to be filled in, title, whom it is to, its paragraphs, who signs it and when."""

    number: str
    title: str
    addressed: str
    body: tuple[str, ...]
    signed: str
    day: str


def notice(edition: Edition, letter: Letter, sender: Sender, enclosed: Sequence[str] = ()) -> Notice:
    """What a letter says, in the language of the form; `enclosed` are the names of the marked copies beside it."""
    with speaking("zh"):
        wanted = [said for n, each in enumerate(letter.items, start=1) for said in _said(n, each)]
        ends = [str(each) for each in _ends(edition, letter, sender, enclosed)]
        return Notice(
            str(text("(   ) No. (   )")),
            str(letter.title),
            str(text("{unit}:", unit=letter.unit.name)),
            (str(letter.begins), *wanted, *ends),
            sender.name,
            _signed_on(edition, letter.year, sender),
        )


def _ends(edition: Edition, letter: Letter, sender: Sender, enclosed: Sequence[str]) -> Iterator[Text]:
    """What is asked, by when, of whom to ask back; then what lies beside."""
    words = edition.wording.marking
    by = _by(sender)
    if letter.kind == "missing":
        yield text(
            "Please fill in the workbook, check it and deliver it {by}. If you have delivered it already, please let "
            "us know under which name, and deliver it once more.",
            by=by,
        )
    elif letter.kind == "returned":
        yield text("Please correct this in the workbook and deliver it anew {by}.", by=by)
        if enclosed:
            yield text("The places are marked in the enclosed copy; it may be corrected and delivered itself.")
    elif enclosed:
        yield text(
            "Where a figure is right, write the reason on the sheet “{sheet}” of the enclosed copy, in the column "
            "“{column}”; where it is wrong, correct it. Send the copy back {by}.",
            sheet=words.sheet,
            column=words.columns[-1],
            by=by,
        )
    else:
        yield text(
            "Where a figure is right, tell us the reason in writing; where it is wrong, correct it in the workbook. "
            "Answer {by}.",
            by=by,
        )
    if sender.contact:
        yield text("Whom to ask: {contact}.", contact=sender.contact)
    yield text("This is to notify you of it.")
    if enclosed:
        yield text("Enclosed: {files}", files=listed(enclosed, len(enclosed)))


def _by(sender: Sender) -> Text:
    return text("by {day}", day=_day(sender.deadline)) if sender.deadline else text("soon")


def _day(day: date) -> Text:
    return text("{year}-{month}-{day}", year=day.year, month=day.month, day=day.day)


def _signed_on(edition: Edition, year: int, sender: Sender) -> str:
    """The day of a letter, or room for it."""
    return str(_day(sender.date)) if sender.date else edition.report.date.format(year=year, next=year + 1, unit="")


def _said(number: int, item: Item) -> Iterator[str]:
    """What is wrong and what to do, in two sentences, with the authority in brackets; then what follows from it."""
    follows = text("{count} findings have this one cause", count=len(item.symptoms)) if item.symptoms else None
    said = "。".join(str(each).rstrip("。") for each in (item.what, item.remedy, follows) if each)
    cite = text("({authority})", authority=text("Authority: {authority}", authority=item.cite)) if item.cite else ""
    yield f"{number}. {said}{cite}{'：' if follows else '。'}"
    for n, each in enumerate(item.symptoms, start=1):
        yield f"（{n}）{str(each).rstrip('。')}{'。' if n == len(item.symptoms) else '；'}"


_LINES: Mapping[Kind, Text] = {
    "missing": text("{unit}: the figures of the yearly report of {year} have not come yet; please deliver them {by}."),
    "returned": text(
        "{unit}: the figures of the yearly report of {year} went back with a notice, {count} to be corrected; please "
        "deliver them anew {by}."
    ),
    "to-explain": text(
        "{unit}: of the figures of the yearly report of {year} {count} need a word from you, see the notice; please "
        "answer {by}."
    ),
}


def lines(made: Sequence[Letter], sender: Sender) -> str:
    """A line for each unit that has something to do, to be pasted into a chat."""
    said = []
    for each in made:
        unit = text("{unit} ({contact})", unit=each.unit.name, contact=each.contact) if each.contact else each.unit.name
        values = (("unit", unit), ("year", each.year), ("count", len(each.items)), ("by", _by(sender)))
        said.append(" ".join(clean(str(Text(_LINES[each.kind].template, values))).split()))
    if sender.contact:
        said.append(clean(str(text("Whom to ask: {contact}.", contact=sender.contact))))
    return "\r\n".join(said) + "\r\n"


_STATES: Mapping[State, Text] = {
    "merged": text("in the sum"),
    "returned": text("sent back to be corrected"),
    "duplicate": text("delivered more than once"),
    "unread": text("not readable"),
    "missing": text("nothing received"),
}


def state_of(edition: Edition, ledger: Ledger, sender: Sender) -> bytes:
    """A page for the county's own round: how many units have delivered, and which have not."""
    from docx import Document

    document: Any = Document()
    docx.styled(document)
    docx.paged(document)
    with speaking("zh"):
        title = str(text("Deliveries for the yearly report of {year} on open government information", year=ledger.year))
        document.add_paragraph(title, "Title")
        groups = _groups(ledger)
        counts = [text("{state} {count}", state=state, count=len(units)) for state, units in groups if units]
        day = text("Up to {day}", day=_day(sender.date)) if sender.date else text("Up to now")
        if ledger.expected:
            due = len(ledger.expected)
            docx.body(document, str(text("{day}: {due} units are to report; {counts}.", day=day, due=due,
                                         counts=listed(counts, 9))))  # fmt: skip
        else:
            docx.body(document, str(text("{day}: {counts}.", day=day, counts=listed(counts, 9))))
        for n, (state, units) in enumerate((each for each in groups if each[1]), start=1):
            head = text("{state} ({count})", state=state, count=len(units))
            names = text(": {parts}.", parts=listed(units, len(units)))
            docx.led(document, f"{'一二三四五六'[n - 1]}、{head}", clean(str(names)))
        docx.signed(document, clean(sender.name), _signed_on(edition, ledger.year, sender))
    return docx.saved(document, title, clean(sender.name), ledger.year)


def _groups(ledger: Ledger) -> list[tuple[Text, list[object]]]:
    """The units by what became of them; of the lacking ones with the reason that the county gives."""
    reasons = dict(ledger.reasons)
    found: dict[State, list[object]] = {state: [] for state in _STATES}
    states = ledger.states() if ledger.expected else {}
    for member in ledger.expected:
        name, state = member.unit.name, states.get(member.unit, "missing")
        why = reasons.get(name, "") if state != "merged" else ""
        found[state].append(text("{unit} ({what})", unit=name, what=why) if why else name)
    if not ledger.expected:
        came: dict[str, bool] = {}
        for row in ledger.rows:
            if row.unit is not None and row.unit.name:
                came[row.unit.name] = came.get(row.unit.name, False) or row.status == "merged"
        for name, merged in came.items():
            found["merged" if merged else "returned"].append(name)
    return [(said, found[state]) for state, said in _STATES.items()]

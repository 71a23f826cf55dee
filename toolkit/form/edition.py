"""The editions: found, loaded, verified; the one in force for a year. What a file says wrong is refused here, in words
that its author can act on; nothing else reads `templates/xlsx`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from toolkit.form import family, phrases, tables, worded
from toolkit.form import stated as files
from toolkit.form.checks import CHECKS
from toolkit.form.parts import Counterpart, Edition, Rule, Table
from toolkit.form.schema import Fault, twice, verify
from toolkit.form.words import Choice, Section, Typing
from toolkit.ground import forms
from toolkit.ground.errors import EditionError, NoEdition
from toolkit.ground.language import Text, text

_PACKAGED = Path(__file__).parents[1] / "templates" / "xlsx"
TEMPLATES = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[2] / "templates" / "xlsx"


def editions() -> tuple[Edition, ...]:
    """All editions, the earliest first, the latest national one last; see `family.together`.

    Raises:
        EditionError: a file breaks a rule for edition files, or two editions claim a year.
    """
    return _editions(TEMPLATES, *map(Path, forms.active().folders))


def edition(year: int) -> Edition:
    """The form to fill in for a report year: the one asked for by its id, the national one in force otherwise.

    Raises:
        NoEdition: the year is before the first edition, or none that the form asked for is in force for.
    """
    if wanted := forms.active().form:
        asked = named(wanted)
        if in_force(asked, year):
            return asked
        raise NoEdition(text("{year}: the form {form} is not in force for it; leave --form out, or give another year",
                             year=year, form=wanted))  # fmt: skip
    return national(year)


def national(year: int, like: Edition | None = None) -> Edition:
    """The edition in force for a report year, whatever variants there are; a year after the last notice takes the
    latest edition. `like` is of the report that is meant, ours where None.

    Raises:
        NoEdition: the year is before the first edition.
    """
    known = editions()
    title = _report(like or known[-1])
    found = family.national(known, year, title)
    if found is not None:
        return found
    first = min(each.first for each in known if each.title == title)
    raise NoEdition(
        text("{year}: no edition; the earliest is {first}. Give a report year from {first} on", year=year, first=first)
    )


def _report(edition: Edition) -> str:
    """The title of the report that an edition is a form of."""
    return named(edition.variant_of).title if edition.variant_of else edition.title


def in_force(edition: Edition, year: int) -> bool:
    """Whether an edition, or the one it is a variant of, is the one in force for a report year."""
    due = family.national(editions(), year, _report(edition))
    if due is None:
        return False
    return due.id == (edition.variant_of or edition.id) and (not edition.variant_of or family.covers(edition, year))


def due(was: Edition, year: int) -> Edition:
    """The form for a year of one who filed in a form: the same where it is in force and no other is asked for.

    Raises:
        NoEdition: there is none for the year.
    """
    if forms.active().form:
        return edition(year)
    return was if in_force(was, year) else national(year, was)


def named(wanted: str) -> Edition:
    """The edition of an id, `2019` or `2021`.

    Raises:
        NoEdition: there is none of that id.
    """
    for each in editions():
        if each.id == wanted:
            return each
    known = ", ".join(each.id for each in editions())
    raise NoEdition(text("edition {wanted} is not known; known are {known}", wanted=wanted, known=known))


@cache
def _editions(*folders: Path) -> tuple[Edition, ...]:
    return family.together([_of_folder(folder, own=at > 0) for at, folder in enumerate(dict.fromkeys(folders))])


def _of_folder(folder: Path, *, own: bool) -> tuple[Edition, ...]:
    """The editions of a folder, the earliest first; `own` is a folder of the user's."""
    paths = [path for path in sorted(folder.glob("*.toml")) if path.name != files.SHARED]
    if not paths and own:
        none = text(
            "{folder}: no edition file is there; give the folder in which yours are (.toml)", folder=str(folder)
        )
        raise EditionError(none)
    if not paths:
        raise EditionError(text("{folder}: no edition file is there; install the package again", folder=str(folder)))
    return tuple(sorted((load(path) for path in paths), key=lambda each: each.first))


def latest(table: str) -> tuple[Section, Table]:
    """A table of whatever edition as the latest form that has it states it, and the section it stands in."""
    edition = next(each for each in reversed(editions()) if any(one.id == table for one in each.tables))
    stated = edition.table(table)
    return next(each for each in edition.sections if each.sheet == stated.sheet), stated


def load(path: Path) -> Edition:
    """One edition file, verified.

    Raises:
        EditionError: with file, table, line and remedy.
    """
    shared = path.with_name(files.SHARED)
    own, behind = files.read(path), _shared(shared if shared.exists() else TEMPLATES / files.SHARED)
    whole = files.joined(own, behind)
    try:
        verify(whole)
        _left_out(own, behind)
        return _edition(whole)
    except Fault as fault:
        of_all = not fault.table and files.says(behind, fault.line) and not files.says(own, fault.line)
        raise EditionError(_placed(files.SHARED if of_all else path.name, fault)) from fault


def _left_out(own: files.Stated, shared: files.Stated) -> None:
    """A rule that is left out is one of those asked of every form."""
    known = [each["id"] for each in shared.get("rule", ())]
    for each in own.get("without", ()):
        if each not in known:
            unknown = text("“{value}” is not known; give one of {known}", value=each, known=", ".join(known))
            raise Fault(unknown, "", "without")


def _shared(path: Path) -> files.Stated:
    """What the forms of a folder have in common; read again where the file was changed."""
    if not path.exists():
        return {}
    state = path.stat()
    return _shared_as_of(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _shared_as_of(path: Path, changed: int, size: int) -> files.Stated:
    return files.read(path)


def _placed(file: str, fault: Fault) -> Text:
    if not fault.table and not fault.line:
        return text("{file}: {what}", file=file, what=fault.what)
    if not fault.table:
        return text("{file}, {line}: {what}", file=file, line=fault.line, what=fault.what)
    if not fault.line:
        return text("{file}, table {table}: {what}", file=file, table=fault.table, what=fault.what)
    return text("{file}, table {table}, {line}: {what}", file=file, table=fault.table, line=fault.line, what=fault.what)


def _in_order(stated: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """The rules of the whole filing in the order of their checks, whichever file they stand in."""
    order = {name: at for at, name in enumerate(CHECKS)}
    return tuple(sorted((tables.rule(each, "") for each in stated), key=lambda rule: order[rule.check]))


def _edition(stated: Mapping[str, Any]) -> Edition:
    made = tuple(tables.table(each) for each in stated["table"])
    figures = {
        figure.ref: figure
        for table, each in zip(made, stated["table"], strict=True)
        for figure in tables.figures(table, each["value"])
    }
    rules = (*(rule for table in made for rule in table.rules), *_in_order(stated["rule"]))
    for rule_id in twice(rule.id for rule in rules):
        raise Fault(text("the rule id is given twice; rename one of them"), line=rule_id)
    return Edition(
        id=stated["edition"],
        notice=stated["notice"],
        first=stated["years"]["first"],
        last=stated["years"].get("last"),
        title=stated["title"],
        sections=tuple(Section(**each) for each in stated["section"]),
        levels=tuple(_level(each) for each in stated["level"]),
        typing={kind: Typing(**each) for kind, each in stated["value"].items()},
        wording=worded.wording(stated),
        report=phrases.report(stated["report"], figures),
        speech=phrases.speech(stated, figures),
        tables=made,
        rules=rules,
        figures=figures,
        instances=tuple(instance for table in made for instance in tables.instances(table, figures)),
        small_base=stated["comparison"]["small_base"],
        counterparts=tuple(Counterpart(**each) for each in stated.get("counterpart", ())),
        variant_of=stated.get("variant_of", ""),
    )


def _level(stated: Mapping[str, Any]) -> Choice:
    words: dict[str, Any] = {key: tuple(said) if isinstance(said, list) else said for key, said in stated.items()}
    return Choice(**words)

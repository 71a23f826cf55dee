"""The words of an edition besides its tables: sections, levels, what cells accept, the sheets that are not printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Section(NamedTuple):
    """One of the six sections: a text, or, where `sheet` is given, a table."""

    id: str
    title: str
    en: str
    sheet: str = ""
    prompt: str = ""


class Choice(NamedTuple):
    """A unit level as the cover offers it, or a field of the cover.

    Of a level: `names` are the words of unit names that say it, `but` those that only seem to, `also` is what else it
    is called; a place in another of its level is of the level `inside`; `of` is the level whose departments these are,
    `above` the one whose report takes in theirs. Of a field: `choices` are words to choose from.
    """

    id: str
    label: str
    en: str = ""
    prompt: str = ""
    above: str = ""
    choices: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    inside: str = ""
    of: str = ""


class Typing(NamedTuple):
    """What a cell of one kind of value accepts and what the spreadsheet says about it."""

    label: str
    title: str
    message: str


class SelfCheck(NamedTuple):
    """The words of the sheet on which a workbook checks itself; `pending` stands around the number of errors, `also`
    around that of what is to be verified, `notes` around that of what is only noted (`noted`), `wrong` around that of a
    table, `more` around that of those not listed.
    `read_as` stands around a text and the number it is read as; `every` heads all rules, `right` stands beside a table
    without faults, `unstarted` is a form nobody has begun.
    """

    sheet: str
    title: str
    note: str
    heads: tuple[str, ...]
    cover: str
    ready: str
    pending: tuple[str, ...]
    also: tuple[str, ...]
    error: str
    verify: str
    kept: str
    broken: str
    unfilled: str
    unread: str
    not_asked: str
    unstarted: str = ""
    every: str = ""
    right: str = ""
    wrong: tuple[str, ...] = ("", "")
    more: tuple[str, ...] = ("", "")
    locked: str = ""
    places: str = ""
    read_as: tuple[str, ...] = ("“", "” = ", "; ")
    noted: str = "note"
    notes: tuple[str, ...] = (", ", " noted")


class Marking(NamedTuple):
    """The words of a marked copy: the list of findings, the frame of a comment, and which answers are none.

    `columns` are the heads of the list from number to explanation; `levels` name error, verify and note; `more` stands
    behind the first of `{count}` cells.
    `empty_answers` explain nothing by themselves, nor does one shorter than `least_answer` characters; `reasons` are
    the usual ones, to choose from. `about` says whose list it is, who asks and until when.
    """

    sheet: str
    title: str
    note: str
    none: str
    kept: str
    whole: str
    more: str
    columns: tuple[str, ...]
    levels: Mapping[str, str]
    prompt: str
    comment_opens: str
    comment_closes: str
    empty_answers: tuple[str, ...]
    least_answer: int
    about: str = ""
    reasons: tuple[str, ...] = ()


class Prior(NamedTuple):
    """The words beside the tables where last year's filing is known: `head` is over its figures, `expected` over what
    they lead to, `carried` is said of a cell filled in from them.
    """

    head: str
    expected: str
    carried: str


class Chart(NamedTuple):
    """A chart of a county workbook: its title and the figures it shows, of every unit or of the whole county."""

    title: str
    figures: tuple[str, ...]
    units: bool = False


class County(NamedTuple):
    """The sheets a county workbook has besides the form's own, and the words on them."""

    sources: str
    ledger: str
    findings: str
    adjustments: str
    charts: str
    adjusted: str
    sources_note: str
    ledger_note: str
    findings_note: str
    adjustments_note: str
    sources_heads: tuple[str, ...]
    ledger_heads: tuple[str, ...]
    findings_heads: tuple[str, ...]
    adjustments_heads: tuple[str, ...]
    chart: tuple[Chart, ...]
    ledger_summary: tuple[str, ...]
    total: str
    against: str
    against_note: str
    against_heads: tuple[str, ...]
    key: str
    key_note: str
    key_figures: tuple[str, ...]
    units_added: str
    cover: str
    guide: tuple[str, ...]
    tables_note: str = ""
    """Over the printed tables of a sum, in place of what is said to a unit that fills them in."""


class Wording(NamedTuple):
    """The words of the workbook that are not of the printed form."""

    cover_sheet: str
    cover_fields: tuple[Choice, ...]
    cover_note: str
    texts_sheet: str
    texts_note: str
    sheet_unit: str
    sheet_year: str
    sheet_note: str
    guide_sheet: str
    guide_title: str
    guide_lines: tuple[str, ...]
    selfcheck: SelfCheck
    marking: Marking
    prior: Prior
    county: County


Sum = tuple[str, ...]
"""Refs whose figures are added up."""


class Topic(NamedTuple):
    """Something texts count, the words for it and `other` verbs by which it is somebody else's; `weak` words count only
    directly beside what is said of them, `apart` are words that hold one of these and mean something else.

    A number of which nothing more is said is one of `alone`; it is looked for whatever stands before it where `free`.
    `money` is an amount that the figure is at least.
    """

    id: str
    says: tuple[str, ...]
    alone: tuple[Sum, ...]
    weak: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    free: bool = False
    money: bool = False


class Phrase(NamedTuple):
    """What texts say of a topic, with the figure that a number of it `means`.

    `either` are readings as good, `also` sums it may sensibly be, which is noted. A number before the word is a part of
    the figure where `parted`. `rest` is what is 0 where all are said to be; `rates` are words for their share. `whole`
    is the figure it is always a part of. A `sure` one is said of nothing else, also where its topic is not named.
    """

    topic: str
    says: tuple[str, ...]
    means: Sum
    either: tuple[Sum, ...] = ()
    also: tuple[Sum, ...] = ()
    parted: bool = False
    rest: Sum = ()
    rates: tuple[str, ...] = ()
    whole: Sum = ()
    sure: bool = False


class Share(NamedTuple):
    """Words for one of the columns of whatever is counted, `column` in the place of its total; `*` is every line.

    A `sure` one is said of nothing else.
    """

    topics: tuple[str, ...]
    says: tuple[str, ...]
    column: str
    either: tuple[str, ...] = ()
    sure: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """How texts speak of an edition's figures; itself alone, as its edition is, so that it can keep what is read."""

    topics: tuple[Topic, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    shares: tuple[Share, ...] = ()


class Report(NamedTuple):
    """The words of the published report that are not of its sections and tables.

    In `title`, `period` and `date` stand `{unit}`, `{year}`, `{title}`, the edition's, and `{next}`, the year it is
    published in; in `sentences` sums of figures, `{table/row/column + table/row/column}`.
    `draft` is printed across a draft.
    """

    title: str
    period: str
    date: str
    draft: str
    sentences: tuple[str, ...]

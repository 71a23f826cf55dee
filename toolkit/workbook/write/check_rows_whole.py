"""The rows of that sheet which ask something of the whole workbook: its texts, and of a sum whether it is whole."""

from __future__ import annotations

from toolkit.form.layout import Layout, Place
from toolkit.form.layout_county import LEDGER_REASON
from toolkit.form.parts import Rule
from toolkit.form.sentences import asked_of
from toolkit.model.filing import Filing
from toolkit.model.ledger import Ledger
from toolkit.workbook.write.check_row import Row, level_word
from toolkit.workbook.write.county_ledger import lacking
from toolkit.workbook.write.shown import Formula


def sections(made: Layout, filing: Filing, rule: Rule, number: int) -> Row:
    """Whether every section of text is written."""
    words = made.edition.wording.selfcheck
    said = "+".join(f"COUNTBLANK('{place.sheet}'!{place.cell})" for place in made.texts.values())
    absent = sum(not filing.texts.get(section, "").strip() for section in made.texts)
    state = Formula(f'IF(D{number}>0,"{words.unfilled}","{words.kept}")', words.unfilled if absent else words.kept)
    count, link = Formula(f"IF(D{number}>0,1,0)", int(absent > 0)), next(iter(made.texts.values()))
    return Row(
        number,
        rule.id,
        level_word(words, rule),
        link.sheet,
        asked_of(rule),
        link,
        Formula(said, absent),
        None,
        state,
        count,
    )


def complete(made: Layout, ledger: Ledger, rule: Rule, number: int) -> Row:
    """Whether every unit on the roster is in the sum, or it is written why not."""
    words, sheet = made.edition.wording.selfcheck, made.edition.wording.county.ledger
    said, first = lacking(made.edition, ledger)
    state = Formula(f'IF(D{number}>0,"{words.broken}","{words.kept}")', words.broken if said.value else words.kept)
    count = Formula(f"IF(D{number}>0,1,0)", int(said.value != 0))
    link = Place(sheet, first, LEDGER_REASON)
    return Row(number, rule.id, level_word(words, rule), sheet, asked_of(rule), link, said, None, state, count)

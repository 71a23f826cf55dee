"""What comes of a damaged input: it is read, or refused in a sentence of ours; anything else is wrong.

What is read is checked. A workbook or Word document that was read is edited, too: marked, its blanks filled, repaired;
what comes of that must hold the same figures but for those that were to be entered.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.filings import filing
from tests.fuzz.damage import Damaged
from toolkit.county import inputs, roster
from toolkit.form.edition import load, named
from toolkit.form.parts import Ref, Value
from toolkit.ground.errors import XlsError
from toolkit.intake import of_bytes
from toolkit.model.filing import Checked
from toolkit.rules import check
from toolkit.workbook.fill_blanks import blanks, zeroed
from toolkit.workbook.mark_files import marked
from toolkit.workbook.propose import propose

_EDITED = 0.1
"""How often what can be read is edited, too."""


def outcome(made: Damaged, seed: int = 0, *, edit: bool = False) -> str:
    """What comes of an input: `read`, `edited`, `refused`, or what is wrong; `edit`: whatever the seed says."""
    try:
        return _tried(made, edit or random.Random(seed).random() < _EDITED)
    except XlsError as error:
        return "refused" if str(error) else "WRONG: refused without a word"
    except BaseException as error:
        return f"WRONG: {type(error).__name__}: {error}"[:300]


def _tried(made: Damaged, edit: bool) -> str:
    if made.name.startswith("roster"):
        roster.understood(made.content, made.name, named("2021"))
        return "read"
    if made.name.endswith((".toml", ".zip")):
        return _as_a_file(made)
    checked = check(of_bytes(made.content, made.name))
    found = _figures(checked)
    if made.told and made.content.startswith(b"PK"):
        whole = {ref: entry.value for ref, entry in filing("2021").entries.items()}
        other = [ref for ref, value in found.items() if value != whole.get(ref)]
        if other:
            return f"WRONG: another figure without a word: {other[:3]}"
    if not edit or not made.name.endswith((".xlsx", ".docx")):
        return "read"
    return _edited(made, checked, found)


def _as_a_file(made: Damaged) -> str:
    """What is read by its path: a form of one's own, and an archive of filings."""
    with tempfile.TemporaryDirectory() as away:
        path = Path(away, made.name)
        path.write_bytes(made.content)
        if made.name.endswith(".toml"):
            load(path)
            return "read"
        read = 0
        for each in inputs.inputs([str(path)]).inputs:
            try:
                of_bytes(inputs.content(each), each.source)
                read += 1
            except XlsError as error:
                if not str(error):
                    return "WRONG: refused without a word"
        return "read" if read else "refused"


def _figures(checked: Checked) -> Mapping[Ref, Value | None]:
    return {ref: entry.value for ref, entry in checked.reading.filing.entries.items()}


def _edited(made: Damaged, checked: Checked, found: Mapping[Ref, Value | None]) -> str:
    """Every way of editing, in turn; one that refuses says so and leaves the others."""
    refused = 0
    for way in (_marked, _filled, _repaired):
        if made.name.endswith(".docx") and way is not _marked:
            continue
        try:
            content, entered = way(made, checked)
        except XlsError as error:
            if not str(error):
                return "WRONG: refused without a word"
            refused += 1
            continue
        try:
            after = _figures(check(of_bytes(content, made.name)))
        except XlsError as error:
            return f"WRONG: {way.__name__} wrote what is refused: {error}"[:300]
        other = [ref for ref, value in found.items() if value != after.get(ref) and ref not in entered]
        if other:
            return f"WRONG: {way.__name__} changed {other[:3]}"
    return "edited" if refused < 3 else "read"


def _marked(made: Damaged, checked: Checked) -> tuple[bytes, set[Ref]]:
    return marked(checked, made.content), set()


def _filled(made: Damaged, _: Checked) -> tuple[bytes, set[Ref]]:
    empty = blanks(made.content, made.name)
    return zeroed(made.content, made.name, empty), set(empty.cells)


def _repaired(made: Damaged, checked: Checked) -> tuple[bytes, set[Ref]]:
    proposal = propose(made.content, made.name, checked)
    totals = set(checked.reading.filing.entries) - set(named(checked.reading.filing.edition).entries)
    return proposal.content, {each.ref for each in proposal.entered} | totals  # those that are formulas follow

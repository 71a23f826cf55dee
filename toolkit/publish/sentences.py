"""The standard sentences of an edition with a filing's figures, for the overview of its report."""

from __future__ import annotations

from toolkit.form.parts import Edition, Number
from toolkit.form.phrases import PLACE
from toolkit.model import figures
from toolkit.model.filing import Filing


def sentences(edition: Edition, filing: Filing) -> tuple[str, ...]:
    """The sentences whose figures the filing has all of."""
    made = (_sentence(edition, filing, each) for each in edition.report.sentences)
    return tuple(each for each in made if each)


def _sentence(edition: Edition, filing: Filing, template: str) -> str:
    sums = [_sum(edition, filing, place) for place in PLACE.findall(template)]
    if None in sums:
        return ""
    said = iter(sums)
    return PLACE.sub(lambda _: f"{next(said)}", template)


def _sum(edition: Edition, filing: Filing, place: str) -> Number | None:
    result: Number = 0
    for ref in place.split("+"):
        value = figures.value(edition, filing.entries, ref.strip())
        if value is None:
            return None
        result = result + value
    return result

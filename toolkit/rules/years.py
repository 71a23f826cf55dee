"""A filing beside last year's, where no equation says what must hold: out of proportion, or copied (照抄)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import SequenceMatcher

from toolkit.form.parts import Number, Rule
from toolkit.ground.language import listed, text
from toolkit.ground.patterns import pattern
from toolkit.model.filing import Filing, Unassessed
from toolkit.rules.case import Case, Result
from toolkit.rules.yuan import meant

_NUMBERS = pattern(r"[0-9０-９]+(?:[.,，．][0-9０-９]+)*|[〇零一二两三四五六七八九十百千万]{2,}")


def proportion(case: Case, rule: Rule) -> Iterator[Result]:
    """Figures grown or shrunk `factor` times, the larger at least `floor`; a total where none of its entries is. An
    amount that is rather in 元 is the finding of another rule.
    """
    if case.prior is None:
        yield Unassessed(rule.id, text("no filing of the year before was given"))
        return
    figures = case.edition.figures
    out = {ref for ref in figures if _out_of_proportion(case.value(ref), case.before(ref), rule.options)}
    out -= meant(case).keys()  # told already, with what they probably are
    for table in case.edition.tables:
        jumps = {
            ref: f"{each.label} {case.before(ref)} → {case.value(ref)}"
            for ref, each in figures.items()
            if each.table == table.id and ref in out and (each.kind == "entry" or out.isdisjoint(each.parts))
        }
        if jumps:
            said = text("out of all proportion to last year's: {figures}", figures=listed(list(jumps.values()), 8))
            yield case.found(rule, jumps, said, text("check the figures; if they are right, say why they differ"))


def _out_of_proportion(now: Number | None, before: Number | None, options: Mapping[str, int]) -> bool:
    if now is None or before is None:
        return False
    small, large = sorted((abs(Decimal(now)), abs(Decimal(before))))
    return large >= options["floor"] and large >= options["factor"] * small


def copied_figures(case: Case, rule: Rule) -> Iterator[Result]:
    """A filing of which at least `least` entries are not 0 and all that both forms have are those of last year; but for
    what a workbook made with last year's filing carries in by itself.
    """
    if case.prior is None:
        yield Unassessed(rule.id, text("no filing of the year before was given"))
        return
    from toolkit.form.layout_prior import carried

    given = carried(case.edition)
    values = [(case.value(ref), case.before(ref)) for ref in case.edition.entries if ref not in given]
    known = [(now, before) for now, before in values if now is not None and before is not None]
    told = sum(now != 0 for now, _ in known)
    if told >= rule.options["least"] and all(now == before for now, before in known):
        said = text("every figure is that of {year}, {count} of them not 0", year=case.prior.year, count=told)
        yield case.found(rule, (), said, text("check that the figures are this year's and not last year's workbook"))


def copied_texts(case: Case, rule: Rule) -> Iterator[Result]:
    """Sections of at least `floor` characters of which `percent` % are last year's, years and numbers apart."""
    if case.prior is None:
        yield Unassessed(rule.id, text("no filing of the year before was given"))
        return
    for section in case.edition.texts:
        now, before = (_undated(each, section.id) for each in (case.filing, case.prior))
        if min(len(now), len(before)) < rule.options["floor"]:
            continue
        share = _share(before, now, rule.options["percent"])
        if share >= rule.options["percent"]:
            said = text("{section}: {share} % of it is the text of {year}", section=section.title, share=share,
                        year=case.prior.year)  # fmt: skip
            yield case.found(rule, (), said, text("write what was done in the report year"))


def _undated(filing: Filing, section: str) -> str:
    """A section with the years and numbers that a copy would have changed taken out."""
    said = "".join(filing.texts.get(section, "").split())
    return _NUMBERS.sub("N", said)


def _share(before: str, now: str, least: int) -> int:
    """How many of a hundred characters are the same; 0 where they are fewer than would matter, told cheaply."""
    if before == now:
        return 100
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    if matcher.real_quick_ratio() * 100 < least or matcher.quick_ratio() * 100 < least:
        return 0
    return int(matcher.ratio() * 100)

"""What is told in one pass is what looking at every rule by itself says: the slow way is that of the rules' own rooms,
with nothing passed over.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests import breadth
from tests.filings import filing, prior, reading, typed, varied, without
from toolkit import rules
from toolkit.form.edition import editions, named
from toolkit.form.parts import Value
from toolkit.ground.language import text
from toolkit.model.filing import Entry, Filing
from toolkit.rules import check, quick, texts_report
from toolkit.rules.case import case
from toolkit.rules.texts import spoken
from toolkit.rules.texts_passages import passages

EDITIONS = [each.id for each in editions()]
SPOILED = breadth.of(150, usual=45)


def typed_by_chance(chance: random.Random, was: Value) -> Value:
    """What somebody may have typed in place of a figure."""
    number = was if isinstance(was, int | Decimal) else 0
    return chance.choice(
        (None, 0, number + 1, number + 10, -number - 1, "/", "—", "三件", "#REF!", "=SUM(A1)",
         Decimal("2.5"), Decimal(number), Decimal("0.000001"))
    )  # fmt: skip


def spoiled(edition: str, seed: int) -> Filing:
    """A filing with a few things wrong: cells, totals, a table left blank, figures that are not there, a heading's."""
    chance, made = random.Random(seed), filing(edition) if seed % 2 else varied(edition, seed)
    refs = list(made.entries)
    for ref in chance.sample(refs, chance.choice((0, 1, 1, 2, 5))):
        made = typed(made, {ref: typed_by_chance(chance, made.entries[ref].value)})
    if chance.random() < 0.1:
        made = without(made, *chance.sample(refs, 2))
    if chance.random() < 0.1:
        table = chance.choice(named(edition).tables).id
        made = typed(made, {ref: None for ref in made.entries if ref.startswith(f"{table}/")})
    if chance.random() < 0.1:
        made = typed(made, {"requests/done.refused/person": 3})
    if chance.random() < 0.2:
        ref = chance.choice(list(made.entries))
        entry = made.entries[ref]._replace(remark=text("“{typed}” is read as {value}", typed="３", value=3))
        made = Filing(made.edition, made.year, made.unit, {**made.entries, ref: entry}, made.texts)
    return made


def every(edition: str) -> Iterator[tuple[Filing, Filing | None]]:
    yield filing(edition), None
    yield filing(edition), prior(edition)
    blank = {ref: Entry(None) for ref in filing(edition).entries}
    yield Filing(edition, filing(edition).year, filing(edition).unit, blank, {}), None
    for seed in range(SPOILED):
        yield spoiled(edition, seed), (None, prior(edition), spoiled(edition, seed + SPOILED))[seed % 3]


@pytest.mark.exhaustive
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_rule_that_is_passed_over_has_nothing_to_say(edition: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = [(reading(made), before) for made, before in every(edition)]
    quickly = [check(made, before) for made, before in given]
    monkeypatch.setattr(rules, "kept", lambda looked_at: frozenset())
    for (made, before), told in zip(given, quickly, strict=True):
        assert check(made, before) == told


def test_nearly_all_rules_on_figures_are_passed_over_in_a_filing_that_keeps_them() -> None:
    edition = named("2021")
    looked_at = case(edition, filing("2021"), None, None)
    asked = [each.id for each in edition.rules if each.equation and "prior:" not in str(each.equation)]
    plain = quick.kept(looked_at)
    assert {"entries-blank", "entries-domain", "form-missing", "requests-total", "requests-balance"} <= plain
    assert len([each for each in asked if each in plain]) > len(asked) // 2


PROMPTS = ["".join(each.prompt.split()) for each in named("2021").texts]
WORDS = next(each for each in named("2021").rules if each.check == "template-left")


@pytest.mark.parametrize("seed", range(40))
def test_what_is_left_of_a_template_is_found_as_by_looking_at_each_sentence(seed: int) -> None:
    chance = random.Random(seed)
    said = [PROMPTS[0], PROMPTS[0][4:20], PROMPTS[0][:7], "全年公开3条。", *WORDS.names["words"][:3], "。", "我镇。"]
    texts = {each.id: "".join(chance.choices(said, k=4)) for each in named("2021").texts}
    made = Filing("2021", 2023, filing("2021").unit, filing("2021").entries, texts)
    looked_at = case(named("2021"), made, None, None)
    slowly = [
        passage.plain
        for title, words in spoken(looked_at)
        for passage in passages(str(title), words)
        if (len(passage.plain) >= 8 and any(passage.plain in prompt for prompt in PROMPTS))
        or any(word in passage.plain for word in WORDS.names["words"])
    ]
    assert len(list(texts_report.left_over(looked_at, WORDS))) == len(slowly)

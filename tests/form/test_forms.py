"""Forms of the user's own: each is a file, read beside ours, and a document is the form of which the most is there."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest

from tests.filings import filing, reading, values
from tests.forms import archives, twin, variant
from tests.sessions import run
from toolkit.form.edition import TEMPLATES, due, edition, editions, in_force, named, national
from toolkit.form.layout import layout
from toolkit.form.parts import Edition
from toolkit.ground import engines
from toolkit.ground.errors import EditionError, NoEdition
from toolkit.ground.files import sample
from toolkit.ground.forms import using
from toolkit.intake import intake, of_bytes
from toolkit.intake.locate import recognise, several
from toolkit.model.filing import Filing, Reading
from toolkit.publish import publish
from toolkit.render.data import documents
from toolkit.rules import check, examples
from toolkit.workbook.write import blank, write

OF_2021 = (
    "shuyang-drc-2023/shuyang-drc-2023.html",
    "hongze-district-2023/hongze-district-2023.pdf",
    "hongze-district-2023/hongze-district-2023.txt",
)


@pytest.fixture
def twinned(tmp_path: Path) -> Iterator[Path]:
    """The next edition is there, from a folder of the user's."""
    with using(twin(tmp_path / "forms")):
        yield tmp_path / "forms"


@pytest.fixture
def provincial(tmp_path: Path) -> Iterator[Path]:
    """A province's variant is there."""
    with using(variant(tmp_path / "forms")):
        yield tmp_path / "forms"


def _stripped(written: bytes) -> bytes:
    """A workbook of which only the printed tables are left."""
    book = openpyxl.load_workbook(io.BytesIO(written))
    for name in book.sheetnames:
        if name not in ("表二", "表三", "表四"):
            del book[name]
    book.defined_names.clear()
    properties = book.custom_doc_props  # type: ignore[attr-defined]
    for name in tuple(properties.names):
        del properties[name]
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _labels(form: Edition) -> list[str]:
    return [line.label for table in form.tables for line in (*table.rows, *table.columns)]


@pytest.mark.parametrize("name", OF_2021)
def test_samples_of_2021_read_as_before_beside_the_next_edition(name: str, tmp_path: Path) -> None:
    before = intake(sample(name))
    with using(twin(tmp_path / "forms"), variant(tmp_path / "own")):
        after = intake(sample(name))
    assert before.filing.edition == "2021"
    assert (after.filing, after.found, len(after.findings)) == (before.filing, before.found, len(before.findings))


def test_a_stripped_workbook_of_each_form_is_that_form(twinned: Path) -> None:
    for form, year in (("2021", 2024), ("2026", 2027)):
        stated = named(form)
        made, _ = examples.invented(stated, year)
        back = of_bytes(_stripped(write(stated, made)), "a.xlsx", year, "甲县")
        assert (back.filing.edition, values(back.filing)) == (form, values(made))


def test_the_notice_in_force_ends_where_the_next_one_begins(twinned: Path) -> None:
    assert [edition(year).id for year in (2020, 2021, 2025, 2026, 2031)] == ["2019", "2021", "2021", "2026", "2026"]
    assert named("2021").last == 2025
    assert [each.id for each in editions()] == ["2019", "2021", "2026"]
    late = Filing("2021", 2026, filing("2021").unit, filing("2021").entries, filing("2021").texts)
    assert [each.rule for each in check(reading(late)).findings if each.rule == "form-edition"] == ["form-edition"]


def test_a_form_is_told_by_what_is_there_and_a_tie_by_the_year(twinned: Path) -> None:
    old, new = named("2021"), named("2026")
    for form in (named("2019"), old, new):
        assert recognise(_labels(form), editions()) is form
    shared = [line.label for line in named("2021").table("disputes").columns]
    assert [recognise(shared, editions(), year).id for year in (2020, 2024, 2027)] == ["2019", "2021", "2026"]  # type: ignore[union-attr]
    assert recognise(shared, editions()) is new
    assert several([*_labels(named("2019")), *_labels(old)], editions())
    assert recognise([*_labels(named("2019")), *_labels(old)], editions()) is None


def test_a_row_and_a_rule_more_make_the_round_trip(twinned: Path) -> None:
    form = named("2026")
    assert len(form.figures) == 203
    made, _ = examples.invented(form, 2026)
    for ending in (".html", ".docx"):
        back = of_bytes(publish(form, made, ending, draft=False, date=""), f"a{ending}")
        assert (back.filing.edition, back.filing.year, values(back.filing)) == ("2026", 2026, values(made))
    broken = examples.changed(made, {"documents/other/in_force": 3})
    found = {each.rule for each in check(Reading(broken, (), 203, 203)).findings}
    assert found - {each.rule for each in check(Reading(made, (), 203, 203)).findings} == {"documents-other-bound"}


def test_a_variant_is_taken_where_it_is_named_or_said_and_the_national_form_otherwise(provincial: Path) -> None:
    hubei = named("hubei")
    assert edition(2024).id == national(2024).id == "2021"
    assert in_force(hubei, 2024)
    assert not in_force(hubei, 2020)
    made, _ = examples.invented(hubei, 2024)
    said = json.dumps(documents.filing(made, hubei)).encode()
    for content, source in ((write(hubei, made), "a.xlsx"), (said, "a.json"),
                            (publish(hubei, made, ".html", draft=False, date=""), "a.html")):  # fmt: skip
        back = of_bytes(content, source)
        assert (back.filing.edition, values(back.filing)) == ("hubei", values(made))
        assert not any(each.rule == "form-edition" for each in check(back).findings)
    national_one = of_bytes(write(named("2021"), filing("2021")), "b.xlsx")
    assert national_one.filing.edition == "2021"
    assert due(hubei, 2025) is hubei


def test_the_form_asked_for_is_the_one_to_fill_in(provincial: Path) -> None:
    with using(provincial, form="hubei"):
        assert edition(2024).id == "hubei"
        page = publish(named("2021"), filing("2021"), ".html", draft=False, date="")
        asked = of_bytes(page, "a.html")
        assert asked.filing.edition == "hubei"
        assert any(each.rule == "form-missing" for each in check(asked).findings), "the row it lacks is named"
        with pytest.raises(NoEdition, match="2020"):
            edition(2020)


def test_forms_of_two_folders_are_not_mixed_though_they_share_an_id(tmp_path: Path) -> None:
    one, other = variant(tmp_path / "one"), variant(tmp_path / "other")
    changed = (other / "hubei.toml").read_text(encoding="utf-8").replace("其他主动公开文件", "其他文件")
    (other / "hubei.toml").write_text(changed, encoding="utf-8")

    def label(folder: Path) -> tuple[str, str]:
        with using(folder):
            form = named("hubei")
            drawn = [box.text for box in layout(form).sheet("表二").boxes]
            back = of_bytes(write(form, blank(form, 2024)), "a.xlsx")
            return next(each for each in drawn if each in ("其他文件", "其他主动公开文件")), back.filing.edition

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(label, [one, other] * 8))
    assert found == [("其他主动公开文件", "hubei"), ("其他文件", "hubei")] * 8


def _counted(name: str, year: int) -> tuple[str, int]:
    """How many figures a form has, as another process sees it."""
    return edition(year).id, len(named(name).figures)


def test_another_process_sees_the_same_forms(provincial: Path) -> None:
    with using(provincial, form="hubei"):
        assert list(engines.each(_counted, "hubei", [2023, 2024, 2025], jobs=2)) == [("hubei", 203)] * 3


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('variant_of = "2021"', 'variant_of = "2022"', "a variant of “2022”, which is no edition; name one of 2019"),
        ('variant_of = "2021"', "", "editions 2021 and hubei both claim report year 2021; say in one of the user's"),
        ('edition = "hubei"', 'edition = "2019"', "edition 2019 stands in two files"),
        ('edition = "hubei"', 'edition = "hubei"\nwithout = ["form-coverr"]', "“form-coverr” is not known; give one"),
        ('section = "problems"', 'section = "problem"', "hubei.toml, texts-problems: “problem” is not known; give"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_stand_beside_ours_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = variant(tmp_path / "forms")
    stated = (folder / "hubei.toml").read_text(encoding="utf-8")
    assert old in stated
    (folder / "hubei.toml").write_text(stated.replace(old, new), encoding="utf-8")
    with using(folder), pytest.raises(EditionError) as refused:
        editions()
    assert said in str(refused.value)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'above = "county"',
            'above = "shire"',
            "workbook.toml, township: “shire” is not known; give one of province, ",
        ),
        ('above = "city"', 'above = "township"', "the level is above itself; take `above` away from the highest one"),
        (
            "small_base = 30",
            'small_base = "30"',
            "workbook.toml, comparison: “small_base” is of the wrong type; give a",
        ),
        (
            'check  = "unplaced"',
            'check  = "unplacd"',
            "workbook.toml, form-unplaced: “unplacd” is not known; give one of edition, ",
        ),
    ],
)
def test_a_fault_of_what_all_forms_say_is_named_with_its_own_file(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    folder = archives(tmp_path / "forms")
    shared = (TEMPLATES / "workbook.toml").read_text(encoding="utf-8")
    assert old in shared
    (folder / "workbook.toml").write_text(shared.replace(old, new), encoding="utf-8")
    with using(folder), pytest.raises(EditionError) as refused:
        editions()
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--form wuhan", "edition wuhan is not known; known are 2019, 2021"),
        ("--forms nowhere", "nowhere: no such folder; --forms and XLS_FORMS name folders of forms"),
        (
            "--forms forms --form hubei",
            "2020: the form hubei is not in force for it; leave --form out, or give another",
        ),
    ],
)
def test_a_form_that_is_not_there_is_wrong_use(tmp_path: Path, options: str, said: str) -> None:
    variant(tmp_path / "forms")
    refused = run(f"xls new 2020 {options} -o a.xlsx", tmp_path, language="en")
    assert refused.returncode == 2
    assert said in refused.stderr
    assert not (tmp_path / "a.xlsx").exists()


def test_an_edition_without_a_rule_does_not_ask_it_and_reads_on(tmp_path: Path) -> None:
    folder = variant(tmp_path / "forms")
    shared = tomllib.loads((TEMPLATES / "workbook.toml").read_text(encoding="utf-8"))
    asked = {each["id"] for each in shared["rule"]}
    stated = (folder / "hubei.toml").read_text(encoding="utf-8")
    without = "without = [" + ", ".join(f'"{each}"' for each in sorted(asked)) + "]\n"
    (folder / "hubei.toml").write_text(without + stated, encoding="utf-8")
    with using(folder):
        form = named("hubei")
        assert asked.isdisjoint(each.id for each in form.rules)
        made, wrong = examples.invented(form, 2024)
        cover = openpyxl.load_workbook(io.BytesIO(write(form, made)))
        cover["表三"].insert_rows(3)
        cover["封面"]["C4"] = "乙县"
        kept = io.BytesIO()
        cover.save(kept)
        back = of_bytes(kept.getvalue(), "a.xlsx")
        assert (back.filing.edition, back.findings) == ("hubei", ())
        assert not [each for each in check(Reading(wrong, (), 203, 203)).findings if each.rule.startswith("entries")]


def test_a_report_that_is_not_ours_makes_the_whole_round_trip(tmp_path: Path) -> None:
    archives(tmp_path / "forms")
    option = "--forms forms --form archives"

    def done(command: str, status: int = 0) -> str:
        ran = run(f"xls {command} {option}", tmp_path, language="en")
        assert ran.returncode == status, (command, ran.stdout, ran.stderr)
        return ran.stdout + ran.stderr

    done("demo shown")
    assert "19" in done("editions")
    assert "use-files-bound" in done("rules 2030")
    done("explain holdings-rows-total")
    done("new 2030 --unit 甲馆 --level county-department -o in/a.xlsx")
    with using(tmp_path / "forms"):
        form = named("archives")
        assert form.texts == ()
        for at, unit in enumerate(("甲馆", "乙馆"), 1):
            made = examples.changed(examples.invented(form, 2030)[0], dict.fromkeys(form.entries, at))
            said = documents.filing(made, form)
            said["unit"] = {"name": unit, "code": None, "level": "county-department"}
            (tmp_path / f"{unit}.json").write_text(json.dumps(said), encoding="utf-8")
            done(f"import {unit}.json -o in/{'ab'[at - 1]}.xlsx --force")
    done("check in")
    done("fill-blanks in/a.xlsx --zero --yes")
    done("merge in -o county.xlsx")
    done("report in/b.xlsx -o b.docx")
    done("import b.docx -o again.xlsx")
    with using(tmp_path / "forms"):
        total = intake(tmp_path / "county.xlsx").filing.entries["holdings/total/total"].value
        again = intake(tmp_path / "again.xlsx")
        assert total == 18
        assert (again.filing.unit.name, again.filing.year, again.found) == ("乙馆", 2030, 19)
        assert values(again.filing) == values(intake(tmp_path / "in" / "b.xlsx").filing)
    done("diff in/a.xlsx in/b.xlsx")
    done("upgrade in/b.xlsx -o upgraded.xlsx")
    done("export in -o figures.csv")

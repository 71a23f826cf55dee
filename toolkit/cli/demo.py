"""Cli: `xls demo`, the round trip on the packaged samples."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.check import check
from toolkit.cli.export import export
from toolkit.cli.look import show
from toolkit.cli.new import new
from toolkit.cli.options import (
    N_,
    ForceOption,
    Format,
)
from toolkit.cli.read import import_
from toolkit.cli.report import report
from toolkit.ground.language import text, translate


def demo(
    folder: Annotated[
        Path, typer.Argument(help=N_("Where the files of the demonstration go."), metavar="[DIR]")
    ] = Path("xls-demo"),
    force: ForceOption = False,
) -> None:
    """Run the round trip on the packaged samples, or on invented figures of the form asked for, saying what it does."""
    from toolkit.cli import targets
    from toolkit.ground import forms

    folder = targets.folder(folder, "xls demo")
    if forms.active().form:
        _of_a_form(folder, force)
    else:
        _of_the_samples(folder, force)
    screen.show("\n" + str(text("The files are in {folder}; open {file} in Excel, WPS or LibreOffice.",
                                folder=str(folder), file=str(next(iter(sorted(folder.glob("blank-*.xlsx")))))))
    )  # fmt: skip


def _of_a_form(folder: Path, force: bool) -> None:
    """The round trip of any form: a blank, figures that keep its rules and one that does not, checked and published."""
    import json

    from toolkit.form.edition import named
    from toolkit.ground import files, forms
    from toolkit.render.data import documents
    from toolkit.rules import examples

    form = named(forms.active().form)
    year = form.first
    blank, filled, wrong = folder / f"blank-{year}.xlsx", folder / f"filled-{year}.xlsx", folder / f"wrong-{year}.json"
    page, table, right = folder / f"report-{year}.html", folder / "figures.csv", folder / f"right-{year}.json"
    for path, made in zip((right, wrong), examples.invented(form, year), strict=True):
        said = json.dumps(documents.filing(made, form), ensure_ascii=False, indent=1)
        files.save(path, said.encode(), force=force)
    option = f"--form {form.id}"
    _step(N_("1. A blank workbook of the form, for a unit to fill in:"), f"xls new {year} {option} -o {blank}")
    new(year, blank, examples.UNIT, "", "", None, force)
    _step(N_("2. Invented figures that keep every rule become a workbook:"), f"xls import {right} -o {filled}")
    _demonstrate(lambda: import_(right, filled, None, "", Format.text, force))
    _step(N_("3. The workbook's tables:"), f"xls show {filled}")
    show(filled)
    _step(N_("4. The workbook checked by every rule of its edition:"), f"xls check {filled}")
    _demonstrate(lambda: check([str(filled)]))
    _step(N_("5. The same figures with a mistake:"), f"xls check {wrong}")
    _demonstrate(lambda: check([str(wrong)]))
    _step(N_("6. The report to publish, and read back:"), f"xls report {filled} -o {page}; xls show {page}")
    _demonstrate(lambda: report(filled, page, force=force))
    show(page)
    _table(N_("7. The figures as a long table:"), filled, table, force)


def _step(said: str, command: str) -> None:
    screen.show(f"\n# {translate(said)}\n$ {command}")


def _table(said: str, filled: Path, table: Path, force: bool) -> None:
    _step(said, f"xls export {filled} -o {table}")
    export([str(filled)], table, force=force)
    screen.result("".join(table.read_text(encoding="utf-8-sig").splitlines(keepends=True)[:4]))


def _of_the_samples(folder: Path, force: bool) -> None:
    from toolkit.ground.files import sample

    document = sample("jinbi-town-2020/jinbi-town-2020.txt")
    blank, filled, table = folder / "blank-2021.xlsx", folder / "jinbi-town-2020.xlsx", folder / "figures.csv"

    _step(N_("1. A blank workbook of report year 2021, for a unit to fill in:"), f"xls new 2021 -o {blank}")
    new(2021, blank, "城关镇人民政府", "", "township", None, force)
    _step(
        N_("2. A township's published report of 2020, saved as text, becomes a workbook:"),
        f"xls import {document.name} -o {filled}",
    )
    _demonstrate(lambda: import_(document, filled, None, "", Format.text, force))
    _step(N_("3. The workbook's tables:"), f"xls show {filled}")
    show(filled)
    _step(N_("4. The workbook checked by every rule of its edition:"), f"xls check {filled}")
    _demonstrate(lambda: check([str(filled)]))
    _step(N_("5. A report with real mistakes (a district's figures of 2023):"), "xls check hongze-district-2023.json")
    _demonstrate(lambda: check([str(sample("hongze-district-2023/hongze-district-2023.json"))]))
    _table(N_("6. The figures as a long table:"), filled, table, force)


def _demonstrate(step: object) -> None:
    """Run a step whose exit status is part of the demonstration."""
    try:
        step()  # type: ignore[operator]
    except typer.Exit as ended:
        screen.result(str(text("(exit status {status})", status=ended.exit_code)) + "\n")
    sys.stdout.flush()

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
from toolkit.ground.language import text, translate


def demo(
    folder: Annotated[
        Path, typer.Argument(help=N_("Where the files of the demonstration go."), metavar="[DIR]")
    ] = Path("xls-demo"),
    force: ForceOption = False,
) -> None:
    """Run the round trip on the packaged samples, saying what it does."""
    from toolkit.ground.files import sample

    report = sample("jinbi-town-2020/jinbi-town-2020.txt")
    blank, filled, table = folder / "blank-2021.xlsx", folder / "jinbi-town-2020.xlsx", folder / "figures.csv"

    def step(said: str, command: str) -> None:
        screen.show(f"\n# {translate(said)}\n$ {command}")

    step(N_("1. A blank workbook of report year 2021, for a unit to fill in:"), f"xls new 2021 -o {blank}")
    new(2021, blank, "城关镇人民政府", "", "township", None, force)
    step(
        N_("2. A township's published report of 2020, saved as text, becomes a workbook:"),
        f"xls import {report.name} -o {filled}",
    )
    _demonstrate(lambda: import_(report, filled, None, "", Format.text, force))
    step(N_("3. The workbook's tables:"), f"xls show {filled}")
    show(filled, Format.text)
    step(N_("4. The workbook checked by every rule of its edition:"), f"xls check {filled}")
    _demonstrate(lambda: check([str(filled)]))
    step(N_("5. A report with real mistakes (a district's figures of 2023):"), "xls check hongze-district-2023.json")
    _demonstrate(lambda: check([str(sample("hongze-district-2023/hongze-district-2023.json"))]))
    step(N_("6. The figures as a long table:"), f"xls export {filled} -o {table}")
    export([str(filled)], table, force)
    screen.result("".join(table.read_text(encoding="utf-8-sig").splitlines(keepends=True)[:4]))
    screen.show(
        "\n"
        + str(
            text(
                "The files are in {folder}; open {file} in Excel, WPS or LibreOffice.",
                folder=str(folder),
                file=str(blank),
            )
        )
    )


def _demonstrate(step: object) -> None:
    """Run a step whose exit status is part of the demonstration."""
    try:
        step()  # type: ignore[operator]
    except typer.Exit as ended:
        screen.result(str(text("(exit status {status})", status=ended.exit_code)) + "\n")
    sys.stdout.flush()

"""The commands that look: editions, rules, explain, show, check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.options import (
    N_,
    Format,
    FormatOption,
    LevelOption,
    UnitOption,
    YearOption,
    known_level,
)

if TYPE_CHECKING:
    pass


def editions(format: FormatOption = Format.text) -> None:
    """List the editions."""
    from toolkit.form.edition import editions as all_editions
    from toolkit.render.data import documents

    known = all_editions()
    if format == Format.json:
        screen.document(documents.editions(known))
    else:
        from toolkit.render.screen.editions import editions as drawn

        screen.show(drawn(known, screen.width()))


def rules(
    year: Annotated[int, typer.Argument(help=N_("Report year."), metavar="YEAR")],
    format: FormatOption = Format.text,
) -> None:
    """List the rules of a year's edition."""
    from toolkit.form.edition import edition
    from toolkit.render.data import documents

    found = edition(year)
    if format == Format.json:
        screen.document(documents.rules(found))
    else:
        from toolkit.render.screen.editions import rules as drawn

        screen.show(drawn(found, screen.width()))


def explain(
    rule: Annotated[str, typer.Argument(help=N_("The id of the rule, as `xls rules` lists it."), metavar="RULE")],
    year: Annotated[
        int | None,
        typer.Option(
            "--year", help=N_("Report year; without it, the latest edition that has the rule."), metavar="YEAR"
        ),
    ] = None,
) -> None:
    """Explain a rule."""
    from toolkit.render.screen.explain import explain as drawn
    from toolkit.rules.explain import explain as explained

    screen.show(drawn(explained(rule, year), screen.width()))


def show(
    file: Annotated[Path, typer.Argument(help=N_("A workbook, our JSON, or a report saved as text."), metavar="FILE")],
    year: YearOption = None,
    unit: UnitOption = "",
    level: LevelOption = "",
    format: FormatOption = Format.text,
) -> None:
    """Show a filing as printed on the form."""
    from toolkit.county.inbox import leveled
    from toolkit.form.edition import named
    from toolkit.intake import intake
    from toolkit.render.data import documents

    reading = leveled(intake(file, year, unit or None), known_level(level))
    stated = named(reading.filing.edition)
    if format == Format.json:
        screen.document(documents.filing(reading.filing, stated))
        return
    from toolkit.render.screen.filing import show as drawn

    screen.show(drawn(reading, stated, screen.width()))

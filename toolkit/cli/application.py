"""The application: its commands, its words in the user's language, and errors turned into a sentence and a status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any, NoReturn

import typer

from toolkit.cli import check, demo, diff, export, fill_blanks, look, merge, new, read, report, roster, upgrade
from toolkit.cli.options import DONE, N_, WRONG_INPUT, WRONG_USE
from toolkit.cli.typer_words import REFUSED, Command, Group, sentence, speak
from toolkit.ground import forms
from toolkit.ground.errors import NoEdition, WrongUse, XlsError
from toolkit.ground.language import LANGUAGES, Text, choose, text, translate

_REGISTERED: tuple[tuple[str, Callable[..., None], str, str], ...] = (
    (
        "editions",
        look.editions,
        N_("The editions of the form: notice, report years, tables, figures, rules."),
        "xls editions",
    ),
    ("rules", look.rules, N_("Every rule of a year's edition: id, level, sentence, authority."), "xls rules 2021"),
    (
        "explain",
        look.explain,
        N_("One rule: what it asks and why, its cells on the form, a right and a wrong example."),
        "xls explain requests-balance",
    ),
    (
        "new",
        new.new,
        N_("The blank workbook of a report year; with a roster, one for each unit."),
        "xls new 2024 --unit 城关镇人民政府 -o 城关镇.xlsx",
    ),
    (
        "show",
        look.show,
        N_("The tables of a filing in the terminal, as printed on the form."),
        "xls show 城关镇.xlsx",
    ),
    (
        "check",
        check.check,
        N_("What is wrong with filings, and what to do about it."),
        "xls check 收件/ --prior 去年/",
    ),
    (
        "diff",
        diff.diff,
        N_("What changed between filings of several years, or two versions of one, and which units caused it."),
        "xls diff 2023.xlsx 2024.xlsx",
    ),
    (
        "roster",
        roster.roster,
        N_("What is understood of a roster, the units a county expects filings from; or an empty one to fill in."),
        "xls roster 名册.xlsx",
    ),
    (
        "merge",
        merge.merge,
        N_("Many filings added up into the county workbook, with a ledger of what became of each."),
        "xls merge 收件/ --roster 名册.csv -o 全县.xlsx",
    ),
    (
        "fill-blanks",
        fill_blanks.fill_blanks,
        N_("The empty entry cells of a workbook shown and, after a yes, written as 0."),
        "xls fill-blanks 城关镇.xlsx --zero",
    ),
    (
        "upgrade",
        upgrade.upgrade,
        N_("A damaged, rebuilt or last-edition workbook moved into a clean one, figure by figure."),
        "xls upgrade 城关镇（旧表）.xlsx -o 城关镇.xlsx",
    ),
    (
        "import",
        read.import_,
        N_("A published report, another's workbook or our JSON as a workbook of ours."),
        "xls import report.txt -o report.xlsx",
    ),
    (
        "report",
        report.report,
        N_("The statutory report to publish, as a Word document or a page; or its standard sentences."),
        "xls report 城关镇.xlsx -o 年度报告.docx",
    ),
    (
        "export",
        export.export,
        N_("Filings as one long table: unit, year, edition, ref, labels, value."),
        "xls export 收件/ -o figures.csv",
    ),
    ("demo", demo.demo, N_("The whole round trip on the samples that come with the package."), "xls demo"),
)

app = typer.Typer(cls=Group, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.callback(help=N_("The yearly report on government information disclosure: form, check, report."))
def root(
    lang: Annotated[str, typer.Option("--lang", help=N_("Language of what is said: zh or en."), metavar="zh|en")] = "",
    folder: Annotated[
        str,
        typer.Option(
            "--forms", help=N_("A folder with forms of your own besides ours; without it, XLS_FORMS."), metavar="DIR"
        ),
    ] = "",
    form: Annotated[
        str,
        typer.Option(
            "--form",
            help=N_("The form to take where a document does not say its own, as `xls editions` lists it."),
            metavar="ID",
        ),
    ] = "",
) -> None:
    """Take language and forms; the command itself comes after."""
    if lang:
        if lang.lower() not in LANGUAGES:
            raise WrongUse(text("--lang takes zh or en"))
        choose(lang.lower())
    _take(folder or os.environ.get(forms.ENVIRONMENT, ""), form)


def _take(folders: str, form: str) -> None:
    """Make some forms the wanted ones.

    Raises:
        WrongUse: a folder is none.
        NoEdition: no form is called so.
    """
    wanted = forms.Forms(forms.of(folders), form)
    for folder in wanted.folders:
        if not os.path.isdir(folder):  # noqa: PTH112 - the name as it was given
            raise WrongUse(text("{folder}: no such folder; --forms and XLS_FORMS name folders of forms", folder=folder))
    forms.choose(wanted)
    if form:
        from toolkit.form.edition import named

        named(form)


for name, function, summary, _ in _REGISTERED:
    app.command(name, help=summary, cls=Command)(function)


_INTERRUPTED = 130
"""What Typer makes of Ctrl-C."""


def run(arguments: Sequence[str]) -> NoReturn:
    """Run the application; ends by SystemExit with the exit status of the contract."""
    command: Any = typer.main.get_command(app)
    speak()
    _say(command)
    try:
        status = command.main(args=list(arguments) or ["--help"], prog_name="xls", standalone_mode=False)
        if status == _INTERRUPTED:
            raise KeyboardInterrupt
        sys.stdout.flush()
    except REFUSED as error:
        _fail(sentence(error), WRONG_USE)
    except (WrongUse, NoEdition) as error:
        _fail(error.sentence, WRONG_USE)
    except XlsError as error:
        _fail(error.sentence, WRONG_INPUT)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = DONE
    raise SystemExit(status)


def _fail(said: Text, status: int) -> NoReturn:
    from toolkit.render import plain

    sys.stderr.write(plain(str(said)) + "\n")
    raise SystemExit(status)


def _say(command: Group | Command) -> None:
    """Put every help text of a command, and of those under it, into the active language."""
    examples = {name: example for name, _, _, example in _REGISTERED}
    command.help = translate(command.help or "")
    if command.name in examples:
        command.help += "\n\n" + translate(N_("Example:")) + " " + examples[command.name]
        command.short_help = command.help.partition("\n")[0]
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = translate(parameter.help)  # type: ignore[attr-defined]
    for under in getattr(command, "commands", {}).values():
        _say(under)

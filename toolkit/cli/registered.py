"""Which commands there are. Only the one that is asked for is loaded: every command pays for an import of another."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from toolkit.cli.options import N_


class Registered(NamedTuple):
    """A command: its name, where its function is, what it does in one line, an example."""

    name: str
    module: str
    function: str
    summary: str
    example: str

    def load(self) -> Callable[..., None]:
        """The function that does it."""
        made: Callable[..., None] = getattr(import_module(f"toolkit.cli.{self.module}"), self.function)
        return made


COMMANDS = (
    Registered(
        "guide",
        "guide",
        "guide",
        N_("The way to the report, step by step, with the commands: a township's, a county's."),
        "xls guide county",
    ),
    Registered(
        "editions",
        "look",
        "editions",
        N_("The editions of the form: notice, report years, tables, figures, rules."),
        "xls editions",
    ),
    Registered(
        "rules",
        "look",
        "rules",
        N_("Every rule of a year's edition: id, level, sentence, authority."),
        "xls rules 2021",
    ),
    Registered(
        "explain",
        "look",
        "explain",
        N_("One rule: what it asks and why, its cells on the form, a right and a wrong example."),
        "xls explain requests-balance",
    ),
    Registered(
        "new",
        "new",
        "new",
        N_("The blank workbook of a report year; with a roster, one for each unit."),
        "xls new 2024 --unit 城关镇人民政府 -o 城关镇.xlsx",
    ),
    Registered(
        "show",
        "look",
        "show",
        N_("The tables of a filing in the terminal, as printed on the form."),
        "xls show 城关镇.xlsx",
    ),
    Registered(
        "check",
        "check",
        "check",
        N_("What is wrong with filings, and what to do about it."),
        "xls check 收件/ --prior 去年/",
    ),
    Registered(
        "diff",
        "diff",
        "diff",
        N_("What changed between filings of several years, or two versions of one, and which units caused it."),
        "xls diff 2023.xlsx 2024.xlsx",
    ),
    Registered(
        "roster",
        "roster",
        "roster",
        N_("What is understood of a roster, the units a county expects filings from; or an empty one to fill in."),
        "xls roster 名册.xlsx",
    ),
    Registered(
        "merge",
        "merge",
        "merge",
        N_("Many filings added up into the county workbook, with a ledger of what became of each."),
        "xls merge 收件/ --roster 名册.csv -o 全县.xlsx",
    ),
    Registered(
        "fill-blanks",
        "fill_blanks",
        "fill_blanks",
        N_("The empty entry cells of a workbook shown and, after a yes, written as 0."),
        "xls fill-blanks 城关镇.xlsx --zero",
    ),
    Registered(
        "upgrade",
        "upgrade",
        "upgrade",
        N_("A damaged, rebuilt or last-edition workbook moved into a clean one, figure by figure."),
        "xls upgrade 城关镇（旧表）.xlsx -o 城关镇.xlsx",
    ),
    Registered(
        "import",
        "read",
        "import_",
        N_("A published report, another's workbook or our JSON as a workbook of ours."),
        "xls import report.txt -o report.xlsx",
    ),
    Registered(
        "report",
        "report",
        "report",
        N_("The statutory report to publish, as a Word document or a page; or its standard sentences."),
        "xls report 城关镇.xlsx -o 年度报告.docx",
    ),
    Registered(
        "export",
        "export",
        "export",
        N_("Filings as one long table: unit, year, edition, ref, labels, value."),
        "xls export 收件/ -o figures.csv",
    ),
    Registered(
        "page",
        "page",
        "page",
        N_("The toolkit as one file that opens in a browser, for those who may not install anything."),
        "xls page -o 年报工具.html",
    ),
    Registered(
        "demo",
        "demo",
        "demo",
        N_("The whole round trip on the samples that come with the package."),
        "xls demo",
    ),
)
"""In the order of the year."""

"""The named checks an edition may call for, each in one record: what it asks, what it takes, where it is shown.

What a check looks at is `rules`, how a workbook does it `workbook`; each of them has one function for a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from toolkit.ground.language import Text, text

Group = Literal["table", "whole", "texts"]
"""Whether a check is a table's own, one of the whole filing, or one of its texts."""

SelfChecked = Literal["", "table", "cells", "cells-once", "totals", "rows", "texts"]
"""Where a workbook checks itself by it: once a printed table, by cells that each count or count as one, by the totals,
by the rows of its table, by the texts; nowhere where it needs last year's filing or reads sentences.
"""


class Check(NamedTuple):
    """A named check. `options` are what its rule must give, by type; `arises` says when it is broken where no filing
    can show it broken; `beside_prior` that its example stands beside last year's figures.
    """

    name: str
    group: Group
    asks: Text
    options: Mapping[str, type] = {}
    selfcheck: SelfChecked = ""
    beside_prior: bool = False
    arises: Text | None = None


CHECKS: Mapping[str, Check] = {
    check.name: check
    for check in (
        Check("edition", "whole", text("the form is the one in force for the report year")),
        Check("missing", "whole", text("every figure of the form is there")),
        Check("empty", "whole", text("no table is left empty"), selfcheck="table"),
        Check(
            "layout",
            "whole",
            text("every line of this form is there, not the line of an earlier form in its place"),
            arises=text(
                "No example in this edition: it arises when a report is laid out as in an earlier form, and there "
                "is none before this one."
            ),
        ),
        Check(
            "moved",
            "whole",
            text("figures stand where the workbook has them; otherwise they are read by their labels"),
            arises=text(
                "No example: it is only seen while a workbook is read. It arises when rows, columns or sheets are "
                "not where the form has them, so that the figures are read by their labels."
            ),
        ),
        Check(
            "unplaced",
            "whole",
            text("there are no rows or columns that the form does not have"),
            arises=text(
                "No example: it is only seen while a workbook is read. It arises when a row or column with figures "
                "is none of the form's, so that its figures belong nowhere."
            ),
        ),
        Check(
            "titles",
            "whole",
            text("the sections of a report have the titles and numbers that the form has"),
            arises=text(
                "No example: it is only seen while a report is read. It arises when a section of a published report "
                "or a draft has another title or number than on the form, or none."
            ),
        ),
        Check(
            "twice",
            "whole",
            text("a table stands on one sheet of a workbook"),
            arises=text(
                "No example: it is only seen while a workbook is read. It arises when a table stands on two sheets, "
                "one of which may be hidden, with different figures."
            ),
        ),
        Check(
            "cover",
            "whole",
            text("unit and year on the cover are those the workbook was made for"),
            arises=text(
                "No example: it is only seen while a workbook is read. It arises when the cover names another unit, "
                "code, level or year than the workbook was made for."
            ),
        ),
        Check("text", "whole", text("what stands in a figure's cell is a number"), selfcheck="cells"),
        Check("error-value", "whole", text("no formula gives an error value"), selfcheck="cells"),
        Check(
            "domain",
            "whole",
            text("counts are whole numbers from 0 up, changes whole numbers, amounts 0 or more"),
            selfcheck="cells",
        ),
        Check(
            "none-sign", "whole", text("nothing to report is written 0, not “/”, “-” or “无”"), selfcheck="cells-once"
        ),
        Check("blank", "whole", text("no entry cell is blank in a table that is filled in"), selfcheck="cells-once"),
        Check(
            "remark",
            "whole",
            text("a figure is typed as a plain number, without unit or remark"),
            selfcheck="cells-once",
        ),
        Check("total-blank", "whole", text("a total is not blank over figures"), selfcheck="totals"),
        Check(
            "formula",
            "whole",
            text("the formula of a total adds its lines and nothing else, in whatever spelling"),
            arises=text(
                "No example: it is only seen while a workbook is read. It arises when the formula of a total leaves "
                "out one of its lines, counts one twice, or adds a number or other cells."
            ),
        ),
        Check(
            "stale",
            "whole",
            text("a total shows the sum of its lines; one that was not recalculated is computed anew"),
            arises=text(
                "No example: it is only seen while a workbook is read. It arises when the formula of a total shows "
                "another value than its lines add up to; the program that saved the workbook did not recalculate "
                "it."
            ),
        ),
        Check(
            "county",
            "whole",
            text("a county's figure is the sum of its units and of its own adjustments, each with its reason"),
            arises=text(
                "No example: it is only seen in a workbook that `xls merge` wrote. It arises when a figure, a "
                "unit's row or an adjustment was changed so that they no longer add up, or an adjustment has no "
                "figure, amount or reason."
            ),
        ),
        Check(
            "complete",
            "whole",
            text("every unit that is expected, or came, is in the sum, or the county says why it is left out"),
            arises=text(
                "No example: it is only seen in a workbook that `xls merge --roster` wrote. It arises when the figures "
                "of a unit on the roster are not in the sum, and nobody wrote why in the ledger."
            ),
        ),
        Check(
            "alike",
            "whole",
            text(
                "no other unit has the same figures, where {figures} or more are not 0, nor the same text of {signs} "
                "characters"
            ),
            options={"figures": int, "signs": int},
            arises=text(
                "No example: it is only seen where many filings lie side by side. It arises when two units' figures or "
                "texts are the same but for the name."
            ),
        ),
        Check("section-present", "texts", text("every section of text is written"), selfcheck="texts"),
        Check(
            "problems-stated",
            "texts",
            text("the section on problems does not just say that there are none"),
            options={"section": str},
        ),
        Check(
            "fee-stated",
            "texts",
            text("the last section says what information processing fees were collected"),
            options={"section": str, "about": str, "says": list},
        ),
        Check("text-figures", "texts", text("numbers in the texts are those of the tables")),
        Check("text-breakdown", "texts", text("parts named in the texts add up to their whole")),
        Check("year-stated", "texts", text("no sentence with figures speaks of another year, unless it compares")),
        Check("text-topics", "texts", text("section one speaks of {words}"), options={"section": str, "words": list}),
        Check("law-repealed", "texts", text("no law is cited that was repealed: {words}"), options={"words": list}),
        Check(
            "template-left",
            "texts",
            text("nothing of a template is left in the texts: {words}"),
            options={"words": list},
        ),
        Check("another-unit", "texts", text("no other unit is named where the own one should stand")),
        Check("private", "texts", text("no identity number and no mobile number stands in the texts")),
        Check("period-stated", "texts", text("the period the texts state is the report year")),
        Check(
            "text-length",
            "texts",
            text("the overview has at most {most} characters"),
            options={"section": str, "most": int},
        ),
        Check("notice-current", "texts", text("the texts cite no notice that was superseded")),
        Check(
            "proportion",
            "whole",
            text("no figure of {floor} or more is {factor} times last year's, nor was it {factor} times this year's"),
            options={"factor": int, "floor": int},
            beside_prior=True,
        ),
        Check(
            "copied-figures",
            "whole",
            text("the figures are not all of them last year's, where {least} or more are not 0"),
            options={"least": int},
            beside_prior=True,
        ),
        Check(
            "copied-texts",
            "texts",
            text("no section of {floor} characters or more is {percent} % last year's text, years and numbers apart"),
            options={"floor": int, "percent": int},
        ),
        Check(
            "decisions-as-items",
            "whole",
            text("decisions are not the number of items, in {rows} rows or more"),
            options={"items": list, "decisions": list, "rows": int},
        ),
        Check(
            "decided-without-items",
            "table",
            text("where there are decisions, there are items they were made on"),
            options={"items": list, "decisions": list},
            selfcheck="rows",
        ),
        Check(
            "in-yuan",
            "table",
            text(
                "an amount is in 万元, not in 元: not 10,000 times what last year, the text or other units lead one to "
                "expect, nor more than a unit of its level has"
            ),
            options={"factor": int, "bounds": dict},
        ),
        Check(
            "amount-and-projects",
            "table",
            text("an amount stands where there are projects, and only there"),
            options={"projects": list, "amount": list},
            selfcheck="rows",
        ),
    )
}
"""Every named check, in the order in which rules of the whole filing are listed."""

OF_TABLES = tuple(name for name, check in CHECKS.items() if check.group == "table")
OF_FILINGS = tuple(name for name, check in CHECKS.items() if check.group != "table")
OPTIONS: Mapping[str, type] = {key: kind for check in CHECKS.values() for key, kind in check.options.items()}
"""Every option that some check takes."""

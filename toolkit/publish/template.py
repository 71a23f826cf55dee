"""A Word template of the user's own filled in with docxtpl, `{{ title }}` and so on.

`title`, `period`, `unit`, `signed`, `year`, `date`, `notice` are words; `preamble`, `overview`, `problems` and
`other_matters` texts;
`disclosure`, `requests` and `disputes`, each alone in a paragraph, become the tables; `figures["table/row/column"]` is
one figure, `sentences` a list of the standard sentences, `draft` the word for a draft or nothing.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from toolkit.form.parts import Edition
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text
from toolkit.model.filing import Filing
from toolkit.publish import docx, grid
from toolkit.publish.content import Content
from toolkit.publish.sentences import sentences


def filled(report: Content, edition: Edition, filing: Filing, own: bytes) -> bytes:
    """The template with the report in it.

    Raises:
        WrongUse: docxtpl is not installed, or the template is no Word document or says what cannot be filled in.
    """
    try:
        from docxtpl import DocxTemplate, Listing
        from jinja2.exceptions import TemplateError
    except ImportError as error:
        missing = text("--template needs one more library; install it: `pip install xls-annual-report[report]`")
        raise WrongUse(missing) from error
    words: dict[str, Any] = {
        "title": report.title, "period": report.period, "unit": report.unit, "year": report.year,
        "date": report.date, "notice": report.notice, "draft": report.draft, "figures": report.figures,
        "sentences": sentences(edition, filing), "signed": report.signed,
        "preamble": Listing("\a".join(report.preamble)),
    }  # fmt: skip
    for part in report.parts:
        words[part.id] = _marker(part.id) if part.sheet else Listing("\a".join(part.paragraphs))
    try:
        template = DocxTemplate(io.BytesIO(own))
        template.render(words, autoescape=True, jinja_env=_environment())
    except TemplateError as error:
        wrong = text("the template cannot be filled in: {reason}; correct it in Word", reason=str(error.message))
        raise WrongUse(wrong) from error
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:  # lxml's fault of syntax is one
        raise WrongUse(text("the template is no Word document; save it as .docx")) from error
    document = template.docx
    _set_tables(document, report)
    if report.draft:
        docx.stamped(document, report.draft)
    return docx.saved(document, report.title, report.unit, report.year)


def _environment() -> Any:
    """What a template may do: no attributes that reach out of the words it is given, no unknown word."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _marker(part: str) -> str:
    return f"\ue000{part}\ue000"


def _set_tables(document: Any, report: Content) -> None:
    """Put each table in the place of the paragraph that names it."""
    tables = {_marker(part.id): part for part in report.parts if part.sheet}
    for paragraph in list(document.element.body.iter("{*}p")):
        said = "".join(each.text or "" for each in paragraph.iter("{*}t")).strip()
        if said in tables:
            paragraph.addprevious(grid.table(tables[said]))
            for run in paragraph.findall("{*}r"):
                paragraph.remove(run)

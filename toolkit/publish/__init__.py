"""Filing → the statutory report an organ publishes: a Word document, ours or by the user's template, or a page."""

from __future__ import annotations

from toolkit.form.parts import Edition
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text
from toolkit.model.filing import Filing
from toolkit.publish import docx, html, template
from toolkit.publish.content import content

ENDINGS = (".docx", ".html")


def publish(
    edition: Edition, filing: Filing, ending: str, *, draft: bool = False, date: str = "", own: bytes | None = None
) -> bytes:
    """The report as a file of an ending; `date` is that of publication, `own` a Word template in place of ours.

    Raises:
        WrongUse: another ending, a template for a page, a template that cannot be filled in.
    """
    if ending not in ENDINGS:
        raise WrongUse(text("a report is written as .docx or .html; give a name with one of these endings"))
    made = content(edition, filing, draft=draft, date=date)
    if own is not None:
        if ending != ".docx":
            raise WrongUse(text("a template is for .docx; leave --template out for a page"))
        return template.filled(made, edition, filing, own)
    return docx.written(made) if ending == ".docx" else html.written(made)

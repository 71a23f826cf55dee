"""The published report of a filing, as a page: what `xls report` writes, with 草稿 across it while there are errors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit.form.edition import named
from toolkit.ground.files import safe_name
from toolkit.model.filing import Filing, Finding
from toolkit.publish import publish

from . import places

Answer = dict[str, Any]


def written(filing: Filing, findings: Iterable[Finding]) -> Answer:
    """The report of a filing with the findings of its check; whether it is a draft."""
    draft = any(each.level == "error" for each in findings)
    made = publish(named(filing.edition), filing, ".html", draft=draft)
    name = f"{safe_name(filing.unit.name) or 'report'}-{filing.year}-年报.html"
    return {"file": places.given_back(name, made, "text/html"), "draft": draft}

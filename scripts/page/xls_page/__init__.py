"""The page's desk: what the page asks for is done by the toolkit's functions, and comes back as JSON to be drawn."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from toolkit.form.edition import editions
from toolkit.ground.errors import XlsError
from toolkit.ground.language import choose
from toolkit.ground.libraries import missing
from toolkit.ground.workers import fault

from . import county, places, township

Answer = dict[str, Any]


def _begin(asked: Answer, tell: county.Tell) -> Answer:
    """Lay the desk out in a language; what can be chosen on it."""
    choose(asked["language"])
    for name in (places.COUNTY, places.LAST, places.ROSTER, places.OUT, places.ONE):
        places.at(name).mkdir(parents=True, exist_ok=True)
    known = editions()
    first = min(each.first for each in known)
    last = max(int(asked.get("year", 0)), first)
    levels = [{"id": each.id, "label": each.label if asked["language"] == "zh" else each.en or each.label}
              for each in known[-1].levels]  # fmt: skip
    return {"years": list(range(last, first - 1, -1)), "levels": levels}


def _quiet(work: Callable[[Answer], Answer]) -> Callable[[Answer, county.Tell], Answer]:
    return lambda asked, tell: work(asked)


_CALLS: Mapping[str, Callable[[Answer, county.Tell], Answer]] = {
    "begin": _begin,
    "check": _quiet(township.check),
    "mark": _quiet(township.mark),
    "new": _quiet(township.new),
    "look": county.look,
    "copies": county.copies,
    "detail": _quiet(county.detail),
    "workbook": _quiet(county.workbook),
    "letters": _quiet(county.notices),
    "table": _quiet(county.table),
    "changes": _quiet(county.moved),
    "keep": _quiet(county.keep),
    "resume": _quiet(county.resume),
    "lying": _quiet(lambda asked: county.lying()),
    "empty": _quiet(county.emptied),
}


def call(name: str, asked: str, tell: county.Tell) -> str:
    """The answer to a call of the page; what stops it is said in a sentence."""
    try:
        answer = _CALLS[name](json.loads(asked), tell)
    except XlsError as error:
        answer = {"refused": str(error.sentence)}
    except ImportError as error:
        answer = {"refused": str(missing(error).sentence)}
    except Exception as error:  # whatever it is, the page goes on
        answer = {"refused": str(fault(error))}
    return json.dumps(answer, ensure_ascii=False)

"""The page's desk: what the page asks for is done by the toolkit's functions, and comes back as JSON to be drawn."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from toolkit.form.edition import editions
from toolkit.ground.errors import XlsError
from toolkit.ground.language import choose
from toolkit.ground.libraries import missing
from toolkit.ground.workers import fault

from . import pdfs, places

Answer = dict[str, Any]
Tell = Callable[[int, int, str], object]


def _begin(asked: Answer) -> Answer:
    """Lay the desk out in a language; what can be chosen on it."""
    choose(asked["language"])
    pdfs.prepare()
    for name in (places.COUNTY, places.LAST, places.ROSTER, places.OUT, places.ONE):
        places.at(name).mkdir(parents=True, exist_ok=True)
    known = editions()
    first = min(each.first for each in known)
    last = max(int(asked.get("year", 0)), first)
    levels = [{"id": each.id, "label": each.label if asked["language"] == "zh" else each.en or each.label}
              for each in known[-1].levels]  # fmt: skip
    return {"years": list(range(last, first - 1, -1)), "levels": levels}


def _warm(asked: Answer) -> Answer:
    """Load one of the desk's modules before it is asked for, while the user still looks for a file."""
    import_module(f"{__name__}.{asked['of']}")
    return {}


_AT_ONCE: Mapping[str, Callable[[Answer], Answer]] = {"begin": _begin, "warm": _warm}

_CALLS: Mapping[str, tuple[str, str]] = {
    "check": ("township", "check"),
    "mark": ("township", "mark"),
    "report": ("township", "report"),
    "new": ("township", "new"),
    "look": ("county", "look"),
    "detail": ("county", "detail"),
    "workbook": ("county", "workbook"),
    "copies": ("county", "copies"),
    "letters": ("county", "notices"),
    "table": ("county", "table"),
    "sum_report": ("county", "report"),
    "changes": ("county", "moved"),
    "keep": ("session", "keep"),
    "resume": ("session", "resume"),
    "lying": ("session", "lying"),
    "empty": ("session", "emptied"),
}
"""Where what the page asks for is done; a module is loaded when it is asked for, so that the page is ready soon."""

_TELLING = frozenset({"look", "copies"})
"""What says how far it is."""


def _done(name: str, asked: Answer, tell: Tell) -> Answer:
    if name in _AT_ONCE:
        return _AT_ONCE[name](asked)
    module, function = _CALLS[name]
    work = getattr(import_module(f"{__name__}.{module}"), function)
    answer: Answer = work(asked, tell) if name in _TELLING else work(asked)
    return answer


def call(name: str, asked: str, tell: Tell) -> str:
    """The answer to a call of the page; what stops it is said in a sentence."""
    try:
        answer = _done(name, json.loads(asked), tell)
    except XlsError as error:
        answer = {"refused": str(error.sentence)}
    except ImportError as error:
        answer = {"refused": str(missing(error).sentence)}
    except Exception as error:  # whatever it is, the page goes on
        answer = {"refused": str(fault(error))}
    return json.dumps(answer, ensure_ascii=False)

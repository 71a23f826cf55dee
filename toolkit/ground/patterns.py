"""Patterns that are compiled when they are first used: a command loads a hundred of them and uses a fraction."""

from __future__ import annotations

import re
from typing import Any, AnyStr


class _Pattern:
    """A pattern that is compiled when it is first asked for something."""

    def __init__(self, source: Any, flags: int) -> None:
        self.stated = source, flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        made = getattr(re.compile(*self.stated), name)
        setattr(self, name, made)
        return made


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, of what is looked for; only its methods and attributes may be used, not `re.sub(it, …)`."""
    late: Any = _Pattern(source, flags)
    found: re.Pattern[AnyStr] = late
    return found

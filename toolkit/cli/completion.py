"""Cli: completion for the user's shell. Typer installs and prints it; what it says of that is said in our words."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Sequence
from typing import Any

import typer

from toolkit.cli.options import COMPLETION, N_
from toolkit.ground.errors import NotWritten, WrongUse
from toolkit.ground.language import Text, text
from toolkit.ground.patterns import pattern
from toolkit.ground.reasons import reason

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
WORDS = (
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
"""What Typer says of its options, here for the catalogue to have it."""

_INSTALLED = pattern(r"(\S+) completion installed in (.+)")


def said_by_us(parameters: Sequence[Any]) -> None:
    """Have Typer's two options do what they do without a word, and say it ourselves."""
    for each in parameters:
        if set(each.opts) & set(COMPLETION):
            each.callback = _quiet(each.callback)


def _quiet(callback: Any) -> Any:
    def called(context: Any, parameter: Any, value: Any) -> Any:
        if not value or context.resilient_parsing:
            return value
        said = io.StringIO()
        try:
            with contextlib.redirect_stdout(said):
                callback(context, parameter, value)
        except (SystemExit, typer.Exit) as ended:
            if getattr(ended, "code", None) or getattr(ended, "exit_code", None):
                raise WrongUse(_unknown()) from ended
        except OSError as error:
            raise NotWritten(text("completion could not be installed ({reason})", reason=reason(error))) from error
        sys.stdout.write(_in_our_words(said.getvalue()))
        raise typer.Exit

    return called


def _unknown() -> Text:
    return text("your shell is not known; completion is there for {shells}", shells=", ".join(SHELLS))


def _in_our_words(said: str) -> str:
    found = _INSTALLED.match(said)
    if found is None:
        return said
    installed = text(
        "completion for {shell} is in {file}; it works in the next terminal", shell=found[1], file=found[2]
    )
    return f"{installed}\n"

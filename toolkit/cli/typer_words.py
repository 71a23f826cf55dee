"""Typer made to speak the user's language: its own words through our catalogue, its errors as sentences of ours."""

from __future__ import annotations

import gettext
import os
from collections.abc import Sequence
from difflib import get_close_matches
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

import typer
from typer.core import TyperCommand, TyperGroup

from toolkit.cli.options import N_
from toolkit.cli.registered import COMMANDS
from toolkit.ground.language import CATALOGUE, Text, chosen, listed, text, translate
from toolkit.ground.patterns import pattern

REFUSED: type[Exception] = next(each for each in typer.BadParameter.__mro__ if each.__name__ == "ClickException")
"""What Typer raises for a command line it does not take."""

TYPERS_OWN = (
    N_("Arguments"), N_("Options"), N_("Commands"), N_("required"), N_("default: {default}"),
    N_("Show this message and exit."),
)  # fmt: skip
"""Words Typer looks up through gettext by itself; here for the catalogue to have them."""

VALUES = (
    N_("PATH..."), N_("PATH"), N_("FILE"), N_("DIR"), N_("[DIR]"), N_("OUT"), N_("NAME"), N_("DATE"), N_("LEVEL"),
    N_("YEAR"), N_("DOC"), N_("DOCX"), N_("ID"), N_("N"), N_("RULE"), N_("TEXT"), N_("CODE"), N_("ADDR"), N_("NEW"),
    N_("OLD"), N_("OLD NEW [MORE]..."), N_("NAME=N,..."),
)  # fmt: skip
"""What options and arguments take, as they are stated at them; a test holds that none is lacking here."""

_WIDEST_NAME, _LEAST = 30, 20
"""In the help: cells beside which what is said of an option begins at most, and that it has at least."""

_VALUE = pattern(r"'(.*?)'|(\S+) is not in the range")
_COMMAND = pattern(r"No such command '(.*?)'")


def speak() -> None:
    """Let Typer's own look-ups go to our catalogue in the active language."""
    os.environ["LANGUAGE"] = chosen()
    gettext.bindtextdomain("messages", str(CATALOGUE))


class Command(TyperCommand):
    """A command whose usage line, help option and names of values are in the user's language."""

    def get_params(self, ctx: Any) -> Any:
        """The arguments and options, with what they take in the user's language."""
        return _called(super().get_params(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options, those that belong together under a head of their own."""
        _options(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """The help option, with its help in the user's language."""
        return _translated(super().get_help_option(ctx))


class Group(TyperGroup):
    """The whole application, likewise."""

    def get_params(self, ctx: Any) -> Any:
        """The options, with what they take in the user's language."""
        return _called(super().get_params(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write options and commands."""
        _options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """The help option, with its help in the user's language."""
        return _translated(super().get_help_option(ctx))


def _usage(command: Any, ctx: Any, formatter: Any) -> None:
    formatter.write_dl, formatter.write_text = partial(_listing, formatter), partial(_prose, formatter)
    pieces: Sequence[str] = command.collect_usage_pieces(ctx)
    words = {"[OPTIONS]": translate(N_("[OPTIONS]")), "COMMAND [ARGS]...": translate(N_("COMMAND [ARGS]..."))}
    said = " ".join(words.get(piece, piece) for piece in pieces)
    formatter.write_usage(ctx.command_path, said, prefix=translate(N_("Usage: ")))


def _options(command: Any, ctx: Any, formatter: Any) -> None:
    sections: dict[str, list[Any]] = {translate(kind): [] for kind in ("Arguments", "Options")}
    for parameter in command.get_params(ctx):
        if (record := parameter.get_help_record(ctx)) is not None:
            kind = N_("Arguments") if parameter.param_type_name == "argument" else N_("Options")
            head = getattr(parameter, "rich_help_panel", None) or kind
            sections.setdefault(translate(head), []).append(record)
    for head, records in sections.items():
        if records:
            with formatter.section(head):
                formatter.write_dl(records)


def _prose(formatter: Any, said: str) -> None:
    """Write paragraphs; as `_listing`, by cells."""
    from toolkit.ground.wrapping import wrap

    indent = " " * formatter.current_indent
    for n, paragraph in enumerate(said.split("\n\n")):
        formatter.write("\n" * bool(n))
        for line in wrap(" ".join(paragraph.split()), max(_LEAST, formatter.width - len(indent))):
            formatter.write(f"{indent}{line}".rstrip() + "\n")


def _listing(formatter: Any, records: Sequence[tuple[str, str]], **_: object) -> None:
    """Write options beside what is said of them; Typer's own way counts signs, and a Chinese one is two cells wide."""
    from rich.cells import cell_len

    from toolkit.ground.wrapping import wrap

    indent = formatter.current_indent
    start = indent + min(max(cell_len(name) for name, _ in records), _WIDEST_NAME) + 2
    for name, said in records:
        head = " " * indent + name
        told = wrap(said, max(_LEAST, formatter.width - start))
        if cell_len(head) + 2 > start:
            formatter.write(f"{head}\n")
            head = ""
        for line in told:
            formatter.write(f"{head}{' ' * (start - cell_len(head))}{line}".rstrip() + "\n")
            head = ""


def _called(parameters: Any) -> Any:
    for each in parameters:
        each.metavar = translate(_STATED.setdefault(each, each.metavar)) if each.metavar else None
    return parameters


_STATED: WeakKeyDictionary[Any, str] = WeakKeyDictionary()
"""The names of values as they are stated, by argument or option, whatever language was spoken since."""


def _translated(option: Any) -> Any:
    option.help = translate(option.help)
    return option


def sentence(error: Exception, arguments: Sequence[str]) -> Text:
    """What is wrong with a command line, and where its help is."""
    context = getattr(error, "ctx", None)
    named = next((each.name for each in COMMANDS if each.name in arguments), "")
    command = getattr(context, "command_path", f"xls {named}".strip())
    return text("{what}; see `{command} --help`", what=_what(error), command=command)


def _what(error: Exception) -> Text:
    kind = type(error).__name__
    parameter = getattr(error, "param", None)
    name = _name(parameter) if parameter is not None else ""
    if kind == "MissingParameter":
        return text("{name} is missing", name=name)
    if kind == "NoSuchOption":
        wrong = getattr(error, "option_name", "?")
        return _meant(text("there is no option {name}", name=wrong), getattr(error, "possibilities", None) or ())
    if kind == "BadOptionUsage":
        return text("the option {name} needs a value", name=getattr(error, "option_name", "?"))
    if parameter is not None:
        value = _VALUE.match(getattr(error, "message", ""))
        said = text("“{value}” will not do for {name}", value=(value[1] or value[2]) if value else "", name=name)
        return _taking(said, parameter.type)
    unknown = _COMMAND.match(getattr(error, "message", ""))
    if unknown:
        said = text("there is no command {name}", name=unknown[1])
        return _meant(said, get_close_matches(unknown[1], [each.name for each in COMMANDS], 2, 0.5))
    return text("there are too many words, or one that does not belong; a name with blanks in it stands in quotes")


def _taking(said: Text, kind: Any) -> Text:
    """What will not do, with what would."""
    choices = [str(getattr(each, "value", each)) for each in getattr(kind, "choices", ())]
    if choices:
        return text("{what}; it takes {choices}", what=said, choices=listed(choices, 12))
    least = getattr(kind, "min", None)
    if least is not None:
        return text("{what}; it takes a whole number from {least} on", what=said, least=least)
    return text("{what}; it takes a whole number", what=said) if kind.name in ("int", "integer") else said


def _meant(said: Text, others: Sequence[str]) -> Text:
    return text("{what} (did you mean {others}?)", what=said, others=listed(list(others), 3)) if others else said


def _name(parameter: Any) -> str:
    return str(parameter.opts[-1] if parameter.param_type_name == "option" else parameter.metavar or parameter.name)

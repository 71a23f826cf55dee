"""The application: its commands, its words in the user's language, and errors turned into a sentence and a status."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any, NoReturn

import typer

from toolkit.cli.options import COMPLETION, N_, OURS, WRONG_INPUT, WRONG_USE
from toolkit.cli.registered import COMMANDS
from toolkit.cli.typer_words import REFUSED, Command, Group, sentence, speak
from toolkit.ground import claims, forms
from toolkit.ground.errors import NoEdition, WrongUse, XlsError
from toolkit.ground.language import LANGUAGES, Text, choose, text, translate
from toolkit.ground.libraries import missing
from toolkit.ground.limits import VARIABLE, set_limits
from toolkit.ground.reasons import reason
from toolkit.ground.typed import torn, typed

_HELP = {"help_option_names": ["-h", "--help"]}


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        sys.stdout.write(f"xls {version('xls-annual-report')}\n")
        raise typer.Exit


def root(
    context: typer.Context,
    lang: Annotated[str, typer.Option("--lang", help=N_("Language of what is said: zh or en."), metavar="zh|en")] = "",
    folder: Annotated[
        str,
        typer.Option(
            "--forms", help=N_("A folder with forms of your own besides ours; without it, XLS_FORMS."), metavar="DIR"
        ),
    ] = "",
    form: Annotated[
        str,
        typer.Option(
            "--form",
            help=N_("The form to take where a document does not say its own, as `xls editions` lists it."),
            metavar="ID",
        ),
    ] = "",
    limits: Annotated[
        str,
        typer.Option(
            "--limits",
            help=N_("Other limits of what one file may be, as SECURITY.md lists them; without it, XLS_LIMITS."),
            metavar="NAME=N,...",
        ),
    ] = "",
    version: Annotated[
        bool, typer.Option("--version", help=N_("Show the version and exit."), callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Take language, limits and forms; the command itself comes after."""
    if lang:
        if lang.lower() not in LANGUAGES:
            raise WrongUse(text("--lang takes zh or en"))
        choose(lang.lower())
    set_limits(limits or os.environ.get(VARIABLE, ""))
    _take(folder or os.environ.get(forms.ENVIRONMENT, ""), form)
    if context.invoked_subcommand is None:
        from toolkit.cli.guide import page

        page()


def _take(folders: str, form: str) -> None:
    """Make some forms the wanted ones.

    Raises:
        WrongUse: a folder is none.
        NoEdition: no form is called so.
    """
    wanted = forms.Forms(forms.of(folders), form)
    for folder in wanted.folders:
        if not os.path.isdir(folder):  # noqa: PTH112 - the name as it was given
            raise WrongUse(text("{folder}: no such folder; --forms and XLS_FORMS name folders of forms", folder=folder))
    forms.choose(wanted)
    if form:
        from toolkit.form.edition import named

        named(form)


def _application(arguments: Sequence[str]) -> typer.Typer:
    """The application with the command that the arguments ask for; of the others it knows what they are called."""
    completing = _completing(arguments)
    app = typer.Typer(
        cls=Group,
        add_completion=completing,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings=_HELP,
    )
    about = N_("The yearly report on government information disclosure: form, check, report.")
    app.callback(
        help=about, epilog=N_("Completion for your shell: xls --install-completion"), invoke_without_command=True
    )(root)
    for each in COMMANDS:
        wanted = completing or each.name in arguments
        settings = {"cls": Command, "context_settings": _HELP}
        app.command(each.name, help=each.summary, **settings)(each.load() if wanted else _not_loaded)  # type: ignore[arg-type]
    return app


def _completing(arguments: Sequence[str]) -> bool:
    """Whether completion is asked for, by the user or by the shell."""
    return "_XLS_COMPLETE" in os.environ or any(each in arguments for each in COMPLETION)


def _not_loaded() -> None:
    """Stands for a command that is not asked for."""


_INTERRUPTED = 130
"""What Typer makes of Ctrl-C."""


def run(arguments: Sequence[str]) -> NoReturn:
    """Run the application; ends by SystemExit with the exit status of the contract."""
    if sys.stdout is None or sys.stderr is None:  # closed by whoever called us
        _fail(text("standard output is closed; there is nowhere to say anything"), WRONG_INPUT)
    command: Any = typer.main.get_command(_application(arguments))
    speak()
    _say(command)
    if _completing(arguments):
        from toolkit.cli.completion import said_by_us

        said_by_us(command.params)
    try:
        _refuse_torn(arguments)
        with claims.run():
            status = command.main(args=list(arguments), prog_name="xls", standalone_mode=False)
        if status == _INTERRUPTED:
            raise KeyboardInterrupt
        sys.stdout.flush()
    except REFUSED as error:
        _fail(sentence(error, arguments), WRONG_USE)
    except (WrongUse, NoEdition) as error:
        _fail(error.sentence, WRONG_USE)
    except XlsError as error:
        _fail(error.sentence, WRONG_INPUT)
    except OSError as error:
        _refused_by_the_system(error)
    except SystemExit as ended:
        if isinstance(ended.__context__, OSError):  # Typer ends by itself where nobody reads on
            _refused_by_the_system(ended.__context__)
        raise
    except KeyboardInterrupt:
        raise
    except MemoryError:
        _fail(text("there is not enough memory for it; close other programs, or give fewer files at once"), WRONG_INPUT)
    except BaseException as error:  # whatever it is: the panic of a library comes as a BaseException of its own
        _not_foreseen(error)
    raise SystemExit(status)


def _refuse_torn(arguments: Sequence[str]) -> None:
    """Refuse a path with blanks that is typed without quotes, which would be read as several.

    Raises:
        WrongUse: there is such a path.
    """
    with contextlib.suppress(OSError, ValueError):  # what is no path at all
        if path := torn(arguments):
            raise WrongUse(text("a name with blanks in it stands in quotes: {path}", path=typed(path)))


def _not_foreseen(error: BaseException) -> NoReturn:
    """A library that is not there, else a fault of ours: one sentence, or all that is known where somebody looks."""
    if os.environ.get("XLS_DEBUG"):
        import traceback

        traceback.print_exception(error)
        raise SystemExit(OURS)
    if isinstance(error, ImportError) and not (error.name or "toolkit").startswith("toolkit"):
        _fail(missing(error).sentence, WRONG_USE)
    _fail(_fault(error), OURS)


def _refused_by_the_system(error: OSError) -> NoReturn:
    """What could not be written, or has a name that no file can have; nothing more goes to a stream that is closed."""
    if isinstance(error, BrokenPipeError) or error.errno in (errno.ENOSPC, errno.EIO, errno.EINVAL):
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        said = text("not everything could be written ({reason}); make room, or read all of it", reason=reason(error))
    elif error.filename:
        said = text("{file}: the system refuses it ({reason}); give another name", file=error.filename,
                    reason=reason(error))  # fmt: skip
    else:
        said = text("the system refuses it ({reason})", reason=reason(error))
    _fail(said, WRONG_INPUT)


def _fault(error: BaseException) -> Text:
    """What is said of an error that nobody foresaw."""
    said = " ".join(str(error).split())[:200]
    return text(
        "a fault of xls ({fault}); please report it with the command and its inputs, and with what it prints when "
        "XLS_DEBUG=1 is set",
        fault=f"{type(error).__name__}: {said}" if said else type(error).__name__,
    )


def _fail(said: Text, status: int) -> NoReturn:
    from toolkit.render import plain

    if sys.stderr is not None:
        sys.stderr.write(plain(str(said)) + "\n")
    raise SystemExit(status)


def _say(command: Group | Command) -> None:
    """Put every help text of a command, and of those under it, into the active language."""
    examples = {each.name: each.example for each in COMMANDS}
    command.help = translate(command.help or "")
    if command.name in examples:
        command.help += "\n\n" + translate(N_("Example:")) + " " + examples[command.name]
        command.short_help = command.help.partition("\n")[0]
    if command.epilog:
        command.epilog = translate(command.epilog)
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = translate(parameter.help)  # type: ignore[attr-defined]
    for under in getattr(command, "commands", {}).values():
        _say(under)

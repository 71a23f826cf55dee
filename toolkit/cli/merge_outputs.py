"""What the command merge writes: the county workbook, the long table, the letters; and what it says when stopped."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import typer

from toolkit.cli import screen
from toolkit.cli.options import WRONG_INPUT
from toolkit.ground.errors import NotWritten
from toolkit.ground.language import listed, text

if TYPE_CHECKING:
    from toolkit.county.kept import Kept
    from toolkit.county.letters import Sender
    from toolkit.model.ledger import Merged


class Outputs(NamedTuple):
    """How files are written: `force` replaces those that exist; what a merge that was cut off wrote is its own."""

    force: bool
    kept: Kept | None

    def refuse(self, output: Path) -> None:
        """Refuse an output that must not be replaced before anything is read.

        Raises:
            NotWritten: it exists, is none of a merge that was cut off, and `force` is not given.
        """
        if output.exists() and not self._may_replace(output):
            raise NotWritten(
                text("{file}: exists already; give another name, or --force to replace it", file=str(output))
            )

    def save(self, path: Path, content: bytes) -> None:
        """Write a file, or with `-` to standard output.

        Raises:
            NotWritten: it exists and must not be replaced, or it cannot be written.
        """
        self.save_from(path, io.BytesIO(content))

    def save_from(self, path: Path, content: IO[bytes]) -> None:
        """Write a file of all that a stream holds, or with `-` to standard output.

        Raises:
            NotWritten: it exists and must not be replaced, or it cannot be written.
        """
        force = self._may_replace(path)
        if self.kept is not None:
            self.kept.places(path, digest(content))
        content.seek(0)
        screen.deliver_by(path, lambda to: shutil.copyfileobj(content, to), force=force)

    def _may_replace(self, path: Path) -> bool:
        return self.force or (self.kept is not None and self.kept.placed(path))

    def done(self, *, verbose: bool) -> None:
        """Take away what was kept, for all is written; `verbose` says what of it was used."""
        if self.kept is None:
            return
        self.kept.clear()
        for said in self.kept.remarks() if verbose else ():
            screen.remark(said)


@contextmanager
def stopping(output: Path, made: str, kept: Kept | None) -> Iterator[None]:
    """Ctrl-C ends the command with a sentence that says which workbook stands there now; `made` is the digest of the
    one that is to stand there.
    """
    try:
        yield
    except KeyboardInterrupt:
        if made and output.is_file() and _of_file(output) == made:
            screen.remark(text("stopped; {file} is written, what goes with it is not all there", file=str(output)))
        else:
            screen.remark(text("stopped; {file} is as it was", file=str(output)))
        if kept is not None and kept.keeps:
            screen.remark(text("what was read so far is kept beside it; the same command goes on from there"))
        raise typer.Exit(WRONG_INPUT) from None


def digest(content: IO[bytes]) -> str:
    """The digest of all that a stream holds."""
    content.seek(0)
    return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]


def _of_file(path: Path) -> str:
    with path.open("rb") as stream:
        return digest(stream)


def details(outputs: Outputs, path: Path, kind: str, merged: Merged) -> None:
    """Write every unit's figures as one long table.

    Raises:
        NotWritten: it exists and must not be replaced, or it cannot be written.
    """
    from toolkit.ground.shelf import stream
    from toolkit.render.data import exported

    with stream(len(merged.contributions)) as made:
        exported.write_units(made, merged, kind)
        outputs.save_from(path, made)


def letters(outputs: Outputs, folder: Path, merged: Merged, paths: Sequence[str], sender: Sender) -> bool:
    """Write the letters and what goes with them, and say what was written; whether one could not be."""
    from toolkit.county.inputs import inputs
    from toolkit.county.post import post
    from toolkit.ground.writing import is_unfinished

    names, written, failed = set[str](), 0, False
    for each in post(merged, sender, inputs(paths).inputs):
        names.add(each.name)
        written += each.letter
        try:
            outputs.save(folder / each.name, each.content)
        except NotWritten as error:
            screen.remark(error.sentence)
            failed = True
    if written and not failed:
        screen.remark(text("{count} letters are in {folder}", count=written, folder=str(folder)))
    earlier = sorted({path.name for path in folder.glob("*.*") if not is_unfinished(path.name)} - names)
    if earlier:
        screen.remark(text("{folder} also holds what this merge did not write: {files}", folder=str(folder),
                           files=listed(earlier, 5)))  # fmt: skip
    return failed

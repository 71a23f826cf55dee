"""How the same work is done on many things: here, in processes of this machine, or on a Dask cluster.

What the work is does not belong here. A result comes for everything, in the order in which things were given.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

from toolkit.ground import forms
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import choose, chosen, text

Shared = TypeVar("Shared")
Thing = TypeVar("Thing")
Result = TypeVar("Result")

BATCH = 50
"""Things sent to a process at once: the way there and back costs more than reading one workbook."""

WORTH_PROCESSES = 300
"""So many things take longer than starting processes does."""


def each(
    work: Callable[[Shared, Thing], Result],
    shared: Shared,
    things: Sequence[Thing],
    jobs: int = 0,
    scheduler: str = "",
) -> Iterator[Result]:
    """`work(shared, thing)` for every thing. All of it is sent to other processes, so it must be a module's function.

    `jobs` is the number of processes, 0 for as many as are worth it; `scheduler` the address of a Dask scheduler, whose
    workers must see the same files under the same paths.

    Raises:
        WrongUse: the extra that Dask needs is missing, or nothing answers at the address.
    """
    if scheduler:
        return _on_cluster(work, shared, things, scheduler)
    count = jobs or (os.cpu_count() or 1 if len(things) >= WORTH_PROCESSES else 1)
    if count == 1 or len(things) < 2:
        return (work(shared, thing) for thing in things)
    return _in_processes(work, shared, things, min(count, len(things)))


def _in_processes(
    work: Callable[[Shared, Thing], Result], shared: Shared, things: Sequence[Thing], count: int
) -> Iterator[Result]:
    size = max(1, min(BATCH, len(things) // count))
    # spawned, not forked: the same on every system, and no thread of this process is cut in two
    begun = (work, shared, chosen(), forms.active())
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), initializer=_begin, initargs=begun)
    try:
        yield from pool.map(_one, things, chunksize=size)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_begun: list[Any] = []
"""In a process of the pool: the work and what all of it shares, sent once."""


def _begin(work: Any, shared: Any, language: str, wanted: forms.Forms) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asked
    choose(language)
    forms.choose(wanted)
    _begun[:] = [work, shared]


def _one(thing: Any) -> Any:
    work, shared = _begun
    return work(shared, thing)


def _on_cluster(
    work: Callable[[Shared, Thing], Result], shared: Shared, things: Sequence[Thing], scheduler: str
) -> Iterator[Result]:
    try:
        from distributed import Client
    except ImportError as error:
        missing = text("--scheduler needs one more library; install it: `pip install xls-annual-report[dask]`")
        raise WrongUse(missing) from error
    try:
        client = Client(scheduler, timeout=10)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise WrongUse(
            text("{address}: no Dask scheduler answers there; check the address", address=scheduler)
        ) from error
    return _of_client(client, work, shared, things)


def _of_client(
    client: Any, work: Callable[[Shared, Thing], Result], shared: Shared, things: Sequence[Thing]
) -> Iterator[Result]:
    """Batches, since a task for every thing costs ten times as much; what is shared goes to every worker once."""
    with client:
        everywhere = client.scatter([(work, shared, chosen(), forms.active())], broadcast=True, hash=False)[0]
        batches = [things[at : at + BATCH] for at in range(0, len(things), BATCH)]
        for task in client.map(_batch, batches, given=everywhere, pure=False):
            yield from task.result()
            task.release()


def _batch(things: Sequence[Any], given: Any) -> list[Any]:
    work, shared, language, wanted = given
    choose(language)
    forms.choose(wanted)
    return [work(shared, thing) for thing in things]

"""How the same work is done on many things: here, in processes of this machine, or on a Dask cluster.

What the work is does not belong here. A result comes for everything, in the order in which things were given; whatever
happens to one of them happens to no other.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from toolkit.ground import forms
from toolkit.ground.errors import WrongUse, XlsError
from toolkit.ground.language import Text, choose, chosen, text
from toolkit.ground.limits import set_limits, stated
from toolkit.ground.workers import Failed, Workers, attempt

Shared = TypeVar("Shared")
Thing = TypeVar("Thing")
Result = TypeVar("Result")

BATCH = 50
"""Things sent to a cluster's worker at once: the way there and back costs more than reading one workbook."""

WORTH_PROCESSES = 300
"""So many things take longer than starting processes does."""

Lost = Callable[[Any, Any, Text], Result]
"""What the result of a thing is that was lost: made here, from what is shared, the thing and the reason."""


def each(
    work: Callable[[Shared, Thing], Result],
    shared: Shared,
    things: Sequence[Thing],
    jobs: int = 0,
    scheduler: str = "",
    lost: Lost[Result] | None = None,
    apart: Callable[[Thing], bool] | None = None,
) -> Iterator[Result]:
    """`work(shared, thing)` for every thing. All of it is sent to other processes, so it must be a module's function.

    `jobs` is the number of processes, 0 for as many as are worth it; `scheduler` the address of a Dask scheduler, whose
    workers must see the same files under the same paths. A thing on which the work fails, by an error that is none of
    ours, by memory, time or the end of its process, gets what `lost(shared, thing, reason)` gives; without it that is
    a `Fault`. `apart`: the things that may end a process, or run away, and are never worked on in this one.

    Raises:
        WrongUse: the extra that Dask needs is missing, or nothing answers at the address.
    """
    if scheduler:
        made = _on_cluster(work, shared, things, scheduler)
    elif sys.platform == "emscripten":  # a browser has no other processes
        made = _here(work, shared, things, None)
    else:
        count = jobs or (os.cpu_count() or 1 if len(things) >= WORTH_PROCESSES else 1)
        if count == 1 or len(things) < 2:
            made = _here(work, shared, things, apart)
        else:
            made = _in_processes(work, shared, things, min(count, len(things)))
    return _settled(shared, things, made, lost)


class Fault(XlsError):
    """Work that failed where nobody said what the result is then."""


def _settled(
    shared: Shared, things: Sequence[Thing], made: Iterator[Any], lost: Lost[Result] | None
) -> Iterator[Result]:
    for thing, result in zip(things, made, strict=True):
        if not isinstance(result, Failed):
            yield result
        elif lost is None:
            raise Fault(result.reason)
        else:
            yield lost(shared, thing, result.reason)


def _here(
    work: Callable[[Shared, Thing], Result],
    shared: Shared,
    things: Sequence[Thing],
    apart: Callable[[Thing], bool] | None,
) -> Iterator[Any]:
    """In this process, but for the things apart: they have one of their own, which is there as soon as it is needed."""
    others: Workers | None = None
    try:
        for thing in things:
            if apart is None or not apart(thing):
                yield attempt(work, shared, thing)
            else:
                others = others or Workers(work, shared, 1)
                yield from others.each([thing])
    finally:
        if others is not None:
            others.close()


def _in_processes(
    work: Callable[[Shared, Thing], Result], shared: Shared, things: Sequence[Thing], count: int
) -> Iterator[Any]:
    workers = Workers(work, shared, count)
    try:
        yield from workers.each(things)
    finally:
        workers.close()


def _on_cluster(
    work: Callable[[Shared, Thing], Result], shared: Shared, things: Sequence[Thing], scheduler: str
) -> Iterator[Any]:
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
) -> Iterator[Any]:
    """Batches, since a task for every thing costs ten times as much; what is shared goes to every worker once.

    A batch that ended its workers is done again, a task for every thing, so that one alone is lost.
    """
    with client:
        given = client.scatter([(work, shared, chosen(), stated(), forms.active())], broadcast=True, hash=False)[0]
        batches = [things[at : at + BATCH] for at in range(0, len(things), BATCH)]
        tasks = client.map(_batch, batches, given=given, pure=False)
        for batch, task in zip(batches, tasks, strict=True):
            yield from _of_task(client, task, batch, given)
            task.release()


def _of_task(client: Any, task: Any, batch: Sequence[Any], given: Any) -> Iterator[Any]:
    from distributed.scheduler import KilledWorker

    try:
        yield from task.result()
    except KilledWorker:
        if len(batch) == 1:
            yield Failed(text("reading it ended the worker of the cluster; save it anew in Excel, or ask for it again"))
            return
        for thing in batch:
            yield from _of_task(client, client.submit(_batch, [thing], given=given, pure=False), [thing], given)


def _batch(things: Sequence[Any], given: Any) -> list[Any]:
    work, shared, language, said, wanted = given
    choose(language)
    set_limits(said)
    forms.choose(wanted)
    return [attempt(work, shared, thing) for thing in things]

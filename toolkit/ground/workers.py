"""Processes of this machine that may be lost: one that is killed, or runs out of memory or time, costs the thing it was
at and nothing else. A new one takes its place; what was done is not done again.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.ground import forms
from toolkit.ground.errors import WrongUse, XlsError
from toolkit.ground.garbage import seldom_looked_for
from toolkit.ground.language import Text, choose, chosen, text
from toolkit.ground.libraries import missing
from toolkit.ground.limits import limits, set_limits, stated

if TYPE_CHECKING:
    from multiprocessing import connection

resource: Any
try:
    import resource
except ImportError:  # pragma: no cover - Windows has no limits of a process; there the clock alone is watched
    resource = None

AHEAD = 16
"""Things sent to a process at once: it need not wait for the next, and the last ones are shared out evenly."""

MOST_PROCESSES = 60
"""Windows waits for no more than 63 things at once, two of which are its own."""

_SMALL, _STARTS = 16_384, 3
"""Bytes that the pipe to a process takes at once on every system; so many may end in a row before they have begun."""

_WAITED = 10
"""How many times the seconds of computing may pass on the clock: a file on a slow share is waited for, not for ever."""


class Failed(NamedTuple):
    """What came of a thing instead of its result: why it was lost, or with `error` what is to be raised here."""

    reason: Text
    error: BaseException | None = None


def attempt(work: Callable[[Any, Any], Any], shared: Any, thing: Any) -> Any:
    """The result of the work on a thing, or why there is none. What is meant for the user, and Ctrl-C, are raised, and
    so is a library that is not there: it would be wanting for the next thing, too.
    """
    try:
        return work(shared, thing)
    except (XlsError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except ImportError as error:
        if os.environ.get("XLS_DEBUG"):
            raise
        raise missing(error) from error
    except MemoryError:
        return Failed(out_of_memory())
    except BaseException as error:  # whatever it is: a reader's panic comes as a BaseException of its own
        if os.environ.get("XLS_DEBUG"):
            raise
        return Failed(fault(error))


def fault(error: BaseException) -> Text:
    """What is said of an error that nobody foresaw."""
    said = " ".join(str(error).split())[:120]
    return text(
        "reading it ended in a fault of xls ({fault}); please report it, and try the file saved anew in Excel",
        fault=f"{type(error).__name__}: {said}" if said else type(error).__name__,
    )


def out_of_memory() -> Text:
    """What is said of a thing that takes more memory than there is."""
    return text(
        "reading it takes more than {size} MB of memory, or than there is; save the form's tables alone in a new file",
        size=limits().memory_mb,
    )


def out_of_time() -> Text:
    """What is said of a thing that takes too long."""
    return text(
        "reading it takes longer than {seconds} seconds; save the form's tables alone in a new file",
        seconds=limits().seconds,
    )


class Workers:
    """Up to `count` processes that do the same work; each is started when there is something for it to do."""

    def __init__(self, work: Callable[[Any, Any], Any], shared: Any, count: int) -> None:
        self._begun = pickle.dumps((work, shared, chosen(), stated(), forms.active()))
        self._count = min(count, MOST_PROCESSES)
        self._seconds = limits().seconds * _WAITED
        self._workers: list[_Worker] = []
        self._again: set[int] = set()
        self._not_begun = 0

    def each(self, things: Sequence[Any]) -> Iterator[Any]:
        """The result of every thing in order, `Failed` where there is none.

        Raises:
            WrongUse: no process can be started.
        """
        waiting = deque(enumerate(things))
        ahead = max(1, min(AHEAD, -(-len(things) // self._count)))
        # what is small is sent before a process has nothing left; what fills the pipe would wait for it, and it for us
        soon = ahead // 4 if things and len(pickle.dumps(things[0])) * ahead < _SMALL else 0
        made: dict[int, Any] = {}
        wanted = 0
        self._again.clear()
        while wanted < len(things):
            self._send(waiting, ahead, soon)
            for worker in self._ready():
                made.update(worker.taken())
                if worker.ended:
                    self._replace(worker, waiting, made)
            while wanted in made:
                result = made.pop(wanted)
                if isinstance(result, Failed) and result.error is not None:
                    raise result.error
                yield result
                wanted += 1

    def close(self) -> None:
        """End the processes, whatever they are at."""
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def _send(self, waiting: deque[tuple[int, Any]], ahead: int, soon: int) -> None:
        idle = [each for each in self._workers if len(each.open) <= soon]
        while waiting and (idle or len(self._workers) < self._count):
            if not idle:
                self._workers.append(_Worker(self._begun))
                idle = [self._workers[-1]]
            idle.pop().send([waiting.popleft() for _ in range(min(ahead, len(waiting)))])

    def _ready(self) -> list[_Worker]:
        """The workers from which something came, and those that are at one thing for too long, ended."""
        busy: dict[Any, _Worker] = {each.link: each for each in self._workers if each.open}
        left = min(each.since for each in busy.values()) + self._seconds - time.monotonic()
        from multiprocessing import connection  # one file is read without

        ready = [busy[link] for link in connection.wait(list(busy), max(0.0, left))]
        for worker in busy.values():
            if worker not in ready and time.monotonic() - worker.since > self._seconds:
                worker.slow = worker.ended = True
                ready.append(worker)
        return ready

    def _replace(self, worker: _Worker, waiting: deque[tuple[int, Any]], made: dict[int, Any]) -> None:
        """The first thing without a result ended the process; the others were not begun.

        Unless it took too long it is tried once more: the system, short of memory, may have ended any process.
        """
        self._workers.remove(worker)
        worker.end()
        self._not_begun = 0 if worker.begun else self._not_begun + 1
        if self._not_begun > _STARTS:
            raise WrongUse(text("no process can be started to read files in; free some memory, or give --jobs 1"))
        if worker.begun and worker.open and (worker.out_of_time or worker.open[0][0] in self._again):
            made[worker.open.popleft()[0]] = Failed(worker.why())
        elif worker.begun and worker.open:
            self._again.add(worker.open[0][0])
        waiting.extendleft(reversed(worker.open))


class _Worker:
    """One process, the link to it, and the things sent for which nothing came yet."""

    def __init__(self, begun: bytes) -> None:
        import multiprocessing

        spawning = multiprocessing.get_context("spawn")  # not forked: no thread of this process is cut in two
        self.link, theirs = spawning.Pipe()
        self._process = spawning.Process(target=_serve, args=(theirs, begun), daemon=True)
        self._process.start()
        theirs.close()
        self.open: deque[tuple[int, Any]] = deque()
        self.since = time.monotonic()
        self.begun = self.ended = self.slow = False

    def send(self, batch: list[tuple[int, Any]]) -> None:
        self.open.extend(batch)
        self.since = time.monotonic()
        with contextlib.suppress(OSError):  # it has ended; that is seen where its results are read
            self.link.send_bytes(pickle.dumps(batch))

    def taken(self) -> Iterator[tuple[int, Any]]:
        """What came from one that is ready. What cannot be put together again here is a failure like any other."""
        more = not self.ended
        try:
            while more and self.open:
                packed = self.link.recv_bytes()
                self.since = time.monotonic()
                if self.begun:
                    yield self.open.popleft()[0], _unpacked(packed)
                self.begun = True  # the first that comes says so, and no more
                more = self.link.poll()
        except (EOFError, OSError):
            self.ended = True

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self.link.close()

    def end(self) -> None:
        """Wait for the end of a process that is ending, so that it is known of what."""
        self._process.join(0 if self.slow else 1)
        self.kill()

    @property
    def out_of_time(self) -> bool:
        return self.slow or self._process.exitcode == -getattr(signal, "SIGXCPU", sys.maxsize)

    def why(self) -> Text:
        if self.out_of_time:
            return out_of_time()
        code = self._process.exitcode
        if code in (-getattr(signal, "SIGABRT", sys.maxsize), -getattr(signal, "SIGKILL", sys.maxsize)):
            return out_of_memory()
        return text(
            "reading it ended the process it was read in ({code}); save it anew in Excel, or ask for it again",
            code=code,
        )


def _unpacked(packed: bytes) -> Any:
    try:
        return pickle.loads(packed)
    except Exception as error:
        return Failed(fault(error))


def _serve(link: connection.Connection, begun: bytes) -> None:
    """In a process of its own: results for what comes, until the other end is closed; a killed owner closes it, too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asked
    if hasattr(signal, "SIGXCPU"):
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    if not os.environ.get("XLS_DEBUG"):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a library says when it ends the process
    seldom_looked_for()
    work, shared, language, said, wanted = pickle.loads(begun)
    choose(language)
    set_limits(said)
    forms.choose(wanted)
    _bound_memory()
    with contextlib.suppress(EOFError, OSError):
        link.send_bytes(b"begun")
        while True:
            for _, thing in pickle.loads(link.recv_bytes()):
                _bound_time()
                link.send_bytes(_result(work, shared, thing))


def _result(work: Any, shared: Any, thing: Any) -> bytes:
    try:
        return pickle.dumps(attempt(work, shared, thing))
    except MemoryError:
        return pickle.dumps(Failed(out_of_memory()))
    except XlsError as error:
        return pickle.dumps(Failed(error.sentence, error))
    except BaseException as error:  # a fault that is to be seen with XLS_DEBUG, a result that cannot be sent
        return pickle.dumps(Failed(fault(error), error if os.environ.get("XLS_DEBUG") else None))


def _bound_memory() -> None:
    """Let this process have no more than the limit on top of what it has; macOS does not hold to it."""
    if resource is None or not sys.platform.startswith("linux"):  # pragma: no cover - see above
        return
    with open("/proc/self/statm", encoding="ascii") as stat:  # noqa: PTH123 - no file of anybody's
        has = int(stat.read().split()[0]) * resource.getpagesize()
    most = has + limits().memory_mb * 2**20
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _bound_time() -> None:
    """Let the next thing have its seconds of computing; the system ends the process that takes more."""
    if resource is None:  # pragma: no cover - see above
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    most = int(used.ru_utime + used.ru_stime) + limits().seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))

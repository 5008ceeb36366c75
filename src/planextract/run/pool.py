"""The local engine: worker processes, watched. A worker that dies or hangs costs its document an attempt, no more.

Where the system can fork, workers start from a process that has everything loaded: about 10 ms each, so that even
a single document is read in a process of its own. A worker reports every page before it reads it; a reader that
dies or hangs is thus known by its page.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import tempfile
import time
import warnings
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Literal

from planextract.errors import InputError, OutputError, PlanExtractError
from planextract.phrases import Phrase
from planextract.run import limits
from planextract.run.jobs import Job, Observer, Reply, WorkContext
from planextract.run.retries import describe_end, make_next_job, too_much_computing
from planextract.settings import RunSettings
from planextract.write.store import is_url

_TICK_SECONDS = 0.1
_START_SECONDS = 120.0
_CHECK_SECONDS = 0.1
_CPU_SLACK_SECONDS = 2  # the system itself ends a worker that computes too long; this counts what it started
_MAX_FAILED_STARTS = 20

StartMethod = Literal["fork", "spawn"]


@dataclass(frozen=True, slots=True)
class _Page:
    """A worker is about to read a page."""

    number: int
    count: int


@dataclass(frozen=True, slots=True)
class _Ready:
    """A worker has loaded everything, and occupies so much memory."""

    resident_bytes: int


class _PageReporter:
    """Tells the pool of each page, and leaves out pages that are lost already."""

    def __init__(self, pipe: Connection, lost_pages: tuple[int, ...]) -> None:
        self._pipe = pipe
        self._lost = frozenset(lost_pages)

    def begin_page(self, page_number: int, page_count: int) -> bool:
        if page_number in self._lost:
            return False
        self._pipe.send(_Page(page_number, page_count))
        return True


def _work(pipe: Connection, others: list[Connection], context: WorkContext, parent: int) -> None:
    """Be a worker: do jobs from the pipe until it closes."""
    limits.die_with_parent(parent)
    for other in others:
        other.close()
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)  # ctrl-C is for the run, and what a worker starts dies with it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from planextract.run.work import Workshop

    settings = context.settings.run
    try:
        shop = Workshop(context)
        tempfile.tempdir = shop.scratch  # what is left there by a kill goes with the next run, not with the next boot
    except PlanExtractError as exc:
        pipe.send(exc)
        return
    limits.limit_memory(settings.max_memory_mb << 20)
    with contextlib.suppress(EOFError, OSError):
        pipe.send(_Ready(limits.measure_tree(os.getpid()).resident_bytes))
        while True:
            job: Job = pipe.recv()
            limits.limit_cpu(settings.max_cpu_seconds)
            try:
                reply: Reply | PlanExtractError = shop.do(job, _PageReporter(pipe, job.lost_pages))
            except PlanExtractError as exc:
                reply = exc  # the output cannot be written
            pipe.send(reply)
            if isinstance(reply, Reply) and reply.error is not None and reply.error.code == "run.out_of_memory":
                break  # what is left of this process cannot be trusted
    shop.close()


class _Worker:
    """A worker process as its pool sees it."""

    def __init__(self, context: WorkContext, method: StartMethod, others: list[Connection]) -> None:
        processes: Any = multiprocessing.get_context(method)
        self.pipe, theirs = processes.Pipe()
        inherited = [*others, self.pipe] if method == "fork" else []
        self.process: BaseProcess = processes.Process(
            target=_work, args=(theirs, inherited, context, os.getpid()), daemon=True, name="planextract-worker"
        )
        with warnings.catch_warnings():
            # The pool runs no threads of its own; idle ones of NumPy and Arrow are made for forking.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process.start()
        theirs.close()
        self.is_ready = False
        self.job: Job | None = None
        self.page: int | None = None
        self.started_at = self.heard_at = time.monotonic()
        self.base_bytes = 0
        self.base_seconds = 0.0

    def give(self, job: Job) -> bool:
        """Hand over a job; False if the worker is gone."""
        self.job, self.page = job, None
        self.started_at = self.heard_at = time.monotonic()
        self.base_seconds = limits.measure_tree(self.process.pid or 0).cpu_seconds
        try:
            self.pipe.send(job)
        except OSError:
            return False
        return True

    def receive(self) -> Iterator[object]:
        """Yield what the worker said until it is silent or gone."""
        with contextlib.suppress(EOFError, OSError):
            while self.pipe.poll():
                message = self.pipe.recv()
                self.heard_at = time.monotonic()
                yield message

    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self.process.is_alive()

    def kill(self) -> None:
        """End the process and what it started, at once."""
        pid = self.process.pid
        if pid is not None and self.process.is_alive():
            with contextlib.suppress(OSError):
                if hasattr(os, "killpg") and os.getpgid(pid) == pid:
                    os.killpg(pid, signal.SIGKILL)
            with contextlib.suppress(OSError):
                self.process.kill()
        self.process.join(5)
        self.pipe.close()

    def find_breach(self, settings: RunSettings) -> InputError | None:
        """Return which limit the worker's job breaks, None if it keeps them all."""
        job, now = self.job, time.monotonic()
        if job is None:
            return None
        if not self.is_ready:
            if now - self.started_at > _START_SECONDS:
                raise OutputError(
                    "run.no_worker", "worker processes do not start", advice="Free memory or use fewer workers."
                )
            return None
        if now - self.started_at > settings.max_seconds:
            return InputError(
                "run.too_slow",
                Phrase("it took more than {max_seconds} s", max_seconds=settings.max_seconds),
                file=job.file.name,
                page=self.page,
                advice="Raise run.max_seconds in the settings, or split the file.",
            )
        if now - self.heard_at > settings.max_stall_seconds:
            return InputError(
                "run.stalled",
                Phrase(
                    "nothing was heard of its reader for {max_stall_seconds} s: it hangs",
                    max_stall_seconds=settings.max_stall_seconds,
                ),
                file=job.file.name,
                page=self.page,
                advice="Raise run.max_stall_seconds in the settings if it is only slow.",
            )
        taken = self.measure()
        if taken.cpu_seconds > settings.max_cpu_seconds + _CPU_SLACK_SECONDS:
            return too_much_computing(job.file.name, self.page)
        if taken.resident_bytes > settings.max_memory_mb << 20:
            return InputError(
                "run.out_of_memory",
                Phrase("it took more than {max_memory_mb} MB of memory", max_memory_mb=settings.max_memory_mb),
                file=job.file.name,
                page=self.page,
                advice="Raise run.max_memory_mb in the settings, or split the file.",
            )
        return None

    def measure(self) -> limits.Usage:
        """Return what the process took since it was ready (memory) or got its job (time), with all it started."""
        now = limits.measure_tree(self.process.pid or 0)
        return limits.Usage(
            resident_bytes=now.resident_bytes - self.base_bytes, cpu_seconds=now.cpu_seconds - self.base_seconds
        )

    def is_spent(self, context: WorkContext, reply: Reply) -> bool:
        """Tell whether the worker must not go on: out of memory, or left large by a large document."""
        ran_out = reply.error is not None and reply.error.code == "run.out_of_memory"
        return ran_out or self.measure().resident_bytes > (context.settings.run.max_memory_mb << 20) // 2


class LocalEngine:
    """A supervised pool of worker processes.

    Args:
        context: What all jobs share.
        workers: Processes at the same time, from 1.
        start_method: ``fork`` or ``spawn``; None takes fork where it is safe.
    """

    def __init__(self, context: WorkContext, workers: int, start_method: StartMethod | None = None) -> None:
        self._context = context
        self._size = workers
        self._method = start_method or _choose_start_method(context)
        self._workers: list[_Worker] = []
        self._waiting: deque[Job] = deque()
        self._kills: dict[int, int] = {}
        self._seconds: dict[int, float] = {}
        self._is_draining = False
        self._checked_at = 0.0
        self._failed_starts = 0

    def drain(self) -> None:
        """Take no further job; finish those under way."""
        self._is_draining = True

    def run(self, jobs: Iterator[Job], observer: Observer) -> Iterator[Reply]:
        """Yield a reply for each job.

        Raises:
            OutputError: If a worker cannot write the output.
        """
        while True:
            self._hand_out(jobs)
            busy = [worker for worker in self._workers if worker.job is not None]
            if not busy:
                return
            _wait_for(busy)
            for worker in busy:
                yield from self._hear(worker, observer)
            yield from self._check_limits(busy, observer)
            for worker in [worker for worker in self._workers if not worker.is_alive()]:
                yield from self._bury(worker, observer)
            observer.tick()

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            if worker.job is None:
                worker.pipe.close()  # tells it to end by itself
                worker.process.join(2)
            if worker.process.is_alive():
                worker.kill()
        self._workers.clear()

    def _hand_out(self, jobs: Iterator[Job]) -> None:
        """Give jobs to idle workers, new ones if there are too few: those to be tried again first."""
        while not self._is_draining:
            idle = next((worker for worker in self._workers if worker.job is None), None)
            if idle is None and len(self._workers) >= self._size:
                return
            job = self._waiting.popleft() if self._waiting else next(jobs, None)
            if job is None:
                return
            if idle is None:
                idle = _Worker(self._context, self._method, [worker.pipe for worker in self._workers])
                self._workers.append(idle)
            idle.give(job)  # if the worker is gone, it is buried with the job in the next round

    def _hear(self, worker: _Worker, observer: Observer) -> Iterator[Reply]:
        for message in worker.receive():
            job = worker.job
            if isinstance(message, _Ready):
                worker.is_ready, worker.base_bytes, self._failed_starts = True, message.resident_bytes, 0
            elif isinstance(message, PlanExtractError):
                raise message
            elif job is None:
                continue
            elif isinstance(message, _Page):
                worker.page = message.number
                observer.report_page(job, message.number, message.count)
            elif isinstance(message, Reply):
                worker.job = None
                yield from self._settle(message, worker.page, observer)
                if worker.is_spent(self._context, message):
                    self._dismiss(worker)

    def _settle(self, reply: Reply, page: int | None, observer: Observer) -> Iterator[Reply]:
        """Hand a reply on, or try again where a plainer attempt may do better."""
        job = reply.job
        self._seconds[job.number] = self._seconds.get(job.number, 0.0) + reply.seconds
        if reply.error is not None:
            again = make_next_job(job, reply.error, page, self._context.settings.run)
            if again is not None:
                observer.report_retry(again, reply.error)
                self._waiting.append(again)
                return
        yield replace(reply, seconds=self._seconds.pop(job.number))

    def _check_limits(self, busy: list[_Worker], observer: Observer) -> Iterator[Reply]:
        now = time.monotonic()
        if now - self._checked_at < _CHECK_SECONDS:
            return
        self._checked_at = now
        for worker in busy:
            if worker.job is None or worker not in self._workers or not worker.is_alive():
                continue
            breach = worker.find_breach(self._context.settings.run)
            if breach is not None:
                worker.kill()
                yield from self._lose(worker, breach, observer)

    def _bury(self, worker: _Worker, observer: Observer) -> Iterator[Reply]:
        """Deal with a worker that is gone; its last words may still be in the pipe."""
        if worker not in self._workers:
            return
        yield from self._hear(worker, observer)
        if worker not in self._workers:
            return
        job = worker.job
        if not worker.is_ready:
            self._failed_starts += 1
            if self._failed_starts > _MAX_FAILED_STARTS:
                raise OutputError(
                    "run.no_worker",
                    "worker processes end before they begin",
                    advice="Free memory or use fewer workers.",
                )
        if job is None or not worker.is_ready:
            self._dismiss(worker)
            self._waiting.extend([job] if job is not None else [])
            return
        worker.process.join()
        yield from self._lose(worker, describe_end(worker.process.exitcode or 0, job, worker.page), observer)

    def _lose(self, worker: _Worker, error: InputError, observer: Observer) -> Iterator[Reply]:
        """Take a lost worker's job back: to try it again, or to say why not."""
        job, page = worker.job, worker.page
        seconds = time.monotonic() - worker.started_at
        self._dismiss(worker)
        if job is None:
            return
        if error.code == "run.killed":
            self._kills[job.number] = self._kills.get(job.number, 0) + 1
            if self._kills[job.number] < self._context.settings.run.max_kills:
                self._waiting.append(job)  # not the document's fault: the same attempt again
                return
        yield from self._settle(Reply(job=job, error=error, seconds=seconds), page, observer)

    def _dismiss(self, worker: _Worker) -> None:
        if worker in self._workers:
            self._workers.remove(worker)
        worker.kill()


def _wait_for(busy: list[_Worker]) -> None:
    """Sleep until a worker says something or ends, at most a tick."""
    if busy:
        wait([*(worker.pipe for worker in busy), *(worker.process.sentinel for worker in busy)], _TICK_SECONDS)


def _choose_start_method(context: WorkContext) -> StartMethod:
    """Fork where it is safe: not with a store's network threads, not on systems whose libraries forbid it."""
    can_fork = os.name == "posix" and os.uname().sysname == "Linux" and not is_url(context.output)
    return "fork" if can_fork else "spawn"


def load_for_fork(context: WorkContext, *, has_pages: bool = True) -> None:
    """Load what workers need before they are forked, so that they share it.

    Args:
        context: What all jobs share.
        has_pages: Whether files of fixed pages are expected; their readers take longer to load than a text is read.
    """
    import planextract.run.work
    import planextract.write.arrow
    from planextract.resolve import prepare_names
    from planextract.run.vocabularies import load_vocabularies

    if has_pages:
        import planextract.read.pdf.document  # noqa: F401
    prepare_names(load_vocabularies(context.extra_dictionaries, context.decisions))
    gc.freeze()  # objects of the parent are not touched by the children's collector: their pages stay shared

"""A process that does jobs for a program with threads, such as a Dask worker: it has none itself, so it may fork.

``python -m planextract.run.host`` reads jobs from its standard input and writes replies to its standard output,
both as pickles: only the program that started it can write there. Each job runs in a watched worker process
below it, with all limits, so that no document can take the program down.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import BinaryIO

from planextract.errors import OutputError, PlanExtractError
from planextract.run import limits
from planextract.run.jobs import Job, Reply, WorkContext


class _Silent:
    """An observer that nobody listens to."""

    def tick(self) -> None:
        """Do nothing."""

    def report_page(self, job: Job, page_number: int, page_count: int) -> None:
        """Do nothing."""

    def report_retry(self, job: Job, error: PlanExtractError) -> None:
        """Do nothing: the reply holds what failed."""


def serve(jobs: BinaryIO, replies: BinaryIO) -> None:
    """Do jobs until the other side is gone. The first thing read is the context."""
    from planextract.run.pool import LocalEngine, load_for_fork

    engine: LocalEngine | None = None
    with suppress(EOFError, OSError):
        context: WorkContext = pickle.load(jobs)
        load_for_fork(context)
        engine = LocalEngine(context, 1)
        while True:
            job: Job = pickle.load(jobs)
            try:
                answer: Reply | PlanExtractError = next(engine.run(iter([job]), _Silent()))
            except PlanExtractError as exc:
                answer = exc
            pickle.dump(answer, replies)
            replies.flush()
    if engine is not None:
        engine.close()


class Host:
    """A host process as the program that started it sees it."""

    def __init__(self, context: WorkContext) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "planextract.run.host", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._send(context)

    def do(self, job: Job) -> Reply:
        """Do one job.

        Raises:
            PlanExtractError: If the output cannot be written, or the host is gone.
        """
        self._send(job)
        try:
            answer: Reply | PlanExtractError = pickle.load(self._replies)
        except (EOFError, OSError, pickle.UnpicklingError) as exc:
            raise HostLostError from exc
        if isinstance(answer, PlanExtractError):
            raise answer
        return answer

    def close(self) -> None:
        """End the process."""
        with suppress(OSError):
            self._process.kill()
        self._process.wait()

    @property
    def _replies(self) -> BinaryIO:
        stream = self._process.stdout
        if stream is None:
            raise HostLostError
        return stream  # type: ignore[return-value]

    def _send(self, thing: object) -> None:
        stream = self._process.stdin
        if stream is None:
            raise HostLostError
        try:
            pickle.dump(thing, stream)
            stream.flush()
        except OSError as exc:
            raise HostLostError from exc


class HostLostError(OutputError):
    """A host process ended on its own: it was killed from outside."""

    def __init__(self, *_: object) -> None:
        super().__init__("run.no_worker", "a worker's host process ended", advice="Run again.")


_HOSTS = threading.local()


def do_on_host(context: WorkContext, job: Job) -> Reply:
    """Do a job in this thread's own host process, started when it is first needed or was lost.

    Raises:
        PlanExtractError: If the output cannot be written.
    """
    for attempt in range(3):
        host: Host | None = getattr(_HOSTS, context.run_id, None)
        if host is None:
            for old in list(vars(_HOSTS).values()):
                old.close()  # of a run that is over
            vars(_HOSTS).clear()
            host = Host(context)
            setattr(_HOSTS, context.run_id, host)
        try:
            return host.do(job)
        except HostLostError:
            host.close()
            delattr(_HOSTS, context.run_id)
            if attempt == 2:
                raise
    raise HostLostError


def main() -> None:
    """Serve the parent over the standard streams."""
    limits.die_with_parent(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up among the replies
    serve(sys.stdin.buffer, replies)


if __name__ == "__main__":
    main()

"""The Dask engine: documents are tasks of a cluster, each done in a watched process below a Dask worker.

A document cannot take a Dask worker down, whatever is in it: a worker that dies was killed from outside, and its
tasks are simply done again elsewhere. Dask must therefore not condemn a task for the deaths of its workers, nor
queue more tasks on a worker than it can do at once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any

from planextract.errors import ConfigError, OutputError, PlanExtractError, UsageError
from planextract.phrases import Phrase
from planextract.run.host import do_on_host
from planextract.run.jobs import Job, Observer, Reply, WorkContext
from planextract.run.retries import describe_end
from planextract.run.versions import RunVersions, find_versions
from planextract.run.vocabularies import load_vocabularies

_PER_THREAD = 2  # tasks in flight a thread: enough that none waits for the next one
_TICK_SECONDS = 0.2
_WAIT_FOR_WORKERS_SECONDS = 60
_CONFIG = {
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.scheduler.allowed-failures": 100,
    "distributed.scheduler.work-stealing": False,
    "distributed.admin.system-monitor.gil.enabled": False,
}


def do_task(context: WorkContext, job: Job) -> Reply | PlanExtractError:
    """Do a job on a Dask worker; what stops the run comes back as a value, for Dask would try it again."""
    try:
        if _find_versions(context) != context.versions:
            load_vocabularies.cache_clear()  # the log of names may have grown since this worker read it
        if _find_versions(context) != context.versions:
            raise ConfigError(
                "run.other_version",
                "a worker has other code or dictionaries than this machine",
                advice="Install the same planextract and dictionaries on all machines.",
            )
        return do_on_host(context, job)
    except PlanExtractError as exc:
        return exc


def _find_versions(context: WorkContext) -> RunVersions:
    dictionaries = load_vocabularies(context.extra_dictionaries, context.decisions)
    return find_versions(context.settings, dictionaries.version)


class DaskEngine:
    """Runs jobs on a Dask cluster.

    Args:
        context: What all jobs share.
        scheduler: Address of a running scheduler; None starts a cluster on this machine.
        workers: Workers to start, if no scheduler is given.

    Raises:
        UsageError: If Dask is not installed or the scheduler does not answer.
    """

    def __init__(self, context: WorkContext, scheduler: str | None, workers: int) -> None:
        try:
            import dask
            import distributed
        except ImportError as exc:
            raise UsageError(
                "run.missing_extra",
                "--engine dask needs a package that is not installed",
                advice="pip install 'planextract[dask]'.",
            ) from exc
        self._context = context
        self._is_draining = False
        self._cluster: Any = None
        dask.config.set(_CONFIG)
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # killed workers are no news to a user
        try:
            if scheduler is None:
                self._cluster = distributed.LocalCluster(
                    n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
                )
            self._client = distributed.Client(self._cluster or scheduler, timeout="20s", set_as_default=False)
            self._client.wait_for_workers(1, timeout=_WAIT_FOR_WORKERS_SECONDS)
        except (OSError, TimeoutError, ValueError) as exc:
            self.close()
            raise UsageError(
                "run.no_scheduler",
                Phrase("no Dask cluster answers: {reason}", reason=" ".join(str(exc).split())[:200]),
                file=scheduler or "",
                advice="Check the address and that workers are running.",
            ) from exc

    def drain(self) -> None:
        """Submit no further job; finish those under way."""
        self._is_draining = True

    def run(self, jobs: Iterator[Job], observer: Observer) -> Iterator[Reply]:
        """Yield a reply for each job.

        Raises:
            OutputError: If the output cannot be written, or the cluster is lost.
            ConfigError: If a worker has another version of planextract.
        """
        flying: dict[Any, Job] = {}
        kills: dict[int, int] = {}
        context = self._client.scatter(self._context, broadcast=True, hash=False)
        has_more = True
        while True:
            width = _PER_THREAD * max(1, sum(self._client.nthreads().values()))
            while has_more and not self._is_draining and len(flying) < width:
                job = next(jobs, None)
                if job is None:
                    has_more = False
                else:
                    flying[self._submit(context, job)] = job
            if not flying:
                return
            for future in self._wait(list(flying)):
                job = flying.pop(future)
                answer = self._take(future, job, kills)
                if answer is None:
                    flying[self._submit(context, job)] = job
                else:
                    yield answer
            observer.tick()

    def close(self) -> None:
        """Leave the cluster; end it if it was started here."""
        for part in (getattr(self, "_client", None), self._cluster):
            if part is not None:
                part.close()

    def _wait(self, futures: list[Any]) -> set[Any]:
        """Return the futures that are done, none after a tick.

        Raises:
            OutputError: If the scheduler is gone.
        """
        from distributed import wait

        done: set[Any] = set()
        try:
            with self._client.as_current(), suppress(TimeoutError):
                done = set(wait(futures, timeout=_TICK_SECONDS, return_when="FIRST_COMPLETED").done)
        except CancelledError as exc:
            raise _scheduler_lost() from exc
        if self._client.status not in ("running", "connecting"):
            raise _scheduler_lost()
        return done

    def _submit(self, context: Any, job: Job) -> Any:  # noqa: ANN401  (Dask has no types)
        return self._client.submit(do_task, context, job, pure=False, retries=0)

    def _take(self, future: Any, job: Job, kills: dict[int, int]) -> Reply | None:  # noqa: ANN401
        """Return a task's reply, None if it is to be done again.

        Raises:
            PlanExtractError: If the run must stop.
        """
        if future.status != "finished":
            kills[job.number] = kills.get(job.number, 0) + 1
            if kills[job.number] < self._context.settings.run.max_kills:
                return None
            return Reply(job=job, error=describe_end(-9, job, None))
        answer = future.result()
        if isinstance(answer, PlanExtractError):
            raise answer
        return answer if isinstance(answer, Reply) else None


def _scheduler_lost() -> OutputError:
    return OutputError(
        "run.no_scheduler", "the Dask scheduler is gone", advice="Start it, then run again: what was committed stays."
    )

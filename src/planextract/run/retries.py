"""What to do about an attempt that failed: which end means what, and whether a plainer attempt may do better."""

from __future__ import annotations

import signal
from dataclasses import replace

from planextract.errors import InputError, PlanExtractError
from planextract.phrases import Phrase
from planextract.run.jobs import Job
from planextract.settings import RunSettings

_RETRIED = frozenset(
    {"run.too_slow", "run.stalled", "run.cpu_limit", "run.out_of_memory", "run.crashed", "internal.unforeseen"}
)
_TOO_LONG = frozenset({"run.too_slow", "run.cpu_limit"})
LIMIT_CODES = _RETRIED - {"internal.unforeseen"} | {"run.killed"}
"""Reasons that depend on limits of the run, not on the document alone."""
TRANSIENT_CODES = frozenset(
    {
        "run.killed",
        "run.changed",
        "run.machine_failed",
        "run.missing_extra",
        "read.missing",
        "read.unreadable",
        "read.no_permission",
        "read.needs_libreoffice",
        "read.no_ocr",
    }
)
"""Reasons that may be gone at the next run."""


def describe_end(exit_code: int, job: Job, page: int | None) -> InputError:
    """Say why a worker's process ended in the middle of a job.

    Args:
        exit_code: As multiprocessing gives it: negative is a signal.
        job: The job.
        page: Page it was at, if any.

    Returns:
        ``run.killed`` if somebody outside (often the system, short of memory) killed it, ``run.cpu_limit``, or
        ``run.crashed``.
    """
    name = job.file.name
    if exit_code in (-signal.SIGKILL, -signal.SIGTERM):
        return InputError(
            "run.killed",
            "its workers were killed from outside again and again",
            file=name,
            page=page,
            advice="The machine may be short of memory: use fewer workers, then run again.",
        )
    if exit_code == -getattr(signal, "SIGXCPU", 0):
        return too_much_computing(name, page)
    if exit_code >= 0:
        how = Phrase("with exit code {number}", number=exit_code)
    else:
        names = {known.value: known.name for known in signal.Signals}
        how = Phrase("with signal {name}", name=names.get(-exit_code, str(-exit_code)))
    return InputError(
        "run.crashed",
        Phrase("the reader crashed {how}", how=how),
        file=name,
        page=page,
        advice="Open and save the file again with another program.",
    )


def too_much_computing(name: str, page: int | None) -> InputError:
    """Return the error for a document that took too much computing time, with the programs it needs."""
    return InputError(
        "run.cpu_limit",
        "it took more computing time than a document may",
        file=name,
        page=page,
        advice="Raise run.max_cpu_seconds in the settings, or split the file.",
    )


def make_next_job(job: Job, error: PlanExtractError, page: int | None, settings: RunSettings) -> Job | None:
    """Return the next attempt at a document, None if it is to be quarantined.

    The second attempt is made with the plain reader only. If that one dies or hangs on a page, the page is lost
    and the rest is read; with more pages lost than allowed the document is given up.
    """
    if error.code not in _RETRIED or (error.code in _TOO_LONG and page is None):
        return None  # what has no pages has one reader: it would take as long again
    if not job.is_degraded:
        return replace(job, errors=(error,))
    if page is None or page in job.lost_pages or len(job.lost_pages) >= settings.max_lost_pages:
        return None
    return replace(job, errors=(*job.errors, error), lost_pages=(*job.lost_pages, page))

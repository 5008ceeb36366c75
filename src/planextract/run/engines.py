"""Which engine does the work: worker processes of this machine, or a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from planextract.errors import UsageError
from planextract.phrases import Phrase
from planextract.run.inputs import InputFile, is_text
from planextract.run.jobs import Engine, WorkContext

EngineName = Literal["local", "dask"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineChoice:
    """What the user chose: the engine and, for Dask, the address of a running scheduler."""

    name: EngineName = "local"
    scheduler: str | None = None


def choose_engine(name: str, scheduler: str | None) -> EngineChoice:
    """Check what the user chose.

    Raises:
        UsageError: If there is no such engine, or a scheduler is given to the wrong one.
    """
    if name not in get_args(EngineName):
        raise UsageError(
            "run.no_such_engine",
            Phrase("there is no engine '{name}'", name=name),
            advice=Phrase("Engines are {names}.", names=", ".join(get_args(EngineName))),
        )
    if scheduler and name != "dask":
        raise UsageError("run.no_such_engine", "only Dask has a scheduler", advice="Add --engine dask.")
    return EngineChoice(name="dask" if name == "dask" else "local", scheduler=scheduler)


def open_engine(choice: EngineChoice, context: WorkContext, files: Sequence[InputFile]) -> Engine:
    """Start an engine.

    Args:
        choice: Which one.
        context: What all jobs share.
        files: All inputs; what reads pages is loaded once for all workers, if any but texts are among them.

    Raises:
        UsageError: If what the engine needs is not installed.
    """
    workers = context.settings.run.workers or count_cores()
    if choice.name == "dask":
        from planextract.run.dask_engine import DaskEngine

        return DaskEngine(context, choice.scheduler, workers)
    from planextract.run.pool import LocalEngine, load_for_fork

    load_for_fork(context, has_pages=not all(map(is_text, files)))
    return LocalEngine(context, workers)


def count_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

"""All errors share one root, name what, where and what to do next, and carry an exit code.

Exit codes: 0 success, 1 a floor or gate of a report is broken, 2 wrong usage, 3 some input could not be
extracted, 4 output cannot be written, 5 a settings, dictionary or override file is wrong, 70 a defect of
planextract itself, 130 interrupted.
"""

from __future__ import annotations

import errno

EXIT_OK = 0
EXIT_GATE = 1
EXIT_USAGE = 2
EXIT_INPUT = 3
EXIT_OUTPUT = 4
EXIT_CONFIG = 5
EXIT_INTERNAL = 70
EXIT_INTERRUPTED = 130


class PlanExtractError(Exception):
    """Root of all errors that planextract raises on purpose.

    Attributes:
        code: Stable name of the cause, ``room.what``; documented in docs/findings.md.
        file: File the error is about, as the user named it; empty if none.
        cause: What is wrong, in one sentence.
        advice: What to do next; empty if there is nothing to do.
        page: Page number from 1, where known.
    """

    exit_code = EXIT_INTERNAL

    def __init__(self, code: str, cause: str, *, file: str = "", advice: str = "", page: int | None = None) -> None:
        self.code = code
        self.file = file
        self.cause = cause
        self.advice = advice
        self.page = page
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """One line: file, page, cause and advice."""
        where = self.file + (f", page {self.page}" if self.page is not None else "")
        said = f"{where}: {self.cause}" if where else self.cause
        if not self.advice:
            return said
        return f"{said}{'' if said.endswith(('.', '。', '…', '!', '?')) else '.'} {self.advice}"

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way between worker processes with all attributes."""
        return (_rebuild, (type(self), self.code, self.cause, self.file, self.advice, self.page))


def _rebuild(
    kind: type[PlanExtractError], code: str, cause: str, file: str, advice: str, page: int | None
) -> PlanExtractError:
    return kind(code, cause, file=file, advice=advice, page=page)


class UsageError(PlanExtractError):
    """The caller asked for something that makes no sense, such as a path that does not exist."""

    exit_code = EXIT_USAGE


class InputError(PlanExtractError):
    """One input cannot be extracted; other inputs are not touched by it."""

    exit_code = EXIT_INPUT


class OutputError(PlanExtractError):
    """The output folder cannot be written or read."""

    exit_code = EXIT_OUTPUT


class ConfigError(PlanExtractError):
    """A settings, dictionary or override file is wrong."""

    exit_code = EXIT_CONFIG


class InternalError(PlanExtractError):
    """planextract broke one of its own promises: a defect, please report it."""

    exit_code = EXIT_INTERNAL


_MACHINE_ERRNOS = frozenset(
    getattr(errno, name)
    for name in ("ENOSPC", "EDQUOT", "EIO", "EROFS", "EMFILE", "ENFILE", "ENOMEM", "EAGAIN")
    if hasattr(errno, name)
)


def is_machine_fault(exc: BaseException) -> bool:
    """Tell whether an error is the machine's: a full or failing disk, no memory, no file or process to be had.

    Such an error says nothing about the document that was being worked on, and may be gone a moment later.
    """
    return isinstance(exc, OSError) and exc.errno in _MACHINE_ERRNOS


def find_machine_fault(exc: BaseException) -> OSError | None:
    """Return the machine's fault that an error was raised from or over, None if there is none."""
    seen: set[int] = set()
    current: BaseException | None = exc
    while current is not None and id(current) not in seen:
        if isinstance(current, OSError) and is_machine_fault(current):
            return current
        seen.add(id(current))
        current = current.__cause__ or current.__context__
    return None

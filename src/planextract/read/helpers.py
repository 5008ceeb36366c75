"""The one way to run a program of the system: it dies with the process that started it, and with all it started."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from planextract.errors import is_machine_fault

_LAUNCHER = str(Path(__file__).with_name("helper_process.py"))
_END_SECONDS = 10
_KILLED = frozenset(
    code for number in (signal.SIGTERM, getattr(signal, "SIGKILL", 9)) for code in (-number, 128 + number)
)


def run_program(
    command: Sequence[str], seconds: float, *, place: Path | None = None, environment: Mapping[str, str] | None = None
) -> bytes | None:
    """Run a program and return what it wrote to its standard output, None if it failed or could not be started.

    Args:
        command: Program and arguments; nothing is given to a shell.
        seconds: Time that it gets.
        place: Working folder.
        environment: Its environment; that of this process if not given.

    Raises:
        TimeoutExpired: If it takes longer; it and all that it started are dead then.
        OSError: If the machine is at fault (no memory, no file left to open), or the program was killed from outside
            (often by a system short of memory): never the program's own failure.
    """
    launch = [sys.executable, "-I", "-S", _LAUNCHER, str(os.getpid())] if hasattr(os, "setpgid") else []
    try:
        process = subprocess.Popen(
            [*launch, *command],
            cwd=place,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as exc:
        if is_machine_fault(exc):
            raise
        return None
    with process:
        try:
            output, _ = process.communicate(timeout=seconds)
        except BaseException:
            _end(process)
            raise
    if process.returncode in _KILLED:
        raise OSError(errno.EAGAIN, "a program that it needs was killed from outside")
    return output if process.returncode == 0 else None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let the launcher kill everything below it; it needs a moment."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_END_SECONDS)
        return
    process.kill()

"""Limits that the system keeps for a worker process, and what it says of one. Linux keeps all of them."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from planextract.read.helper_process import find_descendants

_PR_SET_PDEATHSIG = 1
_DATA_SLACK_BYTES = 1 << 30  # address space that allocators and threads reserve without using it


def die_with_parent(parent: int) -> None:
    """Let the system kill this process when its parent dies, however the parent dies."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def limit_memory(more_bytes: int) -> None:
    """Let allocations fail that would take much more memory than now: what grows too fast to be seen."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError, ValueError):
            now = _read_status("VmData:")
            hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
            resource.setrlimit(resource.RLIMIT_DATA, (now + more_bytes + _DATA_SLACK_BYTES, hard))


def limit_cpu(seconds: int) -> None:
    """Let the system end this process after so many more seconds of computing (SIGXCPU)."""
    if os.name == "posix":
        import resource

        with suppress(OSError, ValueError):
            used = resource.getrusage(resource.RUSAGE_SELF)
            hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
            resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a process and everything below it take: memory in bytes, computing time in seconds."""

    resident_bytes: int = 0
    cpu_seconds: float = 0.0


def measure_tree(process: int) -> Usage:
    """Return what a process and all below it take, those that it waited for included; nothing where nobody says."""
    resident, ticks = 0, 0
    for member in (process, *find_descendants(process)):
        with suppress(OSError, ValueError, IndexError):
            resident += int(Path(f"/proc/{member}/statm").read_text().split()[1])
            ticks += sum(map(int, Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()[11:15]))
    if not resident:
        return Usage()
    return Usage(resident_bytes=resident * os.sysconf("SC_PAGE_SIZE"), cpu_seconds=ticks / os.sysconf("SC_CLK_TCK"))


def _read_status(key: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(key):
            return int(line.split()[1]) * 1024
    return 0

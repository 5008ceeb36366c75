"""Limits that the system keeps for a worker process, and what it says of one. Linux keeps all of them."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

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


def resident_bytes(process: int) -> int:
    """Return the memory that a process occupies, 0 where the system does not say."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _read_status(key: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(key):
            return int(line.split()[1]) * 1024
    return 0

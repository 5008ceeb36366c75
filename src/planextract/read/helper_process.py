"""A process between a worker and a program that it started, so that nothing of the program outlives the worker.

``python -I -S helper_process.py PARENT COMMAND…``. A program such as LibreOffice starts others and leaves them
behind; killing what one knows of is not enough. On Linux this process adopts whatever loses its parent below it
(a subreaper), is told when its own parent dies (however that dies), and kills everything below it before it ends.
It stands alone: it imports nothing of planextract, and little else, because it starts once a page.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36


def find_children(process: int) -> list[int]:
    """Return the children of a process; empty where the system does not say."""
    found: list[int] = []
    with suppress(OSError, ValueError):
        for task in os.listdir(f"/proc/{process}/task"):  # noqa: PTH208  (pathlib alone takes half the start)
            with suppress(OSError), open(f"/proc/{process}/task/{task}/children", encoding="ascii") as stream:  # noqa: PTH123
                found += map(int, stream.read().split())
    return found


def find_descendants(process: int) -> list[int]:
    """Return everything below a process, parents first."""
    found = find_children(process)
    for child in found:
        found += find_children(child)
    return found


def _tell_linux(option: int, value: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _kill_all() -> None:
    """Kill everything below this process until nothing is left: what is killed may have started more."""
    while below := find_descendants(os.getpid()):
        for process in below:
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)
        with suppress(OSError):
            while os.waitpid(-1, 0)[0]:
                pass


def _end(*_: object) -> None:
    _kill_all()
    os._exit(128 + signal.SIGTERM)


def _start(command: list[str]) -> int:
    child = os.fork()
    if child:
        return child
    _tell_linux(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        os.execvp(command[0], command)
    except OSError:
        os._exit(127)


def main() -> None:
    """Run a command and end as it ends."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    os.setpgid(0, 0)  # what kills the worker's group must leave this process the time to kill what it started
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _tell_linux(_PR_SET_CHILD_SUBREAPER, 1)
    _tell_linux(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(128 + signal.SIGTERM)
    child = _start(command)
    status = 0
    while True:
        process, ended = os.waitpid(-1, 0)
        if process == child:
            status = ended
            break
    _kill_all()
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()

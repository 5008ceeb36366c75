"""The command line in processes forked from one that has loaded everything: each is its own, none pays for imports.

``QuickCli.run`` takes what a command needs of ``subprocess.run``. All its processes share one seed of hashes: whatever compares
the bytes of two runs asks for processes that start from nothing (``conftest.run_cli``).
"""

from __future__ import annotations

import array
import atexit
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_MODULES = ("planextract.cli.app", "planextract.run.runs", "planextract.run.work", "planextract.run.account", "planextract.pipeline",
            "planextract.cli.progress", "planextract.write.arrow")  # fmt: skip  # one line says it


class Finished(subprocess.CompletedProcess[str]):
    """What a command left behind; ``cpu_seconds`` of it and of the processes it waited for."""

    cpu_seconds = 0.0


class QuickCli:
    """A process that forks one child for each command; it ends with the process that made it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "tests.quick_cli", str(theirs.fileno())]
            self._process = subprocess.Popen(command, env=environment, pass_fds=[theirs.fileno()], cwd=_ROOT)

    def run(
        self, arguments: list[str], environment: dict[str, str], cwd: str | None = None, seconds: float = 120
    ) -> Finished:
        """Run a command; what it prints is read as UTF-8.

        Raises:
            subprocess.TimeoutExpired: If it runs longer than ``seconds``.
        """
        asked = json.dumps({"arguments": arguments, "environment": environment, "cwd": cwd or os.getcwd()})  # noqa: PTH109
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as told:
            told.write(asked.encode())
            told.flush()
            sent = array.array("i", [told.fileno(), out.fileno(), err.fileno()])
            self._ours.settimeout(seconds)
            self._ours.sendmsg([b"."], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, sent)])
            try:
                code, cpu_seconds = self._ours.recv(64).decode().split()
            except TimeoutError:
                self.close()
                raise subprocess.TimeoutExpired(arguments, seconds) from None
            texts = []
            for stream in (out, err):
                stream.seek(0)
                texts.append(stream.read().decode("utf-8").replace("\r\n", "\n"))
        done = Finished(["planextract", *arguments], int(code), *texts)
        done.cpu_seconds = float(cpu_seconds)
        return done

    def close(self) -> None:
        """End the process that forks, and with it whatever runs below it."""
        self._ours.close()
        self._process.terminate()
        self._process.wait()


def _serve(place: int) -> None:
    import importlib

    for name in _MODULES:
        importlib.import_module(name)
    asked = socket.socket(fileno=place)
    while True:
        data, handed, _, _ = asked.recvmsg(1, socket.CMSG_LEN(3 * array.array("i").itemsize))
        if not data:
            return
        files = array.array("i")
        files.frombytes(handed[0][2])
        child = os.fork()
        if child == 0:
            asked.close()
            _become(*files)
        for file in files:
            os.close(file)
        _, status, used = os.wait4(child, 0)
        asked.send(f"{os.waitstatus_to_exitcode(status)} {used.ru_utime + used.ru_stime}".encode())


def _become(told: int, out: int, err: int) -> None:
    """Be the command; never returns."""
    code = 70
    try:
        os.lseek(told, 0, os.SEEK_SET)
        with os.fdopen(told) as stream:
            asked = json.load(stream)
        for number, file in ((0, os.open(os.devnull, os.O_RDONLY)), (1, out), (2, err)):
            os.dup2(file, number)
        os.environ.clear()
        os.environ.update(asked["environment"])
        os.chdir(asked["cwd"])
        sys.argv = ["planextract", *asked["arguments"]]
        from planextract.__main__ import main

        main()
        code = 0
    except SystemExit as exc:
        code = exc.code if isinstance(exc.code, int) else 0 if exc.code is None else 1
    except BaseException:
        import traceback

        traceback.print_exc()
        code = 1
    finally:
        with contextlib.suppress(Exception):
            atexit._run_exitfuncs()
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))

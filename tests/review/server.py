"""A real review server in its own process, and what a test needs to talk to it."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
from contextlib import contextmanager, suppress
from urllib.parse import parse_qs, urlsplit


class Server:
    """Address, port and secret of a running review page."""

    def __init__(self, address):
        parts = urlsplit(address)
        self.address, self.port = address, parts.port
        self.token = parse_qs(parts.query)["token"][0]

    def ask(self, method, path, *, body=None, **headers):
        """Send one request as the page would; a header given as None is left out, others are added or replaced."""
        host = f"127.0.0.1:{self.port}"
        sent = {"Host": host, "Cookie": f"planextract_review_{self.port}={self.token}"}
        if method == "POST":
            sent |= {"Origin": f"http://{host}", "X-Review-Token": self.token, "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            if data is not None:
                connection.putheader("Content-Length", str(len(data)))
            connection.endheaders()
            if data is not None:
                with suppress(BrokenPipeError, ConnectionResetError):  # refused before all of it was sent
                    connection.send(data)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def decide(self, key, action, *, seen=(), **fields):
        """Decide as the page does and return the status with the answer."""
        answer, body = self.ask("POST", "/decide", body={"key": key, "action": action, "seen": list(seen), **fields})
        return answer.status, json.loads(body)


@contextmanager
def serving(output, inputs, *, log=None, names=None):
    """Run ``planextract review`` on a free port until the block ends; then it must still be alive."""
    names = names or output.parent / "names.jsonl"
    command = [
        sys.executable,
        "-m",
        "planextract",
        "review",
        str(output),
        "--inputs",
        str(inputs),
        "--no-browser",
        "--agency-decisions",
        str(names),
    ]
    process = subprocess.Popen(
        [*command, *(["--decisions", str(log)] if log else [])],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + (process.stderr.read() if process.poll() is not None else "")
        server = Server(found.group())
        server.process = process
        yield server
        assert process.poll() is None or process.returncode == -9
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()

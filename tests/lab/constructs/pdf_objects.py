"""Change the objects of a PDF that reportlab wrote: what its canvas cannot say."""

from __future__ import annotations

import re

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.S)


class PdfObjects:
    """The objects of a small PDF by their numbers; they may be changed and added to, then written anew."""

    def __init__(self, data: bytes) -> None:
        self.objects = {int(found[1]): found[2] for found in _OBJECT.finditer(data)}

    def add(self, body: bytes) -> bytes:
        """Add an object; return how others refer to it."""
        number = max(self.objects) + 1
        self.objects[number] = body
        return b"%d 0 R" % number

    def add_stream(self, content: bytes, entries: bytes = b"") -> bytes:
        """Add a stream; return how others refer to it."""
        return self.add(b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content))

    def find(self, mark: bytes) -> list[int]:
        """Return the numbers of the objects (not in their streams) that hold a mark."""
        return [n for n, body in self.objects.items() if mark in body.partition(b"\nstream\n")[0]]

    def pages(self) -> list[int]:
        """Return the numbers of the pages."""
        return [n for n in self.find(b"/Type /Page") if b"/Type /Pages" not in self.objects[n]]

    def insert(self, number: int, entries: bytes) -> None:
        """Add entries to a dictionary."""
        self.objects[number] = self.objects[number].replace(b"<<", b"<< " + entries + b" ", 1)

    def write(self) -> bytes:
        """Return the file."""
        out, places = [b"%PDF-1.7\n"], {}
        for number in sorted(self.objects):
            places[number] = sum(map(len, out))
            out.append(b"%d 0 obj\n%s\nendobj\n" % (number, self.objects[number]))
        start, count = sum(map(len, out)), max(self.objects) + 1
        lines = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 00000 f \n" for n in range(1, count)]
        root = self.find(b"/Type /Catalog")[0]
        head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, b"".join(lines))
        return b"".join(
            [*out, head, b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n" % (count, root, start), b"%%EOF"]
        )

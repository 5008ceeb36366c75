"""What the start page says about an entry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from planextract.desk.shelf import Place, clean_name, read_sources
from planextract.errors import PlanExtractError


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry in words: the names of its files, and what was read from them."""

    key: str
    names: tuple[str, ...]
    documents: int = 0
    measures: int = 0
    needs_review: int = 0

    @property
    def title(self) -> str:
        """What it is called: its first file, and how many others there are."""
        first = self.names[0] if self.names else self.key
        return f"{first} +{len(self.names) - 1}" if len(self.names) > 1 else first

    @property
    def stem(self) -> str:
        """A file name without its ending for what is taken away."""
        first = PurePosixPath(self.names[0]).name if self.names else ""
        try:
            return clean_name(first).rpartition(".")[0]
        except ValueError:
            return "planextract"


def describe_place(place: Place) -> Entry:
    """Return what is known about an entry; one whose output cannot be read has no documents."""
    from planextract.write.read_back import read_measure_counts

    names: tuple[str, ...] = tuple(read_sources(place.output))
    documents = len(names)
    if not names or (place.kept and names == ("input",)):  # nothing read, or all files as one document
        kept = (path.name for folder in place.inputs if folder.is_dir() for path in folder.iterdir())
        names = tuple(sorted((n for n in kept if not n.endswith(".part")), key=lambda name: ("附" in name, name)))
    try:
        measures, needs_review = read_measure_counts(place.output) if documents else (0, 0)
    except PlanExtractError:
        return Entry(key=place.key, names=names)
    return Entry(key=place.key, names=names, documents=documents, measures=measures, needs_review=needs_review)

"""The dictionaries of a run: the built-in ones, the user's own, and what people decided on names."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from planextract.decisions import load_judgements, with_judgements
from planextract.dictionaries import load_dictionaries
from planextract.errors import UsageError
from planextract.model.vocabulary import CENTRE, Dictionaries, Regions
from planextract.phrases import Phrase


@lru_cache(maxsize=4)
def load_vocabularies(extra_folder: Path | tuple[Path, ...] | None, decisions: Path | None) -> Dictionaries:
    """Load the dictionaries of a run, once a process.

    Args:
        extra_folder: Folder with the user's own dictionaries, or several, which add up.
        decisions: Log of decisions on agency names; a file that does not exist holds none.

    Raises:
        ConfigError: If a file is malformed.
    """
    dictionaries = load_dictionaries(extra_folder)
    return dictionaries if decisions is None else with_judgements(dictionaries, load_judgements(decisions))


def check_folders(folders: Path | tuple[Path, ...]) -> None:
    """Check that folders of dictionaries exist.

    Raises:
        UsageError: If one does not; the message names it.
    """
    for folder in (folders,) if isinstance(folders, Path) else folders:
        if not folder.is_dir():
            advice = "Make one with: planextract agencies init --region … --folder …"
            raise UsageError(
                "run.no_such_folder",
                Phrase("there is no folder of dictionaries '{folder}'", folder=folder),
                advice=advice,
            )


def check_region(wanted: str | None, regions: Regions) -> None:
    """Check that the settings' region is one, and only one.

    Raises:
        UsageError: If it is none (with those that are written alike) or several.
    """
    if wanted is None or wanted in CENTRE:
        return
    found = regions.find_all(wanted)
    if len(found) == 1:
        return
    if found:
        names = ", ".join(f"{region.full_name} ({region.code})" for region in found[:5])
        raise UsageError(
            "run.no_such_region",
            Phrase("'{wanted}' names several regions: {names}", wanted=wanted, names=names),
            advice="Give the code.",
        )
    near = _find_near(wanted, regions)
    hint = (
        Phrase("Did you mean {near}?", near=" or ".join(near)) if near else "Give its GB/T 2260 code or its full name."
    )
    raise UsageError("run.no_such_region", Phrase("there is no region '{wanted}'", wanted=wanted), advice=hint)


def _find_near(wanted: str, regions: Regions) -> list[str]:
    """Return regions that are written almost so, those first that only a level word is missing from."""
    every = sorted(regions.by_code.values(), key=lambda region: region.code)
    ends = tuple(f"{wanted}{word}" for word in ("", "区", "市", "县", "省"))
    near = [region for region in every if region.full_name.endswith(ends)]
    if not near:
        names = {region.full_name: region for region in every} | {region.name: region for region in every}
        near = [names[name] for name in get_close_matches(wanted, list(names), n=3, cutoff=0.6)]
    return [f"{region.full_name} ({region.code})" for region in near[:3]]

"""Drafts of dictionary files: proposals with their evidence, passed over by every run while they say ``draft: true``.

A draft is written anew as long as nobody touched it, which its last line tells; a file that a person changed, or
took the mark out of, is theirs: it is never written again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from planextract.dictionaries.files import is_draft
from planextract.dictionaries.new_region import format_entry, quote_text
from planextract.errors import OutputError, UsageError
from planextract.new_plan.bodies import Proposal, Proposals
from planextract.new_plan.survey import Form, Wording
from planextract.phrases import Phrase

_CHECK = "# unchanged since it was drafted: "
_MARKS = ("# Draft by planextract", _CHECK)
_HEAD = """# Draft by planextract, not in use. Check it, then take the next line out (or: planextract new … --use FILE).
draft: true
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft file: where, how many proposals it holds, and whether it is still as we wrote it."""

    path: Path
    count: int
    is_ours: bool


def make_agencies_draft(proposals: Proposals) -> str:
    """Return a region's draft of bodies: those named, those new, and the standard departments not named."""
    region = proposals.region
    parts = [_HEAD, f'region: "{region.code}"\nentries:\n']
    titles = {
        "template": f"Standard departments of {region.full_name} that the plan names",
        "new": "Names that are no standard department: are they bodies, and whose?",
        "unused": "Standard departments that the plan does not name: drop those the region lacks",
    }
    parts += [_section(title, proposals.of(origin), region.code) for origin, title in titles.items()]
    if proposals.spent:
        parts.append(_comment("Bodies that had ended by the plan's day; decide with 'planextract agencies accept':"))
        for form, entry in proposals.spent:
            parts.append(_comment(f"  {form.form}: {entry.agency_id}, until {entry.valid_to}; {_evidence(form)}"))
    return "".join(parts)


def make_columns_draft(wordings: Sequence[Wording]) -> str:
    """Return a draft of header wordings, each one under the role that its values look like."""
    lines = [_HEAD, _comment("Roles: task_no, task_name, measure, deadline, lead, responsible, support, section.")]
    roles = [w for w in wordings if w.guess != "note"]
    if roles:
        lines.append("roles:\n")
        for role in dict.fromkeys(w.guess for w in roles):
            own = [w for w in roles if w.guess == role]
            lines += [*map(_wording_comment, own), f"  {role}: [{', '.join(quote_text(w.text) for w in own)}]\n"]
    notes = [w for w in wordings if w.guess == "note"]
    if notes:
        lines.append("known_others: # kept with their label, without a role\n")
        lines += [*map(_wording_comment, notes), f"  note: [{', '.join(quote_text(w.text) for w in notes)}]\n"]
    return "".join(lines)


def make_deadlines_draft(wordings: Sequence[Wording]) -> str:
    """Return a draft of words of deadlines."""
    lists = "ongoing, recurring, events, immediate, undated, completion"
    return "".join(
        [
            _HEAD,
            _comment(f"Move each word to the list it belongs to: {lists}."),
            *map(_wording_comment, wordings),
            f"undated: [{', '.join(quote_text(w.text) for w in wordings)}]\n",
        ]
    )


def make_units_draft(wordings: Sequence[Wording]) -> str:
    """Return a draft of units; what is none may be moved to ``not_units``."""
    how = "Shorten each wording to the unit itself; move what is none to 'not_units: [...]'."
    lines = [_HEAD, _comment(how), "units:\n"]
    for w in wordings:
        name = quote_text(w.text)
        lines += [_wording_comment(w), f"  - {{name: {name}, wordings: [{name}], pint: count}}\n"]
    return "".join(lines)


def write_draft(path: Path, text: str, count: int) -> Draft:
    """Write a draft unless a person changed what stands there.

    Raises:
        OutputError: If it cannot be written.
    """
    content = text + _CHECK + _hash(text) + "\n"
    try:
        if path.exists() and not is_untouched(path):
            return Draft(path=path, count=count, is_ours=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        staged = path.with_name(f".{path.name}-staging")
        staged.write_text(content, encoding="utf-8", newline="\n")
        staged.replace(path)
    except OSError as exc:
        raise OutputError(
            "new.not_written",
            Phrase("the draft cannot be written: {reason}", reason=exc.strerror),
            file=str(path),
            advice="Choose another folder with -o.",
        ) from exc
    return Draft(path=path, count=count, is_ours=True)


def use_draft(path: Path, folder: Path) -> None:
    """Take the mark out of a draft, because a person asked for it.

    Raises:
        UsageError: If it is no draft of this folder.
    """
    inside = path.is_file() and path.resolve().is_relative_to(folder.resolve())
    if not inside or not is_draft(path):
        raise UsageError(
            "new.no_draft",
            "this is no draft of this folder",
            file=str(path),
            advice="--use takes a file that the list of decisions names.",
        )
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if line.split("#")[0].strip() != "draft: true" and not line.startswith(_MARKS)]
    try:
        staged = path.with_name(f".{path.name}-staging")
        staged.write_text("\n".join(kept), encoding="utf-8", newline="\n")
        staged.replace(path)
    except OSError as exc:
        raise OutputError(
            "new.not_written", Phrase("the file cannot be written: {reason}", reason=exc.strerror), file=str(path)
        ) from exc


def is_untouched(path: Path) -> bool:
    """Tell a draft that is as we wrote it."""
    try:
        text, _, check = path.read_text(encoding="utf-8").rpartition(_CHECK)
    except (OSError, UnicodeDecodeError):
        return False
    return bool(text) and check.strip() == _hash(text)


def _section(title: str, items: Sequence[Proposal], region: str) -> str:
    if not items:
        return ""
    lines = [_comment(f"{title} ({len(items)})")]
    for item in items:
        lines += [_comment(line) for line in _explain(item)]
        lines.append(format_entry(item.entry, region))
    return "".join(lines)


def _explain(item: Proposal) -> Iterable[str]:
    if item.why:
        yield item.why
    for form in item.forms:
        yield f"{form.form}: {_evidence(form)}"
    if item.origin == "new":
        shown = f"likely {item.entry.kind}, level {item.entry.level}"
        yield shown + (f", ending {item.suffix}" if item.suffix else ", no known ending")
        for entry, score in item.nearest:
            yield f"near, but not it unless you say so: {entry.name} ({entry.agency_id}) {score:.2f}"


def _evidence(form: Form) -> str:
    columns = ", ".join(f"{label} {count}" for label, count in form.columns)
    return f"printed {form.count}x in {columns}; {'; '.join(form.places)}"


def _wording_comment(wording: Wording) -> str:
    samples = f"; e.g. {' | '.join(wording.samples)[:120]}" if wording.samples else ""
    return _comment(f"{wording.text}: {wording.count}x; {'; '.join(wording.places)}{samples}", 2)


def _comment(text: str, indent: int = 0) -> str:
    """Return a comment on one line: what a document prints must not end it."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return f"{' ' * indent}# {plain}\n"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]

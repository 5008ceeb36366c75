"""The decisions that a new plan leaves to a person: a short list, each with the command that settles it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planextract.new_plan.bodies import Proposal, Proposals
from planextract.new_plan.drafts import Draft

_MOST_NAMES = 6
_NEAR = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDecision:
    """One thing to decide: what, why, how to settle it (commands, the likeliest first)."""

    title: str
    why: str
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where everything of an intake is, for the commands that are printed."""

    plan: str
    folder: Path
    region: str | None = None
    last: tuple[str, ...] = ()

    @property
    def output(self) -> Path:
        """Output of the run."""
        return self.folder / "output"

    @property
    def dictionaries(self) -> Path:
        """The plan's own dictionaries, drafts among them."""
        return self.folder / "dictionaries"

    @property
    def names_log(self) -> Path:
        """Decisions on names."""
        return self.folder / "agency-decisions.jsonl"

    def again(self, *options: str) -> str:
        """Return the command that does all again with what was decided."""
        region = ("--region", self.region) if self.region else ()
        last = tuple(part for place in self.last for part in ("--last", place))
        return _command("new", self.plan, *last, "-o", str(self.folder), *region, *options)

    def agencies(self, action: str, *words: str) -> str:
        """Return a command of ``planextract agencies``."""
        options = (
            "-o",
            str(self.output),
            "--agency-decisions",
            str(self.names_log),
            "--dictionaries",
            str(self.dictionaries),
        )
        return _command("agencies", action, *words, *options)

    def review(self) -> str:
        """Return the command that opens the review page."""
        inputs = str(Path(self.plan).parent if Path(self.plan).is_file() else self.plan)
        return _command("review", str(self.output), "--inputs", inputs, "--agency-decisions", str(self.names_log))


def count_of(number: int, thing: str) -> str:
    """Return a number with its noun: 1 plan, 2 plans.

    >>> count_of(1, "plan"), count_of(2, "body to check")
    ('1 plan', '2 bodies to check')
    """
    first, *rest = thing.split(" ")
    if number != 1:
        first = first[:-1] + "ies" if first.endswith("y") else first + "s"
    return " ".join([str(number), first, *rest])


def decide_region(places: Places) -> OpenDecision:
    """The plan does not say whose it is."""
    why = "No region was found, so no body can be linked. Give its code or full name (110102, 北京市西城区)."
    return OpenDecision(title="Whose plan is it?", why=why, commands=(places.again("--region", "CODE"),))


def decide_draft(draft: Draft, title: str, why: str, places: Places) -> OpenDecision:
    """A draft waits for a person."""
    check = "Check" if draft.is_ours else "You began to edit (it was not written again)"
    return OpenDecision(
        title=title, why=f"{why} {check}: {draft.path}", commands=(places.again("--use", str(draft.path)),)
    )


def decide_region_draft(draft: Draft, proposals: Proposals, places: Places) -> OpenDecision:
    """A region without a dictionary."""
    named, new = proposals.of("template"), proposals.of("new")
    count = sum(form.count for item in (*named, *new) for form in item.forms)
    shown = "、".join(item.entry.name for item in new[:_MOST_NAMES]) + " …" * (len(new) > _MOST_NAMES)
    ended = sum(form.count for form, _ in proposals.spent)
    why = (
        f"{proposals.region.full_name} has no dictionary yet. Of the plan's {count} names, "
        f"{sum(form.count for item in named for form in item.forms)} are {len(named)} standard departments; "
        f"{f'{ended} are wordings of bodies that had ended; ' if ended else ''}"
        f"{len(new)} different names are none{f' ({shown})' if new else ''}."
    )
    return decide_draft(draft, f"A dictionary for {proposals.region.name}", why, places)


def decide_names(items: Sequence[Proposal], places: Places) -> list[OpenDecision]:
    """Names of a region that has a dictionary: the most frequent one by one, the others together."""
    ordered = sorted(items, key=lambda item: -sum(form.count for form in item.forms))
    found = [_decide_name(item, places) for item in ordered[:_MOST_NAMES]]
    rest = ordered[_MOST_NAMES:]
    if rest:
        found.append(
            OpenDecision(
                title=f"And {count_of(len(rest), 'name')} more",
                why="、".join(item.entry.name for item in rest[:12]),
                commands=(places.agencies("review"),),
            )
        )
    return found


def _decide_name(item: Proposal, places: Places) -> OpenDecision:
    form = item.forms[0]
    where = f"printed {form.count}x ({'; '.join(form.places)})"
    near = "; ".join(f"{entry.name} {score:.2f}" for entry, score in item.nearest)
    accept = [places.agencies("accept", form.form, entry.agency_id) for entry, _ in item.nearest[:1]]
    new = [places.agencies("new", form.form, "--kind", item.entry.kind)]
    is_near = bool(item.nearest) and item.nearest[0][1] >= _NEAR
    return OpenDecision(
        title=f"Who is {form.form}?",
        why=where + (f"; nearest: {near}" if near else "; nothing near"),
        commands=(*(accept + new if is_near else new + accept), places.agencies("ignore", form.form)),
    )


def render_markdown(title: str, facts: Sequence[str], decisions: Sequence[OpenDecision], again: str) -> str:
    """Return the list as Markdown; what a document prints stands in it as text."""
    lines = [f"# {_text(title)}", "", *(f"- {_text(fact)}" for fact in facts), ""]
    lines += ["## To decide" if decisions else "Nothing is left to decide.", ""]
    for number, decision in enumerate(decisions, start=1):
        lines += [f"### {number}. {_text(decision.title)}", "", _text(decision.why), "", "```sh"]
        lines += [_one_line(command) for command in decision.commands] + ["```", ""]
    if decisions:
        lines += [
            "## Afterwards",
            "",
            "What was decided is replayed, and this list is written anew:",
            "",
            "```sh",
            _one_line(again),
            "```",
            "",
        ]
    return "\n".join(lines)


def _text(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|!" else char for char in _one_line(text))


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _command(*parts: str) -> str:
    return " ".join(["planextract", *(shlex.quote(part) for part in parts)])

"""The decisions that a new plan leaves to a person: a short list, each with the command that settles it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planextract.new_plan.bodies import Proposal, Proposals
from planextract.new_plan.drafts import Draft
from planextract.phrases import Phrase
from planextract.wording.tell import tell

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
    language: str = "en"

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


def decide_region(places: Places) -> OpenDecision:
    """The plan does not say whose it is."""
    why = Phrase("No region was found, so no body can be linked. Give its code or full name (110102, 北京市西城区).")
    title = Phrase("Whose plan is it?")
    return OpenDecision(title=title, why=why, commands=(places.again("--region", "CODE"),))


def decide_draft(draft: Draft, title: str, why: str, places: Places) -> OpenDecision:
    """A draft waits for a person."""
    if draft.is_ours:
        why = Phrase("{why} Check: {path}", why=why, path=draft.path)
    else:
        why = Phrase("{why} You began to edit (it was not written again): {path}", why=why, path=draft.path)
    return OpenDecision(title=title, why=why, commands=(places.again("--use", str(draft.path)),))


def decide_region_draft(draft: Draft, proposals: Proposals, places: Places) -> OpenDecision:
    """A region without a dictionary."""
    named, new = proposals.of("template"), proposals.of("new")
    shown = "、".join(item.entry.name for item in new[:_MOST_NAMES]) + " …" * (len(new) > _MOST_NAMES)
    ended = sum(form.count for form, _ in proposals.spent)
    why = Phrase(
        "{region} has no dictionary yet. Of the plan's {count} names, {standard} are {bodies} standard departments; "
        "{ended}{new} different names are none{shown}.",
        region=proposals.region.full_name,
        count=sum(form.count for item in (*named, *new) for form in item.forms),
        standard=sum(form.count for item in named for form in item.forms),
        bodies=len(named),
        ended=Phrase("{count} are wordings of bodies that had ended; ", count=ended) if ended else "",
        new=len(new),
        shown=Phrase(" ({names})", names=shown) if new else "",
    )
    return decide_draft(draft, Phrase("A dictionary for {region}", region=proposals.region.name), why, places)


def decide_names(items: Sequence[Proposal], places: Places) -> list[OpenDecision]:
    """Names of a region that has a dictionary: the most frequent one by one, the others together."""
    ordered = sorted(items, key=lambda item: -sum(form.count for form in item.forms))
    found = [_decide_name(item, places) for item in ordered[:_MOST_NAMES]]
    rest = ordered[_MOST_NAMES:]
    if rest:
        title = Phrase("And {count} name{s} more", count=len(rest), s="s" * (len(rest) != 1))
        why = "、".join(item.entry.name for item in rest[:12])
        found.append(OpenDecision(title=title, why=why, commands=(places.agencies("review"),)))
    return found


def _decide_name(item: Proposal, places: Places) -> OpenDecision:
    form = item.forms[0]
    near = "; ".join(f"{entry.name} {score:.2f}" for entry, score in item.nearest)
    accept = [places.agencies("accept", form.form, entry.agency_id) for entry, _ in item.nearest[:1]]
    new = [places.agencies("new", form.form, "--kind", item.entry.kind)]
    is_near = bool(item.nearest) and item.nearest[0][1] >= _NEAR
    return OpenDecision(
        title=Phrase("Who is {form}?", form=form.form),
        why=Phrase(
            "printed {count}x ({places}); {near}",
            count=form.count,
            places="; ".join(form.places),
            near=Phrase("nearest: {names}", names=near) if near else Phrase("nothing near"),
        ),
        commands=(*(accept + new if is_near else new + accept), places.agencies("ignore", form.form)),
    )


def render_markdown(
    title: str, facts: Sequence[str], decisions: Sequence[OpenDecision], again: str, language: str
) -> str:
    """Return the list as Markdown, in a language; what a document prints stands in it as text."""

    def text(said: str) -> str:
        return _text(tell(said, language))

    lines = [f"# {text(title)}", "", *(f"- {text(fact)}" for fact in facts), ""]
    lines += ["## " + text(Phrase("To decide")) if decisions else text(Phrase("Nothing is left to decide.")), ""]
    for number, decision in enumerate(decisions, start=1):
        lines += [f"### {number}. {text(decision.title)}", "", text(decision.why), "", "```sh"]
        lines += [_one_line(command) for command in decision.commands] + ["```", ""]
    if decisions:
        lines += [
            "## " + text(Phrase("Afterwards")),
            "",
            text(Phrase("What was decided is replayed, and this list is written anew:")),
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

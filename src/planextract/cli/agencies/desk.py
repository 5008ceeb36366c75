"""What the commands on names share: their options, dictionaries with decisions in force, the log and the queue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planextract.cli.terminal import say
from planextract.errors import UsageError
from planextract.phrases import Phrase

if TYPE_CHECKING:
    from planextract.decisions import JudgementLog
    from planextract.model.vocabulary import Dictionaries
    from planextract.review.open_names import Cluster, OpenForm

Output = Annotated[Path, typer.Option("-o", "--output", help="Output folder of a run.")]
Decisions = Annotated[Path, typer.Option("--agency-decisions", "--decisions", help="Log of decisions; appended to.")]
OwnDictionaries = Annotated[
    Path | None, typer.Option("--dictionaries", help="Folder with your own dictionaries.", show_default=False)
]
ForRegion = Annotated[
    str | None,
    typer.Option("--region", help="Region whose plans it holds for; from the queue if not given.", show_default=False),
]
Note = Annotated[str, typer.Option("--note", help="Free text, kept in the log.", show_default=False)]
Variants = Annotated[bool, typer.Option("--variants", help="Decide on all forms of its cluster.")]
DEFAULT_LOG = Path("agency-decisions.jsonl")


class NamesDesk:
    """What every command needs: dictionaries with decisions in force, the log, and the queue where there is one."""

    def __init__(
        self, output: Path | None, decisions: Path, folder: Path | None, *, needs_output: bool = False
    ) -> None:
        from planextract.decisions import load_judgements, with_judgements
        from planextract.dictionaries import load_dictionaries
        from planextract.review.open_names import find_open_forms

        self.path, self.output = decisions, output if output is not None and (output / "documents").is_dir() else None
        self.log: JudgementLog = load_judgements(decisions)
        self.dictionaries: Dictionaries = with_judgements(load_dictionaries(folder), self.log)
        for problem in self.dictionaries.passed_over:
            say(Phrase("warning: {decisions}: passed over: {problem}", decisions=decisions, problem=problem), err=True)
        self.clusters: tuple[Cluster, ...] = ()
        if output is not None and (needs_output or self.output is not None):
            self.clusters = find_open_forms(output, self.dictionaries, self.log)

    def find(self, form: str, region: str | None, *, variants: bool) -> list[tuple[str, str, OpenForm | None]]:
        """Return the forms to decide on with their regions, and what the queue knows of each.

        A form that is linked is found in the output: a decision on it changes the link.
        """
        from planextract.review.open_names import find_regions

        place = self.dictionaries.regions.find(region) if region else None
        if region and place is None:
            raise UsageError(
                "agencies.no_such_region",
                Phrase("there is no region '{region}'", region=region),
                advice="Give its code.",
            )
        found = []
        for cluster in self.clusters:
            near = [f for f in cluster.forms if place is None or f.region == place.code]
            if any(f.form == form for f in near):
                found += [f for f in near if variants or f.form == form]
        if found:
            return [(f.form, f.region, f) for f in found]
        if place is not None:
            return [(form, place.code, None)]
        regions = find_regions(self.output, form) if self.output is not None else ()
        if not regions:
            raise UsageError(
                "agencies.not_open",
                Phrase("'{form}' is not in the review queue", form=form),
                advice="'planextract agencies review' lists it; with --region you can decide on any form.",
            )
        return [(form, code, None) for code in regions]

    def decide(self, form: str, action: str, region: str | None, *, variants: bool, **what: str) -> None:
        """Make, check, append and report a decision."""
        from planextract.decisions import JudgementLog, append_judgements, with_judgements
        from planextract.review.judging import Wish, make_judgement

        made = [
            make_judgement(
                Wish(form=printed, region=code, action=action, evidence=known.evidence if known else {}, **what),
                self.dictionaries,
            )
            for printed, code, known in self.find(form, region, variants=variants)
        ]
        with_judgements(self.dictionaries, JudgementLog(str(self.path), (*self.log.judgements, *made)), made)
        written = append_judgements(self.path, made)
        for item in made:
            target = f" → {item.agency_id}" if item.agency_id else ""
            say(
                Phrase(
                    "{action} {form} (region {region}){target}",
                    action=item.action,
                    form=item.form,
                    region=item.region,
                    target=target,
                )
            )
        say(
            Phrase(
                "{written} of {count} written to {path}; run again to use them",
                written=written,
                count=len(made),
                path=self.path,
            )
        )

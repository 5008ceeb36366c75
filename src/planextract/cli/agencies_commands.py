"""``planextract agencies``: the review queue of names, dictionaries of new regions, the reconciliation service."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planextract.cli.terminal import open_console, say, say_json
from planextract.errors import ConfigError, OutputError, UsageError

if TYPE_CHECKING:
    from planextract.decisions import JudgementLog
    from planextract.model.vocabulary import Dictionaries
    from planextract.review.open_names import Cluster, OpenForm

_HELP = """Names that nothing linked: look, decide, and run again.

  planextract agencies review                     what is open, with candidates and places

  planextract agencies accept 区财物局 区财政局     the form means this body (name or id)

  planextract agencies new 区数据局                a body that the dictionary lacks

  planextract agencies ignore 待定                 no body at all

Decisions are appended to agency-decisions.jsonl and replayed by every 'planextract run' in this folder.
"""
_Output = Annotated[Path, typer.Option("-o", "--output", help="Output folder of a run.")]
_Decisions = Annotated[Path, typer.Option("--agency-decisions", "--decisions", help="Log of decisions; appended to.")]
_Dictionaries = Annotated[
    Path | None, typer.Option("--dictionaries", help="Folder with your own dictionaries.", show_default=False)
]
_Region = Annotated[
    str | None,
    typer.Option("--region", help="Region whose plans it holds for; from the queue if not given.", show_default=False),
]
_Note = Annotated[str, typer.Option("--note", help="Free text, kept in the log.", show_default=False)]
_Variants = Annotated[bool, typer.Option("--variants", help="Decide on all forms of its cluster.")]
_DEFAULT_LOG = Path("agency-decisions.jsonl")

agencies_app = typer.Typer(help=_HELP, no_args_is_help=True, rich_markup_mode=None)


class _Desk:
    """What every command needs: dictionaries with decisions in force, the log, and the queue where there is one."""

    def __init__(
        self, output: Path | None, decisions: Path, folder: Path | None, *, needs_output: bool = False
    ) -> None:
        from planextract.decisions import load_judgements, with_judgements
        from planextract.dictionaries import load_dictionaries
        from planextract.review.open_names import find_open_forms

        self.path = decisions
        self.log: JudgementLog = load_judgements(decisions)
        self.dictionaries: Dictionaries = with_judgements(load_dictionaries(folder), self.log)
        for problem in self.dictionaries.passed_over:
            say(f"warning: {decisions}: passed over: {problem}", err=True)
        self.clusters: tuple[Cluster, ...] = ()
        if output is not None and (needs_output or (output / "documents").is_dir()):
            self.clusters = find_open_forms(output, self.dictionaries, self.log)

    def find(self, form: str, region: str | None, *, variants: bool) -> list[tuple[str, str, OpenForm | None]]:
        """Return the forms to decide on with their regions, and what the queue knows of each."""
        place = self.dictionaries.regions.find(region) if region else None
        if region and place is None:
            raise UsageError("agencies.no_such_region", f"there is no region '{region}'", advice="Give its code.")
        found = []
        for cluster in self.clusters:
            near = [f for f in cluster.forms if place is None or f.region == place.code]
            if any(f.form == form for f in near):
                found += [f for f in near if variants or f.form == form]
        if found:
            return [(f.form, f.region, f) for f in found]
        if place is None:
            raise UsageError(
                "agencies.not_open",
                f"'{form}' is not in the review queue",
                advice="'planextract agencies review' lists it; with --region you can decide on any form.",
            )
        return [(form, place.code, None)]

    def decide(self, form: str, action: str, region: str | None, *, variants: bool, **what: str) -> None:
        """Make, check, append and report a decision."""
        from planextract.decisions import JudgementLog, append_judgements, with_judgements
        from planextract.review.open_names import make_judgement

        made = [
            make_judgement(printed, code, action, self.dictionaries, found=known, **what)
            for printed, code, known in self.find(form, region, variants=variants)
        ]
        with_judgements(self.dictionaries, JudgementLog(str(self.path), (*self.log.judgements, *made)), made)
        written = append_judgements(self.path, made)
        for item in made:
            target = f" → {item.agency_id}" if item.agency_id else ""
            say(f"{item.action} {item.form} (region {item.region}){target}")
        say(f"{written} of {len(made)} written to {self.path}; run again to use them")


@agencies_app.command("review", epilog="Example: planextract agencies review -o output")
def review_command(
    output: _Output = Path("output"),
    decisions: _Decisions = _DEFAULT_LOG,
    dictionaries: _Dictionaries = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the queue as JSON.")] = False,
) -> None:
    """List unresolved forms, alike ones together, with the top three candidates and where they occur."""
    desk = _Desk(output, decisions, dictionaries, needs_output=True)
    if as_json:
        say_json([_to_json(cluster) for cluster in desk.clusters])
        return
    if not desk.clusters:
        say("nothing to review: every name is linked or decided on")
        return
    _print_queue(desk.clusters)


def _to_json(cluster: Cluster) -> dict[str, object]:
    return {
        "cluster": cluster.number,
        "forms": [
            {
                "form": f.form,
                "region": f.region,
                "count": f.count,
                "reason": f.reason,
                "where": list(f.places),
                "candidates": [{"id": e.agency_id, "name": e.name, "score": s} for e, s in f.candidates],
            }
            for f in cluster.forms
        ],
    }


def _print_queue(clusters: tuple[Cluster, ...]) -> None:
    from rich.table import Table
    from rich.text import Text

    grid = Table(
        title=f"{len(clusters)} names to decide on", title_justify="left", show_lines=True, header_style="bold"
    )
    grid.add_column("#", justify="right", no_wrap=True)
    grid.add_column("form", overflow="fold", min_width=12, ratio=3)
    grid.add_column("count", justify="right", no_wrap=True)
    grid.add_column("candidates", overflow="fold", min_width=18, ratio=4)
    grid.add_column("why, and where", overflow="fold", ratio=6)
    for cluster in clusters:
        for form in cluster.forms:
            first = form is cluster.forms[0]
            names = "\n".join(f"{e.name} {s:.2f}" for e, s in form.candidates)
            places = "\n".join((form.reason, *form.places[:3]))
            cells = (str(cluster.number) if first else "", form.form, str(form.count), names, places)
            grid.add_row(*(Text(cell) for cell in cells))
    console = open_console()
    console.print(grid)
    console.print("decide: planextract agencies accept FORM BODY | new FORM | ignore FORM", markup=False)


@agencies_app.command("accept", epilog="Example: planextract agencies accept 区财物局 区财政局")
def accept_command(
    form: Annotated[str, typer.Argument(help="Form as printed.", show_default=False)],
    body: Annotated[str, typer.Argument(help="Name or id of the body that it means.", show_default=False)],
    output: _Output = Path("output"),
    region: _Region = None,
    variants: _Variants = False,
    note: _Note = "",
    decisions: _Decisions = _DEFAULT_LOG,
    dictionaries: _Dictionaries = None,
) -> None:
    """Say which body a form means."""
    _Desk(output, decisions, dictionaries).decide(form, "accept", region, variants=variants, agency=body, note=note)


@agencies_app.command("new", epilog="Example: planextract agencies new 区数据局 --kind agency")
def new_command(
    form: Annotated[str, typer.Argument(help="Form as printed.", show_default=False)],
    name: Annotated[str, typer.Option("--name", help="Its canonical name; the form if not given.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="agency, group, company, street or other.")] = "agency",
    agency_id: Annotated[str, typer.Option("--id", help="Its id; made from region and name if not given.")] = "",
    output: _Output = Path("output"),
    region: _Region = None,
    variants: _Variants = False,
    note: _Note = "",
    decisions: _Decisions = _DEFAULT_LOG,
    dictionaries: _Dictionaries = None,
) -> None:
    """Add a body that the dictionary lacks."""
    desk = _Desk(output, decisions, dictionaries)
    desk.decide(form, "new", region, variants=variants, agency=agency_id, name=name or form, kind=kind, note=note)


@agencies_app.command("ignore", epilog="Example: planextract agencies ignore 待定")
def ignore_command(
    form: Annotated[str, typer.Argument(help="Form as printed.", show_default=False)],
    output: _Output = Path("output"),
    region: _Region = None,
    variants: _Variants = False,
    note: _Note = "",
    decisions: _Decisions = _DEFAULT_LOG,
    dictionaries: _Dictionaries = None,
) -> None:
    """Say that a form is no body; it stays unresolved and is not asked for again."""
    _Desk(output, decisions, dictionaries).decide(form, "ignore", region, variants=variants, note=note)


@agencies_app.command("export", epilog="Example: planextract agencies export queue.csv")
def export_command(
    file: Annotated[Path, typer.Argument(help="CSV to write (UTF-8; Excel reads it).", show_default=False)],
    output: _Output = Path("output"),
    decisions: _Decisions = _DEFAULT_LOG,
    dictionaries: _Dictionaries = None,
    whole: Annotated[bool, typer.Option("--all", help="Write the national tables: CSV or JSON.")] = False,
) -> None:
    """Write the queue as CSV; fill in the column 'decision' (accept, new, ignore) and import it."""
    if whole:
        _export_national(file)
        return
    from planextract.review.open_names import write_queue_csv

    desk = _Desk(output, decisions, dictionaries, needs_output=True)
    try:
        file.write_bytes(b"\xef\xbb\xbf" + write_queue_csv(desk.clusters).encode("utf-8"))
    except OSError as exc:
        raise OutputError(
            "agencies.not_written", f"the file cannot be written: {exc.strerror}", file=str(file)
        ) from exc
    say(f"{sum(len(c.forms) for c in desk.clusters)} forms in {len(desk.clusters)} clusters written to {file}")


def _export_national(file: Path) -> None:
    from planextract.dictionaries.files import find_builtin_folder
    from planextract.dictionaries.national import NationalTables
    from planextract.dictionaries.national_export import format_national

    as_json = file.suffix.lower() == ".json"
    text = format_national(NationalTables(find_builtin_folder() / "national"), as_json=as_json)
    try:
        file.write_bytes((b"" if as_json else b"\xef\xbb\xbf") + text.encode("utf-8"))
    except OSError as exc:
        raise OutputError(
            "agencies.not_written", f"the file cannot be written: {exc.strerror}", file=str(file)
        ) from exc
    say(f"forms of functions, central bodies and zones written to {file}")


@agencies_app.command("import", epilog="Example: planextract agencies import queue.csv")
def import_command(
    file: Annotated[Path, typer.Argument(help="CSV that export wrote, filled in.", show_default=False)],
    output: _Output = Path("output"),
    decisions: _Decisions = _DEFAULT_LOG,
    dictionaries: _Dictionaries = None,
) -> None:
    """Take decisions from a CSV: all of them, or none if one is wrong."""
    from planextract.decisions import JudgementLog, append_judgements, with_judgements
    from planextract.review.open_names import read_queue_csv

    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(
            "decisions.invalid", f"the file cannot be read: {exc}", file=str(file), advice="Save it as CSV UTF-8."
        ) from exc
    desk = _Desk(output, decisions, dictionaries)
    made = read_queue_csv(text, str(file), desk.dictionaries, desk.clusters)
    with_judgements(desk.dictionaries, JudgementLog(str(file), (*desk.log.judgements, *made)), made)
    written = append_judgements(decisions, made)
    say(f"{len(made)} decisions read, {written} new ones written to {decisions}; run again to use them")


@agencies_app.command("init", epilog="Example: planextract agencies init --region 东城区")
def init_command(
    region: Annotated[str, typer.Option("--region", help="GB/T 2260 code or name.", show_default=False)],
    folder: Annotated[Path, typer.Option("--folder", help="Your dictionaries' folder.")] = Path("my-dictionaries"),
    force: Annotated[bool, typer.Option("--force", help="Write a template file anew.")] = False,
) -> None:
    """Write a new region's dictionary from the national template."""
    from planextract.dictionaries import load_dictionaries
    from planextract.dictionaries.new_region import write_region

    regions = load_dictionaries().regions
    found = regions.find_all(region)
    if len(found) != 1:
        names = "、".join(f"{r.code} {r.full_name}" for r in found[:8])
        cause = f"'{region}' names several regions: {names}" if found else f"there is no region '{region}'"
        raise UsageError("agencies.no_such_region", cause, advice="Give its GB/T 2260 code or its full name.")
    path, count = write_region(found[0], regions, folder, replaces=force)
    say(f"{count} bodies of {found[0].full_name} written to {path}")
    say(f"check it, then: planextract run … --dictionaries {folder}")


@agencies_app.command("serve", epilog="Example: planextract agencies serve --region 西城区 --port 8010")
def serve_command(
    region: Annotated[str, typer.Option("--region", help="Region whose names are asked for.", show_default=False)],
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = 8010,
    decisions: _Decisions = _DEFAULT_LOG,
    dictionaries: _Dictionaries = None,
) -> None:
    """Answer OpenRefine on this machine (Reconciliation API 0.2); stop it with Ctrl+C."""
    from planextract.review.reconcile_server import LOOPBACK, make_server

    desk = _Desk(None, decisions, dictionaries)
    place = desk.dictionaries.regions.find(region)
    if place is None:
        raise UsageError("agencies.no_such_region", f"there is no region '{region}'", advice="Give its code.")
    server = make_server(desk.dictionaries, place.code, port)
    say(f"reconciliation service for {place.full_name}: http://{LOOPBACK}:{server.server_address[1]}/")
    say("in OpenRefine: Reconcile → Start reconciling → Add standard service; stop with Ctrl+C")
    try:
        server.serve_forever()
    finally:
        server.server_close()

"""``planextract agencies``: the review queue of names, dictionaries of new regions, the reconciliation service."""

from __future__ import annotations

import typer

from planextract.cli.agencies.accept_command import accept_command
from planextract.cli.agencies.export_command import export_command
from planextract.cli.agencies.ignore_command import ignore_command
from planextract.cli.agencies.import_command import import_command
from planextract.cli.agencies.init_command import init_command
from planextract.cli.agencies.new_command import new_command
from planextract.cli.agencies.review_command import review_command
from planextract.cli.agencies.serve_command import serve_command
from planextract.cli.language import example, with_language

_HELP = """Names that nothing linked: look, decide, and run again.

  planextract agencies review                     what is open, with candidates and places

  planextract agencies accept 区财物局 区财政局     the form means this body (name or id)

  planextract agencies new 区数据局                a body that the dictionary lacks

  planextract agencies ignore 待定                 no body at all

Decisions are appended to agency-decisions.jsonl and replayed by every 'planextract run' in this folder.
"""

agencies_app = typer.Typer(help=_HELP, no_args_is_help=True, rich_markup_mode=None)
agencies_app.command("review", epilog=example("planextract agencies review -o output"))(with_language(review_command))
agencies_app.command("accept", epilog=example("planextract agencies accept 区财物局 区财政局"))(
    with_language(accept_command)
)
agencies_app.command("new", epilog=example("planextract agencies new 区数据局 --kind agency"))(
    with_language(new_command)
)
agencies_app.command("ignore", epilog=example("planextract agencies ignore 待定"))(with_language(ignore_command))
agencies_app.command("export", epilog=example("planextract agencies export queue.csv"))(with_language(export_command))
agencies_app.command("import", epilog=example("planextract agencies import queue.csv"))(with_language(import_command))
agencies_app.command("init", epilog=example("planextract agencies init --region 东城区"))(with_language(init_command))
agencies_app.command("serve", epilog=example("planextract agencies serve --region 西城区 --port 8010"))(
    with_language(serve_command)
)

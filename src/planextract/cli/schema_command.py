"""``planextract schema``: the output contract in three forms."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from planextract.cli.terminal import say, say_json
from planextract.errors import UsageError
from planextract.phrases import Phrase


class SchemaFormat(StrEnum):
    """Forms of the contract."""

    MARKDOWN = "markdown"
    JSON_SCHEMA = "json-schema"
    ARROW = "arrow"


def schema_command(
    form: Annotated[SchemaFormat, typer.Option("--format", help="Form to print.")] = SchemaFormat.MARKDOWN,
    table: Annotated[str | None, typer.Option("--table", help="Only this table (arrow).", show_default=False)] = None,
) -> None:
    """Print the output tables: columns, types, keys and meanings."""
    if form is SchemaFormat.MARKDOWN:
        from planextract.write.docs import make_tables_page

        say(make_tables_page(), nl=False)
        return
    if form is SchemaFormat.JSON_SCHEMA:
        from planextract.write.nested import make_json_schema

        say_json(make_json_schema())
        return
    from planextract.write.arrow import make_schema
    from planextract.write.contract import BY_NAME

    if table is not None and table not in BY_NAME:
        raise UsageError(
            "schema.no_such_table",
            Phrase("there is no table '{table}'", table=table),
            advice=Phrase("Tables: {names}.", names=", ".join(BY_NAME)),
        )
    for name, spec in BY_NAME.items():
        if table in (None, name):
            say(f"{name}\n{make_schema(spec).to_string(show_field_metadata=False, show_schema_metadata=False)}\n")

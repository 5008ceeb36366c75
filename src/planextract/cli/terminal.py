"""The one way to the terminal: whatever a document or a file name holds, it cannot steer the terminal.

Every line that a command writes goes through :func:`say` or a console of :func:`open_console`; for what others
write (usage errors, warnings of libraries) the streams themselves are guarded.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

from planextract.cli.language import Language, current_language
from planextract.errors import PlanExtractError
from planextract.phrases import Phrase
from planextract.text.display import escape_json, show_text

if TYPE_CHECKING:
    from rich.console import Console


class _ShownStream:
    """A stream of text that shows whatever is written to it, whoever writes: a library, a warning, a usage error."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write a text as it may be shown."""
        self.stream.write(show_text(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write texts as they may be shown."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self.stream, name)


def guard_streams() -> None:
    """Let standard output and standard error show what is written to them; called once, by the command line."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
        setattr(sys, name, _ShownStream(stream))


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Write a text to standard output, or to standard error; a phrase is said in the reader's language."""
    stream = sys.stderr if err else sys.stdout
    stream.write(show_text(in_language(text)) + ("\n" if nl else ""))
    stream.flush()


def in_language(text: str) -> str:
    """Return a phrase in the language that the command line speaks; any other text is not ours, and stays."""
    if not isinstance(text, Phrase) or current_language() is Language.en:
        return str(text)
    from planextract.wording.tell import tell

    return tell(text, "zh")


def say_error(error: PlanExtractError) -> None:
    """Write an error that ends the command to standard error, in the reader's language."""
    say(Phrase("error: {message}", message=error_in_language(error)), err=True)


def error_in_language(error: PlanExtractError) -> str:
    """Return an error's line in the language that the command line speaks."""
    from planextract.wording.tell import tell_error

    return tell_error(error, current_language())


def say_json(value: object) -> None:
    """Write a value as JSON for programs: control characters are escaped, and everything else is as it is."""
    say(escape_json(json.dumps(value, ensure_ascii=False, indent=1)))


def open_console(*, err: bool = False, soft_wrap: bool = False) -> Console:
    """Return a console that makes control characters of all texts visible before it adds its own."""
    from rich.console import Console
    from rich.segment import Segment

    class ShowingConsole(Console):
        """Rich renders everything into segments of text and control codes; the text is shown, the codes are rich's."""

        def _render_buffer(self, buffer):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            shown = [
                segment if segment.control else Segment(show_text(segment.text), segment.style) for segment in buffer
            ]
            return super()._render_buffer(shown)

    stream = sys.stderr if err else sys.stdout
    file = stream.stream if isinstance(stream, _ShownStream) else stream
    return ShowingConsole(highlight=False, file=file, soft_wrap=soft_wrap)

"""What a run refuses before it begins: outputs that hold an input, files in the way, logs that are not there."""

from __future__ import annotations

import errno
from pathlib import Path

from planextract.decisions import LogContent, log_path, read_log
from planextract.errors import OutputError, UsageError
from planextract.phrases import Phrase
from planextract.run.inputs import FoundInputs
from planextract.write.store import is_url


def refuse_files_in_the_way(output: Path | str) -> None:
    """Refuse an output whose ``quarantine`` is a file: what fails later could not be recorded."""
    if not is_url(str(output)) and Path(output, "quarantine").is_file():
        raise OutputError(
            "write.not_a_folder",
            "a file stands where a folder is needed",
            file=str(Path(output, "quarantine")),
            advice="Choose another folder with -o.",
        )


def _resolve(path: Path) -> Path:
    try:
        found = path.resolve()
        str(found).encode("utf-8")
    except RuntimeError as exc:  # a symbolic link that leads to itself
        raise OSError(errno.ELOOP, "the link leads to itself") from exc
    except UnicodeEncodeError as exc:
        raise OSError(errno.EILSEQ, "its name is no UTF-8, which tables and pages need") from exc
    return found


def refuse_own_output(inputs: FoundInputs, output: Path | str) -> None:
    """Refuse an output folder that holds an input: a run would read what runs write."""
    if is_url(str(output)):
        held = [file for file in inputs.files if file.url is not None and file.url.startswith(f"{output}/")]
        is_output = True
    else:
        folder = _resolve(Path(output))
        held = [file for file in inputs.files if file.url is None and folder in file.path.resolve().parents]
        is_output = (Path(output) / "documents").is_dir()
    if held and is_output:
        raise OutputError(
            "write.output_holds_input",
            Phrase("the output folder holds the input {name}", name=held[0].name),
            file=str(output),
            advice="Choose another folder with -o.",
        )


def read_decisions(path: Path | None, output: Path | str) -> LogContent:
    """Read the log of decisions: the one that is named, which must be there, else the one beside the output."""
    if path is not None and not path.is_file():
        raise UsageError("run.no_such_path", "there is no such decisions log", file=str(path))
    if path is None and is_url(str(output)):
        return LogContent()
    return read_log(path or log_path(Path(output)))

"""One document in several files: a notice and its attachments, or pages; given together, as a folder or as an archive.

``--as-one`` makes one document of all that is named; a folder with a :data:`BUNDLE_FILE` is one without being asked.
Where nobody says which file is the notice, the names do.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import cast, get_args

from planextract.errors import ConfigError, InputError, PlanExtractError, UsageError
from planextract.model.source import FileRole, SourceDocument
from planextract.phrases import Phrase
from planextract.read import READABLE_SUFFIXES, read_document
from planextract.read.archive import Archive, is_document
from planextract.read.bundle import BundleFile, hash_bundle, identify_file, read_bundle
from planextract.read.detect_format import LAYER_SUFFIXES, detect_format
from planextract.run.inputs import (
    BUNDLE_FILE,
    SCAN_SUFFIXES,
    FoundInputs,
    InputFile,
    find_inputs,
    hash_input,
    read_bytes,
    read_recognised_file,
    show_name,
)
from planextract.settings import ReadSettings

ARCHIVE_SUFFIXES = (".zip", ".rar", ".7z", ".gz", ".tgz", ".tar")
_PAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", *LAYER_SUFFIXES)
_SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods", ".csv", ".tsv"})
_ATTACHMENT = re.compile(r"附\s*[件表]|(?:attachment|attach|annex|appendix|enclosure)[\W_]*\d*", re.IGNORECASE)
_NUMBERED = re.compile(r"附\s*件\s*[0-9一二三四五六七八九十]")
_NOTICE = re.compile(r"通知|notice", re.IGNORECASE)
_NUMERALS = {char: number for number, char in enumerate("零一二三四五六七八九十")}
_SYSTEM_FILES = ("thumbs.db", "desktop.ini")
_MAX_LIST_BYTES = 1_000_000
_SHOWN = 5
_ADVICE = Phrase(
    "Say which with a {bundle_file} (docs/formats.md), or name the notice first: run NOTICE ATTACHMENT… --as-one.",
    bundle_file=BUNDLE_FILE,
)


def find_documents(paths: Sequence[Path | str], *, as_one: bool = False) -> FoundInputs:
    """Expand files, folders and URLs, as :func:`find_inputs` does; what belongs together is one input.

    Args:
        paths: What the user named.
        as_one: All of it is one document.

    Raises:
        UsageError: If a path does not exist, nothing readable was found, or it is not clear what the notice is.
        ConfigError: If the :data:`BUNDLE_FILE` of what is given as one document is wrong.
    """
    if as_one and len(paths) == 1 and str(paths[0]).lower().endswith(".zip"):
        file = find_inputs(paths).files[0]
        return FoundInputs(files=(replace(file, is_archive=True),), passed_over=())
    found = find_inputs(paths)
    if as_one:
        return FoundInputs(files=(_join_all(paths, found),), passed_over=())
    files = list(found.files)
    for listing in found.bundles:
        below = [file for file in files if _is_below(file, listing)]
        try:
            one = _join_listed(listing, below)
        except PlanExtractError as exc:
            one = _of_folder(listing.path.parent, _folder_name(listing), fault=exc)
        files = [one, *(file for file in files if file not in below)]
    return replace(found, files=tuple(sorted(files, key=lambda file: file.name)) if found.bundles else found.files)


def hash_document(file: InputFile, settings: ReadSettings) -> str:
    """Return the SHA-256 of an input; that of one in several files is :func:`hash_bundle`'s.

    Raises:
        InputError: If a file cannot be read or is larger than the limits.
        ConfigError: If its :data:`BUNDLE_FILE` is wrong.
    """
    if file.fault is not None:
        raise file.fault
    if file.members:
        return hash_bundle((_role(member), member.name, _identify(member, settings)) for member in file.members)
    if file.is_archive and (files := _open_archive(read_bytes(file, settings.max_file_bytes), file.name, settings)[0]):
        return _hash_files(files)
    return hash_input(file, settings.max_file_bytes)


def read_input(
    file: InputFile, settings: ReadSettings, recognised: bytes | None = None, sha256: str | None = None
) -> SourceDocument:
    """Read an input, in one file or in several.

    Args:
        file: The input.
        settings: Limits.
        recognised: Recognised text beside a scan.
        sha256: What the bytes must be, as :func:`hash_document` gave it; None for whatever they are.

    Raises:
        InputError: If it cannot be read, or was changed since it was hashed.
        ConfigError: If its :data:`BUNDLE_FILE` is wrong.
    """
    if file.fault is not None:
        raise file.fault
    files: tuple[BundleFile, ...] = ()
    left_out, data = file.left_out, b""
    if file.members:
        files = tuple(_read_members(file.members, settings))
    else:
        data = read_bytes(file, settings.max_file_bytes)
        if file.is_archive:
            files, left_out = _open_archive(data, file.name, settings)
    if sha256 is not None and sha256 != (_hash_files(files) if files else _sha256(data)):
        cause = "the file was changed while it was waiting to be read"
        raise InputError("run.changed", cause, file=file.name, advice="Run again.")
    if files:
        return read_bundle(files, file.name, settings, left_out)
    return read_document(data, file.name, settings, recognised)


def _identify(member: InputFile, settings: ReadSettings) -> str:
    beside = None if member.recognised is None else hash_input(member.recognised, settings.max_file_bytes)
    return identify_file(hash_input(member, settings.max_file_bytes), beside)


def _sha256(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def _hash_files(files: Sequence[BundleFile]) -> str:
    return hash_bundle((file.role, file.name, file.identity) for file in files)


def _read_members(members: Sequence[InputFile], settings: ReadSettings) -> Iterator[BundleFile]:
    left = settings.max_unpacked_bytes
    for member in members:
        data = read_bytes(member, min(settings.max_file_bytes, left))
        left -= len(data)
        recognised = read_recognised_file(member, settings.max_file_bytes)
        yield BundleFile(name=member.name, role=_role(member), data=data, recognised=recognised)


def _role(member: InputFile) -> FileRole:
    return member.role or "attachment"


# What is given


def _is_below(file: InputFile, listing: InputFile) -> bool:
    """Tell whether a file lies in the folder of a :data:`BUNDLE_FILE`, or further down."""
    if listing.url is not None:
        return file.url is not None and file.url.startswith(listing.url.removesuffix(BUNDLE_FILE))
    return file.url is None and file.path.is_relative_to(listing.path.parent)


def _join_all(paths: Sequence[Path | str], found: FoundInputs) -> InputFile:
    """Make one input of all files that were found."""
    shown = ", ".join(map(str, paths[:_SHOWN]))
    packed = [name for name in (*(file.name for file in found.files), *found.passed_over) if _is_archive_name(name)]
    if packed:
        raise _nested(packed[0], shown)
    if len(paths) == 1 and found.bundles and found.bundles[0].name == BUNDLE_FILE:
        return _join_listed(found.bundles[0], found.files)
    if len(found.files) == 1 and not Path(paths[0]).is_dir():
        return found.files[0]
    is_folder = len(paths) == 1
    roles = choose_roles([file.name for file in found.files], shown, in_order=not is_folder)
    members = tuple(replace(found.files[place], role=role) for role, place in roles)
    if not is_folder:
        return InputFile(path=members[0].path, name=members[0].name, members=members, left_out=found.passed_over)
    return _of_folder(Path(paths[0]), "", members, found.passed_over)


def _join_listed(listing: InputFile, files: Sequence[InputFile]) -> InputFile:
    """Make one input of the files of a folder that its :data:`BUNDLE_FILE` lists."""
    text = read_bytes(listing, _MAX_LIST_BYTES)
    prefix = listing.name.removesuffix(BUNDLE_FILE)
    known = {file.name.removeprefix(prefix): file for file in files}
    listed = parse_bundle(text, tuple(known), listing.name)
    members = tuple(replace(known[name], name=name, role=role) for role, name in listed)
    left_out = tuple(sorted(set(known) - {name for _, name in listed}))
    one = _of_folder(listing.path.parent, _folder_name(listing), members, left_out)
    return one if listing.url is None else replace(one, url=listing.url.removesuffix("/" + BUNDLE_FILE))


def _folder_name(listing: InputFile) -> str:
    return listing.name.removesuffix(BUNDLE_FILE).strip("/")


def _of_folder(
    folder: Path,
    name: str,
    members: tuple[InputFile, ...] = (),
    left_out: tuple[str, ...] = (),
    fault: PlanExtractError | None = None,
) -> InputFile:
    """Make an input of a folder, under its name below what the user named, else its own."""
    whole = folder.resolve() if folder.name in ("", "..") else folder  # what lies beside it has its name
    shown = name or show_name(whole.name) or "document"
    return InputFile(path=whole, name=shown, members=members, left_out=left_out, fault=fault)


def parse_bundle(data: bytes, names: Sequence[str], file: str) -> list[tuple[FileRole, str]]:
    """Read a :data:`BUNDLE_FILE`: ``files:``, a list of ``- notice: NAME``, ``- attachment: NAME``, ``- page: NAME``.

    Args:
        data: Its bytes.
        names: The readable files beside it and below, as it may name them.
        file: Its name, for messages.

    Returns:
        Roles and names, in order.

    Raises:
        ConfigError: If it is not understood, a file is missing or named twice, or two are the notice.
    """
    import yaml

    try:
        content = yaml.safe_load(data.decode("utf-8-sig"))
        listed = [next(iter(entry.items())) for entry in content["files"] if len(entry) == 1 or _fail()]
    except (yaml.YAMLError, UnicodeDecodeError, AttributeError, KeyError, TypeError, ValueError, RecursionError) as exc:
        advice = "It holds 'files:' and below it lines like '- notice: NAME', '- attachment: NAME' or '- page: NAME'."
        raise ConfigError("bundle.invalid", "the list of files is not understood", file=file, advice=advice) from exc
    found: list[tuple[FileRole, str]] = []
    for role, name in listed:
        if role not in get_args(FileRole):
            advice = Phrase("Roles are {names}.", names=", ".join(get_args(FileRole)))
            raise ConfigError(
                "bundle.invalid", Phrase("there is no role '{role}'", role=str(role)[:40]), file=file, advice=advice
            )
        if not isinstance(name, str) or name not in names:
            raise ConfigError(
                "bundle.missing",
                Phrase(
                    "it lists '{name}', and no such document is there; there are: {show}",
                    name=str(name)[:80],
                    show=_show(names),
                ),
                file=file,
                advice="Names are relative to its folder, with forward slashes, and stay inside it.",
            )
        found.append((cast("FileRole", role), name))
    if len({name for _, name in found}) < len(found) or not found:
        cause = "it lists a file twice" if found else "it lists no file"
        raise ConfigError("bundle.invalid", cause, file=file, advice="List each file once, in reading order.")
    if sum(role == "notice" for role, _ in found) > 1:
        advice = "Make the others attachments, or give the notices as documents of their own."
        raise ConfigError("bundle.two_notices", "it lists two notices", file=file, advice=advice)
    return found


def _fail() -> bool:
    raise ValueError("an entry has one role and one name")


def choose_roles(names: Sequence[str], shown: str, *, in_order: bool = False) -> list[tuple[FileRole, int]]:
    """Choose which file is the notice, by the files' names; the others follow in the order of their numbers.

    Args:
        names: Names of the files.
        shown: What the user gave, for messages.
        in_order: The order was given: where the names do not tell, the first is the notice.

    Returns:
        Role and place among ``names`` of each file, in reading order.

    Raises:
        UsageError: If two or more may be the notice.
    """
    order = list(range(len(names))) if in_order else sorted(range(len(names)), key=lambda i: _sort_key(names[i]))
    if all(name.lower().endswith(_PAGES) for name in names):
        return [("page", place) for place in order]
    may_be = [place for place in order if not _is_attachment(names[place])]
    named = [place for place in may_be if _NOTICE.search(PurePosixPath(names[place]).stem)]
    if len(may_be) > 1 and len(named) == 1:
        may_be = named
    if len(may_be) > 1 and in_order:
        may_be = may_be[:1]
    if len(may_be) > 1:
        cause = Phrase(
            "{count} files may be the notice: {show}", count=len(may_be), show=_show([names[place] for place in may_be])
        )
        raise UsageError("bundle.two_notices", cause, file=shown, advice=_ADVICE)
    rest: list[tuple[FileRole, int]] = [("attachment", place) for place in order if place not in may_be]
    return [*(("notice", place) for place in may_be), *rest]


def _is_attachment(name: str) -> bool:
    path = PurePosixPath(name)
    is_named = _ATTACHMENT.match(path.stem.strip(" 【[（(")) or _NUMBERED.search(path.stem)
    return is_named is not None or path.suffix.lower() in _SHEETS


def _sort_key(name: str) -> list[tuple[int, int, str]]:
    """Sort names as people do: 附件2 before 附件10, 附件一 before 附件二."""
    parts = re.findall(r"\d+|[一二三四五六七八九十]|[^\d一二三四五六七八九十]+", name)
    return [
        (0, int(part[:18]), "") if part.isdecimal() else (0, _NUMERALS[part], "") if part in _NUMERALS else (1, 0, part)
        for part in parts
    ]


def _show(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ("、".join(names[:_SHOWN]) or "none") + more


# Archives


def _open_archive(data: bytes, name: str, settings: ReadSettings) -> tuple[tuple[BundleFile, ...], tuple[str, ...]]:
    """Return the files of an archive in reading order, and the names of those that no reader takes.

    No files if it is no archive of files, but a document that happens to be a container.

    Raises:
        InputError: If it is damaged, protected, too large, names files outside it, holds another archive or nothing
            readable.
        UsageError: If two files may be the notice.
        ConfigError: If its :data:`BUNDLE_FILE` is wrong.
    """
    if detect_format(data) != "zip":
        return (), ()
    archive = Archive(data, name, settings)
    if is_document(archive):
        return (), ()
    listed = {shown: path for path, shown in archive.list_files() if not _is_hidden(shown)}
    packed = next((shown for shown in listed if _is_archive_name(shown)), None)
    if packed is not None:
        raise _nested(packed, name)
    readable = [shown for shown in listed if PurePosixPath(shown).suffix.lower() in READABLE_SUFFIXES]
    if not readable:
        cause = Phrase("the archive holds no document that is read; it holds: {show}", show=_show(list(listed)))
        raise InputError("read.no_document", cause, file=name, advice="Readable are PDF, Word, Excel, OFD, HTML, text.")
    listing = next((shown for shown in listed if PurePosixPath(shown).name == BUNDLE_FILE), None)
    if listing is not None:
        prefix = listing.removesuffix(BUNDLE_FILE)
        below = {shown.removeprefix(prefix): shown for shown in readable if shown.startswith(prefix)}
        chosen: list[tuple[FileRole, str]] = [
            (role, below[inside])
            for role, inside in parse_bundle(archive.read(listed[listing]), tuple(below), f"{name}/{listing}")
        ]
    else:
        layers = {layer for shown in readable if (layer := _find_layer(shown, listed)) is not None}
        inputs = [shown for shown in readable if shown not in layers]
        chosen = [(role, inputs[place]) for role, place in choose_roles(inputs, name)]
    prefix = _common_folder([shown for _, shown in chosen])
    files, taken = list[BundleFile](), {listing, *(shown for _, shown in chosen)}
    for role, shown in chosen:
        layer = _find_layer(shown, listed)
        recognised = None if layer is None or layer in taken else archive.read(listed[layer])
        data = archive.read(listed[shown])
        files.append(BundleFile(name=shown.removeprefix(prefix), role=role, data=data, recognised=recognised))
        taken.add(layer)
    return tuple(files), tuple(shown for shown in listed if shown not in taken)


def _find_layer(name: str, names: Container[str]) -> str | None:
    """Return the name of the recognised text beside a scan of an archive."""
    suffix = PurePosixPath(name).suffix
    if suffix.lower() not in SCAN_SUFFIXES:
        return None
    beside = [stem + layer for stem in (name.removesuffix(suffix), name) for layer in LAYER_SUFFIXES]
    return next((one for one in beside if one in names), None)


def _common_folder(names: Sequence[str]) -> str:
    """Return the folders that all names begin with: most archives hold one folder with all."""
    parts = [PurePosixPath(name).parts[:-1] for name in names]
    common = []
    for level in zip(*parts, strict=False):
        if len(set(level)) > 1:
            break
        common.append(level[0])
    return "".join(f"{part}/" for part in common)


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "__MACOSX")) for part in parts) or parts[-1].lower() in _SYSTEM_FILES


def _is_archive_name(name: str) -> bool:
    return name.lower().endswith(ARCHIVE_SUFFIXES)


def _nested(packed: str, shown: str) -> InputError:
    cause = Phrase("an archive lies among its files: {packed}", packed=packed)
    return InputError("read.nested_archive", cause, file=shown, advice="Unpack that one, and give what is in it.")

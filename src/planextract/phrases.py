"""Sentences for people that remember how they were made: a template with named fields, and what stands in them.

A :class:`Phrase` is its English sentence, and behaves as any text does. Because it keeps template and fields, the same
sentence can be said in another language (``wording/tell.py``) without taking a finished one to pieces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self

Field = str | int | float


def plural(count: int) -> str:
    """Return the ending of an English noun that stands behind a count: 1 document, 2 documents."""
    return "s" * (count != 1)


class Phrase(str):
    """An English sentence made of a template and named fields.

    Attributes:
        template: The sentence with ``{name}`` where a field stands; a sentence without fields is its own template, and
            braces in it are braces.
        fields: What stands in it; texts that are sentences themselves may be phrases.

    >>> Phrase("there is no page {page}", page=9)
    'there is no page 9'
    """

    __slots__ = ("fields", "template")
    template: str
    fields: Mapping[str, Field]

    def __new__(cls, template: str, /, **fields: object) -> Self:
        """Make a phrase; fields that are neither numbers nor texts are kept as texts.

        Raises:
            KeyError: If the template names a field that is not given.
        """
        kept = {name: value if isinstance(value, str | int | float) else str(value) for name, value in fields.items()}
        made = super().__new__(cls, template.format(**kept) if kept else template)
        made.template = template
        made.fields = kept
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way between processes with template and fields."""
        return (_rebuild, (self.template, dict(self.fields)))


class Recorded(Phrase):
    """A sentence that a table holds in both languages: English, and its Chinese beside it.

    >>> Recorded("the deadline is blank", "完成时限空白").chinese
    '完成时限空白'
    """

    __slots__ = ("chinese",)
    chinese: str

    def __new__(cls, english: str, chinese: str) -> Self:
        """Make the sentence as it was recorded."""
        made = super().__new__(cls, english)
        made.chinese = chinese
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way between processes."""
        return (Recorded, (str(self), self.chinese))


def _rebuild(template: str, fields: dict[str, Field]) -> Phrase:
    return Phrase(template, **fields)


def join_phrases(separator: str, phrases: Sequence[str]) -> Phrase:
    r"""Return texts one after the other, each of which stays a phrase if it is one.

    >>> join_phrases("\n", ["there is no page 9", "there is no page 10"])
    'there is no page 9\nthere is no page 10'
    """
    names = [f"part{number}" for number in range(len(phrases))]
    template = separator.join("{" + name + "}" for name in names)
    return Phrase(template, **dict(zip(names, phrases, strict=True)))


def encode_phrase(text: str) -> object:
    """Return a text as JSON holds it: as itself, or as the template and fields of a phrase."""
    if not isinstance(text, Phrase):
        return str(text)
    fields = {name: encode_phrase(value) if isinstance(value, str) else value for name, value in text.fields.items()}
    return {"template": text.template, "fields": fields}


def decode_phrase(value: object) -> str:
    """Return what :func:`encode_phrase` gave; what somebody else wrote there is a text as it stands.

    >>> decode_phrase(encode_phrase(Phrase("there is no page {page}", page=9))).template
    'there is no page {page}'
    """
    if not isinstance(value, dict) or not isinstance(value.get("fields"), dict):
        return str(value)
    fields = {str(name): decode_phrase(v) if isinstance(v, dict) else v for name, v in value["fields"].items()}
    try:
        return Phrase(str(value.get("template")), **fields)
    except (KeyError, IndexError, ValueError):
        return str(value)

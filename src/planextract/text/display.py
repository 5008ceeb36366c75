"""Text of documents and names as a terminal may show it: nothing in it can steer the terminal or turn lines around."""

from __future__ import annotations

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)}
_PICTURES[0x7F] = "␡"
_PICTURES.update({code: f"⟨{code:02X}⟩" for code in range(0x80, 0xA0)})
_PICTURES.update(
    {
        code: f"⟨{code:04X}⟩"
        for code in (
            0x061C,
            0x200E,
            0x200F,
            0x2028,
            0x2029,
            *range(0x202A, 0x202F),
            *range(0x2066, 0x206A),
            *range(0xFFF9, 0xFFFC),
        )
    }
)
_PICTURES.update(dict.fromkeys(range(55296, 57344), "�"))


def show_text(text: str) -> str:
    r"""Return a text with every character that a terminal obeys made visible; line ends and tabs stay.

    Control characters become their pictures (␛ for escape), those of C1, of writing direction and of lines their
    code in brackets, lone surrogates �. What is printed otherwise stays as it is.

    >>> show_text("甲\x1b[31m\u202e乙")
    '甲␛[31m⟨202E⟩乙'
    """
    return text if text.isprintable() and text.isascii() else text.translate(_PICTURES)


def show_line(text: str) -> str:
    r"""Return :func:`show_text` of a text on one line.

    >>> show_line("甲\n乙")
    '甲␊乙'
    """
    return show_text(text).replace("\n", "␊")


def escape_json(text: str) -> str:
    r"""Return JSON with what a terminal obeys as escapes; it means the same.

    >>> escape_json('"甲\u202e"')
    '"甲\\u202e"'
    """
    if text.isprintable():
        return text
    return "".join(char if char in "\n\t" or show_text(char) == char else f"\\u{ord(char):04x}" for char in text)

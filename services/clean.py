"""One door for text from outside: what a payer wrote may not drive the clerk's terminal.

`clean()` stands where text enters (the readers) and again where it leaves (screen, print, mail,
log, spreadsheet, file name). The raw bytes stay only in the stored message. DESIGN 2.8.
"""

import re
import unicodedata

REPLACEMENT = "�"

_INVISIBLE = frozenset(
    chr(point)
    for span in (
        range(0x061C, 0x061D),
        range(0x180E, 0x180F),
        range(0x200B, 0x2010),
        range(0x2028, 0x202F),
        range(0x2060, 0x2070),
        range(0xFE00, 0xFE10),
        range(0xFEFF, 0xFF00),
        range(0xFFF9, 0xFFFC),
        range(0xE0000, 0xE0200),
    )
    for point in span
)
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
#: No screen and no sheet of paper is wider.
_LONGEST_LINE = 1024

_PLAIN = re.compile(r"[ -~]*\Z")


def _character(character: str) -> str:
    if character in _INVISIBLE or unicodedata.category(character) in _HARMFUL:
        return REPLACEMENT
    return character


def is_text(word: str) -> bool:
    """Whether all of a word could be decoded: what could not stands as surrogates, which no store and no file holds."""
    return not any("\ud800" <= letter <= "\udfff" for letter in word)


def clean(text: str, limit: int = 200) -> str:
    """Gives the text with every control, bidirectional and invisible character replaced, cut to `limit`.

    Idempotent; tabs and line ends are control characters here, so split lines first.
    """
    text = text[:limit]
    if _PLAIN.match(text):
        return text
    return "".join(map(_character, text))


def one_cell_each(text: str) -> str:
    """Gives text from outside in a form where every character takes one cell and none drives the terminal.

    Letters are composed (NFC); what is still combining or double-wide becomes U+FFFD, because one such
    character would shift every column to its right.
    """
    text = clean(text, _LONGEST_LINE)
    if text.isascii():
        return text
    return "".join(
        REPLACEMENT
        if unicodedata.east_asian_width(character) in "WF" or unicodedata.category(character) in ("Mn", "Me")
        else character
        for character in unicodedata.normalize("NFC", text)
    )

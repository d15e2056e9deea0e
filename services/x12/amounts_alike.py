"""Amounts and counts of a claim, written alike whoever wrote them: `235.00`, `0235.` and `235` are one (behaviour 8.1).

By its segments an EEOB is known when it is sent again; how a number is padded is no part of what it says.
"""

import re

#: The elements that are amounts or counts, by segment (X12 005010X221A1, loops 2100 and 2110).
_NUMBERS = {
    "CLP": (3, 4, 5),
    "SVC": (2, 3, 5, 7),
    "AMT": (2,),
    "QTY": (2,),
    "MIA": (*range(1, 5), *range(6, 20), 24),
    "MOA": (1, 2, 8, 9),
    # Of its six triplets the first element is the reason.
    "CAS": tuple(at for at in range(3, 20) if at % 3 != 2),
}
# Few files pad, so it is asked first whether anything is padded: at its end, or in front.
_END = re.compile(r"\.(?:[0-9]*0)?(?=[*~]|\Z)")
_FRONT = re.compile(r"\*(?:-0|0[0-9.])")

_NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)\Z")


def with_amounts_alike(text: str) -> str:
    """The segments of a claim, written as `RemittanceClaim.text` is, with every number in its shortest form."""
    return "~".join(map(_alike, text.split("~"))) if _is_padded(text) else text


def _is_padded(text: str) -> bool:
    if _END.search(text):
        return True
    for found in _FRONT.finditer(text):
        begin = text.rfind("~", 0, found.start()) + 1
        # References and dates begin with a zero too.
        if text.count("*", begin, found.end()) in _NUMBERS.get(text[begin : begin + 3], ()):
            return True
    return False


def _alike(segment: str) -> str:
    places = _NUMBERS.get(segment[:3], ())
    if not places:
        return segment
    elements = segment.split("*")
    for at in places:
        if at < len(elements):
            elements[at] = shortest(elements[at])
    return "*".join(elements)


def shortest(text: str) -> str:
    """A number without the zeros that fill it up; what is none stays as it is."""
    if _NUMBER.match(text) is None:
        return text
    sign, number = ("-", text[1:]) if text[0] == "-" else ("", text)
    if "." in number:
        number = number.rstrip("0").removesuffix(".")
    number = number.lstrip("0")
    return sign + number if number else "0"

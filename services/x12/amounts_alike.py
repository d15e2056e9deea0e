"""Amounts and counts of a claim, written alike whoever wrote them: `235.00`, `0235.` and `235` are one (behaviour 8.1).

By its segments an EEOB is known when it is sent again; how a number is padded is no part of what it says.
"""

import re

#: The elements that are amounts or counts, by segment (X12 005010X221A1, loops 2100 and 2110); CAS has its own.
_NUMBERS = {
    "CLP": (3, 4, 5),
    "SVC": (2, 3, 5, 7),
    "AMT": (2,),
    "QTY": (2,),
    "MIA": (*range(1, 5), *range(6, 20), 24),
    "MOA": (1, 2, 8, 9),
}
#: Of the triplets of a CAS segment the reasons, CAS02, CAS05 and so on, are no numbers.
_FIRST_OF_CAS, _TRIPLET, _REASON = 3, 3, 2

# Few files pad, so it is asked first whether anything is padded: at its end, in front in CLP, in front elsewhere.
_END = re.compile(r"\.(?:[0-9]*0)?(?=[*~]|\Z)")
_FRONT = re.compile(r"\*(?:-0|0[0-9.])")
_CLP = re.compile(r"CLP\*[^*~]*\*[^*~]*\*(?:[^*~]*\*){0,2}?(?:-0|0[0-9.])")
_OTHERS = re.compile(r"~(?:CAS|SVC|AMT|QTY|MIA|MOA)\*[^~]*\*(?:-0|0[0-9.])")

_NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)\Z")


def with_amounts_alike(text: str) -> str:
    """The segments of a claim, written as `RemittanceClaim.text` is, with every number in its shortest form."""
    return "~".join(map(_alike, text.split("~"))) if _is_padded(text) else text


def _is_padded(text: str) -> bool:
    if _END.search(text):
        return True
    return bool(_FRONT.search(text) and (_CLP.match(text) or _OTHERS.search(text)))


def _alike(segment: str) -> str:
    name = segment[:3]
    if name == "CAS":
        elements = segment.split("*")
        places = [at for at in range(_FIRST_OF_CAS, len(elements)) if at % _TRIPLET != _REASON]
    elif name in _NUMBERS:
        elements = segment.split("*")
        places = [at for at in _NUMBERS[name] if at < len(elements)]
    else:
        return segment
    for at in places:
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

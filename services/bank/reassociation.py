"""What an EFT's addenda say about the remittance it pays: the TRN segment, or a whole 835 inside a CTX.

Sources: CAQH CORE 370 (reassociation: TRN in record 7 field 3, other text may follow it), NACHA healthcare
CCD+ (terminator `~` or `\\`), X12 005010X221A1 TRN.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.clean import clean

_TRN = re.compile(r"(?<![A-Za-z0-9])TRN(?P<separator>[^A-Za-z0-9\\~\s])(?P<rest>.*)\Z", re.DOTALL)
_TERMINATOR = re.compile(r"[\\~]")
_ISA_SIZE = 106


@dataclass(frozen=True, slots=True)
class Trn:
    """The reassociation trace: TRN02 `trace`, TRN03 `payer_id`, TRN04 `originator` (empty when absent).

    `rest` is the other text of the addenda, before and after the segment. `terminated` is False when
    neither `\\` nor `~` ends it, so that the last element was cut at the first blank.
    """

    trace: str
    payer_id: str
    originator: str
    rest: str
    terminated: bool


def read_trn(text: str) -> Trn | None:
    """Reads the TRN segment in the joined addenda of an EFT; None without one.

    One without TRN01 = 1 or without a trace does not count. The
    element separator is whatever follows the word TRN (`*` by rule).
    """
    found = _TRN.search(text)
    if found is None:
        return None
    separator, rest = found["separator"], found["rest"]
    end = _TERMINATOR.search(rest)
    if end is not None:
        body, after = rest[: end.start()], rest[end.end() :]
    else:
        parts = rest.split(separator, 3)
        last, _, after = parts[-1].lstrip().partition(" ")
        body = separator.join([*parts[:-1], last])
    elements = [element.strip() for element in body.split(separator)]
    if elements[0] != "1" or len(elements) < 2 or not elements[1]:
        return None
    elements += ["", ""]
    others = " ".join(part for part in (text[: found.start()].strip(), after.strip()) if part)
    return Trn(
        clean(elements[1]), clean(elements[2]), clean(elements[3]), clean(others, 1000), end is not None
    )


def embedded_interchange(addenda: Sequence[str]) -> bytes | None:
    """Takes the X12 interchange out of the addenda of a CTX entry, from ISA on; None when there is none.

    `addenda` are the 80-character texts in sequence order. Blanks that only fill up a record after a
    segment's end are left out; nothing else is changed.
    """
    joined = "".join(addenda)
    start = joined.find("ISA")
    if start < 0 or len(joined) < start + _ISA_SIZE or joined[start + 3].isalnum():
        return None
    interchange = joined[start:].rstrip()
    terminator = interchange[_ISA_SIZE - 1 : _ISA_SIZE]
    if not terminator or terminator.isalnum() or terminator == " ":
        return None
    packed = re.sub(re.escape(terminator) + " +", lambda _: terminator, interchange)
    try:
        return packed.encode("latin-1")
    except UnicodeEncodeError:
        return packed.encode("utf-8")


def trn_of_interchange(interchange: bytes) -> Trn | None:
    """The TRN of the first 835 inside an interchange, by a simple scan; None without one."""
    text = interchange.decode("latin-1")
    separator, terminator = text[3], text[_ISA_SIZE - 1]
    remittance = False
    for segment in text.split(terminator):
        elements = [element.strip() for element in segment.strip().split(separator)]
        if elements[0] == "ST":
            remittance = elements[1:2] == ["835"]
        elif remittance and elements[:2] == ["TRN", "1"] and len(elements) > 2 and elements[2]:
            elements += ["", ""]
            return Trn(clean(elements[2]), clean(elements[3]), clean(elements[4]), "", True)
    return None

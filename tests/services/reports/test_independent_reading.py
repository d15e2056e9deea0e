"""Every amount, code, date and reference of a real 835 is found in the expanded print of its ERA.

The file is taken apart here by its separators alone, without the reader under test: each element of each segment is
looked for in what is printed of its claim, or of the ERA where it belongs to no claim, unless it is named below.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from models.store import Store
from services.dates import capitals, pad_day
from services.findings import Finding
from services.intake.importing import import_file
from services.office.actor import Actor
from services.reports.prints import print_of_era
from services.reports.render.sections import lines_of
from services.x12.values import DAYS
from tests import given
from tests.remittance_in_full import file as file_in_full
from tests.services.x12.files import samples

#: What a file without an interchange says is held whole; this one has a line end within a segment.
HELD = {path.name for path, row in samples("835") if row["n_isa"] == "0"} | {
    "harshit_nevada_medicaid_collapsed_isa.835"
}
BALANCED = [
    pytest.param(path, id=path.name)
    for path, row in samples("835")
    if row["balances"] == "yes" and path.name not in HELD
]

#: A file whose composites have another separator than the one its ISA names.
SEPARATORS = {"lfh_secondary-payment.835": ">"}

#: What is not printed, and why.
NOT_PRINTED = {
    **dict.fromkeys(("ST01", "ST02", "ST03", "SE01", "SE02", "LX01"), "what holds the set together"),
    "BPR03": "credit or debit: a debit is told as a finding",
    **dict.fromkeys(
        (f"BPR{at:02d}" for at in (5, 6, 7, 8, 9, 12, 13, 14, 15)), "banks and accounts: not kept"
    ),
    "TRN01": "always 1",
    **dict.fromkeys(("CUR01", "CUR02", "CUR03"), "another currency is told as a finding"),
    **dict.fromkeys(
        ("N101", "NM101", "NM102", "NM108", "N103", "PER01"), "what kind of name or number follows"
    ),
    **dict.fromkeys(("PER03", "PER05", "PER07"), "the kind of number, printed as a word"),
    "NM106": "a title before a name",
    **dict.fromkeys(("REF01", "AMT01", "QTY01", "DTM01", "LQ01"), "the qualifier, printed as what it means"),
    **dict.fromkeys(("REF03", "REF04"), "not kept"),
    "CAS01": "the group, printed as what it means where it stands for a claim",
    "CLP10": "not used in an 835",
    "CLP14": "not kept",
    "DTM02 of the header": "days of the header but that of the production (405)",
}


@dataclass(frozen=True)
class Said:
    """One element: its name, its parts, and the number of its claim (0 for the ERA)."""

    name: str
    value: str
    claim: int
    in_header: bool = False


def sets_of(path: Path) -> Iterator[list[Said]]:
    """What each set of a file says, element by element, composites in parts."""
    text = path.read_text("latin-1")
    start = text.find("ISA")
    if start >= 0:
        separator, component = text[start + 3], ":"
        fixed = re.match(
            rf"ISA(?:{re.escape(separator)}[^{re.escape(separator)}]*){{15}}{re.escape(separator)}(.)(.)",
            text[start:],
            re.S,
        )
        assert fixed is not None
        component, end = fixed[1], fixed[2]
    else:
        start = text.index("ST")
        separator, component = text[start + 2], ":"
        end = "~" if "~" in text else "\n"
    component = SEPARATORS.get(path.name, component)
    said: list[Said] = []
    claim = 0
    inside = False
    for segment in text[start:].split(end):
        name, *elements = segment.strip().split(separator)
        if name == "ST":
            said, claim, inside = [], 0, True
        if name == "CLP":
            claim += 1
        if inside:
            at = 0 if name in ("TS3", "TS2", "PLB", "SE", "LX", "BPR", "TRN") else claim
            said += _elements(name, elements, component, at, in_header=claim == 0)
        if name == "SE":
            inside = False
            yield said


def _elements(
    name: str, elements: Sequence[str], component: str, claim: int, *, in_header: bool
) -> Iterator[Said]:
    composite = {("SVC", 1), ("SVC", 6), *((("PLB", at)) for at in range(3, 15, 2))}
    for at, element in enumerate(elements, start=1):
        parts = element.split(component) if (name, at) in composite else [element]
        if name == "SVC" and at in (1, 6) and len(parts) > 1:
            # Which list the procedure is of; a description of it is behind its four modifiers.
            parts = parts[1:6]
        for part in parts:
            if part.strip():
                yield Said(f"{name}{at:02d}", part.strip(), claim, in_header)


def is_found(said: Said, text: str) -> bool:
    """Whether a value stands in a print: as it is, as a number of the same value, or as a day."""
    value = " ".join(said.value.split())
    shown = re.escape(value)
    if re.search(rf"(?<![A-Za-z0-9]){shown}(?![A-Za-z0-9])", text) or (
        len(value) > 8 and "".join(value.split()) in "".join(text.split())
    ):
        return True
    if re.fullmatch(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)", value):
        amount = Decimal(value)
        numbers = {Decimal(each) for each in re.findall(r"-?[0-9]+(?:\.[0-9]+)?", text)}
        # Provider adjustments are printed with the ledger's sign, the rate of reimbursement in per cent.
        if amount in numbers or (said.name.startswith("PLB") and -amount in numbers):
            return True
        if said.name == "MOA01" and f"{(amount * 100).normalize():f}%" in text:
            return True
    days = [DAYS[each] for each in value.split("-")]
    return bool(days) and all(
        day is not None and any(form in text for form in (pad_day(day), capitals(day))) for day in days
    )


def printed(store: Store, era: int) -> dict[int, str]:
    """The lines of the expanded print by EEOB, 0 for what tells of the ERA."""
    lines: dict[int, list[str]] = {0: []}
    with store.reading() as session:
        for section in print_of_era(session, era, expanded=True).sections or ():
            number = int(section.of.split()[1]) if section.of.startswith("EEOB") else 0
            lines.setdefault(number, []).extend(lines_of(section, 80))
    return {number: "\n".join(of) for number, of in lines.items()}


def file_bills(store: Store, actor: Actor, path: Path) -> None:
    """Bills for all claims of a file, so that it is filed."""
    claims = {said.value for every in sets_of(path) for said in every if said.name == "CLP01" and said.value}
    given.bills(store, actor, dict.fromkeys(sorted(claims), 100))


def lost(store: Store, actor: Actor, path: Path) -> tuple[int, list[str]]:
    """How many ERAs a file became, and what it says that none of their prints has."""
    file_bills(store, actor, path)
    report = import_file(store, actor, path)
    missing = []
    for one, every in zip(report.sets, sets_of(path), strict=True):
        if one.era is None:
            continue
        texts = printed(store, one.era)
        not_read = {name for name in map(_told, one.findings) if name}
        for said in every:
            elsewhere = said.name == "DTM02" and said.in_header
            if said.name in NOT_PRINTED or elsewhere or said.name[:-2] in not_read or said.name in not_read:
                continue
            if not is_found(said, texts[said.claim]):
                missing.append(f"{said.name} {said.value!r} of claim {said.claim}")
    return sum(one.era is not None for one in report.sets), missing


def _told(finding: Finding) -> str:
    """What was not read, as a finding tells it: a segment that stands where it may not, or a day that is none."""
    if "BPR16" in finding.text:
        return "BPR16"
    told = re.search(r"segment (\w+) has no place", finding.text, re.IGNORECASE)
    return told[1] if told else ""


@pytest.mark.parametrize("path", BALANCED)
def test_a_real_remittance_is_printed_whole(site: Store, actor: Actor, path: Path) -> None:
    eras, missing = lost(site, actor, path)
    assert eras
    assert missing == []


def test_whatever_an_835_can_say_is_printed(site: Store, actor: Actor, tmp_path: Path) -> None:
    path = tmp_path / "full.835"
    path.write_bytes(file_in_full())
    assert lost(site, actor, path) == (1, [])


def test_what_is_not_printed_is_found_missing(site: Store, actor: Actor, tmp_path: Path) -> None:
    path = tmp_path / "full.835"
    path.write_bytes(file_in_full())
    lost(site, actor, path)
    (every,) = sets_of(path)
    text = printed(site, 1)[2].replace("MP-0455", "").replace("1719.92", "1719.29").replace("05/22/12", "")
    missing = {said.name for said in every if said.claim == 2 and not is_found(said, text)} - set(NOT_PRINTED)
    assert missing >= {"REF02", "CLP03", "SVC02", "DTM02"}

"""Adds an 835 up again, without any of the program's own code: what the equations of the 835 say about it."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path


def segments(path: Path) -> list[list[str]]:
    """The segments of a file as lists of elements."""
    return [line.split("*") for line in path.read_text("ascii").replace("\n", "").split("~") if line]


@dataclass
class Claim:
    """A claim of an 835 with what its lines add up to."""

    bill: str
    status: str
    charge: Decimal
    paid: Decimal
    control: str
    filing: str
    line_charges: Decimal = Decimal()
    line_paid: Decimal = Decimal()
    lines: int = 0
    adjusted: Decimal = Decimal()
    patient: Decimal = Decimal()
    stated_patient: Decimal = Decimal()
    reasons: list[tuple[str, str, Decimal]] = field(default_factory=list)
    bad_lines: int = 0

    @property
    def balanced(self) -> bool:
        """CLP03 less all CAS is CLP04."""
        return self.charge - self.adjusted == self.paid


@dataclass
class Remittance:
    """One set of an 835."""

    total: Decimal
    handling: str
    method: str
    trace: str = ""
    payer: str = ""
    claims: list[Claim] = field(default_factory=list)
    plbs: list[tuple[str, str, Decimal]] = field(default_factory=list)
    segments: int = 0
    stated_segments: int = 0

    @property
    def balanced(self) -> bool:
        """All CLP04 less all PLB amounts is BPR02."""
        paid = sum((claim.paid for claim in self.claims), Decimal())
        return paid - sum((amount for _, _, amount in self.plbs), Decimal()) == self.total


def remittances(path: Path) -> list[Remittance]:
    """The sets of an 835 with their sums."""
    out: list[Remittance] = []
    count = 0
    line_left: Decimal | None = None
    allowed = Decimal()
    for each in segments(path):
        name = each[0]
        count += 1
        if line_left is not None and name in ("SVC", "CLP", "PLB", "SE"):
            out[-1].claims[-1].bad_lines += line_left != 0
            line_left = None
        if name == "ST":
            count = 1
        elif name == "BPR":
            out.append(Remittance(Decimal(each[2]), each[1], each[4]))
        elif name == "TRN":
            out[-1].trace, out[-1].payer = each[2], each[3]
        elif name == "CLP":
            claim = Claim(each[1], each[2], Decimal(each[3]), Decimal(each[4]), each[7], each[6])
            claim.stated_patient = Decimal(each[5] or 0)
            out[-1].claims.append(claim)
        elif name == "SVC":
            claim = out[-1].claims[-1]
            claim.lines += 1
            claim.line_charges += Decimal(each[2])
            claim.line_paid += Decimal(each[3])
            line_left = Decimal(each[2]) - Decimal(each[3])
            allowed = Decimal(each[3])
        elif name == "CAS":
            claim = out[-1].claims[-1]
            for at in range(2, len(each), 3):
                amount = Decimal(each[at + 1])
                claim.reasons.append((each[1], each[at], amount))
                claim.adjusted += amount
                claim.patient += amount if each[1] == "PR" else 0
                if line_left is not None:
                    line_left -= amount
                    allowed += amount if each[1] == "PR" else 0
        elif each[:2] == ["AMT", "B6"]:
            out[-1].claims[-1].bad_lines += Decimal(each[2]) != allowed
        elif name == "PLB":
            for at in range(3, len(each), 2):
                code, _, reference = each[at].partition(":")
                out[-1].plbs.append((code, reference, Decimal(each[at + 1])))
        elif name == "SE":
            out[-1].segments, out[-1].stated_segments = count, int(each[1])
    return out


def bills(path: Path) -> dict[str, tuple[Decimal, Decimal, str]]:
    """The claims of an 837: bill to charge, sum of its lines, and payer sequence."""
    found: dict[str, list[Decimal]] = {}
    sequence: dict[str, str] = {}
    bill = own = ""
    for each in segments(path):
        if each[0] == "SBR" and not own:
            own = each[1]
        elif each[0] == "HL":
            own = ""
        elif each[0] == "CLM":
            bill = each[1]
            assert bill not in found
            found[bill] = [Decimal(each[2]), Decimal()]
            sequence[bill] = own
        elif each[0] == "SV1":
            found[bill][1] += Decimal(each[2])
        elif each[0] == "SV2":
            found[bill][1] += Decimal(each[3])
    return {bill: (charge, lines, sequence[bill]) for bill, (charge, lines) in found.items()}

"""What Medicare says of a claim: inpatient (MIA) and outpatient (MOA) adjudication, and its remarks."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from services.codes.looking_up import Told
from services.codes.texts import CodeTexts
from services.remittances.further import QualifiedView
from services.reports.report import Fact, Facts, Part, Words

#: The elements of MIA and MOA that are numbers, by what they are called on the print.
_INPATIENT = {
    "MIA01": "Covered Days",
    "MIA02": "PPS Oper Outlier",
    "MIA03": "Lifetm Psych Days",
    "MIA04": "Claim DRG Amt",
    "MIA06": "Dispropor. Share",
    "MIA07": "MSP Pass Thru",
    "MIA08": "PPS Cap Amt",
    "MIA09": "PPS Cap FSP DRG",
    "MIA10": "PPS Cap HSP DRG",
    "MIA11": "PPS Cap DSH DRG",
    "MIA12": "Old Cap Amt",
    "MIA13": "PPS Cap IME Amt",
    "MIA14": "PPS Oper HSP DRG",
    "MIA15": "Cost Report Days",
    "MIA16": "PPS Oper FSP DRG",
    "MIA17": "PPS Outlier Amt",
    "MIA18": "Indirect Teaching",
    "MIA19": "Non-Pay Prof Comp",
    "MIA24": "PPS Cap Exception",
}
_OUTPATIENT = {
    "MOA01": "Reimburse Rate",
    "MOA02": "HCPCS Pay Amt",
    "MOA08": "ESRD Paid Amt",
    "MOA09": "Non-Pay Prof Comp",
}


def medicare_parts(
    amounts: Sequence[QualifiedView], remarks: Sequence[QualifiedView], codes: CodeTexts
) -> Iterator[Part]:
    """The values of MIA and MOA under INPATIENT and OUTPATIENT, then the remark codes of the claim."""
    for title, names, right in ((" INPATIENT:", _INPATIENT, 37), (" OUTPATIENT:", _OUTPATIENT, 40)):
        prefix = next(iter(names))[:3]
        facts = [
            Fact(names.get(each.qualifier, each.qualifier), each.value, paper=_rate(each.qualifier))
            for each in amounts
            if each.qualifier.startswith(prefix)
        ]
        if facts:
            yield Words(title)
            lines = tuple(tuple(facts[at : at + 2]) for at in range(0, len(facts), 2))
            yield Facts(lines, lead="   ", right=right, widths=(18, 18))
    yield Words(" Claim Level Remark Information")
    yield Words("   Code     Description")
    if not remarks:
        yield Words("NONE", "  ")
        return
    yield Facts(
        tuple((_remark(remark.value, codes),) for remark in remarks),
        lead="   ",
        widths=(4, 0),
        between="  -  ",
        most=60,
    )


def _remark(code: str, codes: CodeTexts) -> Fact:
    meaning = codes.meaning(Told.REMARK, code)
    return Fact(code, meaning or code, paper=None if meaning else say_nothing)


def say_nothing(value: object) -> str:
    """How a value is written on paper whose label or meaning says it already: not at all."""
    return ""


def _rate(qualifier: str) -> Callable[[str], str] | None:
    """How a value is written on paper: the rate of reimbursement (MOA01) in per cent."""
    return _in_percent if qualifier == "MOA01" else None


def _in_percent(rate: str) -> str:
    return f"{(Decimal(rate) * 100).normalize():f}%"

"""The service lines of an EEOB on its print, and what claim and lines say by qualifiers (`screens.md` 12)."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from data.code_lists import CodeList, meaning_of
from models.words.money import ZERO
from services.codes.looking_up import Told
from services.codes.texts import CodeTexts
from services.dates import pad_day
from services.remittances.detail import LineDetail
from services.remittances.further import DayView, QualifiedView
from services.reports.report import Column, Fact, Facts, Kind, Part, Table

_CAPTION = "  #   SV DT   REVCD  PROC  MOD  UNITS  BILLED  DEDUCT  COINS    ALLOW     PYMT"


def line_parts(line: LineDetail, codes: CodeTexts) -> Iterator[Part]:
    """One service line: its row under the titles, its adjustments and remarks, and what else is said of it."""
    yield Table(_COLUMNS, (line,), _CAPTION)
    for adjustment in line.adjustments:
        code = f"{adjustment.group}  {adjustment.code}"
        meaning = codes.meaning(Told.REASON, adjustment.code)
        yield Facts(((Fact("ADJ", code, meaning=meaning),),), lead="", hanging=False)
        amount = Fact("ADJ AMT", adjustment.amount, Kind.MONEY)
        counted = leave_empty_out(Fact("Quantity", adjustment.quantity))
        yield Facts(((amount, *counted),), lead="")
    for number, remark in enumerate(line.remarks, start=1):
        yield Facts(((_remark(f"-REMARK CODE({number})", remark, codes),),), lead="  ", hanging=False)
    period = None if line.service_to == line.service_from else line.service_to
    known = (
        Fact("MODIFIERS", " ".join(line.modifiers) if len(line.modifiers) > 1 else None),
        Fact("SERVICE TO", period, Kind.DATE, paper=pad_day),
        Fact("UNITS BILLED", line.billed_units),
        Fact("PROCEDURE SUBMITTED", line.original_procedure),
        Fact("LINE CONTROL #", line.control_number),
    )
    further = (
        *leave_empty_out(*known),
        *amount_facts(line.amounts),
        *reference_facts(line.references),
        *day_facts(line.days),
    )
    if further:
        yield Facts(tuple((fact,) for fact in further), lead="  ")


def _remark(label: str, remark: QualifiedView, codes: CodeTexts) -> Fact:
    """A remark code with what it stands for, by whichever list its payer names (LQ01)."""
    meaning = codes.meaning(Told.REMARK, remark.value)
    return Fact(label, remark.value, meaning=meaning if remark.qualifier in ("", "HE") else remark.qualifier)


def amount_facts(amounts: Sequence[QualifiedView]) -> Iterator[Fact]:
    """Further amounts and counts by what their qualifiers mean."""
    for amount in amounts:
        if amount.qualifier.startswith("QTY"):
            label = meaning_of(CodeList.QUANTITIES, amount.qualifier[3:])
        else:
            label = meaning_of(CodeList.AMOUNTS, amount.qualifier)
        yield Fact(label or amount.qualifier, amount.value)


def reference_facts(references: Sequence[QualifiedView]) -> Iterator[Fact]:
    """Reference numbers by what their qualifiers mean."""
    for reference in references:
        label = meaning_of(CodeList.REFERENCES, reference.qualifier)
        yield Fact(label or f"REF {reference.qualifier}", reference.value)


def day_facts(days: Sequence[DayView]) -> Iterator[Fact]:
    """Days by what their qualifiers mean."""
    for day in days:
        code, _, end = day.qualifier.partition("-")
        label = meaning_of(CodeList.DAYS, code) or f"DTM {code}"
        yield Fact(f"{label} ({end})" if end else label, day.day, Kind.DATE, paper=pad_day)


def leave_empty_out(*facts: Fact) -> list[Fact]:
    """The facts that say something."""
    return [fact for fact in facts if fact.value not in (None, "")]


def _patient_owes(code: str) -> Callable[[LineDetail], Decimal]:
    """What a line leaves to the patient under a reason: PR-1 is the deductible, PR-2 the coinsurance."""
    return lambda line: sum(
        (each.amount for each in line.adjustments if (each.group, each.code) == ("PR", code)), ZERO
    )


def _modifiers(modifiers: str) -> str:
    first, *more = modifiers.split(" ")
    return f"{first:>3}{'+' if more else ' '}"


_COLUMNS: tuple[Column[LineDetail], ...] = (
    Column("#", lambda line: line.number, Kind.NUMBER, 3),
    Column("SV DT", lambda line: line.service_from, Kind.DATE, 8, paper=pad_day),
    Column("REVCD", lambda line: line.revenue_code, width=6, to_right=True),
    Column("PROC", lambda line: line.procedure, width=5, to_right=True),
    Column("MOD", lambda line: " ".join(line.modifiers), width=4, paper=_modifiers),
    Column("UNITS", lambda line: line.units, width=5, to_right=True),
    Column("BILLED", lambda line: line.charge, Kind.MONEY, 8),
    Column("DEDUCT", _patient_owes("1"), Kind.MONEY, 7),
    Column("COINS", _patient_owes("2"), Kind.MONEY, 6),
    Column("ALLOW", lambda line: line.allowed, Kind.MONEY, 8),
    Column("PYMT", lambda line: line.paid, Kind.MONEY, 8),
)

"""One ERA with all that came in it: EEOBs, service lines, adjustments, and its balance."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bills import Bill
from models.efts import Eft
from models.eras import ClaimAdjustment, Eeob, EeobLine, Era, ProviderAdjustment, Remark
from models.messages import DataException, StoredFinding
from models.receipts import Receipt
from models.words.intake import DataCategory
from models.words.remittances import EraMatchStatus, MatchReason, PostStatus
from services.findings import Finding
from services.remittances.finding import eft_of, era_of, returned_of
from services.remittances.further import (
    DayView,
    EraPartyView,
    EraReferenceView,
    Further,
    PartyView,
    QualifiedView,
    era_parties,
    era_references,
    further_of,
)
from services.remittances.returns import say_return_of

#: The findings that tell of an equation which does not hold.
BALANCE_CODES = ("line-balance", "claim-balance", "transaction-balance", "bad-amount")


class ClaimStatus(StrEnum):
    """What the payer did with a claim (361.1 .13)."""

    PROCESSED = "PROCESSED"
    DENIED = "DENIED"
    PENDED = "PENDED"
    REVERSAL = "REVERSAL"
    OTHER = "OTHER"


# CLP02 of 005010X221A1; 5 to 17 are pended states of 004010X091A1.
_STATUSES = {
    **dict.fromkeys(("1", "2", "3", "19", "20", "21"), ClaimStatus.PROCESSED),
    "4": ClaimStatus.DENIED,
    **dict.fromkeys(("5", "10", "13", "15", "16", "17"), ClaimStatus.PENDED),
    "22": ClaimStatus.REVERSAL,
}


@dataclass(frozen=True, slots=True)
class PayerView:
    """A payer as a file names it."""

    name: str
    id: str


@dataclass(frozen=True, slots=True)
class AdjustmentView:
    """One reason of a CAS segment."""

    group: str
    code: str
    amount: Decimal
    quantity: str | None


@dataclass(frozen=True, slots=True)
class EeobLineView:
    """One service line of an EEOB (loop 2110); `remarks` are its remark codes (LQ02).

    `billed_units` is given where other `units` were paid than billed.
    """

    procedure: str | None
    modifiers: tuple[str, ...]
    revenue_code: str | None
    units: str | None
    billed_units: str | None
    charge: Decimal
    paid: Decimal
    allowed: Decimal | None
    service_date: datetime.date | None
    service_to: datetime.date | None
    adjustments: tuple[AdjustmentView, ...]
    remarks: tuple[str, ...]
    amounts: tuple[QualifiedView, ...]
    references: tuple[QualifiedView, ...]
    days: tuple[DayView, ...]


@dataclass(frozen=True, slots=True)
class TwinView:
    """The EEOB on file that this one repeats; its detail is stored there only."""

    era: int
    sequence: int


@dataclass(frozen=True, slots=True)
class EeobView:
    """One EEOB (loop 2100); `exception` says why its line is in exception."""

    sequence: int
    claim: str
    bill: str | None
    patient: str | None
    charge: Decimal
    paid: Decimal
    patient_responsibility: Decimal | None
    status: ClaimStatus
    status_code: str
    reversal: bool
    exception: DataCategory | None
    balanced: bool
    duplicate_of: TwinView | None
    service_from: datetime.date | None
    service_to: datetime.date | None
    adjustments: tuple[AdjustmentView, ...]
    remarks: tuple[str, ...]
    amounts: tuple[QualifiedView, ...]
    references: tuple[QualifiedView, ...]
    days: tuple[DayView, ...]
    parties: tuple[PartyView, ...]
    lines: tuple[EeobLineView, ...]


@dataclass(frozen=True, slots=True)
class EraAdjustmentView:
    """An ERA-level adjustment (PLB) with the ledger's sign: money taken is negative."""

    reference: str
    code: str
    amount: Decimal
    text: str | None


@dataclass(frozen=True, slots=True)
class BalanceView:
    """Whether the equations of all lines, of all claims and of the transaction hold, and where not."""

    lines: bool
    claims: bool
    transaction: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class EraView:
    """One ERA, whole; `findings` are all those of its transaction set.

    `taken_back` says how the bank took back its EFT, and each EFT that it had before.
    """

    number: int
    trace: str
    payer: PayerView
    date: datetime.date
    received: datetime.date
    amount: Decimal
    method: str | None
    match_status: EraMatchStatus
    match_reason: MatchReason | None
    post_status: PostStatus
    eft: int | None
    check: str | None
    receipt: str | None
    adjustments: tuple[EraAdjustmentView, ...]
    parties: tuple[EraPartyView, ...]
    references: tuple[EraReferenceView, ...]
    eeobs: tuple[EeobView, ...]
    balance: BalanceView
    findings: tuple[Finding, ...]
    taken_back: tuple[str, ...]


def claim_status(code: str) -> ClaimStatus:
    """What a claim status code (CLP02) says, in the words of the screens."""
    return _STATUSES.get(code.strip(), ClaimStatus.OTHER)


def era_show(session: Session, number: int) -> EraView:
    """One ERA with everything that came in it; raises `Refused` when there is none of this number."""
    era = era_of(session, number, lock=False)
    findings = _findings(session, era)
    return EraView(
        number=era.id,
        trace=era.trace,
        payer=PayerView(era.payer_name, era.payer_id),
        date=era.date,
        received=era.received,
        amount=era.total,
        method=era.method or None,
        match_status=era.match_status,
        match_reason=era.match_reason,
        post_status=era.post_status,
        eft=session.scalars(select(Eft.id).where(Eft.era_id == number)).first(),
        check=era.check_number or None,
        receipt=session.scalars(select(Receipt.number).where(Receipt.era_id == number)).first(),
        adjustments=tuple(
            EraAdjustmentView(plb.reference, plb.code, plb.amount, plb.text or None)
            for plb in session.scalars(
                select(ProviderAdjustment)
                .where(ProviderAdjustment.era_id == number)
                .order_by(ProviderAdjustment.number)
            )
        ),
        parties=era_parties(session, number),
        references=era_references(session, number),
        eeobs=_eeobs(session, number),
        balance=BalanceView(
            lines=era.balanced_lines,
            claims=era.balanced_claims,
            transaction=era.balanced,
            findings=tuple(finding for finding in findings if finding.code in BALANCE_CODES),
        ),
        findings=findings,
        taken_back=_say_taken_back(session, era),
    )


def _say_taken_back(session: Session, era: Era) -> tuple[str, ...]:
    eft = eft_of(session, era)
    efts = [*returned_of(session, era.id), *([] if eft is None else [eft.id])]
    return tuple(filter(None, (say_return_of(session, each) for each in efts)))


def _findings(session: Session, era: Era) -> tuple[Finding, ...]:
    return tuple(
        Finding(found.code, found.text, found.where)
        for found in session.scalars(
            select(StoredFinding)
            .where(StoredFinding.transaction_set_id == era.transaction_set_id)
            .order_by(StoredFinding.id)
        )
    )


def _eeobs(session: Session, number: int) -> tuple[EeobView, ...]:
    """All EEOBs of an ERA, each kind of their detail by one query."""
    adjustments: dict[tuple[int, int], list[AdjustmentView]] = {}
    for cas in session.scalars(
        select(ClaimAdjustment)
        .where(ClaimAdjustment.era_id == number)
        .order_by(ClaimAdjustment.eeob_sequence, ClaimAdjustment.line, ClaimAdjustment.number)
    ):
        adjustments.setdefault((cas.eeob_sequence, cas.line), []).append(
            AdjustmentView(cas.group, cas.code, cas.amount, cas.quantity or None)
        )
    remarks: dict[tuple[int, int], list[str]] = {}
    for remark in session.scalars(
        select(Remark)
        .where(Remark.era_id == number)
        .order_by(Remark.eeob_sequence, Remark.line, Remark.number)
    ):
        remarks.setdefault((remark.eeob_sequence, remark.line), []).append(remark.code)
    further = further_of(session, number)
    lines: dict[int, list[EeobLineView]] = {}
    for line in session.scalars(
        select(EeobLine).where(EeobLine.era_id == number).order_by(EeobLine.eeob_sequence, EeobLine.number)
    ):
        at = (line.eeob_sequence, line.number)
        lines.setdefault(line.eeob_sequence, []).append(
            _line(line, adjustments.get(at, ()), remarks.get(at, ()), further)
        )
    exceptions = dict(
        session.execute(
            select(DataException.sequence, DataException.category).where(
                DataException.era_id == number, DataException.resolved.is_(False)
            )
        ).all()
    )
    rows = session.execute(
        select(Eeob, Bill.number)
        .outerjoin(Bill, Bill.id == Eeob.bill_id)
        .where(Eeob.era_id == number)
        .order_by(Eeob.sequence)
    )
    return tuple(
        _eeob(
            eeob,
            bill,
            exceptions.get(eeob.sequence),
            adjustments.get((eeob.sequence, 0), ()),
            remarks.get((eeob.sequence, 0), ()),
            further,
            lines.get(eeob.sequence, ()),
        )
        for eeob, bill in rows
    )


def _line(
    line: EeobLine, adjustments: Sequence[AdjustmentView], remarks: Sequence[str], further: Further
) -> EeobLineView:
    at = (line.eeob_sequence, line.number)
    return EeobLineView(
        procedure=line.procedure or None,
        modifiers=tuple(line.modifiers.split(",")) if line.modifiers else (),
        revenue_code=line.revenue_code or None,
        units=line.units or None,
        billed_units=line.billed_units or None,
        charge=line.charge,
        paid=line.paid,
        allowed=line.allowed,
        service_date=line.service_from,
        service_to=line.service_to,
        adjustments=tuple(adjustments),
        remarks=tuple(remarks),
        amounts=tuple(further.amounts.get(at, ())),
        references=tuple(further.references.get(at, ())),
        days=tuple(further.days.get(at, ())),
    )


def _eeob(
    eeob: Eeob,
    bill: str | None,
    exception: DataCategory | None,
    adjustments: Sequence[AdjustmentView],
    remarks: Sequence[str],
    further: Further,
    lines: Sequence[EeobLineView],
) -> EeobView:
    at = (eeob.sequence, 0)
    twin = None
    if eeob.twin_era_id is not None and eeob.twin_sequence is not None:
        twin = TwinView(eeob.twin_era_id, eeob.twin_sequence)
    return EeobView(
        sequence=eeob.sequence,
        claim=eeob.claim,
        bill=bill,
        patient=eeob.patient_name or None,
        charge=eeob.charge,
        paid=eeob.paid,
        patient_responsibility=eeob.patient_responsibility,
        status=claim_status(eeob.status),
        status_code=eeob.status,
        reversal=eeob.reversal,
        exception=exception,
        balanced=eeob.balanced,
        duplicate_of=twin,
        service_from=eeob.service_from,
        service_to=eeob.service_to,
        adjustments=tuple(adjustments),
        remarks=tuple(remarks),
        amounts=tuple(further.amounts.get(at, ())),
        references=tuple(further.references.get(at, ())),
        days=tuple(further.days.get(at, ())),
        parties=tuple(further.parties.get(eeob.sequence, ())),
        lines=tuple(lines),
    )

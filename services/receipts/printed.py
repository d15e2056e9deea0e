"""What View/Print ERA and View/Print EEOB print: an ERA and its EEOBs, with what accounts receivable made of them."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bills import Bill
from models.efts import Eft
from models.eras import Contact, Eeob, ProviderAdjustment
from models.messages import Message, TransactionSet
from models.receipts import Receipt, ReceiptLine
from models.scratchpads import ScratchpadEntry, ScratchpadLine
from models.users import User
from models.words.money import ZERO
from models.words.remittances import EraMatchStatus, MatchReason, PostStatus
from models.words.scratchpad import EntryKind
from services.codes.texts import CodeTexts
from services.errors import Refused
from services.office.clock import zone
from services.remittances.detail import ContactView, EeobDetail, eeob_details
from services.remittances.finding import era_of
from services.remittances.further import EraPartyView, EraReferenceView, era_parties, era_references


class ProviderKind(StrEnum):
    """As what a provider stands on the claims of this site: on this very claim, or elsewhere rendering or billing."""

    OF_THIS_CLAIM = "OF THIS CLAIM"
    RENDERING = "RENDERING"
    BILLING = "BILLING"


@dataclass(frozen=True, slots=True)
class PrintedAdjustment:
    """An ERA-level adjustment (PLB) with the ledger's sign: money taken is negative."""

    number: int
    reference: str
    code: str
    amount: Decimal
    text: str
    provider: str
    fiscal_date: datetime.date | None


@dataclass(frozen=True, slots=True)
class PrintedEra:
    """One ERA without its EEOBs; `zone` is the site's, in which its instants are printed.

    `codes` says what its codes stood for on its day.
    """

    number: int
    trace: str
    payer_name: str
    payer_id: str
    date: datetime.date
    production_date: datetime.date | None
    total: Decimal
    received_at: datetime.datetime
    zone: ZoneInfo
    brought_by: str
    file_name: str
    control: str
    handling: str
    method: str
    match_status: EraMatchStatus
    match_reason: MatchReason | None
    post_status: PostStatus
    eft: int | None
    check: str
    receipt: str
    eeobs: int
    payee_name: str
    payee_id: str
    contacts: tuple[ContactView, ...]
    parties: tuple[EraPartyView, ...]
    references: tuple[EraReferenceView, ...]
    adjustments: tuple[PrintedAdjustment, ...]
    codes: CodeTexts

    @property
    def billing_npi(self) -> str:
        """The payee's NPI, by which it billed; empty when the payer names it by another number."""
        payees = [party for party in self.parties if party.entity == "PE"]
        return next((party.id or "" for party in payees if party.qualifier == "XX"), "")


@dataclass(frozen=True, slots=True)
class CorrectedPayment:
    """What of an EEOB's money a bill got; without a bill it stands in suspense under its claim."""

    bill: str
    claim: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PrintedEeob:
    """One EEOB; `corrected` is where its money went when splits or the receipt sent it elsewhere than the payer said.

    `edited_at` and `edited_by` tell of its lines on the scratch pad. `rendering` is what its rendering provider is by
    the claims of this site, None when no claim names him.
    """

    detail: EeobDetail
    corrected: tuple[CorrectedPayment, ...]
    edited_at: datetime.datetime | None
    edited_by: str
    rendering: ProviderKind | None


def read_printed_era(session: Session, number: int) -> PrintedEra:
    """An ERA to be printed, whatever its state; raises `Refused` when there is none of this number."""
    era = era_of(session, number, lock=False)
    control, file_name, brought_by = session.execute(
        select(TransactionSet.control, Message.file_name, User.name)
        .join(Message, Message.id == TransactionSet.message_id)
        .join(User, User.id == Message.received_by)
        .where(TransactionSet.id == era.transaction_set_id)
    ).one()
    return PrintedEra(
        number=era.id,
        trace=era.trace,
        payer_name=era.payer_name,
        payer_id=era.payer_id,
        date=era.date,
        production_date=era.production_date,
        total=era.total,
        received_at=era.received_at,
        zone=zone(session),
        brought_by=brought_by,
        file_name=file_name,
        control=control,
        handling=era.handling,
        method=era.method,
        match_status=era.match_status,
        match_reason=era.match_reason,
        post_status=era.post_status,
        eft=session.scalars(select(Eft.id).where(Eft.era_id == number)).first(),
        check=era.check_number,
        receipt=session.scalars(select(Receipt.number).where(Receipt.era_id == number)).first() or "",
        eeobs=era.eeob_count,
        payee_name=era.payee_name,
        payee_id=era.payee_id,
        contacts=tuple(
            ContactView(contact.name, contact.kind, contact.value)
            for contact in session.scalars(
                select(Contact)
                .where(Contact.era_id == number, Contact.eeob_sequence == 0)
                .order_by(Contact.number)
            )
        ),
        parties=era_parties(session, number),
        references=era_references(session, number),
        adjustments=tuple(
            PrintedAdjustment(
                plb.number, plb.reference, plb.code, plb.amount, plb.text, plb.provider, plb.fiscal_date
            )
            for plb in session.scalars(
                select(ProviderAdjustment)
                .where(ProviderAdjustment.era_id == number)
                .order_by(ProviderAdjustment.number)
            )
        ),
        codes=CodeTexts.of(session, era.date),
    )


class PrintedEeobs:
    """The EEOBs of one ERA, read from the store some at a time, each time they are gone through; `only` one of them."""

    def __init__(self, session: Session, era: int, only: int | None = None) -> None:
        self._session = session
        self._era = era
        self._only = only

    def __iter__(self) -> Iterator[PrintedEeob]:
        session, era = self._session, self._era
        receipt = session.scalars(select(Receipt.id).where(Receipt.era_id == era)).first()
        entries = _entries(session, era)
        providers = _providers(session, era, self._only)
        for detail in eeob_details(session, era, self._only):
            entry = entries.get(detail.sequence)
            worked = _Worked() if entry is None else _find_worked(session, era, entry, receipt)
            rendering = providers.get(detail.rendering_npi)
            yield PrintedEeob(detail, worked.corrected, worked.edited_at, worked.edited_by, rendering)


def one_eeob(session: Session, era: int, sequence: int) -> PrintedEeob:
    """One EEOB of an ERA by its sequence; raises `Refused` when there is none."""
    found = next(iter(PrintedEeobs(session, era, sequence)), None)
    if found is None:
        raise Refused(f"THERE IS NO EEOB {sequence} IN ERA {era}")
    return found


def _entries(session: Session, era: int) -> dict[int, int]:
    """The scratch-pad entry of each EEOB, by its sequence."""
    rows = session.execute(
        select(ScratchpadEntry.number, ScratchpadEntry.sequences).where(
            ScratchpadEntry.era_id == era, ScratchpadEntry.kind == EntryKind.CLAIM
        )
    )
    return {int(sequence): row.number for row in rows for sequence in row.sequences.split(",")}


@dataclass(frozen=True, slots=True)
class _Worked:
    """What the scratch pad and the receipt made of one EEOB."""

    corrected: tuple[CorrectedPayment, ...] = ()
    edited_at: datetime.datetime | None = None
    edited_by: str = ""


def _find_worked(session: Session, era: int, entry: int, receipt: int | None) -> _Worked:
    """Where the money of an entry went, when that is not just the claim that the payer named (behaviour 3.8).

    What the receipt says wins over the scratch pad: its accounts may have been edited since.
    """
    rows = session.execute(_lines(era, entry)).all()
    last = max(
        (row for row in rows if row.edited_at is not None), key=lambda row: row.edited_at, default=None
    )
    edited = _Worked() if last is None else _Worked((), last.edited_at, last.editor or "")
    if receipt is None:
        return edited
    paid = {
        row.line: row
        for row in session.execute(
            select(ReceiptLine.line, ReceiptLine.bill_id, ReceiptLine.amount).where(
                ReceiptLine.receipt_id == receipt, ReceiptLine.entry == entry
            )
        )
    }
    posted: list[tuple[str, int | None, Decimal]] = []
    elsewhere = len(rows) > 1
    for row in rows:
        line = paid.get(row.number)
        bill = row.bill_id if line is None else line.bill_id
        elsewhere |= row.claim != row.named or bill != row.bill_id
        net = max(row.payment + row.adjustments, ZERO)
        posted.append((row.claim, bill, net if line is None else line.amount))
    if not elsewhere:
        return edited
    bills = select(Bill.id, Bill.number).where(
        Bill.id.in_([bill for _, bill, _ in posted if bill is not None])
    )
    numbers = dict(session.execute(bills).all())
    corrected = tuple(
        CorrectedPayment("" if bill is None else numbers[bill], claim, amount)
        for claim, bill, amount in posted
    )
    return replace(edited, corrected=corrected)


def _lines(era: int, entry: int) -> Any:
    """The lines of a scratch-pad entry, each with the claim that the payer named and who edited it last."""
    return (
        select(
            ScratchpadLine.number,
            ScratchpadLine.claim,
            ScratchpadLine.bill_id,
            ScratchpadLine.payment,
            ScratchpadLine.adjustments,
            ScratchpadLine.edited_at,
            User.name.label("editor"),
            ScratchpadEntry.claim.label("named"),
        )
        .join(
            ScratchpadEntry,
            (ScratchpadEntry.era_id == ScratchpadLine.era_id)
            & (ScratchpadEntry.number == ScratchpadLine.entry),
        )
        .outerjoin(User, User.id == ScratchpadLine.edited_by)
        .where(ScratchpadLine.era_id == era, ScratchpadLine.entry == entry)
        .order_by(ScratchpadLine.number)
    )


def _providers(session: Session, era: int, only: int | None) -> dict[str, ProviderKind]:
    """What the rendering providers of an ERA are by the claims of this site.

    Most are the one of the EEOB's own bill; only for the others all bills are looked through, once.
    """
    wanted = [Eeob.era_id == era, Eeob.rendering_npi != "", *([Eeob.sequence == only] if only else [])]
    own = set(
        session.scalars(
            select(Eeob.rendering_npi)
            .join(Bill, Bill.id == Eeob.bill_id)
            .where(*wanted, Bill.rendering_npi == Eeob.rendering_npi)
            .distinct()
        )
    )
    others = set(session.scalars(select(Eeob.rendering_npi).where(*wanted).distinct())) - own
    kinds = dict.fromkeys(own, ProviderKind.OF_THIS_CLAIM)
    for column, kind in (
        (Bill.billing_npi, ProviderKind.BILLING),
        (Bill.rendering_npi, ProviderKind.RENDERING),
    ):
        if others:
            kinds |= dict.fromkeys(session.scalars(select(column).where(column.in_(others)).distinct()), kind)
    return kinds

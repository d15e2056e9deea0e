"""Receipts from the scratch pad: Look At Receipt and Create Receipt (behaviour 1.1.4, 3.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from models.bills import Bill
from models.bulk import parts
from models.dialects import LOCKED
from models.efts import Eft
from models.eras import Era
from models.receipts import Receipt, ReceiptLine
from models.scratchpads import Scratchpad
from models.words.acts import Act
from models.words.keys import SecurityKey
from models.words.money import ZERO
from models.words.receipts import PaymentType
from models.words.scratchpad import EntryKind, LineKey, PaymentOrder, line_number
from services.bills.receivables import show_number
from services.errors import NegativeLines, Refused
from services.office.actor import Actor, require
from services.office.acts import begin, end
from services.office.clock import doubt, site_of
from services.office.once import new_key
from services.office.stamp import Stamp
from services.receipts.foreseeing import warn_of_changes, warn_of_payments
from services.receipts.numbers import next_number
from services.receipts.tickets import on_deposit, tell_opened, usable_ticket
from services.remittances.finding import eft_of, era_of, receipt_of_era
from services.remittances.heading import EraHeading, era_heading
from services.scratchpad.acts import take_era
from services.scratchpad.pad import LONGEST_LINE_COMMENT, Entry, Pad, PadLine, in_order
from services.scratchpad.stored import NO_PAD, load, refuse_changed
from services.scratchpad.stored_batches import all_ready

RECEIPT_EXISTS = "THIS ERA ALREADY HAS A RECEIPT - {} - NO RECEIPT CREATED"
NEGATIVE_LINE = "AT LEAST ONE LINE ITEM WAS FOUND WITH A NEGATIVE PAYMENT AMOUNT\nNO RECEIPT CAN BE CREATED"
NOTHING_POSTABLE = "NO POSTABLE LINE ITEMS WERE FOUND"
BATCHES_NOT_READY = (
    "A RECEIPT CANNOT BE PREVIEWED UNTIL ALL BATCHES FOR THIS ERA ARE MARKED AS\n'READY TO POST'"
)


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One line of the preview: its stored number, the account as shown, the amount, what is pending of its bill.

    `shown` is its number on the scratch pad where the order of payments gives it another one; `warning` says that its
    bill could not take the payment.
    """

    label: str
    account: str
    amount: Decimal
    decreases: tuple[tuple[Decimal, str], ...]
    payouts: tuple[tuple[Decimal, str], ...]
    shown: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptPreview:
    """Look At Receipt: what the receipt would carry, what is zero, what still has to be distributed."""

    heading: EraHeading
    payments: tuple[PreviewLine, ...]
    zero: tuple[PreviewLine, ...]
    negative: tuple[PreviewLine, ...]
    version: int
    changes: str = ""

    @property
    def total(self) -> Decimal:
        """What the receipt would come to."""
        return sum((line.amount for line in self.payments), ZERO)

    @property
    def still_negative(self) -> Decimal:
        """What still has to be distributed."""
        return sum((line.amount for line in self.negative), ZERO)


def preview(session: Session, era_number: int, order: PaymentOrder = PaymentOrder.NONE) -> ReceiptPreview:
    """The receipt of a scratch pad as it stands now; line numbers are the stored ones.

    `order` is the one in which the clerk sees the scratch pad. What could not be processed is said as long as it can
    be mended: with each line, and of the distributions in `changes`. Refuses one of which a batch is still worked on.
    """
    era = era_of(session, era_number, lock=False)
    pad = load(session, era)
    _refuse_unready(session, era.id)
    numbers = bill_numbers(session, [line.bill_id for _, line in pad.lines()])
    station = site_of(session).station
    heading = era_heading(session, era_number)
    shown = _other_numbers(pad, order)
    receipt = [line for _, line in receipt_lines(pad, era)]
    warnings = {} if heading.receipt else warn_of_payments(session, era.id, receipt)

    def previewed(lines: Sequence[tuple[Entry, PadLine]]) -> tuple[PreviewLine, ...]:
        return tuple(
            PreviewLine(
                label=line.label,
                account=_account(entry, line, numbers, station, suspense=line.net > 0),
                amount=line.net,
                decreases=tuple(
                    (logged.amount, logged.comment) for logged in line.log if logged.pending_decrease
                ),
                payouts=tuple(
                    (logged.amount, logged.comment) for logged in line.log if logged.pending_payout
                ),
                shown=shown.get(line.at, ""),
                warning=warnings.get(line.at, ""),
            )
            for entry, line in lines
        )

    return ReceiptPreview(
        heading,
        previewed(payment_lines(pad)),
        previewed(zero_lines(pad)),
        previewed([(entry, line) for entry, line in pad.lines() if line.net < 0]),
        session.get_one(Scratchpad, era.id).version,
        "" if heading.receipt else warn_of_changes(session, era.id),
    )


def _other_numbers(pad: Pad, order: PaymentOrder) -> dict[LineKey, str]:
    """The numbers of the lines on the screen, of those that have another one there."""
    return {
        line.at: line_number(display, line.number)
        for display, entry in enumerate(in_order(pad, order), start=1)
        if display != entry.number
        for line in entry.lines
    }


@dataclass(frozen=True, slots=True)
class Creation:
    """What creating the receipt of an ERA comes up against, to be asked and said in order (behaviour 1.1.4).

    `receipt` is the one it has already, `exists` says so; `by_check` when a deposit ticket is asked for;
    `odd_clock` says what is odd about the date that the receipt would have, `warnings` what would stop its processing.
    """

    receipt: str | None
    negative: bool
    postable: bool
    by_check: bool
    odd_clock: str | None
    warnings: tuple[str, ...] = ()

    @property
    def exists(self) -> str | None:
        """The sentence for an ERA that has a receipt."""
        return None if self.receipt is None else RECEIPT_EXISTS.format(self.receipt)

    @property
    def refusal(self) -> str | None:
        """Why no receipt can be made of the lines, or None."""
        if self.negative:
            return NEGATIVE_LINE
        return None if self.postable else NOTHING_POSTABLE


def creation(session: Session, actor: Actor, era_number: int) -> Creation:
    """What has to be asked and said before the receipt of an ERA is created; changes nothing."""
    require(actor, SecurityKey.CLERK)
    era = era_of(session, era_number, lock=False)
    pad = load(session, era)
    _refuse_unready(session, era.id)
    receipt, lines = receipt_of_era(session, era.id), receipt_lines(pad, era)
    warnings = [] if receipt else [*warn_of_payments(session, era.id, [line for _, line in lines]).values()]
    return Creation(
        receipt=receipt,
        negative=any(line.net < 0 for _, line in pad.lines()),
        postable=bool(lines),
        by_check=_by_check(session.get_one(Scratchpad, era.id), eft_of(session, era)),
        odd_clock=doubt(session),
        warnings=tuple(filter(None, (*warnings, "" if receipt else warn_of_changes(session, era.id)))),
    )


def _refuse_unready(session: Session, era_id: int) -> None:
    if not all_ready(session, era_id) and receipt_of_era(session, era_id) is None:
        raise Refused(BATCHES_NOT_READY)


def _by_check(pad: Scratchpad, eft: Eft | None) -> bool:
    return eft is None and bool(pad.check_number)


def bill_numbers(session: Session, bill_ids: Sequence[int | None]) -> dict[int, str]:
    """The numbers of these bills."""
    wanted = sorted({bill_id for bill_id in bill_ids if bill_id is not None})
    found: dict[int, str] = {}
    for some in parts(wanted):
        rows = session.execute(select(Bill.id, Bill.number).where(Bill.id.in_(some)))
        found.update((row.id, row.number) for row in rows)
    return found


def _account(entry: Entry, line: PadLine, numbers: dict[int, str], station: str, *, suspense: bool) -> str:
    if line.bill_id is not None:
        return show_number(numbers[line.bill_id], station)
    if entry.kind is EntryKind.TOTALS_MISMATCH:
        name = "TOTALS MISMATCH ADJ"
    elif entry.kind is EntryKind.ERA_ADJUSTMENT:
        name = f"**ADJ{entry.adjustment_number}"
    else:
        name = line.claim
    return f"[SUSPENSE]{name}" if suspense else name


@dataclass(frozen=True, slots=True)
class CreatedReceipt:
    """The receipt that was made of a scratch pad: its number, and what its lines come to."""

    number: str
    total: Decimal


def create_receipt(
    session: Session,
    actor: Actor,
    era_number: int,
    *,
    ticket: str | None = None,
    date_is_right: bool = False,
    seen: int | None = None,
) -> CreatedReceipt:
    """Creates the receipt of an ERA's scratch pad; `seen` is the version of it that the clerk looked at.

    `ticket` is the AR deposit ticket of a check; an unknown one of one letter and six digits is opened.
    Refuses in the order of behaviour 1.1.4 and changes nothing then; before all with `OddClock` what an odd
    clock would date, unless its `date_is_right`.
    """
    by = begin(session, actor, Act.RECEIPT_CREATED, SecurityKey.CLERK, date_is_right=date_is_right)
    era = era_of(session, era_number)
    pad_row = session.get(Scratchpad, era.id, with_for_update=LOCKED)
    existing = receipt_of_era(session, era.id)
    if existing is not None:
        raise Refused(RECEIPT_EXISTS.format(existing))
    if pad_row is None:
        raise Refused(NO_PAD)
    take_era(session, by, era.id)
    refuse_changed(session, era.id, seen)
    pad = load(session, era)
    _refuse_unready(session, era.id)
    lines = receipt_lines(pad, era)
    refuse_negative(pad)
    if not lines:
        raise Refused(NOTHING_POSTABLE)
    eft = eft_of(session, era)
    by_check = _by_check(pad_row, eft)
    if ticket is not None and not by_check:
        raise Refused("ONLY THE RECEIPT OF A PAPER CHECK HAS A DEPOSIT TICKET")
    deposit = None if ticket is None else usable_ticket(session, by, ticket)
    receipt = Receipt(
        number=next_number(session, "E", by.date),
        payment_type=PaymentType.CHECK if by_check else PaymentType.EDI_LOCKBOX,
        date=by.date,
        deposit_ticket_id=None if deposit is None else deposit.id,
        era_id=era.id,
        eft_id=None if eft is None else eft.id,
        opened_by=by.user_id,
        opened_at=by.at,
        process_key=new_key(),
        ach_trace="" if eft is None else eft.ach_trace,
    )
    session.add(receipt)
    session.flush()
    session.execute(
        insert(ReceiptLine),
        [
            _line_row(receipt, number, entry, line, pad_row, by)
            for number, (entry, line) in enumerate(lines, start=1)
        ],
    )
    session.execute(
        update(Scratchpad)
        .where(Scratchpad.era_id == era.id)
        .values(receipt_id=receipt.id, version=Scratchpad.version + 1)
        .execution_options(synchronize_session=False)
    )
    tell_opened(session, by, deposit, receipt.number)
    end(session, by, f"receipt {receipt.number}", detail=f"ERA {era.id}{on_deposit(session, receipt)}")
    return CreatedReceipt(receipt.number, sum((line.to_post for _, line in lines), ZERO))


def refuse_negative(pad: Pad) -> None:
    """Refuses a receipt while any line's net is negative, with `NegativeLines`."""
    negative = tuple(line.label for _, line in pad.lines() if line.net < 0)
    if negative:
        raise NegativeLines(NEGATIVE_LINE, negative)


def payment_lines(pad: Pad) -> list[tuple[Entry, PadLine]]:
    """The lines above zero: first those of a bill, then those that go to suspense, each in stored order.

    Behaviour 1.1.4 orders the preview so, and calls it the lines for the receipt; 3.8 says which lines a receipt
    has and leaves their order open; `screens.md` 5a shows a receipt in the order of its preview.
    """
    above = [(entry, line) for entry, line in pad.lines() if line.net > 0]
    return sorted(above, key=lambda pair: pair[1].bill_id is None)


def zero_lines(pad: Pad) -> list[tuple[Entry, PadLine]]:
    """The lines of 0.00, in stored order."""
    return [(entry, line) for entry, line in pad.lines() if line.net == 0]


def receipt_lines(pad: Pad, era: Era) -> list[tuple[Entry, PadLine]]:
    """The lines that get a receipt line, in the order of the preview: those above zero, and an ERA of 0.00's zeros.

    Source: behaviour 3.8.
    """
    return payment_lines(pad) + ([] if era.total else zero_lines(pad))


def unapplied_number(receipt_number: str, line: int) -> str:
    """The number of a suspense line: the last nine characters of the receipt and four digits of the line."""
    return f"{receipt_number[-9:]}{line:04d}"


def _line_row(
    receipt: Receipt, number: int, entry: Entry, line: PadLine, pad: Scratchpad, by: Stamp
) -> dict[str, object]:
    return {
        "receipt_id": receipt.id,
        "number": number,
        "bill_id": line.bill_id,
        "amount": line.to_post,
        "date": receipt.date,
        "check_number": pad.check_number,
        "check_date": pad.check_date,
        "bank_routing": pad.bank_routing,
        "entered_by": by.user_id,
        "unapplied_number": "" if line.bill_id is not None else unapplied_number(receipt.number, number),
        "entry": line.at.entry,
        "line": line.at.line,
        "comment": _comment(entry, line),
    }


def _comment(entry: Entry, line: PadLine) -> str:
    """The receipt line's comment: only of ERA-level and suspense lines (behaviour 3.8)."""
    standard = {
        EntryKind.ERA_ADJUSTMENT: "ERA adjustment - no bill referenced",
        EntryKind.TOTALS_MISMATCH: "Total of EFT mismatched to ERA",
        EntryKind.CLAIM: "",
    }[entry.kind]
    own = line.comment if entry.era_level or line.bill_id is None else ""
    return "/".join(part for part in (own, standard) if part)[:LONGEST_LINE_COMMENT]

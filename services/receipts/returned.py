"""An EFT that the bank returned or reversed: its receipt is taken back, and its ERA is free again (DESIGN 2.4)."""

import re
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.bills import Bill, BillTransaction
from models.dialects import LOCKED, Right, hold_right
from models.efts import Eft, EftDeposit, EftReversal
from models.eras import Era
from models.journal import JournalEntry
from models.money import money_sum
from models.receipts import Receipt, ReceiptLine
from models.words.acts import Act
from models.words.bills import TransactionType
from models.words.books import Account
from models.words.keys import SecurityKey
from models.words.mail import MailGroup
from models.words.money import ZERO
from models.words.receipts import ReceiptStatus
from models.words.remittances import EftMatchStatus, EraMatchStatus, PostStatus
from services.bills.receivables import lock
from services.books.finance import document_of, take_document_back
from services.books.journal import credit, debit, enter, reverse
from services.books.movements import Movement, move
from services.clean import clean
from services.errors import Refused
from services.office import leases
from services.office.actor import Actor
from services.office.acts import begin, end, tell_also
from services.office.bulletins import send
from services.office.stamp import Stamp
from services.receipts.processing import EDITING
from services.remittances.finding import era_of
from services.scratchpad.acts import take_era
from services.scratchpad.stored import remove_pad

SUBJECT = "EDI LBOX ERA FREE AGAIN"


def record_return(
    session: Session, actor: Actor, key: str, eft_id: int, reason: str, *, date_is_right: bool = False
) -> None:
    """Records that the bank took an EFT's money back; needs the key PRCAY PAYMENT SUP and a reason.

    Its ERA is free again for another EFT or a check, with the scratch pad to be laid out anew: that of this EFT
    asked for what is taken back now. A receipt that was not processed is closed. Receipt and EFT keep which ERA
    it was. Finance is told by documents that take back what it was told of the EFT and of its receipt.
    """
    # The night's matching waits; then ERA, lease, receipt and EFT, as every act locks them.
    hold_right(session, Right.MATCHING)
    era = _era_of(session, eft_id)
    receipt = session.scalars(
        select(Receipt).where(Receipt.eft_id == eft_id).with_for_update(key_share=True)
    ).first()
    eft = _lock(session, eft_id)
    by = begin(
        session,
        actor,
        Act.EFT_RETURNED,
        SecurityKey.PAYMENT_SUPERVISOR,
        once=key,
        of=str(eft_id),
        date_is_right=date_is_right,
    )
    if by.done is not None:
        return
    if not eft.recorded or eft.returned:
        raise Refused(f"EFT {eft_id} IS {'RETURNED ALREADY' if eft.returned else 'NOT RECORDED YET'}")
    if eft.era_id != (None if era is None else era.id):
        raise Refused(f"THE ERA OF EFT {eft_id} WAS CHANGED MEANWHILE; TRY AGAIN")
    if not reason.strip():
        raise Refused("A REASON IS NEEDED")
    held = None if era is None else take_era(session, by, era.id)
    if receipt is not None and receipt.reversed_at is None:
        if receipt.status is ReceiptStatus.CLOSED:
            _tell_finance(session, by, eft, receipt.id, _take_back(session, by, receipt))
        else:
            leases.refuse_if_taken(session, actor, "RECEIPT", receipt.number, EDITING)
            receipt.status, receipt.reversed_at = ReceiptStatus.CLOSED, by.at
    if eft.amount:
        entry = enter(
            session,
            by,
            Act.EFT_RETURNED,
            [debit(Account.UNAPPLIED, eft.amount, eft_id=eft.id), credit(Account.CASH, eft.amount)],
            memo=reason.strip()[:60],
        )
        _tell_finance(session, by, eft, session.get_one(EftDeposit, eft.deposit_id).receipt_id, [entry])
    eft.returned = True
    session.flush()
    if era is not None:
        _free(session, by, era, eft, receipt)
    if held is not None:
        leases.give_back(session, held)
    end(session, by, f"EFT {eft_id}", reason=reason, detail=f"{eft.amount:.2f}")


def _era_of(session: Session, eft_id: int) -> Era | None:
    """The ERA that an EFT is matched to, locked."""
    number = session.scalar(select(Eft.era_id).where(Eft.id == eft_id))
    return None if number is None else era_of(session, number)


def _free(session: Session, by: Stamp, era: Era, eft: Eft, receipt: Receipt | None) -> None:
    """Lets an ERA wait for other money: without this EFT, its receipt and its scratch pad."""
    remove_pad(session, era.id)
    if receipt is not None:
        receipt.returned_era_id, receipt.era_id = era.id, None
    eft.returned_era_id, eft.era_id = era.id, None
    eft.match_status, eft.match_reason = EftMatchStatus.UNMATCHED, None
    era.match_status, era.match_reason = EraMatchStatus.UNMATCHED, None
    era.post_status = PostStatus.NOT_POSTED
    session.flush()
    named = "" if receipt is None else f", receipt {receipt.number}"
    tell_also(session, by, Act.ERA_FREE_AGAIN, f"ERA {era.id}", detail=f"EFT {eft.id}{named}")
    send(
        session,
        SUBJECT,
        MailGroup.PAYMENTS,
        f"The bank took back EFT {eft.id} of {eft.amount:.2f}{named}. ERA {era.id} of {era.total:.2f} is unmatched "
        "again and waits for another EFT or check; its scratch pad is laid out anew when that is there.",
    )


def let_stand(session: Session, actor: Actor, eft_id: int, reason: str) -> None:
    """Says that an EFT stands although a debit of the bank seemed to take it back; needs PRCAY PAYMENT SUP.

    Its receipt can be processed again. What the bank's file said is kept, with who says otherwise and why.
    """
    eft = _lock(session, eft_id)
    by = begin(session, actor, Act.EFT_STANDS, SecurityKey.PAYMENT_SUPERVISOR)
    if eft.returned:
        raise Refused(f"EFT {eft_id} IS RETURNED ALREADY")
    found = session.scalars(
        select(EftReversal).where(EftReversal.eft_id == eft_id, EftReversal.stands_at.is_(None))
    ).all()
    if not found:
        raise Refused(f"EFT {eft_id} WAS NOT TAKEN BACK BY THE BANK")
    if not reason.strip():
        raise Refused("A REASON IS NEEDED")
    for reversal in found:
        reversal.stands_by, reversal.stands_at, reversal.stands_reason = by.user_id, by.at, reason.strip()
    session.flush()
    end(session, by, f"EFT {eft_id}", reason=reason)


def let_entry_stand(session: Session, actor: Actor, number: str, reason: str) -> None:
    """Says that a debit or return of the bank takes back no EFT, so that it waits no longer; needs PRCAY PAYMENT SUP.

    `number` is that of its exception, such as B7.
    """
    called = number.strip().upper()
    known = re.fullmatch("B([0-9]{1,18})", called)
    entry = None if known is None else session.get(EftReversal, int(known[1]), with_for_update=LOCKED)
    by = begin(session, actor, Act.ENTRY_STANDS, SecurityKey.PAYMENT_SUPERVISOR)
    if entry is None:
        raise Refused(f"THERE IS NO ENTRY {clean(called, 40)} OF A BANK'S FILE THAT WAITS FOR ITS EFT")
    if entry.eft_id is not None:
        raise Refused(
            f"{called} TAKES BACK EFT {entry.eft_id}; SAY THAT OF THE EFT (lockbox eft stands {entry.eft_id})"
        )
    if entry.stands_at is not None:
        raise Refused(f"{called} WAITS NO LONGER: {entry.stands_reason}")
    if not reason.strip():
        raise Refused("A REASON IS NEEDED")
    entry.stands_by, entry.stands_at, entry.stands_reason = by.user_id, by.at, reason.strip()
    session.flush()
    end(session, by, f"exception {called}", reason=reason, detail=f"{entry.amount:.2f} {entry.kind.value}")


def _lock(session: Session, eft_id: int) -> Eft:
    eft = session.get(Eft, eft_id, with_for_update=LOCKED)
    if eft is None:
        raise Refused(f"THERE IS NO EFT {eft_id}")
    return eft


def _tell_finance(
    session: Session, by: Stamp, eft: Eft, receipt_id: int | None, entries: Sequence[int]
) -> None:
    """Takes back what finance was told of the EFT by the document of a receipt: its own, or its deposit's."""
    first = None if receipt_id is None else document_of(session, receipt_id)
    if first is not None:
        take_document_back(session, by, first, eft.id, eft.amount, entries)


def _take_back(session: Session, by: Stamp, receipt: Receipt) -> list[int]:
    """Reverses all that processing a receipt did, the books and the bills; gives the entries that did it."""
    lines = list(session.scalars(select(ReceiptLine).where(ReceiptLine.receipt_id == receipt.id)))
    if any(line.linked_bill_id is not None or line.cleared_document for line in lines):
        raise Refused(
            f"RECEIPT {receipt.number} HAS SUSPENSE PAYMENTS THAT WERE LINKED OR CLEARED; UNDO THESE FIRST"
        )
    posted = session.scalars(
        select(JournalEntry.id)
        .where(JournalEntry.receipt_id == receipt.id, JournalEntry.reverses_id.is_(None))
        .order_by(JournalEntry.id)
    ).all()
    made = [reverse(session, by, entry_id, f"receipt {receipt.number} reversed") for entry_id in posted]
    # The last first: what a reversal had raised may only be lowered again once what was paid with it is back.
    moved = session.scalars(
        select(BillTransaction)
        .where(BillTransaction.receipt_id == receipt.id)
        .order_by(BillTransaction.id.desc())
    ).all()
    lock(session, (done.bill_id for done in moved))
    for done in moved:
        taken_back = Movement(
            done.bill_id,
            TransactionType.PAYMENT_REVERSED,
            -done.amount,
            interest=-done.interest,
            admin_cost=-done.admin_cost,
            marshal_fee=-done.marshal_fee,
            court_cost=-done.court_cost,
            comment=f"{done.type.value} of receipt {receipt.number} taken back",
        )
        _refuse_below_zero(session, receipt, taken_back)
        move(session, by, taken_back, None)
    for line in lines:
        session.get_one(ReceiptLine, (receipt.id, line.number)).processed -= line.amount
    receipt.reversed_at = by.at
    session.flush()
    return made


def _refuse_below_zero(session: Session, receipt: Receipt, taken_back: Movement) -> None:
    """Refuses to lower a bill below zero, and names what has lowered it since the receipt raised it."""
    bill = session.get_one(Bill, taken_back.bill_id, populate_existing=True)
    missing = -(bill.balance + taken_back.amount)
    if missing <= ZERO:
        return
    of_bill = BillTransaction.bill_id == bill.id
    raised = select(func.min(BillTransaction.id)).where(of_bill, BillTransaction.receipt_id == receipt.id)
    since = session.execute(
        select(func.coalesce(Receipt.number, ""), money_sum(-BillTransaction.amount))
        .outerjoin(Receipt, Receipt.id == BillTransaction.receipt_id)
        .where(
            of_bill,
            BillTransaction.id > raised.scalar_subquery(),
            BillTransaction.amount < ZERO,
            BillTransaction.type != TransactionType.PAYMENT_REVERSED,
            func.coalesce(BillTransaction.receipt_id, 0) != receipt.id,
            Receipt.reversed_at.is_(None),
        )
        .select_from(BillTransaction)
        .group_by(Receipt.number)
        .order_by(func.min(BillTransaction.id))
    )
    lowered = ", ".join(
        f"{f'RECEIPT {number}' if number else 'AN ADJUSTMENT'} ({amount:.2f})" for number, amount in since
    )
    raise Refused(
        f"THE BALANCE OF BILL {bill.number} WOULD FALL BELOW ZERO: RECEIPT {receipt.number} HAD RAISED IT BY "
        f"{-taken_back.amount:.2f}, AND IT WAS LOWERED SINCE BY {lowered}\n"
        f"TAKE THAT BACK, OR INCREASE THE BILL BY {missing:.2f}, FIRST"
    )

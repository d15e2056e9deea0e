"""Bills: finding them, making them receivables, and changing their balance (behaviour 2.8, DESIGN 2.10)."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import CursorResult, bindparam, select, update
from sqlalchemy.orm import Session

from models.bills import Bill, BillTransaction
from models.bulk import insert_all, next_ids
from models.journal import JournalEntry, JournalLine
from models.money import Money
from models.words.bills import BillStatus, TransactionType
from models.words.books import Account, JournalAct
from models.words.money import ZERO
from services.errors import Refused
from services.office.actor import Actor
from services.office.clock import now, site_of, today

#: Statuses in which a bill can be paid and decreased.
PAYABLE = frozenset({BillStatus.ACTIVE, BillStatus.OPEN})

#: Statuses of a bill that is not yet a receivable.
NOT_YET = frozenset({BillStatus.INCOMPLETE, BillStatus.BILL_INCOMPLETE, BillStatus.NEW_BILL})

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class BillFound:
    """What a look-up found: the bill, whether under its exact number, and how many fit the folded form."""

    bill_id: int | None
    number: str
    status: BillStatus | None
    exact: bool
    candidates: int


def normal(number: str) -> str:
    """A bill number as it is compared first: trimmed, in capitals."""
    return number.strip().upper()


def fold(number: str, station: str) -> str:
    """A bill number as it is compared second: without station prefix and blanks, with 0 for the letter O."""
    folded = "".join(normal(number).split()).removeprefix(f"{station}-")
    return folded.replace("O", "0")


def shown(number: str, station: str) -> str:
    """A bill number as receipts show it, with the station prefix: `442-K20A3F7`."""
    prefix, dash, _ = number.partition("-")
    return number if dash and len(prefix) == 3 and prefix.isdigit() else f"{station}-{number}"


def exact_forms(number: str, station: str) -> tuple[str, ...]:
    """The spellings that are the same exact number: as it is, without and with the station prefix."""
    bare = normal(number).removeprefix(f"{station}-")
    return tuple(dict.fromkeys((normal(number), bare, f"{station}-{bare}")))


def find_bills(session: Session, numbers: Iterable[str]) -> dict[str, BillFound]:
    """Looks many bill numbers up at once: the exact number first, then the folded form if one bill fits."""
    station = site_of(session).station
    wanted = list(dict.fromkeys(numbers))
    found: dict[str, BillFound] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        _find_some(session, station, wanted[start : start + _AT_ONCE], found)
    return found


_OF_NUMBER = select(Bill.number, Bill.id, Bill.status).where(
    Bill.number.in_(bindparam("numbers", expanding=True))
)
_OF_FOLDED = select(Bill.folded, Bill.id, Bill.number, Bill.status).where(
    Bill.folded.in_(bindparam("folded", expanding=True))
)


def _find_some(session: Session, station: str, wanted: Sequence[str], found: dict[str, BillFound]) -> None:
    by_number = _numbered(session, list({normal(number) for number in wanted}))
    left: list[str] = []
    for number in wanted:
        bill = by_number.get(normal(number))
        if bill is None:
            left.append(number)
        else:
            found[number] = bill
    if left:
        _find_respelled(session, station, left, found)


def _numbered(session: Session, numbers: list[str]) -> dict[str, BillFound]:
    return {
        number: BillFound(bill_id, number, status, True, 1)
        for number, bill_id, status in session.execute(_OF_NUMBER, {"numbers": numbers})
    }


def _find_respelled(
    session: Session, station: str, wanted: Sequence[str], found: dict[str, BillFound]
) -> None:
    """Looks the same exact numbers up without and with the station prefix, then in their folded form."""
    forms = {number: exact_forms(number, station)[1:] for number in wanted}
    by_number = _numbered(session, list({form for some in forms.values() for form in some}))
    left: list[str] = []
    for number in wanted:
        bill = next((by_number[form] for form in forms[number] if form in by_number), None)
        if bill is None:
            left.append(number)
        else:
            found[number] = bill
    if left:
        _find_folded(session, {number: fold(number, station) for number in left}, found)


def _find_folded(session: Session, folded: Mapping[str, str], found: dict[str, BillFound]) -> None:
    alike: dict[str, list[tuple[int, str, BillStatus]]] = {}
    rows = session.execute(_OF_FOLDED, {"folded": list(set(folded.values()))})
    for form, bill_id, number, status in rows:
        alike.setdefault(form, []).append((bill_id, number, status))
    for number, form in folded.items():
        several = alike.get(form, [])
        if len(several) == 1 and form:
            found[number] = BillFound(*several[0], exact=False, candidates=1)
        else:
            found[number] = BillFound(None, number, None, False, len(several))


def find_bill(session: Session, number: str) -> BillFound:
    """Looks one bill number up."""
    return find_bills(session, [number])[number]


def claim_for_payment(session: Session, number: str) -> BillFound:
    """The bill a clerk names for a payment (behaviour 1.1.1).

    Refuses a bill that is not third-party or not yet a receivable; an unknown number gives no `bill_id`.
    """
    found = find_bill(session, number)
    if found.bill_id is None:
        if found.candidates > 1:
            raise Refused(f"{found.candidates} CLAIMS FIT {normal(number)}; TYPE THE WHOLE NUMBER")
        return found
    bill = session.get_one(Bill, found.bill_id)
    if not bill.third_party:
        raise Refused("THIS IS NOT A 3RD PARTY CLAIM")
    if bill.status in NOT_YET:
        raise Refused("CLAIM IS IN AN INCOMPLETE STATUS")
    return found


def bill_for_payment(session: Session, number: str) -> int:
    """The bill a clerk names as the account of a payment; refuses one that is unknown or cannot be paid."""
    found = claim_for_payment(session, number)
    if found.bill_id is None:
        raise Refused(f"THERE IS NO BILL {found.number}")
    return found.bill_id


def change_balance(session: Session, bill_id: int, amount: Decimal) -> Decimal:
    """Moves a bill's balance by a signed amount and gives the new one; it never falls below zero."""
    changed: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]  # an UPDATE
        update(Bill)
        .where(Bill.id == bill_id, Bill.balance + amount >= ZERO)
        .values(balance=Bill.balance + amount, version=Bill.version + 1)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:
        number = session.scalar(select(Bill.number).where(Bill.id == bill_id))
        raise Refused(f"THE BALANCE OF BILL {number} WOULD FALL BELOW ZERO")
    return session.get_one(Bill, bill_id, populate_existing=True).balance


def set_status(session: Session, bill_id: int, status: BillStatus) -> None:
    """Gives a bill another status as of today."""
    session.execute(
        update(Bill)
        .where(Bill.id == bill_id)
        .values(status=status, status_date=today(session))
        .execution_options(synchronize_session=False)
    )
    session.get_one(Bill, bill_id, populate_existing=True)


def activate(
    session: Session,
    actor: Actor,
    bill_ids: Sequence[int],
    *,
    old_balances: Mapping[int, Decimal] | None = None,
) -> int:
    """Makes NEW BILLs receivables: ACTIVE, with their amount as balance and in the books; gives how many.

    With `old_balances` each bill is loaded with the balance given there instead of its original amount,
    and the credit goes to opening balances (3000) instead of billed (4000).
    """
    date, at, done = today(session), now(session), 0
    for start in range(0, len(bill_ids), _AT_ONCE):
        some = bill_ids[start : start + _AT_ONCE]
        rows = session.execute(
            select(Bill.id, Bill.original)
            .where(Bill.id.in_(some), Bill.status == BillStatus.NEW_BILL)
            .order_by(Bill.id)
            .with_for_update()
        ).all()
        if rows:
            amounts = [(row.id, (old_balances or {}).get(row.id, row.original)) for row in rows]
            _activate_some(session, actor, amounts, date, at, old_balance=old_balances is not None)
        done += len(rows)
    session.expire_all()
    return done


_MADE_ACTIVE = (
    update(Bill)
    .where(Bill.id == bindparam("bill_id"))
    .values(
        status=BillStatus.ACTIVE,
        balance=bindparam("amount", type_=Money()),
        status_date=bindparam("date"),
        version=Bill.version + 1,
    )
)


def _activate_some(
    session: Session,
    actor: Actor,
    bills: Sequence[tuple[int, Decimal]],
    date: datetime.date,
    at: datetime.datetime,
    *,
    old_balance: bool,
) -> None:
    session.connection().execute(
        _MADE_ACTIVE, [{"bill_id": bill_id, "amount": amount, "date": date} for bill_id, amount in bills]
    )
    valued = [(bill_id, amount) for bill_id, amount in bills if amount]
    insert_all(
        session,
        BillTransaction,
        [
            transaction_row(bill_id, TransactionType.ORIGINAL, date, amount, actor, at)
            for bill_id, amount in valued
        ],
    )
    entries = next_ids(session, JournalEntry, len(valued))
    insert_all(
        session,
        JournalEntry,
        [
            {
                "id": entry_id,
                "date": date,
                "act": JournalAct.BILL_ACTIVE,
                "receipt_id": None,
                "reverses_id": None,
                "cause": "",
                "memo": "",
                "user_id": actor.user_id,
                "recorded_at": at,
            }
            for entry_id in entries
        ],
    )
    other = Account.OPENING if old_balance else Account.BILLED
    lines: list[dict[str, object]] = []
    for entry_id, (bill_id, amount) in zip(entries, valued, strict=True):
        sides = ((Account.RECEIVABLE, bill_id, amount, ZERO), (other, None, ZERO, amount))
        lines += (
            {
                "entry_id": entry_id,
                "number": number,
                "account": account,
                "bill_id": of_bill,
                "eft_id": None,
                "receipt_id": None,
                "receipt_line": None,
                "debit": debit,
                "credit": credit,
            }
            for number, (account, of_bill, debit, credit) in enumerate(sides, start=1)
        )
    insert_all(session, JournalLine, lines)


def transaction_row(
    bill_id: int,
    type: TransactionType,
    date: datetime.date,
    amount: Decimal,
    actor: Actor,
    at: datetime.datetime,
    *,
    interest: Decimal = ZERO,
    admin_cost: Decimal = ZERO,
    marshal_fee: Decimal = ZERO,
    court_cost: Decimal = ZERO,
    contractual: bool = False,
    receipt: tuple[int, int | None] = (0, None),
    source: tuple[int, int, int, int] | None = None,
    comment: str = "",
) -> dict[str, object]:
    """One bill transaction for the store; what is not interest, admin, marshal or court is principal."""
    era_id, entry, line, adjustment = source or (None, None, None, None)
    return {
        "bill_id": bill_id,
        "type": type,
        "date": date,
        "amount": amount,
        "principal": amount - interest - admin_cost - marshal_fee - court_cost,
        "interest": interest,
        "admin_cost": admin_cost,
        "marshal_fee": marshal_fee,
        "court_cost": court_cost,
        "contractual": contractual,
        "receipt_id": receipt[0] or None,
        "receipt_line": receipt[1],
        "era_id": era_id,
        "entry": entry,
        "line": line,
        "adjustment": adjustment,
        "comment": comment,
        "user_id": actor.user_id,
        "recorded_at": at,
    }

"""Bills: finding them by their numbers, and making them receivables (behaviour 2.8, DESIGN 2.10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.bills import Bill, BillAlias
from models.bulk import parts
from models.words.bills import BillStatus
from models.words.books import Account
from services.books.movements import open_bills
from services.errors import Refused
from services.office.clock import site_of
from services.office.stamp import Stamp

#: Statuses in which a bill can be paid and decreased.
PAYABLE = frozenset({BillStatus.ACTIVE, BillStatus.OPEN})

#: Statuses of a bill that is not yet a receivable.
NOT_YET_RECEIVABLE = frozenset({BillStatus.INCOMPLETE, BillStatus.BILL_INCOMPLETE, BillStatus.NEW_BILL})


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


def show_number(number: str, station: str) -> str:
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
    for some in parts(wanted):
        _find_some(session, station, some, found)
    return found


_OF_NUMBER = select(Bill.number, Bill.id, Bill.status).where(
    Bill.number.in_(bindparam("numbers", expanding=True))
)
_OF_ALIAS = (
    select(BillAlias.number, Bill.id, Bill.number, Bill.status)
    .join(Bill, Bill.id == BillAlias.bill_id)
    .where(BillAlias.number.in_(bindparam("numbers", expanding=True)))
)
_OF_FOLDED = select(Bill.folded, Bill.id, Bill.number, Bill.status).where(
    Bill.folded.in_(bindparam("folded", expanding=True))
)


def _find_some(session: Session, station: str, wanted: Sequence[str], found: dict[str, BillFound]) -> None:
    by_number = _find_by_number(session, list({normal(number) for number in wanted}))
    left: list[str] = []
    for number in wanted:
        bill = by_number.get(normal(number))
        if bill is None:
            left.append(number)
        else:
            found[number] = bill
    if left:
        _find_respelled(session, station, left, found)


def _find_by_number(session: Session, numbers: list[str]) -> dict[str, BillFound]:
    return {
        number: BillFound(bill_id, number, status, True, 1)
        for number, bill_id, status in session.execute(_OF_NUMBER, {"numbers": numbers})
    }


def _find_by_alias(session: Session, numbers: list[str]) -> dict[str, BillFound]:
    """The bills that a replacement claim has given these numbers."""
    return {
        alias: BillFound(bill_id, number, status, True, 1)
        for alias, bill_id, number, status in session.execute(_OF_ALIAS, {"numbers": numbers})
    }


def _find_respelled(
    session: Session, station: str, wanted: Sequence[str], found: dict[str, BillFound]
) -> None:
    """Looks the same exact numbers up without and with the station prefix, as aliases, then in their folded form."""
    forms = {number: exact_forms(number, station) for number in wanted}
    spelt = list({form for some in forms.values() for form in some})
    by_number = _find_by_alias(session, spelt) | _find_by_number(session, spelt)
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
    if bill.status in NOT_YET_RECEIVABLE:
        raise Refused("CLAIM IS IN AN INCOMPLETE STATUS")
    return found


def bill_for_payment(session: Session, number: str) -> int:
    """The bill a clerk names as the account of a payment; refuses one that is unknown or cannot be paid."""
    found = claim_for_payment(session, number)
    if found.bill_id is None:
        raise Refused(f"THERE IS NO BILL {found.number}")
    return found.bill_id


def lock(session: Session, bill_ids: Iterable[int]) -> None:
    """Locks bills in the order of their numbers, so that no two acts wait for each other."""
    ordered = sorted(set(bill_ids))
    for some in parts(ordered):
        session.execute(
            select(Bill.id).where(Bill.id.in_(some)).order_by(Bill.id).with_for_update(key_share=True)
        ).all()


def activate(
    session: Session,
    by: Stamp,
    bill_ids: Sequence[int],
    *,
    old_balances: Mapping[int, Decimal] | None = None,
) -> int:
    """Makes NEW BILLs receivables: ACTIVE, with their amount as balance and in the books; gives how many.

    With `old_balances` each bill is loaded with the balance given there instead of its original amount,
    and the credit goes to opening balances (3000) instead of billed (4000).
    """
    against, done = Account.BILLED if old_balances is None else Account.OPENING, 0
    bill_ids = sorted(bill_ids)
    for some in parts(bill_ids):
        rows = session.execute(
            select(Bill.id, Bill.original)
            .where(Bill.id.in_(some), Bill.status == BillStatus.NEW_BILL)
            .order_by(Bill.id)
            .with_for_update(key_share=True)
        ).all()
        if rows:
            amounts = [(row.id, (old_balances or {}).get(row.id, row.original)) for row in rows]
            open_bills(session, by, amounts, against)
        done += len(rows)
    session.expire_all()
    return done

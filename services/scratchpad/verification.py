"""Auto-verify: the `(V)` of an entry whose bill and EEOB tell the same story (behaviour 3.3)."""

import datetime
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Told:
    """What one side says: patient's name as `LAST,FIRST`, submitted amount, service dates."""

    patient: str
    amount: Decimal
    service_from: datetime.date | None
    service_to: datetime.date | None


def is_verified(bill: Told, eeob: Told) -> bool:
    """Whether name, amount and dates agree; the bill's amount includes the Medicare parts."""
    return same_name(bill.patient, eeob.patient) and bill.amount == eeob.amount and same_dates(bill, eeob)


def same_name(bill: str, eeob: str) -> bool:
    """Whether the first five characters of the last names are the same, case included."""
    return bill.partition(",")[0][:5] == eeob.partition(",")[0][:5]


def same_dates(bill: Told, eeob: Told) -> bool:
    """Whether the EEOB's dates begin with the bill's or overlap them; skipped without an EEOB date."""
    start = eeob.service_from
    if start is None:
        return True
    if bill.service_from is None:
        return False
    bill_to = bill.service_to or bill.service_from
    if start == bill.service_from or bill.service_from < start <= bill_to:
        return True
    return start < bill.service_from and (eeob.service_to or start) >= bill.service_from

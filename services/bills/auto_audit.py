"""Auto-audit: electronic bills become ACTIVE without a person (RESFROM^PRCAUDT1; behaviour 1.17, DESIGN 5).

Most do so when their 837 or its acknowledgement is filed. Those that could not then, because their rate
type was not audited or the site waited for a 277CA, do so at night, once the site says otherwise.
"""

from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bills import Bill
from models.site import RateType
from models.store import Store
from models.words.acts import Act
from models.words.bills import BillStatus, EdiStatus
from models.words.keys import SecurityKey
from services.bills.acknowledging import may_be_audited
from services.bills.receivables import activate
from services.office.actor import night_job
from services.office.acts import begin, end
from services.office.clock import site_of
from services.office.site import NEVER_AUDITED

#: Bills audited in one transaction: others may write between two of them.
AT_ONCE = 2000


def audit_waiting_bills(store: Store, started_by: str) -> int:
    """Makes every NEW BILL ACTIVE that need not wait any longer, and gives how many; again it finds none."""
    done = 0
    while _there_are_some(store):
        count = store.write(partial(_audit_some, started_by))
        if not count:
            # Another night job was faster, and goes on with the rest.
            break
        done += count
    return done


def _audit_some(started_by: str, session: Session) -> int:
    by = begin(session, night_job(session, started_by), Act.BILLS_AUDITED, SecurityKey.CLERK)
    count = activate(session, by, _waiting(session, AT_ONCE))
    if count:
        end(session, by, "night job", detail=f"{count} bills")
    return count


def why_new(session: Session, bill_id: int) -> str:
    """Why a bill is a NEW BILL still, and what makes it ACTIVE, in lines for whoever wants to post a payment of it."""
    bill = session.get_one(Bill, bill_id)
    said, rate = bill.edi_status, session.get_one(RateType, bill.rate_type)
    lines = ["A NEW BILL IS NO RECEIVABLE YET:"]
    if rate.name in NEVER_AUDITED:
        return "\n".join(
            (*lines, f"  BILLS OF {rate.name} ARE AUDITED BY A PERSON, WHICH IS NOT IN THIS RELEASE")
        )
    if said is EdiStatus.REJECTED:
        return "\n".join((*lines, "  ITS PAYER REJECTED THE CLAIM (277CA); IT HAS TO BE SENT ANEW"))
    if not rate.auto_audit:
        lines += (
            f"  AUTO-AUDIT OF {rate.name} IS NO AT THIS SITE",
            f'    TO SWITCH IT ON: lockbox site "auto-audit {rate.name}" YES',
        )
    if not may_be_audited(said, wait=site_of(session).wait_for_277ca):
        lines += (
            f"  THE SITE WAITS FOR ITS 277CA ({said}): IMPORT THAT",
            "    TO WAIT FOR NONE: lockbox site wait-for-277ca NO",
        )
    return "\n".join((*lines, "  THEN MAKE IT ACTIVE: lockbox nightly"))


def _there_are_some(store: Store) -> bool:
    with store.reading() as session:
        return bool(_waiting(session, 1))


def _waiting(session: Session, most: int) -> list[int]:
    wait = site_of(session).wait_for_277ca
    return list(
        session.scalars(
            select(Bill.id)
            .where(
                Bill.status == BillStatus.NEW_BILL,
                Bill.edi_status.in_([said for said in EdiStatus if may_be_audited(said, wait=wait)]),
                Bill.rate_type.in_(select(RateType.name).where(RateType.auto_audit)),
                Bill.transaction_set_id.is_not(None),
            )
            .order_by(Bill.id)
            .limit(most)
        )
    )

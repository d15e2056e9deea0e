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

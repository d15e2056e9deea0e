"""Filing a 277CA set: what the payer says of each claim moves its bill (DESIGN 5)."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.bills import Bill, BillStatus, EdiStatus
from models.messages import Message, Outcome, TransmissionCategory, Validation
from models.messages import TransactionSet as FiledSet
from models.site import RateType
from services.actor import Actor
from services.bills import activate, find_bills
from services.filing import Held, Known, SetReport, identity, set_row, store_findings
from services.findings import Finding
from services.x12.acknowledgement import AcknowledgementEnd, ClaimAcknowledgement
from services.x12.envelope import TransactionSet
from services.x12.read_277ca import read_277ca

_ACCEPTED = frozenset({"A2", "A5"})
_REJECTED = frozenset({"A3", "A4", "A6", "A7", "A8"})


def edi_status(acknowledgement: ClaimAcknowledgement) -> EdiStatus | None:
    """What an acknowledgement means: accepted is action WQ with category A2 or A5; A1 is only received."""
    categories = set(acknowledgement.categories)
    if acknowledgement.action == "U" or categories & _REJECTED:
        return EdiStatus.REJECTED
    if acknowledgement.action == "WQ" and categories & _ACCEPTED:
        return EdiStatus.ACCEPTED
    return EdiStatus.RECEIVED if "A1" in categories else None


def file_277ca(session: Session, actor: Actor, message: Message, read: TransactionSet) -> SetReport:
    """Notes acceptance and rejection on the bills; accepted NEW BILLs of an audited rate type become ACTIVE."""
    findings = list(read.findings)
    said: list[ClaimAcknowledgement] = []
    end: AcknowledgementEnd | None = None
    for part in read_277ca(read):
        if isinstance(part, AcknowledgementEnd):
            end = part
        else:
            said.append(part)
    assert end is not None
    findings += [finding for part in said for finding in part.findings] + list(end.findings)
    parts = [f"{part.claim}={part.action}{','.join(part.categories)}" for part in said]
    fingerprint = identity("277CA", read.interchange_control, read.group_control, read.control, *parts)
    if not end.complete:
        raise Held(
            TransmissionCategory.PARTIAL,
            "The acknowledgement ends before its SE segment; the rest of it has not come.",
            Known(),
            identity("277CA", "cut", read.interchange_control, read.control, str(end.segments)),
            findings,
        )
    if _filed_before(session, fingerprint):
        row = set_row(session, message, read, "277CA", fingerprint, Outcome.DUPLICATE, Validation.NONE)
        return SetReport(read.control, Outcome.DUPLICATE, findings=findings)
    row = set_row(session, message, read, "277CA", fingerprint, Outcome.FILED, Validation.QUEUED)
    changed = _note(session, actor, said, findings)
    store_findings(session, message.id, row.id, findings)
    return SetReport(
        read.control, Outcome.FILED, bills=changed, validation=Validation.QUEUED, findings=findings
    )


def _filed_before(session: Session, fingerprint: bytes) -> bool:
    return (
        session.scalars(
            select(FiledSet.id).where(FiledSet.fingerprint == fingerprint, FiledSet.outcome == Outcome.FILED)
        ).first()
        is not None
    )


def _note(session: Session, actor: Actor, said: list[ClaimAcknowledgement], findings: list[Finding]) -> int:
    audited = {rate.name for rate in session.scalars(select(RateType)) if rate.auto_audit}
    bills = find_bills(session, (part.claim for part in said if part.claim))
    accepted: list[int] = []
    changed = 0
    for part in said:
        where = f"segment {part.segment}"
        found = bills.get(part.claim)
        status = edi_status(part)
        if found is None or found.bill_id is None:
            findings.append(
                Finding("bill-not-found", f"No bill has the number {part.claim or '(none)'}.", where)
            )
        elif status is None:
            findings.append(
                Finding("status-unknown", f"What is said of claim {part.claim} is neither yes nor no.", where)
            )
        else:
            changed += 1
            session.execute(
                update(Bill)
                .where(Bill.id == found.bill_id)
                .values(edi_status=status, version=Bill.version + 1)
                .execution_options(synchronize_session=False)
            )
            if status is EdiStatus.ACCEPTED and found.status is BillStatus.NEW_BILL:
                accepted.append(found.bill_id)
    session.expire_all()
    to_audit: list[int] = []
    for start in range(0, len(accepted), 500):
        to_audit += session.scalars(
            select(Bill.id).where(Bill.id.in_(accepted[start : start + 500]), Bill.rate_type.in_(audited))
        ).all()
    activate(session, actor, to_audit)
    return changed

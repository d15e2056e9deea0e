"""Claims as 837 sets: professional and institutional ones become bills, dental ones are only judged (DESIGN 2.7, 5)."""

from sqlalchemy.orm import Session

from models.words.intake import Outcome, TransmissionCategory, Validation
from services.findings import Finding
from services.intake.bill_filing import BillFiling
from services.intake.format import SetFormat, SetSaid, Turn
from services.intake.formats.x12 import gather
from services.intake.sets import (
    WHOLE_FILE,
    Held,
    IncomingSet,
    Known,
    SetReport,
    identity,
    set_row,
    store_findings,
)
from services.office.acts import tell_also
from services.office.stamp import Stamp
from services.x12.billing import BilledClaim, BillingEnd
from services.x12.envelope import TransactionSet
from services.x12.read_837 import GUIDES_837, read_837

#: Claims filed together, unless they say so much that they would fill the memory (`BilledClaim.size`).
AT_ONCE = 500
SIZE_AT_ONCE = 20_000


def file_837(session: Session, by: Stamp, come: IncomingSet) -> SetReport:
    """Files the claims of one set as bills; raises `Held` when the set is cut."""
    message, read, kind = come.message, come.read, come.kind
    filed = BillFiling(session, by, None)
    fingerprint = identity(kind, str(message.id), str(read.ordinal))
    row = set_row(session, come, fingerprint, Outcome.FILED, Validation.QUEUED)
    filed.set_id = row.id
    waiting: list[BilledClaim] = []
    size = 0
    end: BillingEnd | None = None
    for part in read_837(read):
        if isinstance(part, BillingEnd):
            end = part
        else:
            size += part.size
            waiting.append(part)
            if len(waiting) == AT_ONCE or size > SIZE_AT_ONCE:
                filed.file(waiting)
                waiting, size = [], 0
    filed.file(waiting)
    assert end is not None
    findings = [*read.findings, *end.findings, *filed.findings]
    if filed.acknowledged:
        told = f"What was said of {filed.acknowledged} of these claims before they came is noted."
        findings.insert(0, Finding("acknowledged-before", told))
    if not end.complete:
        raise Held(
            TransmissionCategory.PARTIAL,
            "The claims end before their SE segment; the rest of them has not come.",
            Known(),
            identity(
                kind, "cut", read.interchange_control, read.group_control, read.control, str(end.segments)
            ),
            findings,
            way_out=WHOLE_FILE,
        )
    if filed.filed or filed.amended or not filed.duplicates:
        outcome = Outcome.FILED
    else:
        outcome = row.outcome = Outcome.DUPLICATE
        row.validation = Validation.NONE
    store_findings(session, message.id, row.id, findings)
    for act, what, detail in filed.told:
        tell_also(session, by, act, what, detail=detail)
    return SetReport(read.control, outcome, bills=filed.filed, validation=row.validation, findings=findings)


def _judge(read: TransactionSet) -> SetSaid:
    return gather(read_837(read))


def _declare(kind: str, *, filed: bool) -> SetFormat:
    guides = tuple(guide for guide, of in GUIDES_837.items() if of == kind)
    return SetFormat(kind, "837", guides, Turn.CLAIMS, file_837 if filed else None, _judge)


PROFESSIONAL, INSTITUTIONAL = _declare("837P", filed=True), _declare("837I", filed=True)
DENTAL = _declare("837D", filed=False)

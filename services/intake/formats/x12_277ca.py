"""Filing a 277CA set: what the payer says of each claim moves its bill (DESIGN 5)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.messages import TransactionSet as FiledSet
from models.words.bills import EdiStatus
from models.words.intake import Outcome, TransmissionCategory, Validation
from services.bills.acknowledging import add_word, audit_accepted, edi_status, keep_words, note_words
from services.bills.receivables import find_bills
from services.findings import Finding
from services.intake.format import SetFormat, SetSaid, Turn
from services.intake.formats.x12 import gather
from services.intake.sets import (
    WHOLE_FILE,
    FiledBefore,
    GrowingIdentity,
    Held,
    IncomingSet,
    Known,
    SetReport,
    identity,
    keep,
    set_row,
    store_findings,
)
from services.office.stamp import Stamp
from services.x12.acknowledgement import AcknowledgementEnd, ClaimAcknowledgement
from services.x12.envelope import TransactionSet
from services.x12.read_277ca import read_277ca

#: Claims looked up and noted by a few statements, unless there are more statuses of them than this.
AT_ONCE = 500
STATUSES_AT_ONCE = 20_000

#: Claims named in the exception of a set none of whose claims is known.
MOST_NAMED = 40


def file_277ca(session: Session, by: Stamp, come: IncomingSet) -> SetReport:
    """Notes acceptance and rejection on the bills; accepted NEW BILLs of an audited rate type become ACTIVE.

    What is said of a claim whose bill is not on file is kept until the bill comes; only a set without any
    known claim is held. Only its end tells whether the set was filed before: `FiledBefore` undoes what was
    noted until then.
    """
    message, read = come.message, come.read
    said = GrowingIdentity("277CA", read.interchange_control, read.group_control, read.control)
    noted = _Noting(session, by, message.id, read.ordinal)
    waiting: list[ClaimAcknowledgement] = []
    statuses = 0
    end: AcknowledgementEnd | None = None
    for part in read_277ca(read):
        if isinstance(part, AcknowledgementEnd):
            end = part
            continue
        said.add(f"{part.claim}={part.action}{','.join(part.categories)}")
        waiting.append(part)
        statuses += len(part.categories)
        if len(waiting) == AT_ONCE or statuses > STATUSES_AT_ONCE:
            noted.note(waiting)
            waiting, statuses = [], 0
    noted.note(waiting)
    assert end is not None
    findings = [*read.findings, *noted.findings, *end.findings]
    fingerprint = said.fingerprint()
    if not end.complete:
        raise Held(
            TransmissionCategory.PARTIAL,
            "The acknowledgement ends before its SE segment; the rest of it has not come.",
            Known(),
            identity("277CA", "cut", read.interchange_control, read.control, str(end.segments)),
            findings,
            way_out=WHOLE_FILE,
        )
    if _is_filed_before(session, fingerprint):
        raise FiledBefore(fingerprint)
    if noted.unknown and not noted.known:
        raise Held(
            TransmissionCategory.NO_VALID_CLAIMS,
            "None of the claims that it acknowledges is known here; import the claims and then this file again.",
            Known(bills=tuple(noted.named)),
            fingerprint,
            findings,
        )
    if noted.kept:
        told = f"What is said of {noted.kept} claims without a bill is kept until their bills come."
        findings.insert(0, Finding("acknowledgements-kept", told))
    row = set_row(session, come, fingerprint, Outcome.FILED, Validation.QUEUED)
    store_findings(session, message.id, row.id, findings)
    return SetReport(
        read.control, Outcome.FILED, bills=noted.changed, validation=Validation.QUEUED, findings=findings
    )


def _is_filed_before(session: Session, fingerprint: bytes) -> bool:
    return (
        session.scalars(
            select(FiledSet.id).where(FiledSet.fingerprint == fingerprint, FiledSet.outcome == Outcome.FILED)
        ).first()
        is not None
    )


class _Noting:
    """What a payer says of claims on its way to their bills, some hundreds at a time."""

    def __init__(self, session: Session, by: Stamp, message_id: int, ordinal: int) -> None:
        self.session = session
        self.by = by
        self.place = (message_id, ordinal)
        self.kept = 0
        self.known = 0
        self.changed = 0
        self.unknown = 0
        self.named: list[str] = []
        self.findings: list[Finding] = []

    def note(self, said: Sequence[ClaimAcknowledgement]) -> None:
        """Notes some of it; of a claim named twice the later word stands."""
        bills = find_bills(self.session, (part.claim for part in said if part.claim))
        words: dict[int, EdiStatus] = {}
        waiting: list[tuple[ClaimAcknowledgement, EdiStatus]] = []
        accepted: list[int] = []
        for part in said:
            keep(self.findings, *part.findings)
            where = f"segment {part.segment}"
            found, status = bills.get(part.claim), edi_status(part)
            if found is None or found.bill_id is None:
                self.unknown += 1
                if len(self.named) < MOST_NAMED:
                    self.named.append(part.claim)
                told = f"No bill has the number {part.claim or '(none)'}."
                if found is not None and found.candidates > 1:
                    told = f"{found.candidates} bills fit the number {part.claim}."
                keep(self.findings, Finding("bill-not-found", told, where))
                if part.claim and status is not None:
                    waiting.append((part, status))
                continue
            self.known += 1
            if status is None:
                told = f"What is said of claim {part.claim} is neither yes nor no."
                keep(self.findings, Finding("status-unknown", told, where))
                continue
            self.changed += 1
            add_word(words, found.bill_id, status)
            if status is EdiStatus.ACCEPTED:
                accepted.append(found.bill_id)
        self.kept += len(waiting)
        keep_words(self.session, *self.place, waiting)
        note_words(self.session, words)
        audit_accepted(self.session, self.by, accepted)


def _judge(read: TransactionSet) -> SetSaid:
    return gather(read_277ca(read))


ACKNOWLEDGEMENT = SetFormat("277CA", "277", ("X214",), Turn.ACKNOWLEDGEMENTS, file_277ca, _judge)

"""Filing an 835 set: it becomes an ERA with its EEOBs, PLBs and exceptions, whole or not at all (behaviour 3.1)."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from models.eras import Contact, Eeob, Era
from models.messages import DataException, Message
from models.words.intake import DataCategory, Outcome, TransmissionCategory, Validation
from models.words.mail import MailGroup
from models.words.money import LARGEST, ZERO, two_decimals
from models.words.remittances import EraMatchStatus, PostStatus
from services.bills.receivables import BillFound, find_bills
from services.findings import Finding
from services.intake.eeob_rows import EeobRows
from services.intake.provider_adjustments import AdjustmentFiling
from services.intake.sets import (
    Held,
    Known,
    SetReport,
    comparable,
    identity,
    keep,
    payer_key,
    set_row,
    store_findings,
)
from services.office.bulletins import send
from services.office.clock import now, today
from services.x12.envelope import TransactionSet
from services.x12.read_835 import Part, read_835
from services.x12.remittance import (
    ProviderLevelAdjustment,
    RemittanceClaim,
    RemittanceHeader,
    RemittanceSummary,
)

#: Claims filed by one statement each for claims, lines, adjustments and so on.
AT_ONCE = 500
#: Characters of claims that wait to be filed together: what a claim takes in memory goes by its text.
CHARACTERS_AT_ONCE = 500_000

#: Bills named in the exception of a set none of whose bills is known.
MOST_NAMED = 40


def file_835(session: Session, message: Message, read: TransactionSet) -> SetReport:
    """Files one remittance; raises `Held` when it has to be kept whole as an exception."""
    parts = read_835(read)
    header = next(parts)
    assert isinstance(header, RemittanceHeader)
    date, date_findings = _date(session, header)
    known = Known(
        header.payer.name, header.payer_id, header.trace, header.payment_date, two_decimals(header.total)
    )
    key = payer_key(session, header.payer_id)
    trace = comparable(header.trace)
    fingerprint = identity("835", key, trace, date.isoformat(), two_decimals(header.total))
    findings = [*header.findings, *date_findings]
    if not trace or not key or any(finding.code == "bad-amount" for finding in header.findings):
        raise Held(
            TransmissionCategory.SUMMARY_ERROR,
            "The remittance names no trace number, no payer or no readable total; "
            "the receipt for this data must be created manually.",
            known,
            identity("835", read.interchange_control, read.group_control, read.control, str(message.id)),
            [*read.findings, *findings],
            "EDI LBOX - TOTALS FILE EXCEPTION",
        )
    standing = _duplicate_of(session, key, trace, date, header)
    if standing is not None:
        return _file_duplicate(session, message, read, fingerprint, header, standing)
    row = set_row(session, message, read, "835", fingerprint, Outcome.FILED, Validation.QUEUED)
    era = _new_era(session, header, key, trace, date, row.id)
    filed = _Filing(session, era)
    summary = filed.file(parts)
    # What is wrong with the set as a whole is only known at its end, and must not be lost among its claims'.
    findings = [*read.findings, *findings, *summary.findings, *filed.findings]
    if not summary.complete:
        raise Held(
            TransmissionCategory.PARTIAL,
            "The remittance ends before its SE segment; the rest of it has not come.",
            known,
            identity(
                "835", "cut", key, trace, date.isoformat(), two_decimals(header.total), str(summary.segments)
            ),
            findings,
        )
    if filed.beyond:
        raise Held(
            TransmissionCategory.STORE_ERROR,
            f"The amounts of its {filed.beyond} come to more than {LARGEST:.2f}; nobody pays that, so it is not filed.",
            known,
            fingerprint,
            findings,
        )
    if filed.claims and not filed.bills_known:
        raise Held(
            TransmissionCategory.NO_VALID_CLAIMS,
            "None of the bills of this remittance is known here.",
            replace(known, bills=tuple(f"*{claim}" for claim in filed.unknown)),
            fingerprint,
            findings,
            "EDI LBOX - NO VALID BILLS ON ERA",
        )
    _finish(session, era, summary, filed)
    store_findings(session, message.id, row.id, findings)
    return SetReport(
        read.control, Outcome.FILED, filed.era_id, validation=Validation.QUEUED, findings=findings
    )


def _date(session: Session, header: RemittanceHeader) -> tuple[datetime.date, list[Finding]]:
    """The ERA date: BPR16, else the production date, else today with a finding."""
    if header.payment_date is not None:
        return header.payment_date, []
    date = header.production_date or today(session)
    said = "the production date" if header.production_date else "today"
    return date, [Finding("no-payment-date", f"BPR16 has no payment date; {said} stands for it.")]


_SAME_REMITTANCE = select(Era.id).where(
    Era.payer_key == bindparam("payer_key"),
    Era.trace_key == bindparam("trace_key"),
    Era.date == bindparam("date"),
    Era.total == bindparam("total"),
)


def _duplicate_of(
    session: Session, key: str, trace: str, date: datetime.date, header: RemittanceHeader
) -> int | None:
    return session.scalars(
        _SAME_REMITTANCE,
        {"payer_key": key, "trace_key": trace, "date": date, "total": header.total},
    ).first()


def _file_duplicate(
    session: Session,
    message: Message,
    read: TransactionSet,
    fingerprint: bytes,
    header: RemittanceHeader,
    standing: int,
) -> SetReport:
    """The first ERA stands; the message is kept as a duplicate with a bulletin."""
    again = Finding("duplicate-era", f"This remittance is on file as ERA {standing}.")
    row = set_row(session, message, read, "835", fingerprint, Outcome.DUPLICATE, Validation.NONE)
    send(
        session,
        f"EDI LBOX - DUPLICATE ERA NOT FILED {header.payer.name}".rstrip(),
        MailGroup.EXCEPTIONS,
        f"Trace {header.trace}: it is on file as ERA {standing}. Message {message.id} is kept as a duplicate.",
    )
    store_findings(session, message.id, row.id, [again])
    return SetReport(read.control, Outcome.DUPLICATE, standing, findings=[again])


def _new_era(
    session: Session, header: RemittanceHeader, key: str, trace: str, date: datetime.date, set_id: int
) -> Era:
    era = Era(
        trace=header.trace,
        trace_key=trace,
        payer_id=header.payer_id,
        payer_key=key,
        payer_name=header.payer.name,
        date=date,
        total=header.total,
        received_at=now(session),
        received=today(session),
        method=header.method,
        handling=header.handling,
        match_status=EraMatchStatus.UNMATCHED,
        post_status=PostStatus.NOT_POSTED,
        check_number="",
        eeob_count=0,
        approximate_eeobs=0,
        payee_name=header.payee.name,
        payee_id=header.payee.identifier,
        production_date=header.production_date,
        balanced_lines=True,
        balanced_claims=True,
        balanced=True,
        transaction_set_id=set_id,
    )
    session.add(era)
    session.flush()
    contacts = [
        {
            "era_id": era.id,
            "eeob_sequence": 0,
            "number": number,
            "name": contact.name,
            "kind": kind,
            "value": value,
        }
        for number, (contact, kind, value) in enumerate(
            (
                (contact, qualified.qualifier, qualified.value)
                for contact in header.contacts
                for qualified in contact.numbers
            ),
            start=1,
        )
    ]
    if contacts:
        session.execute(insert(Contact), contacts)
    return era


_SAME_CONTENT = (
    select(Eeob.bill_id, Eeob.fingerprint, Eeob.era_id, Eeob.sequence)
    .where(
        Eeob.fingerprint.in_(bindparam("fingerprints", expanding=True)),
        Eeob.bill_id.is_not(None),
        Eeob.twin_era_id.is_(None),
        Eeob.era_id != bindparam("era_id"),
    )
    .order_by(Eeob.era_id, Eeob.sequence)
)


class _Filing:
    """The claims of one set on their way into the store, some hundreds at a time."""

    def __init__(self, session: Session, era: Era) -> None:
        self.session = session
        self.era_id = era.id
        self.claims = 0
        self.payable = 0
        self.reversals = 0
        self.bills_known = 0
        self.unknown: list[str] = []
        self.unknown_count = 0
        self.largest = ZERO
        self.adjustments = AdjustmentFiling(session, era.id)
        self.findings: list[Finding] = []

    def file(self, parts: Iterator[Part]) -> RemittanceSummary:
        """Files all claims and provider-level adjustments and gives the summary that ends the set."""
        waiting: list[RemittanceClaim] = []
        size = 0
        for part in parts:
            if isinstance(part, RemittanceClaim):
                size += len(part.text)
                if size > CHARACTERS_AT_ONCE:
                    self._file_some(waiting)
                    waiting, size = [], len(part.text)
                waiting.append(part)
                if len(waiting) == AT_ONCE or size > CHARACTERS_AT_ONCE:
                    self._file_some(waiting)
                    waiting, size = [], 0
            elif isinstance(part, ProviderLevelAdjustment):
                self.adjustments.add(part)
            elif isinstance(part, RemittanceSummary):
                self._file_some(waiting)
                self.adjustments.write()
                return part
        raise AssertionError("an 835 set ended without its summary")

    @property
    def beyond(self) -> str:
        """What comes to more than any payment, claims or PLB segments; empty when neither does."""
        plbs = "PLB segments" if self.adjustments.sum_of_all > LARGEST else ""
        return "claims" if self.largest > LARGEST else plbs

    def _file_some(self, claims: Sequence[RemittanceClaim]) -> None:
        if not claims:
            return
        bills = find_bills(self.session, (claim.claim for claim in claims if claim.claim))
        fingerprints = [claim.fingerprint for claim in claims]
        twins = self._twins(fingerprints)
        rows = EeobRows(self.era_id)
        exceptions: list[dict[str, Any]] = []
        for claim, fingerprint in zip(claims, fingerprints, strict=True):
            found = bills.get(claim.claim)
            bill_id = None if found is None else found.bill_id
            twin = None if bill_id is None else twins.get((bill_id, fingerprint))
            rows.add(claim, fingerprint, bill_id, twin)
            self._count(claim, found, twin, exceptions)
        rows.insert(self.session)
        if exceptions:
            self.session.execute(insert(DataException), exceptions)

    def _count(
        self,
        claim: RemittanceClaim,
        found: BillFound | None,
        twin: tuple[int, int] | None,
        exceptions: list[dict[str, Any]],
    ) -> None:
        self.claims += 1
        self.payable += claim.paid >= 0
        self.reversals += claim.reversal
        keep(self.findings, *claim.findings)
        self.largest += max(abs(claim.charge), abs(claim.paid))
        where = f"segment {claim.segment}"
        if found is not None and found.bill_id is not None:
            self.bills_known += 1
            if not found.exact:
                keep(
                    self.findings,
                    Finding("bill-folded", f"Claim {claim.claim} was taken for bill {found.number}.", where),
                )
            if twin is not None:
                keep(
                    self.findings,
                    Finding(
                        "duplicate-eeob",
                        f"The EEOB of claim {claim.claim} is on file already (ERA {twin[0]} line {twin[1]}); "
                        "its detail is not stored again.",
                        where,
                    ),
                )
            return
        several = found is not None and found.candidates > 1
        text = (
            f"{found.candidates} bills fit {claim.claim}" if found and several else "No bill has this number"
        )
        self.unknown_count += 1
        if len(self.unknown) < MOST_NAMED:
            self.unknown.append(claim.claim)
        keep(self.findings, Finding("bill-not-found", f"{text} (claim {claim.claim}).", where))
        exceptions.append(
            {
                "era_id": self.era_id,
                "sequence": claim.sequence,
                "category": DataCategory.BILL_NOT_FOUND,
                "text": text,
                "claim": claim.claim,
                "resolved": False,
            }
        )

    def _twins(self, fingerprints: Sequence[bytes]) -> dict[tuple[int, bytes], tuple[int, int]]:
        """EEOBs on file with the same content on the same bill (behaviour 3.1, duplicate EEOB)."""
        rows = self.session.execute(_SAME_CONTENT, {"fingerprints": fingerprints, "era_id": self.era_id})
        twins: dict[tuple[int, bytes], tuple[int, int]] = {}
        for bill_id, fingerprint, era_id, sequence in rows:
            if bill_id is not None:
                twins.setdefault((bill_id, fingerprint), (era_id, sequence))
        return twins


_COUNTED = (
    update(Era)
    .where(Era.id == bindparam("filed"))
    .values(
        eeob_count=bindparam("eeobs"),
        approximate_eeobs=bindparam("approximate"),
        balanced_lines=bindparam("lines"),
        balanced_claims=bindparam("claims"),
        balanced=bindparam("all"),
    )
    .execution_options(synchronize_session=False)
)


def _finish(session: Session, era: Era, summary: RemittanceSummary, filed: _Filing) -> None:
    """Writes what is only known at the end: counts, balances, bulletins."""
    session.execute(
        _COUNTED,
        {
            "filed": filed.era_id,
            "eeobs": filed.claims,
            "approximate": filed.payable,
            "lines": summary.lines_balanced,
            "claims": summary.claims_balanced,
            "all": summary.balanced,
        },
    )
    payer = era.payer_name
    # What was written above is not in the object.
    session.expire(era)
    if filed.unknown:
        send(
            session,
            f"EDI LBOX EEOB - EXCEPTIONS {payer}".rstrip(),
            MailGroup.EXCEPTIONS,
            f"ERA {filed.era_id}: the bills of {filed.unknown_count} EEOBs are not known here.",
        )
    if filed.adjustments.count or filed.reversals:
        send(
            session,
            f"EDI LBOX - ERA HAS ADJ/TAKEBACKS {payer}".rstrip(),
            MailGroup.EXCEPTIONS,
            f"ERA {filed.era_id}: {filed.adjustments.count} ERA level adjustments, {filed.reversals} reversals.",
        )

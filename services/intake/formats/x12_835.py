"""A remittance as an 835 set: it becomes an ERA with its EEOBs and PLBs, whole or not at all (behaviour 3.1)."""

import datetime
from dataclasses import replace

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from models.eras import Contact, Era
from models.words.intake import Outcome, TransmissionCategory, Validation
from models.words.mail import MailGroup
from models.words.money import LARGEST, two_decimals
from models.words.remittances import EraMatchStatus, PostStatus
from services.findings import Finding
from services.intake.eeob_filing import EeobFiling
from services.intake.format import MOST_JUDGED, SetFormat, SetSaid, Turn
from services.intake.formats.x12 import CUT
from services.intake.sets import (
    Held,
    IncomingSet,
    Known,
    SetReport,
    comparable,
    identity,
    payer_key,
    set_row,
    store_findings,
)
from services.office.bulletins import send
from services.office.clock import now, today
from services.office.stamp import Stamp
from services.remittances.document import BALANCE_CODES, BalanceView
from services.x12.envelope import TransactionSet
from services.x12.read_835 import read_835
from services.x12.remittance import ProviderLevelAdjustment, RemittanceHeader, RemittanceSummary


def file_835(session: Session, by: Stamp, come: IncomingSet) -> SetReport:
    """Files one remittance; raises `Held` when it has to be kept whole as an exception."""
    message, read = come.message, come.read
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
        return _file_duplicate(session, come, fingerprint, header, standing)
    row = set_row(session, come, fingerprint, Outcome.FILED, Validation.QUEUED)
    era = _new_era(session, header, key, trace, date, row.id)
    filed = EeobFiling(session, era)
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
    session: Session, come: IncomingSet, fingerprint: bytes, header: RemittanceHeader, standing: int
) -> SetReport:
    """The first ERA stands; the message is kept as a duplicate with a bulletin."""
    message, read = come.message, come.read
    again = Finding("duplicate-era", f"This remittance is on file as ERA {standing}.")
    row = set_row(session, come, fingerprint, Outcome.DUPLICATE, Validation.NONE)
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
        match_reason=None,
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


def _finish(session: Session, era: Era, summary: RemittanceSummary, filed: EeobFiling) -> None:
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


def _judge(read: TransactionSet) -> SetSaid:
    """What the reader of an 835 finds, and the proof of its balance on three levels."""
    said: list[Finding] = []
    summary: RemittanceSummary | None = None
    for part in read_835(read):
        if isinstance(part, ProviderLevelAdjustment):
            continue
        if len(said) < MOST_JUDGED:
            said += part.findings
        if isinstance(part, RemittanceSummary):
            summary = part
    assert summary is not None
    if not summary.complete:
        said.append(CUT)
    balance = BalanceView(
        lines=summary.lines_balanced,
        claims=summary.claims_balanced,
        transaction=summary.balanced,
        findings=tuple(finding for finding in said if finding.code in BALANCE_CODES),
    )
    return SetSaid(said, balance)


REMITTANCE = SetFormat("835", "835", (), Turn.REMITTANCES, file_835, _judge)

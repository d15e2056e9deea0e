"""A remittance as an 835 set: it becomes an ERA with its EEOBs and PLBs, whole or not at all (behaviour 3.1)."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from models.eras import Era
from models.words.intake import Outcome, TransmissionCategory, Validation
from models.words.mail import MailGroup
from models.words.money import LARGEST, ZERO
from models.words.remittances import EraMatchStatus, PostStatus
from services.findings import Finding
from services.intake.eeob_filing import EeobFiling
from services.intake.era_rows import keep_header, keep_totals
from services.intake.format import MOST_JUDGED, SetFormat, SetSaid, Turn
from services.intake.formats.x12 import CUT
from services.intake.held_eras import set_match_status
from services.intake.remittance_identity import (
    OFF,
    Named,
    Standing,
    content_of,
    known_of,
    name_remittance,
    other_claims,
    parties_of,
)
from services.intake.sets import (
    NOT_YET_KNOWN,
    WHOLE_FILE,
    FiledBefore,
    Held,
    IncomingSet,
    SetReport,
    hold,
    identity,
    name_set,
    set_row,
    store_findings,
)
from services.office.bulletins import send
from services.office.clock import now, today
from services.office.stamp import Stamp
from services.remittances.document import BALANCE_CODES, BalanceView
from services.x12.envelope import TransactionSet
from services.x12.payment_codes import FOREIGN_CURRENCY, PRENOTIFICATION
from services.x12.read_835 import read_835
from services.x12.remittance import ProviderLevelAdjustment, RemittanceHeader, RemittanceSummary

#: Of ERAs that say the same one that is worked on is the duplicate's; what is held is held already.
_RANK = {EraMatchStatus.HELD: 1, EraMatchStatus.REMOVED: 2}


def file_835(session: Session, by: Stamp, come: IncomingSet) -> SetReport:
    """Files one remittance; raises `Held` when it has to be kept whole as an exception."""
    read = come.read
    parts = read_835(read)
    header = next(parts)
    assert isinstance(header, RemittanceHeader)
    name = name_remittance(session, header)
    findings = _header_findings(header, name)
    unnamed = [
        what
        for what, is_there in (
            ("trace number (TRN02)", name.trace),
            ("payer (TRN03)", name.payer),
            ("readable total (BPR02)", all(finding.code != "bad-amount" for finding in header.findings)),
        )
        if not is_there
    ]
    if unnamed:
        raise Held(
            TransmissionCategory.SUMMARY_ERROR,
            f"The remittance names no {' and no '.join(unnamed)}; "
            "the receipt for this data must be created manually.",
            known_of(header),
            identity("835", read.interchange_control, read.group_control, read.control, str(come.message.id)),
            [*read.findings, *findings],
            "EDI LBOX - TOTALS FILE EXCEPTION",
        )
    standing = name.standing(session)
    alike = [era for era in standing if era.parties == parties_of(header)]
    # Of one that is held nobody knows yet whether it comes beside the other one or in its place.
    held = bool(alike) and not come.own
    if standing and not held:
        findings.append(_beside(alike[-1]) if alike else _other_parties(standing[0], header))
    row = set_row(session, come, NOT_YET_KNOWN, Outcome.FILED, Validation.QUEUED)
    era = _new_era(session, header, name, row.id)
    filed = EeobFiling(session, era, content_of(header), marked=not held)
    summary = filed.file(parts)
    # What is wrong with the set as a whole is only known at its end, and must not be lost among its claims'.
    findings = [*read.findings, *findings, *summary.findings, *filed.findings]
    content = filed.content.digest()
    fingerprint = name.fingerprint(content)
    _refuse_unfit(header, name, summary, filed, findings, fingerprint)
    if alike:
        _refuse_known(header, name, alike, content, fingerprint, findings)
    name_set(session, row, fingerprint)
    keep_totals(session, filed.era_id, summary)
    _finish(session, era, summary, filed, content)
    if held:
        set_match_status(session, filed.era_id, EraMatchStatus.HELD)
        why = other_claims(header, name, alike, fingerprint, findings)
        return hold(session, replace(come, row=row), why)
    store_findings(session, come.message.id, row.id, findings)
    return SetReport(
        read.control, Outcome.FILED, filed.era_id, validation=Validation.QUEUED, findings=findings
    )


def _refuse_known(
    header: RemittanceHeader,
    name: Named,
    alike: Sequence[Standing],
    content: bytes,
    fingerprint: bytes,
    findings: Sequence[Finding],
) -> None:
    """Raises `FiledBefore` when the same content is on file already, `Held` when it is so and nobody works on it."""
    says_the_same = [era for era in alike if era.says(content)]
    if not says_the_same:
        return
    same = min(says_the_same, key=lambda era: _RANK.get(era.status, 0))
    if same.status in OFF:
        removed = same if same.was_removed else None
        raise other_claims(header, name, alike, fingerprint, findings, removed=removed)
    told = f"This remittance is on file as ERA {same.era}."
    raise FiledBefore(
        fingerprint,
        finding=Finding("duplicate-era", told),
        era=same.era,
        bulletin=(
            f"EDI LBOX - DUPLICATE ERA NOT FILED {header.payer.name}".rstrip(),
            f"Trace {header.trace}: it is on file as ERA {same.era}.",
        ),
    )


def _header_findings(header: RemittanceHeader, name: Named) -> list[Finding]:
    """What is wrong with the header; what stands for a payment date that is none is said with it."""
    if header.payment_date is not None:
        return list(header.findings)
    said = f"{'the production date' if name.dated else 'today'} stands for it."
    found = [finding for finding in header.findings if finding.text.startswith("BPR16")]
    others = [finding for finding in header.findings if finding not in found]
    if not found:
        found = [Finding("no-payment-date", "There is no payment date (BPR16).")]
    told = f"{found[0].text.removesuffix('.')}; {said}"
    return [*others, replace(found[0], code="no-payment-date", text=told)]


def _refuse_unfit(
    header: RemittanceHeader,
    name: Named,
    summary: RemittanceSummary,
    filed: EeobFiling,
    findings: Sequence[Finding],
    fingerprint: bytes,
) -> None:
    """Raises `Held` when what was read is no whole remittance, or of nothing and nobody known here."""
    if not summary.complete:
        raise Held(
            TransmissionCategory.PARTIAL,
            "The remittance ends before its SE segment; the rest of it has not come.",
            known_of(header),
            name.cut_at(summary.segments),
            findings,
            way_out=WHOLE_FILE,
        )
    codes = {finding.code: finding.text for finding in header.findings}
    for code in (PRENOTIFICATION, FOREIGN_CURRENCY):
        if code in codes:
            raise Held(
                TransmissionCategory.OTHER,
                f"{codes[code]} It is not filed.",
                known_of(header),
                fingerprint,
                findings,
                "EDI LBOX - NO PAYMENT IN US DOLLARS, NOT FILED",
            )
    if header.total > ZERO and not filed.claims and not filed.adjustments.count:
        raise Held(
            TransmissionCategory.NO_VALID_CLAIMS,
            f"The remittance pays {header.total:.2f} for nothing: it has neither a claim nor a provider-level "
            "adjustment.",
            known_of(header),
            fingerprint,
            findings,
            way_out="Ask the payer for the whole of it.",
        )
    if filed.beyond:
        raise Held(
            TransmissionCategory.STORE_ERROR,
            f"The amounts of its {filed.beyond} come to more than {LARGEST:.2f}; nobody pays that, so it is not filed.",
            known_of(header),
            fingerprint,
            findings,
        )
    if filed.claims and not filed.bills_known:
        raise Held(
            TransmissionCategory.NO_VALID_CLAIMS,
            "None of the bills of this remittance is known here.",
            replace(known_of(header), bills=tuple(f"*{claim}" for claim in filed.unknown)),
            fingerprint,
            findings,
            "EDI LBOX - NO VALID BILLS ON ERA",
            "Import the claims (837 or bills CSV), and then this file again.",
        )


def _other_parties(standing: Standing, header: RemittanceHeader) -> Finding:
    payer, *_ = parties_of(header)
    differs = "payee" if standing.parties[0] == payer else "payer name"
    told = f"ERA {standing.era} has the same trace, date and total, but another {differs}."
    return Finding("same-trace", told)


def _beside(like: Standing) -> Finding:
    told = f"ERA {like.era} has the same trace, date and total, but other claims."
    return Finding("same-trace", told)


def _new_era(session: Session, header: RemittanceHeader, name: Named, set_id: int) -> Era:
    era = Era(
        trace=header.trace,
        trace_key=name.trace,
        payer_id=header.payer_id,
        payer_key=name.payer,
        payer_name=header.payer.name,
        date=name.date,
        dated=name.dated,
        content=NOT_YET_KNOWN,
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
    keep_header(session, era.id, header)
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
        content=bindparam("said"),
    )
    .execution_options(synchronize_session=False)
)


def _finish(
    session: Session, era: Era, summary: RemittanceSummary, filed: EeobFiling, content: bytes
) -> None:
    """Writes what is only known at the end: counts, balances, what it says, bulletins."""
    session.execute(
        _COUNTED,
        {
            "filed": filed.era_id,
            "eeobs": filed.claims,
            "approximate": filed.payable,
            "lines": summary.lines_balanced,
            "claims": summary.claims_balanced,
            "all": summary.balanced,
            "said": content,
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

"""Filing an ACH file: its claim payments become EFTs in deposits (DESIGN 2.11)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, tuple_, update
from sqlalchemy.orm import Session

from models.efts import Eft, EftDeposit, EftMatchStatus
from models.messages import MailGroup, Message
from models.money import ZERO, two_decimals
from models.site import Site
from services.bank.ach import AchEntry, AchFile
from services.bulletins import send
from services.checksums import checksum
from services.clock import SITE, now, today
from services.filing import comparable, payer_key
from services.findings import Finding
from services.money_acts import new_key

AT_ONCE = 500

#: Deposits made from bank files are numbered with this and six digits of the site's series.
SERIES = "569"


@dataclass(frozen=True, slots=True)
class EftsFiled:
    """What an ACH file brought: EFTs and deposits filed, EFTs that were on file already, findings."""

    efts: int
    deposits: int
    duplicates: int
    findings: tuple[Finding, ...]


def file_efts(session: Session, message: Message, read: AchFile) -> EftsFiled:
    """Files the claim payments of a proven ACH file; a deposit is file, receiving account and effective date."""
    findings: list[Finding] = []
    groups: dict[tuple[str, datetime.date], list[AchEntry]] = {}
    for entry in read.claim_payments:
        date = entry.batch.effective or read.created
        if date is None:
            date = today(session)
            findings.append(
                Finding(
                    "no-effective-date",
                    "The entry has no effective date; today stands for it.",
                    f"record {entry.record}",
                )
            )
        groups.setdefault((entry.account, date), []).append(entry)
    filed = duplicates = deposits = 0
    for (account, date), entries in groups.items():
        new = _not_on_file(session, entries, date, findings)
        duplicates += len(entries) - len(new)
        if new:
            _deposit(session, message, account, date, new)
            deposits, filed = deposits + 1, filed + len(new)
    _tell_returns(session, message, read)
    return EftsFiled(filed, deposits, duplicates, tuple(findings))


def _not_on_file(
    session: Session, entries: Sequence[AchEntry], date: datetime.date, findings: list[Finding]
) -> list[AchEntry]:
    known: set[tuple[str, str, str]] = set()
    for start in range(0, len(entries), AT_ONCE):
        keys = [
            (entry.batch.company_id, entry.ach_trace, entry.amount or ZERO)
            for entry in entries[start : start + AT_ONCE]
        ]
        rows = session.execute(
            select(Eft.company_id, Eft.ach_trace, Eft.amount).where(
                Eft.date_paid == date, tuple_(Eft.company_id, Eft.ach_trace, Eft.amount).in_(keys)
            )
        )
        known |= {(company, trace, two_decimals(amount)) for company, trace, amount in rows}
    new = []
    for entry in entries:
        key = (entry.batch.company_id, entry.ach_trace, two_decimals(entry.amount or ZERO))
        if key in known:
            findings.append(
                Finding(
                    "duplicate-eft", f"EFT {entry.ach_trace} is on file already.", f"record {entry.record}"
                )
            )
        else:
            known.add(key)
            new.append(entry)
    return new


def _deposit(
    session: Session, message: Message, account: str, date: datetime.date, entries: Sequence[AchEntry]
) -> None:
    serial = session.execute(
        update(Site)
        .where(Site.id == SITE)
        .values(next_deposit=Site.next_deposit + 1)
        .returning(Site.next_deposit)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    number = f"{SERIES}{serial - 1:06d}"
    total = sum((entry.amount or ZERO for entry in entries), ZERO)
    rows = [_eft_row(session, position, entry, date) for position, entry in enumerate(entries, start=1)]
    deposit = EftDeposit(
        number=number,
        message_id=message.id,
        account=account,
        date=date,
        total=total,
        checksum=checksum(
            number,
            date.isoformat(),
            two_decimals(total),
            (
                (str(row["ach_trace"]), str(row["payer_id"]), str(row["trace"]), f"{row['amount']:.2f}")
                for row in rows
            ),
        ),
        checksum_error=False,
        received_at=now(session),
        posted=None,
        posted_amount=ZERO,
        receipt_id=None,
        record_key=new_key(),
    )
    session.add(deposit)
    session.flush()
    session.execute(insert(Eft), [{**row, "deposit_id": deposit.id} for row in rows])


def _eft_row(session: Session, number: int, entry: AchEntry, date: datetime.date) -> dict[str, object]:
    trace = "" if entry.trn is None else entry.trn.trace
    return {
        "number": number,
        "trace": trace,
        "trace_key": comparable(trace),
        "payer_id": entry.payer_id,
        "payer_key": payer_key(session, entry.payer_id),
        "payer_name": entry.batch.company_name,
        "company_id": entry.batch.company_id,
        "ach_trace": entry.ach_trace,
        "amount": entry.amount or ZERO,
        "date_paid": date,
        "received": today(session),
        "match_status": EftMatchStatus.UNMATCHED,
        "era_id": None,
        "recorded": False,
        "receipt_line": None,
        "returned": False,
        "errors": "",
        "version": 1,
    }


def _tell_returns(session: Session, message: Message, read: AchFile) -> None:
    """A bulletin for returns and debits: nothing here acts on them yet, a person has to."""
    returns = sum(entry.returned for entry in read.entries)
    debits = sum(not entry.credit for entry in read.entries)
    if returns or debits:
        send(
            session,
            "EDI LBOX RETURNED OR DEBITED EFTS",
            MailGroup.PAYMENTS,
            f"Message {message.id} carries {returns} returns and {debits} debits; look at its findings.",
        )

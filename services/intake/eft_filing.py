"""Filing an ACH file: its claim payments become EFTs in deposits (DESIGN 2.11)."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, tuple_, update
from sqlalchemy.orm import Session

from models.bulk import insert_all, next_ids
from models.efts import Eft, EftDeposit
from models.messages import Message
from models.money import Money
from models.site import Site
from models.words.mail import MailGroup
from models.words.money import ZERO
from models.words.remittances import DepositNumber, EftMatchStatus
from services.bank.ach import AchEntry, AchFile
from services.bank.nacha_records import Findings
from services.errors import LockboxError
from services.findings import Finding
from services.intake.sets import MOST_FINDINGS, comparable, payer_keys
from services.office.bulletins import send
from services.office.clock import SITE, now, today
from services.office.once import new_key
from services.remittances.checksums import DepositHead, checksums

#: EFTs looked up and filed by a few statements.
AT_ONCE = 500

#: Deposits whose place and count of EFTs are remembered; of others the store is asked again.
MOST_REMEMBERED = 5000


@dataclass(frozen=True, slots=True)
class EftsFiled:
    """What an ACH file brought: EFTs and deposits filed, EFTs that were on file already, findings."""

    efts: int
    deposits: int
    duplicates: int
    findings: tuple[Finding, ...]


def file_efts(
    session: Session, message: Message, read: Iterable[AchEntry | AchFile], proven: AchFile
) -> EftsFiled:
    """Files the claim payments of a proven ACH file; a deposit is file, receiving account and effective date.

    `read` is the file's second reading, after `proven` was the first. Raises `LockboxError` when the two
    differ: then the file was changed meanwhile, and what was filed of it has to be undone.
    """
    filing = _EftFiling(session, message)
    again: AchFile | None = None
    for part in read:
        if isinstance(part, AchFile):
            again = part
        elif part.claim_payment:
            filing.take(part)
    filing.end()
    if not proven.proven or again != proven or filing.paid != proven.paid:
        raise LockboxError(
            "The file was changed while it was imported. Nothing of it was filed; import it again."
        )
    _tell_returns(session, message, proven)
    return EftsFiled(filing.filed, filing.opened, filing.duplicates, filing.findings())


class _Waiting(NamedTuple):
    """A claim payment on its way; its addenda, which may be large, stay behind."""

    record: int
    account: str
    date: datetime.date
    company_id: str
    company_name: str
    ach_trace: str
    amount: Decimal
    payer_id: str
    trace: str

    @property
    def key(self) -> tuple[str, str, datetime.date, Decimal]:
        """What makes the same entry a duplicate."""
        return self.company_id, self.ach_trace, self.date, self.amount


@dataclass(slots=True)
class _Deposit:
    id: int
    efts: int


class _EftFiling:
    """Claim payments on their way to EFTs, some hundreds at a time."""

    def __init__(self, session: Session, message: Message) -> None:
        self.session = session
        self.message_id = message.id
        self.today = today(session)
        self.filed = self.opened = self.duplicates = 0
        self.paid = ZERO
        self._amount_filed = ZERO
        self._waiting: list[_Waiting] = []
        self._deposits: dict[tuple[str, datetime.date], _Deposit] = {}
        # As many as are stored are said one by one.
        self._undated, self._known = Findings(MOST_FINDINGS), Findings(MOST_FINDINGS)

    def findings(self) -> tuple[Finding, ...]:
        """What is to be said of the entries."""
        return (*self._undated.all(), *self._known.all())

    def take(self, entry: AchEntry) -> None:
        """Takes the next claim payment of the file."""
        date = entry.date
        if date is None:
            date = self.today
            self._undated.say(
                "no-effective-date", "The entry has no effective date; today stands for it.", entry.record
            )
        amount = entry.amount or ZERO
        self.paid += amount
        self._waiting.append(
            _Waiting(
                entry.record,
                entry.account,
                date,
                entry.batch.company_id,
                entry.batch.company_name,
                entry.ach_trace,
                amount,
                entry.payer_id,
                "" if entry.trn is None else entry.trn.trace,
            )
        )
        if len(self._waiting) == AT_ONCE:
            self._file()

    def end(self) -> None:
        """Files what still waits, and closes the deposits with their totals and checksums."""
        self._file()
        if self._close() != self._amount_filed:
            raise AssertionError("the deposits do not hold what was filed")

    def _file(self) -> None:
        new = self._not_on_file()
        self._waiting.clear()
        if not new:
            return
        self._find_deposits(new)
        keys = payer_keys(self.session, {entry.payer_id for entry in new})
        rows = []
        for entry in new:
            deposit = self._deposits[entry.account, entry.date]
            deposit.efts += 1
            self._amount_filed += entry.amount
            rows.append(self._row(entry, deposit, keys[entry.payer_id]))
        insert_all(self.session, Eft, rows)
        self.filed += len(new)

    def _not_on_file(self) -> list[_Waiting]:
        """What waits without that which came before, be it in an earlier file or earlier in this one."""
        keys = [entry.key for entry in self._waiting]
        columns = (Eft.company_id, Eft.ach_trace, Eft.date_paid, Eft.amount)
        known: set[tuple[str, str, datetime.date, Decimal]] = set()
        if keys:
            rows = self.session.execute(select(*columns).where(tuple_(*columns).in_(keys)))
            known = {(company, trace, date, amount) for company, trace, date, amount in rows}
        new = []
        for entry in self._waiting:
            if entry.key in known:
                self.duplicates += 1
                self._known.say("duplicate-eft", f"EFT {entry.ach_trace} is on file already.", entry.record)
            else:
                known.add(entry.key)
                new.append(entry)
        return new

    def _find_deposits(self, entries: Sequence[_Waiting]) -> None:
        """Sees to it that the deposits of some entries are known, and opens those that are not there yet."""
        wanted = dict.fromkeys((entry.account, entry.date) for entry in entries)
        if len(self._deposits) > MOST_REMEMBERED:
            self._deposits.clear()
        missing = [place for place in wanted if place not in self._deposits]
        if not missing:
            return
        rows = self.session.execute(
            select(EftDeposit.id, EftDeposit.account, EftDeposit.date, func.count(Eft.id))
            .outerjoin(Eft, Eft.deposit_id == EftDeposit.id)
            .where(
                EftDeposit.message_id == self.message_id,
                tuple_(EftDeposit.account, EftDeposit.date).in_(missing),
            )
            .group_by(EftDeposit.id, EftDeposit.account, EftDeposit.date)
        )
        for deposit_id, account, date, efts in rows:
            self._deposits[account, date] = _Deposit(deposit_id, efts)
        self._open([place for place in missing if place not in self._deposits])

    def _open(self, places: Sequence[tuple[str, datetime.date]]) -> None:
        if not places:
            return
        next_serial = self.session.execute(
            update(Site)
            .where(Site.id == SITE)
            .values(next_deposit=Site.next_deposit + len(places))
            .returning(Site.next_deposit)
            .execution_options(synchronize_session=False)
        ).scalar_one()
        at = now(self.session)
        rows = [
            {
                "id": deposit_id,
                "number": str(DepositNumber(serial)),
                "message_id": self.message_id,
                "account": account,
                "date": date,
                "total": ZERO,
                "checksum": "",
                "checksum_error": False,
                "received_at": at,
                "posted": None,
                "posted_amount": ZERO,
                "receipt_id": None,
                "record_key": new_key(),
                "version": 1,
            }
            for deposit_id, serial, (account, date) in zip(
                next_ids(self.session, EftDeposit, len(places)),
                range(next_serial - len(places), next_serial),
                places,
                strict=True,
            )
        ]
        insert_all(self.session, EftDeposit, rows)
        for row, place in zip(rows, places, strict=True):
            self._deposits[place] = _Deposit(int(str(row["id"])), 0)
        self.opened += len(places)

    def _row(self, entry: _Waiting, deposit: _Deposit, payer_key: str) -> dict[str, object]:
        return {
            "deposit_id": deposit.id,
            "number": deposit.efts,
            "trace": entry.trace,
            "trace_key": comparable(entry.trace),
            "payer_id": entry.payer_id,
            "payer_key": payer_key,
            "payer_name": entry.company_name,
            "company_id": entry.company_id,
            "ach_trace": entry.ach_trace,
            "amount": entry.amount,
            "date_paid": entry.date,
            "received": self.today,
            "match_status": EftMatchStatus.UNMATCHED,
            "era_id": None,
            "recorded": False,
            "receipt_line": None,
            "returned": False,
            "errors": "",
            "version": 1,
        }

    def _close(self) -> Decimal:
        """Gives each deposit its total and its checksum; gives the sum of the totals."""
        in_all, last = ZERO, 0
        while heads := self._next_heads(last):
            taken = dict(checksums(self.session, heads))
            self.session.connection().execute(
                _CLOSE, [{"which": each.id, "sum": each.total, "digest": taken[each.id]} for each in heads]
            )
            in_all += sum((each.total for each in heads), ZERO)
            last = heads[-1].id
        return in_all

    def _next_heads(self, last: int) -> list[DepositHead]:
        rows = self.session.execute(
            select(EftDeposit.id, EftDeposit.number, EftDeposit.date, func.sum(Eft.amount, type_=Money()))
            .join(Eft, Eft.deposit_id == EftDeposit.id)
            .where(EftDeposit.message_id == self.message_id, EftDeposit.id > last)
            .group_by(EftDeposit.id, EftDeposit.number, EftDeposit.date)
            .order_by(EftDeposit.id)
            .limit(AT_ONCE)
        )
        return [DepositHead(*row) for row in rows]


_CLOSE = (
    update(EftDeposit.__table__)  # type: ignore[arg-type]  # past the ORM: nobody else has the deposit yet
    .where(EftDeposit.__table__.c.id == bindparam("which"))
    .values(total=bindparam("sum", type_=Money()), checksum=bindparam("digest"))
)


def _tell_returns(session: Session, message: Message, read: AchFile) -> None:
    """A bulletin for returns and debits: nothing here acts on them yet, a person has to."""
    if read.returns or read.debits:
        send(
            session,
            "EDI LBOX RETURNED OR DEBITED EFTS",
            MailGroup.PAYMENTS,
            f"Message {message.id} carries {read.returns} returns and {read.debits} debits; look at its findings.",
        )

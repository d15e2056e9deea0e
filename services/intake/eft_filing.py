"""Filing an ACH file: its claim payments become EFTs in deposits (DESIGN 2.11)."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, select, tuple_, update
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
from services.counted import say_count
from services.errors import LockboxError
from services.findings import Finding
from services.intake.known_efts import AlikeInFile, EftIdentity, KnownEfts, identity_of
from services.intake.reversal_filing import ReversalFiling
from services.intake.sets import MOST_FINDINGS, comparable, payer_keys
from services.office.bulletins import send
from services.office.clock import SITE, now, today
from services.office.once import new_key
from services.office.stamp import Stamp
from services.remittances.checksums import DepositHead, checksums

#: EFTs looked up and filed by a few statements.
AT_ONCE = 400

#: The finding of an entry that is on file already.
DUPLICATE_EFT = "duplicate-eft"

TWINS_SUBJECT = "EDI LBOX EFTs ALIKE BUT FOR THE BANK'S FILE"

_IN_ONE_FILE = "and its TRN if it has one, but the bank's file has and counts both"

#: EFTs that a bulletin names one by one.
MOST_NAMED = 20

#: Deposits whose place and count of EFTs are remembered; of others the store is asked again.
MOST_REMEMBERED = 5000


@dataclass(frozen=True, slots=True)
class EftsFiled:
    """What an ACH file brought: EFTs and deposits filed, EFTs that were on file already, what takes some back."""

    efts: int
    deposits: int
    duplicates: int
    reversals: int
    findings: tuple[Finding, ...]


def file_efts(
    session: Session, by: Stamp, message: Message, read: Iterable[AchEntry | AchFile], proven: AchFile
) -> EftsFiled:
    """Files the claim payments of a proven ACH file, and what takes some back.

    A deposit is file, receiving account and effective date.

    `read` is the file's second reading, after `proven` was the first. Raises `LockboxError` when the two
    differ: then the file was changed meanwhile, and what was filed of it has to be undone.
    """
    filing, reversals = _EftFiling(session, message), ReversalFiling(session, message)
    again: AchFile | None = None
    for part in read:
        if isinstance(part, AchFile):
            again = part
        elif part.claim_payment:
            filing.take(part)
        else:
            reversals.take(part)
    filing.file()
    reversals.end(by, efts=filing.filed)
    # Numbers of the site's series keep all others waiting, so they are taken last.
    filing.close()
    if not proven.proven or again != proven or filing.paid != proven.paid:
        raise LockboxError(
            "The file was changed while it was imported. Nothing of it was filed; import it again."
        )
    if filing.twins:
        _tell_twins(session, message)
    if reversals.unclear:
        _tell_unclear(session, message, reversals.unclear)
    return EftsFiled(
        filing.filed,
        filing.opened,
        filing.duplicates,
        reversals.filed,
        (*filing.findings(), *reversals.findings()),
    )


class _Waiting(NamedTuple):
    """A claim payment on its way; its addenda, which may be large, stay behind."""

    record: int
    account: str
    date: datetime.date
    company_name: str
    identity: EftIdentity
    first: EftIdentity


@dataclass(slots=True)
class _Deposit:
    id: int
    efts: int


class _EftFiling:
    """Claim payments on their way to EFTs, some hundreds at a time."""

    def __init__(self, session: Session, message: Message) -> None:
        self.session = session
        self.message_id = message.id
        self._sha256 = message.sha256
        self.today = today(session)
        self.filed = self.opened = self.duplicates = self.twins = 0
        self.paid = ZERO
        self._amount_filed = ZERO
        self._waiting: list[_Waiting] = []
        self._alike = AlikeInFile()
        self._deposits: dict[tuple[str, datetime.date], _Deposit] = {}
        # As many as are stored are said one by one.
        self._undated, self._known, self._twins = (Findings(MOST_FINDINGS) for _ in range(3))

    def findings(self) -> tuple[Finding, ...]:
        """What is to be said of the entries."""
        return (*self._undated.all(), *self._known.all(), *self._twins.all())

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
        first = identity_of(entry, amount, self._sha256)
        identity = first.nth(self._alike.number(entry, first))
        self._waiting.append(
            _Waiting(entry.record, entry.account, date, entry.batch.company_name, identity, first)
        )
        if len(self._waiting) == AT_ONCE:
            self.file()

    def close(self) -> None:
        """Closes the deposits with their numbers, totals and checksums."""
        if self._close() != self._amount_filed:
            raise AssertionError("the deposits do not hold what was filed")

    def file(self) -> None:
        """Files what waits."""
        new = self._not_on_file()
        self._waiting.clear()
        if not new:
            return
        self._find_deposits([entry for entry, *_ in new])
        keys = payer_keys(self.session, {entry.identity.payer_id for entry, *_ in new})
        rows = []
        for entry, eft_id, twin in new:
            deposit = self._deposits[entry.account, entry.date]
            deposit.efts += 1
            self._amount_filed += entry.identity.amount
            rows.append(self._row(entry, eft_id, twin, deposit, keys[entry.identity.payer_id]))
        insert_all(self.session, Eft, rows)
        self.filed += len(new)

    def _not_on_file(self) -> list[tuple[_Waiting, int, int | None]]:
        """What waits without that which came before in another file.

        Each with the number it gets as an EFT, and with the EFT that is alike but for the bank's file, or that came
        in the same one.
        """
        wanted = {which for entry in self._waiting for which in (entry.identity, entry.first)}
        known = KnownEfts(self.session, wanted)
        numbers = iter(next_ids(self.session, Eft, len(self._waiting)))
        new = []
        for entry in self._waiting:
            identity = entry.identity
            if known.has(identity):
                self.duplicates += 1
                self._known.say(DUPLICATE_EFT, f"EFT {identity.ach_trace} is on file already.", entry.record)
                continue
            twin, eft_id = known.twin_of(identity, entry.first), next(numbers)
            if twin is not None:
                self.twins += 1
                self._twins.say(
                    "twin-eft",
                    f"The payment of {identity.amount:.2f} has the company, ACH trace, date and amount of EFT {twin}, "
                    + (
                        "but came in another file or batch of the bank"
                        if identity == entry.first
                        else _IN_ONE_FILE
                    )
                    + "; both are kept. Ask the bank whether it paid once or twice.",
                    entry.record,
                )
            known.add(eft_id, identity)
            new.append((entry, eft_id, twin))
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
                self._opened_now(),
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
        at = now(self.session)
        rows = [
            {
                "id": deposit_id,
                # Numbered at the end of the file: whoever takes a number of the site keeps all others waiting.
                "number": f"opened {deposit_id}",
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
            for deposit_id, (account, date) in zip(
                next_ids(self.session, EftDeposit, len(places)), places, strict=True
            )
        ]
        insert_all(self.session, EftDeposit, rows)
        for row, place in zip(rows, places, strict=True):
            self._deposits[place] = _Deposit(int(str(row["id"])), 0)
        self.opened += len(places)

    def _opened_now(self) -> ColumnElement[bool]:
        """The deposits of this filing: whatever is of an earlier one has its checksum, and stays as it is."""
        return and_(EftDeposit.message_id == self.message_id, EftDeposit.checksum == "")

    def _row(
        self, entry: _Waiting, eft_id: int, twin: int | None, deposit: _Deposit, payer_key: str
    ) -> dict[str, object]:
        identity = entry.identity
        return {
            "id": eft_id,
            "deposit_id": deposit.id,
            "number": deposit.efts,
            "trace": identity.trace,
            "trace_key": comparable(identity.trace),
            "payer_id": identity.payer_id,
            "payer_key": payer_key,
            "payer_name": entry.company_name,
            "company_id": identity.company_id,
            "ach_trace": identity.ach_trace,
            "bank_file": identity.bank_file,
            "twin_id": twin,
            "amount": identity.amount,
            "date_paid": entry.date,
            "received": self.today,
            "match_status": EftMatchStatus.UNMATCHED,
            "match_reason": None,
            "era_id": None,
            "recorded": False,
            "receipt_line": None,
            "returned": False,
            "returned_era_id": None,
            "errors": "",
            "version": 1,
        }

    def _close(self) -> Decimal:
        """Gives each deposit its number, its total and its checksum; gives the sum of the totals."""
        in_all = ZERO
        serials = self._serials()
        while heads := self._next_heads(serials):
            taken = dict(checksums(self.session, heads))
            self.session.connection().execute(
                _CLOSE,
                [
                    {"which": each.id, "called": each.number, "sum": each.total, "digest": taken[each.id]}
                    for each in heads
                ],
            )
            in_all += sum((each.total for each in heads), ZERO)
        return in_all

    def _serials(self) -> Iterator[int]:
        """A number of the site's series for each deposit that was opened."""
        if not self.opened:
            return iter(())
        following = self.session.execute(
            update(Site)
            .where(Site.id == SITE)
            .values(next_deposit=Site.next_deposit + self.opened)
            .returning(Site.next_deposit)
            .execution_options(synchronize_session=False)
        ).scalar_one()
        return iter(range(following - self.opened, following))

    def _next_heads(self, serials: Iterator[int]) -> list[DepositHead]:
        rows = self.session.execute(
            select(EftDeposit.id, EftDeposit.date, func.sum(Eft.amount, type_=Money()))
            .join(Eft, Eft.deposit_id == EftDeposit.id)
            .where(self._opened_now())
            .group_by(EftDeposit.id, EftDeposit.date)
            .order_by(EftDeposit.id)
            .limit(AT_ONCE)
        )
        return [
            DepositHead(deposit_id, str(DepositNumber(next(serials))), date, total)
            for deposit_id, date, total in rows
        ]


_CLOSE = (
    update(EftDeposit.__table__)  # type: ignore[arg-type]  # past the ORM: nobody else has the deposit yet
    .where(EftDeposit.__table__.c.id == bindparam("which"))
    .values(number=bindparam("called"), total=bindparam("sum", type_=Money()), checksum=bindparam("digest"))
)


def _tell_twins(session: Session, message: Message) -> None:
    """A bulletin for EFTs that are alike in all but the bank's file: a person has to ask the bank."""
    rows = session.execute(
        select(Eft.id, Eft.amount, Eft.twin_id)
        .join(EftDeposit, EftDeposit.id == Eft.deposit_id)
        .where(EftDeposit.message_id == message.id, Eft.twin_id.is_not(None))
        .order_by(Eft.id)
        .limit(MOST_NAMED + 1)
    ).all()
    named = [f"EFT {eft_id} of {amount:.2f} and EFT {twin}" for eft_id, amount, twin in rows[:MOST_NAMED]]
    more = ", and others" if len(rows) > MOST_NAMED else ""
    send(
        session,
        TWINS_SUBJECT,
        MailGroup.EXCEPTIONS,
        f"Message {message.id} brought EFTs that are alike in company, ACH trace, date and amount to others, and have "
        f"no TRN and came in another file or batch of the bank, or are counted beside them in the same file: "
        f"{', '.join(named)}{more}. All are kept. "
        "Ask the bank whether it paid once or twice.",
    )


def _tell_unclear(session: Session, message: Message, count: int) -> None:
    """A bulletin for returns and debits of which no EFT, or more than one, is found: a person has to look."""
    told = say_count(count, "debit or return", "debits or returns")
    send(
        session,
        "EDI LBOX RETURNED OR DEBITED EFTS",
        MailGroup.PAYMENTS,
        f"Message {message.id} carries {told} of which no EFT, or more than one, is found that was taken back; "
        "look at its findings.",
    )

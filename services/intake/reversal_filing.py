"""Filing what a bank's file takes back: debits, reversals and returns that may undo an EFT (DESIGN 2.11)."""

from collections.abc import Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from models.bulk import insert_all
from models.efts import EftReversal
from models.messages import Message
from models.words.money import ZERO
from models.words.remittances import ReversalKind
from services.bank.ach import AchEntry
from services.bank.nacha_judgement import CLAIM_CLASSES
from services.bank.nacha_records import Findings
from services.findings import Finding
from services.intake.known_efts import AlikeInFile, identity_of
from services.intake.sets import MOST_FINDINGS, comparable
from services.office.clock import today
from services.office.stamp import Stamp
from services.remittances.reversals import find_undone, fitting, why_waiting

#: Where an entry that waits is shown.
SHOWN_AS = "lockbox exception show B{}"

#: Entries looked up and filed by a few statements.
_AT_ONCE = 500

#: Returns of a credit to a checking or a savings account; of a debit the payer gives it back to whoever sent it.
_RETURNED_CREDITS = frozenset({"21", "31"})

_IDENTITY = (
    EftReversal.company_id,
    EftReversal.ach_trace,
    EftReversal.amount,
    EftReversal.date,
    EftReversal.trace,
    EftReversal.payer_id,
    EftReversal.original_trace,
    EftReversal.bank_file,
)


def reversal_kind(entry: AchEntry) -> ReversalKind | None:
    """How an entry takes an EFT back, if it may: a debit or a returned credit of the classes that pay claims."""
    if entry.sec not in CLAIM_CLASSES or not entry.amount or entry.notification or entry.prenote:
        return None
    if entry.returned:
        return ReversalKind.RETURN if entry.transaction_code in _RETURNED_CREDITS else None
    if entry.credit:
        return None
    return ReversalKind.REVERSAL if entry.reversing else ReversalKind.DEBIT


class ReversalFiling:
    """The debits, reversals and returns of one file, filed after its claim payments."""

    def __init__(self, session: Session, message: Message) -> None:
        self._session = session
        self._message_id = message.id
        self._sha256 = message.sha256
        self._today = today(session)
        self._waiting: list[dict[str, object]] = []
        self._alike = AlikeInFile()
        self._told = Findings(MOST_FINDINGS)
        self.filed = self._undone = 0

    @property
    def unclear(self) -> int:
        """How many were filed now of which no EFT was found that they undo."""
        return self.filed - self._undone

    def findings(self) -> tuple[Finding, ...]:
        """What is to be said of the EFTs that were taken back."""
        return self._told.all()

    def take(self, entry: AchEntry) -> None:
        """Takes the next entry of the file that is no claim payment."""
        kind = reversal_kind(entry)
        if kind is not None:
            self._waiting.append(self._row(entry, kind))
            if len(self._waiting) == _AT_ONCE:
                self._file()

    def end(self, by: Stamp, *, efts: int) -> None:
        """Files what still waits, and finds the EFTs that are undone; also by what came before them."""
        self._file()
        if not self.filed and not efts:
            return
        for each in find_undone(self._session, by):
            here = each.message == self._message_id
            self._undone += here
            self._told.say("eft-taken-back", str(each), each.record if here else 0)
        waiting = self._still_waiting() if self.filed else ()
        fits = fitting(self._session) if waiting else {}
        for entry in waiting:
            why = why_waiting(entry, fits.get(entry.id, {}))
            self._told.say("reversal-waits", f"{why} ({SHOWN_AS.format(entry.id)}).", entry.record)

    def _row(self, entry: AchEntry, kind: ReversalKind) -> dict[str, object]:
        first = identity_of(entry, entry.amount or ZERO, self._sha256)
        identity = first.nth(self._alike.number(entry, (*first, entry.original_trace)))
        return {
            "message_id": self._message_id,
            "record": entry.record,
            "kind": kind,
            "code": entry.return_code or entry.transaction_code,
            "company_id": identity.company_id,
            "company_name": entry.batch.company_name,
            "ach_trace": identity.ach_trace,
            "original_trace": entry.original_trace if kind is ReversalKind.RETURN else "",
            "trace": identity.trace,
            "trace_key": comparable(identity.trace),
            "payer_id": identity.payer_id,
            "bank_file": identity.bank_file,
            "amount": identity.amount,
            "date": entry.date or self._today,
            "eft_id": None,
            "found_at": None,
            "stands_by": None,
            "stands_at": None,
            "stands_reason": "",
        }

    def _still_waiting(self) -> Sequence[EftReversal]:
        """The entries of this file that have found no EFT."""
        return self._session.scalars(
            select(EftReversal)
            .where(
                EftReversal.message_id == self._message_id,
                EftReversal.eft_id.is_(None),
                EftReversal.stands_at.is_(None),
            )
            .order_by(EftReversal.record)
            .limit(MOST_FINDINGS)
        ).all()

    def _file(self) -> None:
        """Files what waits but for what is on file: of this same file, or told in another one as well."""
        rows, self._waiting = self._waiting, []
        if not rows:
            return
        known = self._find_known(rows)
        new = []
        for row in rows:
            identity = tuple(row[column.key] for column in _IDENTITY)
            if identity not in known and row["record"] not in known:
                known.add(identity)
                new.append(row)
        insert_all(self._session, EftReversal, new)
        self.filed += len(new)

    def _find_known(self, rows: Sequence[dict[str, object]]) -> set[object]:
        identities = [tuple(row[column.key] for column in _IDENTITY) for row in rows]
        known: set[object] = {
            tuple(found)
            for found in self._session.execute(select(*_IDENTITY).where(tuple_(*_IDENTITY).in_(identities)))
        }
        known |= set(
            self._session.scalars(
                select(EftReversal.record).where(
                    EftReversal.message_id == self._message_id,
                    EftReversal.record.in_([row["record"] for row in rows]),
                )
            )
        )
        return known

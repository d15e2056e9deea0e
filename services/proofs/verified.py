"""The proof of what is verified on scratch pads: by hand as the audit trail tells, else as bill and EEOB agree.

A bill that another claim replaced may have agreed before, or not: of that nothing is said (behaviour 3.3).
"""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bills import Bill, Patient
from models.eras import Eeob
from models.messages import DataException
from models.reviews import ManualVerification
from models.scratchpads import Scratchpad, ScratchpadEntry
from models.users import User
from models.words.acts import Act
from models.words.intake import DataCategory
from models.words.scratchpad import EntryKind
from services.findings import Finding
from services.intake.amending import AMENDING
from services.proofs.trail import LAID_OUT, Event, read_trail
from services.scratchpad.stored import bill_side, eeob_side
from services.scratchpad.verification import Compared, differences

#: A store in which one of these was done is of a release that reads EEOBs as this one does.
_OF_THIS_RELEASE = (
    Act.LINE_VERIFIED,
    Act.LINE_REVIEWED,
    Act.BATCHES_ASSIGNED,
    Act.BATCH_EDITED,
    Act.BATCHES_READY,
)
#: ERAs that are read at once.
_AT_ONCE = 200


class _Mark(NamedTuple):
    user: str
    at: datetime.datetime


class _Entry(NamedTuple):
    era: int
    number: int
    kind: EntryKind
    sequences: str
    verified: bool


class _Sides(NamedTuple):
    """An EEOB beside its bill, if it has one; `linked_late` when the EEOB may have come before it."""

    eeob: Any
    bill: Any
    linked_late: bool

    @property
    def bill_changed(self) -> bool:
        """Whether the bill may have said something else when the pad was laid out."""
        return self.bill is not None and self.bill.frequency in AMENDING

    @property
    def differs(self) -> frozenset[Compared]:
        """What bill and EEOB differ in."""
        return frozenset(differences(bill_side(self.bill, self.bill.patient or ""), eeob_side(self.eeob)))


def prove_verified(session: Session) -> Iterator[Finding]:
    """Who marked which entry by hand is as the audit trail tells, and what nobody marked is verified by the rule."""
    said, certain = _read_marks(session)
    kept = {
        (era, entry): _Mark(user, at)
        for era, entry, user, at in session.execute(
            select(
                ManualVerification.era_id,
                ManualVerification.entry,
                User.login,
                ManualVerification.verified_at,
            ).join(User, User.id == ManualVerification.verified_by)
        )
    }
    eras = session.scalars(select(Scratchpad.era_id).order_by(Scratchpad.era_id)).all()
    for start in range(0, len(eras), _AT_ONCE):
        some = eras[start : start + _AT_ONCE]
        sides = _read_sides(session, some)
        for entry in _read_entries(session, some):
            at = entry.era, entry.number
            told = _compare_mark(entry, said.get(at), kept.get(at))
            if not told and at not in kept:
                told = _compare_sides(
                    entry, sides.get((entry.era, entry.sequences.partition(",")[0])), entry.era in certain
                )
            if told:
                yield Finding("entry-verified", told, f"ERA {entry.era} entry {entry.number}")


def _read_marks(session: Session) -> tuple[dict[tuple[int, int], Event], set[int]]:
    """The entries that were verified by hand since their pads were laid out, and the ERAs whose pads are certain."""
    said: dict[int, dict[int, Event]] = {}
    certain: set[int] = set()
    known = False
    for event in read_trail(session, *LAID_OUT, *_OF_THIS_RELEASE):
        if event.act in LAID_OUT:
            said.pop(event.era, None)
            (certain.add if known else certain.discard)(event.era)
        else:
            known = True
            if event.act == Act.LINE_VERIFIED:
                said.setdefault(event.era, {})[event.part] = event
    return {(era, part): event for era, parts in said.items() for part, event in parts.items()}, certain


def _compare_mark(entry: _Entry, said: Event | None, kept: _Mark | None) -> str:
    """What of a mark is not as the audit trail tells, in a sentence; empty when nothing is."""
    if said is None and kept is not None:
        return f"{kept.user} is kept as who verified it by hand, and the audit trail does not tell of it."
    if said is not None and kept is None:
        return f"The audit trail tells that {said.user} verified it by hand, and no such mark is kept."
    if said is not None and kept is not None:
        if said.user != kept.user:
            return f"{kept.user} is kept as who verified it by hand, the audit trail names {said.user}."
        if not said.took_place(kept.at):
            return "It was verified by hand at a time of which the audit trail tells nothing."
        if not entry.verified:
            return "It was marked as verified by hand, and is not verified."
    return ""


def _compare_sides(entry: _Entry, sides: _Sides | None, certain: bool) -> str:
    """The same of an entry that nobody marked; what it was compared by is `certain` only in a pad of this release."""
    if entry.kind is not EntryKind.CLAIM:
        return "It is verified, though it is of no claim and nobody marked it." if entry.verified else ""
    if sides is None or sides.bill_changed:
        return ""
    if not entry.verified:
        wanted = certain and sides.bill is not None and not (sides.linked_late or sides.eeob.reversal)
        return "It is not verified, though it agrees with its bill." if wanted and not sides.differs else ""
    if sides.bill is None:
        return "It is verified, though its claim has no bill and nobody marked it."
    differs = sides.differs if certain else sides.differs & {Compared.AMOUNT}
    if not differs:
        return ""
    return f"It is verified, though it differs in {', '.join(sorted(differs))} and nobody marked it."


def _read_entries(session: Session, eras: Sequence[int]) -> Iterator[_Entry]:
    rows = session.execute(
        select(
            ScratchpadEntry.era_id,
            ScratchpadEntry.number,
            ScratchpadEntry.kind,
            ScratchpadEntry.sequences,
            ScratchpadEntry.verified,
        )
        .where(ScratchpadEntry.era_id.in_(eras))
        .order_by(ScratchpadEntry.era_id, ScratchpadEntry.number)
    ).all()
    return (_Entry(*row) for row in rows)


def _read_sides(session: Session, eras: Sequence[int]) -> dict[tuple[int, str], _Sides]:
    """The EEOBs of some ERAs with their bills, by ERA and sequence number; only the columns that are compared."""
    late = {
        (era, sequence)
        for era, sequence in session.execute(
            select(DataException.era_id, DataException.sequence).where(
                DataException.era_id.in_(eras), DataException.category == DataCategory.BILL_NOT_FOUND
            )
        )
    }
    eeobs: Sequence[Any] = session.execute(
        select(
            Eeob.era_id,
            Eeob.sequence,
            Eeob.patient_name,
            Eeob.charge,
            Eeob.service_from,
            Eeob.service_to,
            Eeob.bill_id,
            Eeob.reversal,
        ).where(Eeob.era_id.in_(eras))
    ).all()
    bills: Sequence[Any] = session.execute(
        select(
            Bill.id,
            Bill.original,
            Bill.medicare_contractual,
            Bill.medicare_unreimbursable,
            Bill.service_from,
            Bill.service_to,
            Bill.frequency,
            Patient.name.label("patient"),
        )
        .join(Patient, Patient.id == Bill.patient_id)
        .where(Bill.id.in_(select(Eeob.bill_id).where(Eeob.era_id.in_(eras))))
    ).all()
    of_bill = {bill.id: bill for bill in bills}
    return {
        (eeob.era_id, str(eeob.sequence)): _Sides(
            eeob, of_bill.get(eeob.bill_id), (eeob.era_id, eeob.sequence) in late
        )
        for eeob in eeobs
    }

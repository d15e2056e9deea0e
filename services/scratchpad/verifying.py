"""Verify: the entries that are not verified beside their bills, and marking one by hand (behaviour 1.1.6, 3.3)."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bills import Bill, Patient, Payer
from models.eras import Eeob
from models.reviews import ManualVerification
from models.scratchpads import ScratchpadEntry
from models.users import User
from models.words.acts import Act
from models.words.keys import SecurityKey
from models.words.scratchpad import EntryKind
from services.bills.receivables import exact_forms, normal
from services.errors import Refused
from services.office.actor import Actor
from services.office.acts import begin, end
from services.office.clock import site_of
from services.remittances.finding import era_of
from services.scratchpad.entries import take_entry
from services.scratchpad.pad import Entry
from services.scratchpad.stored import bill_side, eeob_side, load
from services.scratchpad.verification import Compared, Told, differences

ALREADY_VERIFIED = "THIS LINE IS ALREADY VERIFIED"
ONE_BY_ONE = "ENTRY {} DIFFERS FROM ITS BILL IN MORE THAN A NAME: IT CAN ONLY BE VERIFIED BY ITSELF"

#: More EEOBs than this are read with all of their ERA.
_NAMED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class SplitPart:
    """A line of an entry that was split: its claim, whether that is in AR, and its payment."""

    claim: str
    in_ar: bool
    payment: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """An entry as the payer tells it beside the bill that it is for, whatever was split since.

    Without `bill` the EEOB names none that is in AR; an entry of the ERA itself has no `eeob` either. `parts` are
    its lines when it was split, `differs` is what the two sides differ in. `same_claim` says that the payer names the
    bill by its own number, and that all money of the entry goes to it.
    """

    entry: int
    sequences: tuple[str, ...]
    claim: str
    eeob: Told | None
    eeob_payer: str
    bill: Told | None
    bill_payer: str
    last_four: str
    differs: tuple[Compared, ...]
    parts: tuple[SplitPart, ...]
    same_claim: bool = False

    @property
    def agrees_but_for_names(self) -> bool:
        """Whether nothing but the patients' names may differ: the claim, the amounts and the days are the same."""
        return self.bill is not None and self.same_claim and set(self.differs) <= {Compared.NAME}

    @property
    def agrees(self) -> bool:
        """Whether both sides tell the same, so that it would be verified by itself."""
        return self.bill is not None and not self.differs


@dataclass(frozen=True, slots=True)
class Unverified:
    """The entries of an ERA that are not verified, each beside its bill; `batch` where only of one batch."""

    era: int
    trace: str
    payer: str
    date: datetime.date
    batch: str | None
    entries: tuple[Comparison, ...]


def is_unverified(entry: Entry) -> bool:
    """Whether an entry is an EEOB's and not verified; what is of the ERA itself has nothing to be compared with."""
    return entry.kind is EntryKind.CLAIM and not entry.verified


def find_unverified(
    session: Session, era_number: int, among: Collection[int] | None = None, batch: str | None = None
) -> Unverified:
    """What the Unverified Discrepancies Report tells; `among` are the entries it is about, by default all.

    `batch` names the one that they are.
    """
    era = era_of(session, era_number, lock=False)
    entries = [
        entry
        for entry in load(session, era).entries
        if is_unverified(entry) and (among is None or entry.number in among)
    ]
    return Unverified(
        era.id, era.trace, era.payer_name, era.date, batch, compare_entries(session, era.id, entries)
    )


def compare_entries(session: Session, era_number: int, entries: Sequence[Entry]) -> tuple[Comparison, ...]:
    """Entries of a scratch pad beside their bills; reads each table once."""
    payer = era_of(session, era_number, lock=False).payer_name
    found = _sides(session, era_number, [int(entry.sequences[0]) for entry in entries if not entry.era_level])
    return tuple(_compare(entry, payer, found) for entry in entries)


@dataclass(frozen=True, slots=True)
class _Sides:
    eeob: Told
    bill: Told | None
    payer: str
    last_four: str
    bill_id: int | None = None
    names_bill: bool = False

    @property
    def differs(self) -> tuple[Compared, ...]:
        """What the two sides differ in; nothing where there is only one."""
        return () if self.bill is None else differences(self.bill, self.eeob)


def _sides(session: Session, era_id: int, sequences: Iterable[int]) -> dict[str, _Sides]:
    """What EEOBs and their bills say, by the sequence of the EEOB."""
    wanted = list(sequences)
    query = (
        select(Eeob, Bill, Patient, Payer.name)
        .outerjoin(Bill, Bill.id == Eeob.bill_id)
        .outerjoin(Patient, Patient.id == Bill.patient_id)
        .outerjoin(Payer, Payer.id == Bill.payer_id)
        .where(Eeob.era_id == era_id)
    )
    if len(wanted) <= _NAMED_AT_ONCE:
        query = query.where(Eeob.sequence.in_(wanted))
    found = {}
    station = site_of(session).station
    for eeob, bill, patient, payer in session.execute(query):
        said = eeob_side(eeob)
        found[str(eeob.sequence)] = (
            _Sides(said, None, "", "")
            if eeob.bill_id is None
            else _Sides(
                said,
                bill_side(bill, patient.name),
                payer,
                patient.last_four,
                bill.id,
                normal(eeob.claim) in exact_forms(bill.number, station),
            )
        )
    return found


def _compare(entry: Entry, payer: str, found: Mapping[str, _Sides]) -> Comparison:
    sides = None if entry.era_level else found[entry.sequences[0]]
    lines = entry.lines if len(entry.lines) > 1 else ()
    return Comparison(
        entry=entry.number,
        sequences=entry.sequences,
        claim=entry.claim,
        eeob=None if sides is None else sides.eeob,
        eeob_payer=payer,
        bill=None if sides is None else sides.bill,
        bill_payer="" if sides is None else sides.payer,
        last_four="" if sides is None else sides.last_four,
        differs=() if sides is None else sides.differs,
        same_claim=sides is not None
        and sides.names_bill
        and all(line.bill_id == sides.bill_id for line in entry.lines),
        parts=tuple(SplitPart(line.claim, line.bill_id is not None, line.payment) for line in lines),
    )


def find_verifiers(session: Session, era_number: int) -> dict[int, str]:
    """Who marked which entry of an ERA as verified, by the stored number of the entry."""
    rows = session.execute(
        select(ManualVerification.entry, User.name)
        .join(User, User.id == ManualVerification.verified_by)
        .where(ManualVerification.era_id == era_number)
    )
    return {row.entry: row.name for row in rows}


def verify(
    session: Session,
    actor: Actor,
    era_number: int,
    number: int,
    *,
    sequences: Sequence[str] | None = None,
    batch: int | None = None,
    among_others: bool = False,
) -> None:
    """Marks an entry, by its stored number, as verified by hand; only Refresh takes that back.

    One of several that are marked together, `among_others`, is refused when more than a name differs from its bill.

    `batch` is the one the clerk works in. `sequences` are the EEOBs that the clerk compared, so that no other is
    marked in their place.
    """
    by = begin(session, actor, Act.LINE_VERIFIED, SecurityKey.CLERK)
    entry = take_entry(session, by, era_number, number, sequences, batch)
    if entry.verified:
        raise Refused(ALREADY_VERIFIED)
    if among_others:
        _refuse_differing(session, entry.era_id, number, batch)
    entry.verified = True
    session.add(
        ManualVerification(era_id=entry.era_id, entry=number, verified_by=by.user_id, verified_at=by.at)
    )
    end(session, by, f"ERA {entry.era_id} entry {number}", detail=_seen(session, entry))


def _refuse_differing(session: Session, era_id: int, number: int, batch: int | None) -> None:
    pad = load(session, era_of(session, era_id, lock=False), batch)
    (entry,) = (each for each in pad.entries if each.number == number)
    (found,) = compare_entries(session, era_id, (entry,))
    if not found.agrees_but_for_names:
        raise Refused(ONE_BY_ONE.format(number))


def _seen(session: Session, entry: ScratchpadEntry) -> str:
    """In what the two sides differed when the entry was marked, for the audit trail."""
    if entry.kind is not EntryKind.CLAIM:
        return "an adjustment of the ERA"
    first = entry.sequences.split(",")[0]
    sides = _sides(session, entry.era_id, [int(first)])[first]
    if sides.bill is None:
        return "no bill to compare with"
    return f"differs in {', '.join(sides.differs)}" if sides.differs else "agrees"

"""When two remittances are one and the same: payer, trace, date and total alike, and also what they say (DESIGN 2.7).

VistA looks at the first four only (behaviour 3.1). Payers give several remittances one number, date and total: the
parts of a check that was split, standing numbers of those that pay nothing, one check for two payees.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from models.eras import Era
from models.words.intake import TransmissionCategory
from models.words.money import two_decimals
from models.words.remittances import EraMatchStatus, PostStatus
from services.findings import Finding
from services.intake.sets import OWN_OR_REPLACE, Held, Known, comparable, identity, payer_key
from services.office.clock import today
from services.x12.envelope import TransactionSet
from services.x12.read_835 import read_835
from services.x12.remittance import RemittanceHeader

#: Statuses of ERAs that nobody works on.
OFF = frozenset({EraMatchStatus.REMOVED, EraMatchStatus.HELD})

_SIZE = 16
_MODULUS = 1 << (8 * _SIZE)


class Content:
    """What a remittance says, as a digest: payee, payer name, and each claim and adjustment as it is added.

    The order of claims and of adjustments is no part of it: whoever passes a remittance on may sort it anew.
    """

    __slots__ = ("_adjustments", "_claims", "_parties", "_sums")

    def __init__(self, payer_name: str, payee_name: str, payee_id: str) -> None:
        self._parties = parties(payer_name, payee_name, payee_id)
        self._claims = self._adjustments = 0
        self._sums = [0, 0]

    def add_claims(self, fingerprints: Iterable[bytes]) -> None:
        """Adds claims by the fingerprints of their segments (`RemittanceClaim.fingerprint`)."""
        for fingerprint in fingerprints:
            self._claims += 1
            self._sums[0] += int.from_bytes(fingerprint)

    def add_adjustment(self, provider: str, code: str, reference: str, amount: Decimal) -> None:
        """Adds a provider-level adjustment, in the ledger's sign: money taken is negative."""
        said = "\x1f".join((provider, code, reference, two_decimals(amount)))
        self._adjustments += 1
        self._sums[1] += int.from_bytes(blake2b(said.encode(), digest_size=_SIZE).digest())

    def digest(self) -> bytes:
        """The digest of all that was added so far, 16 bytes."""
        claims, adjustments = (total % _MODULUS for total in self._sums)
        said = (*self._parties, str(self._claims), str(claims), str(self._adjustments), str(adjustments))
        return blake2b("\x1f".join(said).encode(), digest_size=_SIZE).digest()


def beside(content: bytes, era: int) -> bytes:
    """The content of an ERA that stands on file beside one that says the same.

    A release before took the zeros that fill up an amount for another amount, so that a person could file both.
    """
    return blake2b(content + str(era).encode(), digest_size=_SIZE).digest()


def parties(payer_name: str, payee_name: str, payee_id: str) -> tuple[str, str, str]:
    """Who pays whom, as it is compared: in capitals, with single blanks."""
    return _alike(payer_name), _alike(payee_name), _alike(payee_id)


def _alike(text: str) -> str:
    return " ".join(text.upper().split())


@dataclass(frozen=True, slots=True)
class Standing:
    """An ERA on file that has payer, trace, date and total of one that comes: its number, parties and content.

    `status` tells whether it is worked, was removed, or is held as an exception itself; `was_removed` also of one that
    is held because it came again after it had been removed.
    """

    era: int
    parties: tuple[str, str, str]
    content: bytes
    dated: bool
    status: EraMatchStatus
    was_removed: bool

    def says(self, content: bytes) -> bool:
        """Whether this is what it says."""
        return self.content in (content, beside(content, self.era))


@dataclass(frozen=True, slots=True)
class Named:
    """What names a remittance: payer key, trace key, date and total; `dated` when the date is its own."""

    payer: str
    trace: str
    date: datetime.date
    dated: bool
    total: Decimal

    def fingerprint(self, content: bytes) -> bytes:
        """What the set is known by when it comes again; a date that was made up is no part of it."""
        date = self.date.isoformat() if self.dated else ""
        return identity("835", self.payer, self.trace, date, two_decimals(self.total), content.hex())

    def fingerprint_of_old(self) -> bytes:
        """What the set was known by before its content was a part of it (stores of schema 0002)."""
        return identity("835", self.payer, self.trace, self.date.isoformat(), two_decimals(self.total))

    def cut_at(self, segments: int) -> bytes:
        """What a set is known by that ends before its SE segment."""
        date = self.date.isoformat() if self.dated else ""
        return identity("835", "cut", self.payer, self.trace, date, two_decimals(self.total), str(segments))

    def standing(self, session: Session) -> list[Standing]:
        """The ERAs on file that have all four, the oldest first; a date that was made up agrees with any."""
        query = _STANDING if self.dated else _STANDING_OF_ANY_DATE
        rows = session.execute(
            query,
            {"payer_key": self.payer, "trace_key": self.trace, "date": self.date, "total": self.total},
        )
        return [
            Standing(
                row.id,
                parties(row.payer_name, row.payee_name, row.payee_id),
                row.content,
                row.dated,
                row.match_status,
                row.post_status is PostStatus.REMOVED,
            )
            for row in rows
        ]


# Made once: making a statement costs as much as running it.
_STANDING_OF_ANY_DATE = (
    select(
        *(Era.id, Era.payer_name, Era.payee_name, Era.payee_id, Era.content, Era.dated),
        *(Era.match_status, Era.post_status),
    )
    .where(
        Era.payer_key == bindparam("payer_key"),
        Era.trace_key == bindparam("trace_key"),
        Era.total == bindparam("total"),
    )
    .order_by(Era.id)
)
_STANDING = _STANDING_OF_ANY_DATE.where(or_(Era.date == bindparam("date"), Era.dated.is_(False)))


def name_remittance(session: Session, header: RemittanceHeader) -> Named:
    """What names a remittance; its date is BPR16, else the production date, else a made-up one: today."""
    date = header.payment_date or header.production_date
    return Named(
        payer_key(session, header.payer_id),
        comparable(header.trace),
        date or today(session),
        date is not None,
        header.total,
    )


def content_of(header: RemittanceHeader) -> Content:
    """The content of a remittance whose claims are still to be added."""
    return Content(header.payer.name, header.payee.name, header.payee.identifier)


def parties_of(header: RemittanceHeader) -> tuple[str, str, str]:
    """Who pays whom in a remittance, as it is compared."""
    return parties(header.payer.name, header.payee.name, header.payee.identifier)


def alike_on_file(session: Session, read: TransactionSet) -> list[int]:
    """The ERAs on the worklist that have payer, payee, trace, date and total of a remittance, the oldest first."""
    header = next(read_835(read))
    assert isinstance(header, RemittanceHeader)
    standing = name_remittance(session, header).standing(session)
    return [era.era for era in standing if era.parties == parties_of(header) and era.status not in OFF]


def alike_to(session: Session, era: Era) -> list[int]:
    """The same for an ERA that is on file itself."""
    standing = Named(era.payer_key, era.trace_key, era.date, era.dated, era.total).standing(session)
    own = parties(era.payer_name, era.payee_name, era.payee_id)
    return [other.era for other in standing if other.parties == own and other.status not in OFF]


def known_of(header: RemittanceHeader) -> Known:
    """What is known of a remittance that is held."""
    return Known(
        header.payer.name, header.payer_id, header.trace, header.payment_date, two_decimals(header.total)
    )


def other_claims(
    header: RemittanceHeader,
    name: Named,
    alike: Sequence[Standing],
    fingerprint: bytes,
    findings: Sequence[Finding] = (),
    *,
    removed: Standing | None = None,
) -> Held:
    """Why a remittance is held that is like one on file but for what it says: only a person knows what it is.

    It may be a further part of one payment, or the one on file corrected. `removed` is the ERA that it is once more,
    when that has left the worklist.
    """
    standing = next((era for era in reversed(alike) if era.status not in OFF), alike[-1])
    era = f"ERA {standing.era}, but other claims"
    if name.dated and standing.dated:
        told = f"It has the trace, date and total of {era}."
    else:
        told = f"It has the trace and total of {era}; one of the two names no date."
    if removed is not None:
        once_more = f"It is ERA {removed.era} once more, which was removed from the worklist."
        told = once_more if standing.era == removed.era else f"{told} {once_more}"
    return Held(
        TransmissionCategory.OTHER,
        told,
        known_of(header),
        fingerprint,
        findings,
        "EDI LBOX - LIKE ANOTHER ERA, NOT FILED",
        OWN_OR_REPLACE,
        None if removed is None else removed.era,
    )


def no_duplicate(header: RemittanceHeader, standing: Standing, fingerprint: bytes) -> Held:
    """Why a remittance is held that an older release took for one of another payee or payer name."""
    return Held(
        TransmissionCategory.OTHER,
        f"It was taken for ERA {standing.era}, which is of another payee or payer name; it was not filed.",
        known_of(header),
        fingerprint,
        (),
        "EDI LBOX - NO DUPLICATE, NOT FILED",
        "Import its file again, or file it here.",
    )

"""Which entries of a bank's file are on file already, and which are alike but for the file (DESIGN 2.11)."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from models.efts import Eft
from services.bank.ach import AchEntry

_Place = tuple[str, str, Decimal, datetime.date | None]


class EftIdentity(NamedTuple):
    """What makes two entries of bank files the same EFT.

    An entry with a TRN is known by its trace and payer, whatever file it comes in. One without is known by
    `bank_file`: banks number their files or batches from 1, so that company, ACH trace, date and amount may
    be those of another payment. Of several entries of one file that are alike in all of this, `bank_file` says
    as well which it is. `date` is None when neither batch nor file say one: a date that is made up on the day of
    import is no part of it.
    """

    company_id: str
    ach_trace: str
    amount: Decimal
    date: datetime.date | None
    trace: str
    payer_id: str
    bank_file: str

    def nth(self, number: int) -> "EftIdentity":
        """The identity of the `number`th entry of its file that is alike; the first has this one."""
        return self if number == 1 else self._replace(bank_file=f"{self.bank_file} entry {number}".strip())

    @property
    def place(self) -> _Place:
        """What is the same of all that a bank may have numbered alike."""
        return self.company_id, self.ach_trace, self.amount, self.date


def identity_of(entry: AchEntry, amount: Decimal, sha256: str) -> EftIdentity:
    """The identity of an entry in a file of that SHA-256."""
    return EftIdentity(
        entry.batch.company_id,
        entry.ach_trace,
        amount,
        entry.date,
        "" if entry.trn is None else entry.trn.trace,
        entry.payer_id,
        "" if entry.trn is not None else _bank_file(entry, sha256),
    )


def _bank_file(entry: AchEntry, sha256: str) -> str:
    """Date, modifier and batch of the bank's file; of one without a date the file itself stands for it."""
    created = entry.batch.created
    file = f"sha256 {sha256}" if created is None else f"{created.isoformat()} {entry.batch.modifier}"
    return f"{file} {entry.batch.number}"


# A digest takes eight bytes this way; as a Python object in a set it would take a hundred.
_DIGEST = 8
_BUCKETS = 128


class AlikeInFile:
    """Which of the entries of one file are alike: the file counts each, so none is a duplicate of another.

    Only digests are kept, for a file may have very many entries. A file of files may have the same entry in each:
    those are told apart by the date and modifier of the file that they are in.
    """

    def __init__(self) -> None:
        self._seen = [bytearray() for _ in range(_BUCKETS)]
        self._repeated: dict[bytes, int] = {}

    def number(self, entry: AchEntry, identity: tuple[object, ...]) -> int:
        """How many entries of the file were alike up to this one, with it."""
        text = repr((entry.batch.created, entry.batch.modifier, *identity)).encode()
        key = hashlib.blake2b(text, digest_size=_DIGEST).digest()
        if key in self._repeated:
            self._repeated[key] += 1
        elif self._is_new(key):
            return 1
        else:
            self._repeated[key] = 2
        return self._repeated[key]

    def _is_new(self, key: bytes) -> bool:
        """Whether a digest comes for the first time; it is added then. In a bucket they stand one behind the other."""
        bucket = self._seen[int.from_bytes(key[:2], "big") % _BUCKETS]
        at = bucket.find(key)
        while at >= 0 and at % _DIGEST:
            at = bucket.find(key, at + 1)
        if at < 0:
            bucket += key
        return at < 0


class KnownEfts:
    """Which of some entries are on file, looked up at once; what is filed is added as it is."""

    def __init__(self, session: Session, wanted: Iterable[EftIdentity]) -> None:
        self._session = session
        self._known: dict[EftIdentity, int] = {}
        self._first: dict[_Place, int] = {}
        for some in _by_date(wanted):
            self._read(some)

    def _read(self, wanted: Sequence[EftIdentity]) -> None:
        """Looks up entries that all have a date, or all have none: those are looked for on any day."""
        dated = wanted[0].date is not None
        columns = [column for column in _IDENTITY if dated or column is not Eft.date_paid]
        keys = [identity if dated else (*identity[:3], *identity[4:]) for identity in wanted]
        for row in self._session.execute(select(*_IDENTITY, Eft.id).where(tuple_(*columns).in_(keys))):
            known = EftIdentity(*row[:-1])
            self._known[known if dated else known._replace(date=None)] = row[-1]
        untraced = {identity.place for identity in wanted if not identity.trace}
        if untraced:
            place = columns[: 4 if dated else 3]
            firsts = (
                select(*place, func.min(Eft.id))
                .where(Eft.trace == "", tuple_(*place).in_([each[: len(place)] for each in untraced]))
                .group_by(*place)
            )
            for *found, first in self._session.execute(firsts):
                company_id, ach_trace, amount, *date = found
                self._first[company_id, ach_trace, amount, date[0] if date else None] = first

    def add(self, eft_id: int, entry: EftIdentity) -> None:
        """Adds an EFT that is filed now."""
        self._known[entry] = eft_id
        if not entry.trace:
            self._first.setdefault(entry.place, eft_id)

    def has(self, entry: EftIdentity) -> bool:
        """Whether the entry is on file."""
        return entry in self._known

    def twin_of(self, entry: EftIdentity, first: EftIdentity) -> int | None:
        """The first EFT that is alike in all but the bank's file, or came in the same file; None without one.

        `first` is the identity of the first entry of the file that is alike.
        """
        return self._known.get(first) if entry.trace else self._first.get(entry.place)


_IDENTITY = (
    Eft.company_id,
    Eft.ach_trace,
    Eft.amount,
    Eft.date_paid,
    Eft.trace,
    Eft.payer_id,
    Eft.bank_file,
)


def _by_date(wanted: Iterable[EftIdentity]) -> Iterator[list[EftIdentity]]:
    """Those with a date, and those without."""
    of_day = list[EftIdentity]()
    of_none = list[EftIdentity]()
    for identity in wanted:
        (of_none if identity.date is None else of_day).append(identity)
    yield from filter(None, (of_day, of_none))

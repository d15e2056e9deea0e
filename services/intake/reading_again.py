"""What an upgrade leaves to the readers: the kept text of an older store is read again for what the new schema knows.

Schema 0003 knows a remittance by what it says. A release before took every set with the payer, trace, date and
total of an ERA for that ERA; what it dropped so is held now, and filed when it comes again. Schema 0007 keeps all
that a remittance says. Schema 0008 knows amounts by their value, whatever zeros fill them up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from models.eras import Eeob, Era
from models.messages import Message, TransactionSet
from models.words.intake import Outcome
from models.words.remittances import EraMatchStatus
from services.intake.details_again import keep_details
from services.intake.held_eras import forget
from services.intake.kept_remittances import (
    KeptFile,
    files_of_remittances,
    header_of,
    read_claims,
    remittances_in,
)
from services.intake.remittance_identity import (
    OFF,
    Named,
    beside,
    content_of,
    name_remittance,
    no_duplicate,
    other_claims,
    parties_of,
)
from services.intake.sets import IncomingSet, hold, resolve
from services.intake.unfileable import PRODUCTION
from services.office.clock import site_of, zone
from services.x12.read_835 import Part
from services.x12.remittance import ProviderLevelAdjustment, RemittanceClaim, RemittanceHeader
from services.x12.segments import read_sets


def after_upgrade(session: Session, before: str) -> None:
    """Does what the steps behind schema `before` ask for, in their transaction."""
    if before < "0008":
        dropped = tell_contents(session)
        if before < "0003":
            for one in dropped:
                _look_at(session, one)
            tell_live(session)
    if before < "0007":
        keep_details(session)


@dataclass(slots=True)
class _Dropped:
    """A set that a release before kept as a duplicate, with what it says."""

    come: IncomingSet
    header: RemittanceHeader
    name: Named
    content: bytes


def tell_contents(session: Session) -> list[_Dropped]:
    """Gives each ERA the digest of what it says, and each set of a remittance what it is known by now.

    Answers the sets that were kept as duplicates: of a release before schema 0003 they may be none.
    """
    dropped: list[_Dropped] = []
    for file in files_of_remittances(session):
        # A date that was made up is that of the day on which the file came.
        came = file.message.received_at.astimezone(zone(session)).date()
        for read, row in remittances_in(session, file):
            header, parts = header_of(read)
            name = name_remittance(session, header)
            if not name.dated:
                name = replace(name, date=came)
            era = session.scalars(select(Era).where(Era.transaction_set_id == row.id)).first()
            if era is not None:
                # By what it was filed as: a payer may have got an alias since.
                name = Named(era.payer_key, era.trace_key, era.date, name.dated, era.total)
            before = _Before(header)
            renewing = _Renewing(session, None if era is None else era.id)
            content = read_claims(header, before.passing(parts), renewing)[0].digest()
            known_before = (name.fingerprint_of_old(), name.fingerprint(before.content.digest()))
            if era is not None or row.fingerprint in known_before:
                row.fingerprint = name.fingerprint(content)
            if era is not None:
                _renew(session, row, era, name, content)
            if row.outcome is Outcome.DUPLICATE:
                come = IncomingSet(file.message, read, row.kind, row)
                dropped.append(_Dropped(come, header, name, content))
            session.flush()
    session.expire_all()
    return dropped


def _renew(session: Session, row: TransactionSet, era: Era, name: Named, content: bytes) -> None:
    """Gives an ERA its content; one that is held for nothing but the zeros of its amounts is a duplicate now."""
    same = [other for other in name.standing(session) if other.era != era.id and other.content == content]
    if era.match_status is EraMatchStatus.HELD and any(other.status not in OFF for other in same):
        resolve(session, row)
        row.outcome = Outcome.DUPLICATE
        session.flush()
        forget(session, era.id)
        return
    said = beside(content, era.id) if same else content
    # Nobody works on it meanwhile: it stays at its version.
    session.execute(update(Era).where(Era.id == era.id).values(dated=name.dated, content=said))


class _Before:
    """What a remittance was known to say when the zeros that fill up an amount were a part of it (schema 0007)."""

    def __init__(self, header: RemittanceHeader) -> None:
        self.content = content_of(header)

    def passing(self, parts: Iterator[Part]) -> Iterator[Part]:
        """Hands the parts on as they are read."""
        for part in parts:
            if isinstance(part, RemittanceClaim):
                self.content.add_claims((part.fingerprint_of_old,))
            elif isinstance(part, ProviderLevelAdjustment):
                self.content.add_adjustment(part.provider, part.code, part.reference, -part.amount)
            yield part


def tell_live(session: Session) -> None:
    """Notes since when the site is live: since the first production file of which a set is filed."""
    filed = select(TransactionSet.message_id).where(TransactionSet.outcome == Outcome.FILED).distinct()
    for message in session.scalars(select(Message).where(Message.id.in_(filed)).order_by(Message.id)):
        if any(read.usage == PRODUCTION for read in read_sets(KeptFile(session, message), [])):
            site_of(session).live_since = message.received_at
            return


class _Renewing:
    """Gives the EEOBs of an ERA the fingerprints that this release takes of them."""

    def __init__(self, session: Session, era: int | None) -> None:
        self._session = session
        self._era = era

    def __call__(self, claims: Sequence[tuple[int, bytes]], /) -> None:
        if self._era is None:
            return
        known = dict(
            self._session.execute(
                select(Eeob.sequence, Eeob.fingerprint).where(
                    Eeob.era_id == self._era, Eeob.sequence.between(claims[0][0], claims[-1][0])
                )
            ).all()
        )
        changed = [
            {"of_era": self._era, "of_sequence": sequence, "taken": fingerprint}
            for sequence, fingerprint in claims
            if known.get(sequence, fingerprint) != fingerprint
        ]
        if changed:
            self._session.connection().execute(_RENEWED, changed)


_RENEWED = (
    update(Eeob)
    .where(Eeob.era_id == bindparam("of_era"), Eeob.sequence == bindparam("of_sequence"))
    .values(fingerprint=bindparam("taken"))
)


def _look_at(session: Session, dropped: _Dropped) -> None:
    """Holds a set that was taken for a duplicate and is none."""
    standing = dropped.name.standing(session)
    if not standing or any(era.says(dropped.content) for era in standing):
        return
    parties = parties_of(dropped.header)
    alike = [era for era in standing if era.parties == parties]
    fingerprint = dropped.name.fingerprint(dropped.content)
    if alike:
        held = other_claims(dropped.header, dropped.name, alike, fingerprint)
    else:
        held = no_duplicate(dropped.header, standing[0], fingerprint)
    hold(session, dropped.come, held)

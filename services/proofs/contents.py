"""The proof of what remittances are known by: read again, the kept text of each says what its ERA and EEOBs hold."""

from collections.abc import Iterator, Sequence

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from models.eras import Eeob, Era
from models.messages import TransmissionException
from models.words.remittances import EraMatchStatus
from services.findings import Finding
from services.intake.kept_remittances import files_of_remittances, header_of, read_claims, remittances_in
from services.intake.remittance_identity import Named, beside
from services.proofs.rows import tell


def contents(session: Session) -> Iterator[Finding]:
    """The content of each ERA, the fingerprints of its EEOBs and that of its set are those of its kept text.

    By them a remittance is known when it comes again: changed, it would be taken for another one, or another one
    for it. A file whose text is not what came is named by its own proof.
    """
    for file in files_of_remittances(session):
        found: list[Finding] = []
        for read, row in remittances_in(session, file):
            era = session.scalars(select(Era).where(Era.transaction_set_id == row.id)).first()
            if era is None:
                continue
            header, parts = header_of(read)
            comparing = _Comparing(session, era.id)
            said, complete = read_claims(header, parts, comparing)
            if complete:
                found += comparing.found
                found += _of_era(era, row.fingerprint, said.digest())
        if file.sound:
            yield from found
        session.expire_all()


def prove_held(session: Session) -> Iterator[Finding]:
    """An ERA is held exactly while its set is an open exception: else it would be worked on, or by nobody ever."""
    is_open = exists().where(
        TransmissionException.transaction_set_id == Era.transaction_set_id,
        TransmissionException.resolved_at.is_(None),
    )
    is_held = Era.match_status == EraMatchStatus.HELD
    return tell(
        session,
        select(Era.id, Era.match_status).where(or_(and_(is_held, ~is_open), and_(~is_held, is_open))),
        "era-held",
        "It is {1}; that does not fit the exception of its set.",
        "ERA {0}",
    )


def _of_era(era: Era, known_by: bytes, said: bytes) -> Iterator[Finding]:
    where = f"ERA {era.id}"
    if era.content not in (said, beside(said, era.id)):
        told = "What it is known by is not what its file says of payee, payer name, claims and adjustments."
        yield Finding("era-content", told, where)
    name = Named(era.payer_key, era.trace_key, era.date, era.dated, era.total)
    if known_by != name.fingerprint(said):
        told = "Its payer, trace, date, total or content is not what its set is known by."
        yield Finding("era-identity", told, where)


class _Comparing:
    """Compares the claims of a kept remittance with the EEOBs that were filed of it."""

    def __init__(self, session: Session, era: int) -> None:
        self._session = session
        self._era = era
        self.found: list[Finding] = []

    def __call__(self, claims: Sequence[tuple[int, bytes]], /) -> None:
        filed = dict(
            self._session.execute(
                select(Eeob.sequence, Eeob.fingerprint).where(
                    Eeob.era_id == self._era, Eeob.sequence.between(claims[0][0], claims[-1][0])
                )
            ).all()
        )
        self.found += [
            Finding(
                "eeob-content",
                "What it is known by is not what its file says.",
                f"ERA {self._era} EEOB {sequence}",
            )
            for sequence, fingerprint in claims
            if filed.get(sequence, fingerprint) != fingerprint
        ]

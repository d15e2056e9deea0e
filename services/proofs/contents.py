"""The proof of what remittances are known by: read again, the kept text of each says what its ERA and EEOBs hold."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.eras import Eeob, Era
from services.findings import Finding
from services.intake.kept_remittances import files_of_remittances, header_of, read_claims, remittances_in
from services.intake.remittance_identity import Named


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


def _of_era(era: Era, known_by: bytes, said: bytes) -> Iterator[Finding]:
    where = f"ERA {era.id}"
    if era.content != said:
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

"""EEOBs that came before: the same content on the same bill, in another ERA (behaviour 3.1, duplicate EEOB)."""

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from models.bulk import parts
from models.eras import Eeob, Era
from services.findings import Finding
from services.intake.remittance_identity import OFF

_SAME_CONTENT = (
    select(Eeob.bill_id, Eeob.fingerprint, Eeob.era_id, Eeob.sequence)
    .join(Era, Era.id == Eeob.era_id)
    .where(
        Eeob.fingerprint.in_(bindparam("fingerprints", expanding=True)),
        Eeob.bill_id.is_not(None),
        Eeob.twin_era_id.is_(None),
        Eeob.era_id != bindparam("era_id"),
        # What nobody works on repeats nothing: its money is not posted.
        Era.match_status.not_in(OFF),
    )
    .order_by(Eeob.era_id, Eeob.sequence)
)

_MARKED = (
    update(Eeob)
    .where(Eeob.era_id == bindparam("of_era"), Eeob.sequence == bindparam("of_sequence"))
    .values(twin_era_id=bindparam("twin_era"), twin_sequence=bindparam("twin"))
)

Twins = dict[tuple[int, bytes], tuple[int, int]]


def find_twins(session: Session, era_id: int, fingerprints: Sequence[bytes]) -> Twins:
    """The EEOBs of other ERAs with these contents, by bill and content: the first ERA and line of each."""
    rows = session.execute(_SAME_CONTENT, {"fingerprints": fingerprints, "era_id": era_id})
    twins: Twins = {}
    for bill_id, fingerprint, era, sequence in rows:
        if bill_id is not None:
            twins.setdefault((bill_id, fingerprint), (era, sequence))
    return twins


def tell_repeated(claim: str, twin: tuple[int, int], where: str, more: str = ".") -> Finding:
    """What is said of an EEOB that came before."""
    told = f"The EEOB of claim {claim} is on file already (ERA {twin[0]} line {twin[1]}){more}"
    return Finding("duplicate-eeob", told, where)


def mark_twins(session: Session, era_id: int, sequences: Collection[int] | None = None) -> list[Finding]:
    """Marks EEOBs that are filed already with their twins, all of an ERA or some; their detail stays with them."""
    query = select(Eeob.sequence, Eeob.claim, Eeob.bill_id, Eeob.fingerprint, Eeob.segment).where(
        Eeob.era_id == era_id, Eeob.bill_id.is_not(None), Eeob.twin_era_id.is_(None)
    )
    rows = [
        row
        for row in session.execute(query.order_by(Eeob.sequence))
        if sequences is None or row.sequence in sequences
    ]
    found: list[Finding] = []
    for some in parts(rows):
        twins = find_twins(session, era_id, [row.fingerprint for row in some])
        marked = []
        for row in some:
            twin = twins.get((row.bill_id or 0, row.fingerprint))
            if twin is not None:
                marked.append(
                    {
                        "of_era": era_id,
                        "of_sequence": row.sequence,
                        "twin_era": twin[0],
                        "twin": twin[1],
                    }
                )
                found.append(tell_repeated(row.claim, twin, f"segment {row.segment}"))
        if marked:
            session.connection().execute(_MARKED, marked)
    return found

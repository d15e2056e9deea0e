"""The proofs of the EFTs: each is what the bank sent, and known by what came (DESIGN 2.11)."""

from collections.abc import Iterator

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.efts import Eft, EftDeposit
from services.findings import Finding
from services.proofs.rows import tell
from services.remittances.checksums import DepositHead
from services.remittances.checksums import checksums as checksums_of

#: Deposits whose checksums are taken together.
_AT_ONCE = 500


def checksums(session: Session) -> Iterator[Finding]:
    """The checksum that each deposit got when it came still holds, or it is marked as one that does not."""
    last = 0
    while heads := _heads(session, last):
        now = dict(checksums_of(session, [head for head, _ in heads]))
        for head, kept in heads:
            if now[head.id] != kept:
                yield Finding(
                    "deposit-checksum",
                    "It or one of its EFTs is no longer what the bank sent.",
                    f"deposit {head.number}",
                )
        last = heads[-1][0].id


def _heads(session: Session, last: int) -> list[tuple[DepositHead, str]]:
    rows = session.execute(
        select(EftDeposit.id, EftDeposit.number, EftDeposit.date, EftDeposit.total, EftDeposit.checksum)
        .where(EftDeposit.id > last, EftDeposit.checksum_error.is_(False))
        .order_by(EftDeposit.id)
        .limit(_AT_ONCE)
    )
    return [
        (DepositHead(deposit_id, number, date, total), checksum)
        for deposit_id, number, date, total, checksum in rows
    ]


def identities(session: Session) -> Iterator[Finding]:
    """An EFT without TRN has its bank's file, one with a TRN has none but as a twin, and each twin names the first."""
    first = aliased(Eft)
    alike = (
        select(func.min(first.id))
        .where(
            first.company_id == Eft.company_id,
            first.ach_trace == Eft.ach_trace,
            first.amount == Eft.amount,
            first.date_paid == Eft.date_paid,
            first.trace == "",
            first.id < Eft.id,
        )
        .scalar_subquery()
    )
    named = aliased(Eft)
    return tell(
        session,
        select(Eft.id, Eft.twin_id)
        .outerjoin(named, named.id == Eft.twin_id)
        .where(
            or_(
                and_(Eft.trace == "", Eft.bank_file == ""),
                and_(Eft.trace != "", Eft.twin_id.is_(None) != (Eft.bank_file == "")),
                and_(Eft.trace == "", Eft.twin_id.is_(None), alike.is_not(None)),
                and_(
                    named.id.is_not(None),
                    or_(
                        named.id >= Eft.id,
                        named.company_id != Eft.company_id,
                        named.ach_trace != Eft.ach_trace,
                        named.amount != Eft.amount,
                        named.trace != Eft.trace,
                        named.payer_id != Eft.payer_id,
                    ),
                ),
            )
        ),
        "eft-identity",
        lambda _, twin: (
            "Its TRN or the bank's file by which it is known is not as it came, or "
            f"{'its twin is not named' if twin is None else f'EFT {twin} is not its twin'}."
        ),
        "EFT {0}",
    )

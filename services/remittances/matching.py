"""EFT to ERA matching, set by set in the database (behaviour 3.4, DESIGN 2.10).

    same trace and payer id, same total        MATCHED
    same trace and payer id, another total     MATCHED WITH ERRORS, with a bulletin
    no such ERA                                UNMATCHED

First all equal totals are paired, in entry order on both sides, then what is left with another total.
"""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, CursorResult, Subquery, and_, bindparam, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from models.efts import Eft
from models.eras import Era
from models.words.acts import Act
from models.words.keys import SecurityKey
from models.words.mail import MailGroup
from models.words.remittances import EftMatchStatus, EraMatchStatus
from services.office.actor import Actor
from services.office.acts import begin, end
from services.office.bulletins import send_all

#: Mismatches told by a few statements.
_AT_ONCE = 5000

MISMATCH_SUBJECT = "EDI LBOX TOTALS MISMATCH ON EFT-ERA MATCH"


@dataclass(frozen=True, slots=True)
class MatchCounts:
    """What a run of matching found: EFTs examined, matched, with other totals, without ERA."""

    examined: int
    matched: int
    mismatched: int
    unmatched: int


def match_deposits(session: Session, actor: Actor) -> MatchCounts:
    """Matches every recorded, unmatched EFT that has its ERA; run again it changes nothing."""
    by = begin(session, actor, Act.EFTS_MATCHED, SecurityKey.CLERK)
    examined = session.scalar(select(func.count()).select_from(Eft).where(_waiting())) or 0
    if not examined:
        return MatchCounts(0, 0, 0, 0)
    matched = _pair(session, EftMatchStatus.MATCHED, same_total=True)
    mismatched = _pair(session, EftMatchStatus.MATCHED_WITH_ERRORS, same_total=False)
    if mismatched:
        _tell_mismatches(session)
    session.expire_all()
    if matched or mismatched:
        end(session, by, "night job", detail=f"{matched} matched, {mismatched} with errors")
    return MatchCounts(examined, matched, mismatched, examined - matched - mismatched)


def _waiting() -> ColumnElement[bool]:
    """The EFTs that matching looks at: recorded at the site, without remittance, with a trace."""
    return and_(Eft.match_status == EftMatchStatus.UNMATCHED, Eft.recorded.is_(True), Eft.trace_key != "")


def _pairs(*, same_total: bool) -> Subquery:
    """EFTs and ERAs of the same trace and payer id, the first with the first, the second with the second."""
    eft_keys = [Eft.trace_key, Eft.payer_key, *([Eft.amount] if same_total else [])]
    era_keys = [Era.trace_key, Era.payer_key, *([Era.total] if same_total else [])]
    pointed_at = aliased(Eft)
    efts = (
        select(
            Eft.id.label("eft_id"),
            Eft.trace_key,
            Eft.payer_key,
            Eft.amount,
            func.row_number().over(partition_by=eft_keys, order_by=Eft.id).label("rank"),
        )
        .where(_waiting())
        .subquery("efts")
    )
    eras = (
        select(
            Era.id.label("era_id"),
            Era.trace_key,
            Era.payer_key,
            Era.total,
            func.row_number().over(partition_by=era_keys, order_by=Era.id).label("rank"),
        )
        .where(
            Era.match_status == EraMatchStatus.UNMATCHED,
            Era.check_number == "",
            ~exists().where(pointed_at.era_id == Era.id),
        )
        .subquery("eras")
    )
    same = and_(
        eras.c.trace_key == efts.c.trace_key,
        eras.c.payer_key == efts.c.payer_key,
        eras.c.rank == efts.c.rank,
    )
    if same_total:
        same = and_(same, eras.c.total == efts.c.amount)
    return select(efts.c.eft_id, eras.c.era_id).join(eras, same).subquery("pairs")


def _pair(session: Session, status: EftMatchStatus, *, same_total: bool) -> int:
    """Writes one kind of match on both sides, each by one statement; gives how many."""
    pairs = _pairs(same_total=same_total)
    done: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]  # an UPDATE
        update(Eft)
        .where(Eft.id == pairs.c.eft_id)
        .values(era_id=pairs.c.era_id, match_status=status, version=Eft.version + 1)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount:
        session.execute(
            update(Era)
            .where(
                Eft.era_id == Era.id,
                Eft.match_status == status,
                Era.match_status == EraMatchStatus.UNMATCHED,
            )
            .values(match_status=EraMatchStatus(status.value), version=Era.version + 1)
            .execution_options(synchronize_session=False)
        )
    return done.rowcount


def _tell_mismatches(session: Session) -> None:
    """One bulletin for each new match whose totals differ; its text also stays with the EFT."""
    untold = (
        select(Eft.id, Eft.amount, Era.id, Era.total)
        .join(Era, Era.id == Eft.era_id)
        .where(Eft.match_status == EftMatchStatus.MATCHED_WITH_ERRORS, Eft.errors == "")
        .order_by(Eft.id)
        .limit(_AT_ONCE)
    )
    while rows := session.execute(untold).all():
        told = [{"eft_id": row[0], "text": _mismatch(*row)} for row in rows]
        session.connection().execute(
            update(Eft)
            .where(Eft.id == bindparam("eft_id"))
            .values(errors=bindparam("text"), version=Eft.version + 1),
            told,
        )
        send_all(session, MISMATCH_SUBJECT, MailGroup.PAYMENTS, [str(row["text"]) for row in told])


def _mismatch(eft_id: int, amount: Decimal, era_id: int, total: Decimal) -> str:
    if amount < total:
        needed = (
            "LESS than the ERA total: a decrease adjustment is needed before the receipt can be processed"
        )
    else:
        needed = "GREATER than the ERA total: a suspense line is needed"
    return (
        f"EFT #{eft_id} ({amount:.2f}) was matched to ERA #{era_id} ({total:.2f}). "
        f"The EFT total is {needed}. The scratch pad generates it."
    )

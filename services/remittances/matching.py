"""EFT to ERA matching, set by set in the database (behaviour 3.4, DESIGN 2.10).

    same trace and payer id, same total        MATCHED
    same trace and payer id, another total     MATCHED WITH ERRORS, with a bulletin
    no such ERA                                UNMATCHED

Payers begin their numbers anew, so dates count as well, beyond VistA. First all equal totals are paired:
those paid within the site's match window of each other, then the others. What is left with another total is
paired only within that window, and not before the third night that both are on file: the ERA of the right
total may still be on its way. Where the window is 0 neither dates nor nights count, and all are paired in
entry order, as in VistA.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Exists,
    Subquery,
    and_,
    bindparam,
    exists,
    func,
    literal,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Session, aliased

from models.dialects import Right, days_later, hold_right
from models.efts import Eft, EftDeposit
from models.eras import Era
from models.receipts import Receipt
from models.words.acts import Act
from models.words.keys import SecurityKey
from models.words.mail import MailGroup
from models.words.remittances import EftMatchStatus, EraMatchStatus, MatchReason
from services.office.actor import Actor
from services.office.acts import begin, end
from services.office.bulletins import send_all
from services.office.clock import site_of
from services.remittances.reversals import taken_back

#: Mismatches told by a few statements.
_AT_ONCE = 5000

#: EFTs and ERAs of one trace whose dates are a long chain are paired round by round; the rest waits for the next night.
_MOST_ROUNDS = 20

#: Nights that an EFT and an ERA of another total have to be on file before they are paired.
NIGHTS_BEFORE = 2

MISMATCH_SUBJECT = "EDI LBOX TOTALS MISMATCH ON EFT-ERA MATCH"


@dataclass(frozen=True, slots=True)
class MatchCounts:
    """What a run of matching found: EFTs examined, matched, with other totals, unmatched.

    `held` are those of the unmatched whose ERA has another total, and a date too far away or too few nights.
    """

    examined: int
    matched: int
    mismatched: int
    unmatched: int
    held: int


@dataclass(frozen=True, slots=True)
class _Way:
    """One way in which an EFT and an ERA of the same trace and payer belong together.

    `days` is how far apart their dates may be, None for any; `by` the day by which both had to be on file.
    """

    reason: MatchReason
    status: EftMatchStatus
    days: int | None = None
    by: datetime.date | None = None

    @property
    def same_total(self) -> bool:
        return self.status is EftMatchStatus.MATCHED


def match_deposits(session: Session, actor: Actor, night: datetime.date | None = None) -> MatchCounts:
    """Matches every recorded, unmatched EFT that has its ERA; run again in the same night it changes nothing.

    `night` is the business date of the night job, today where it is not given.
    """
    hold_right(session, Right.MATCHING)
    by = begin(session, actor, Act.EFTS_MATCHED, SecurityKey.CLERK)
    examined = session.scalar(select(func.count()).select_from(Eft).where(_waiting(Eft))) or 0
    if not examined:
        return MatchCounts(0, 0, 0, 0, 0)
    matched = mismatched = 0
    for way in _ways(site_of(session).match_window_days, night or by.date):
        done = _pair_all(session, way)
        if way.same_total:
            matched += done
        else:
            mismatched += done
    if mismatched:
        _tell_mismatches(session)
    session.expire_all()
    if matched or mismatched:
        end(session, by, "night job", detail=f"{matched} matched, {mismatched} with errors")
    unmatched = examined - matched - mismatched
    held = session.scalar(select(func.count()).select_from(Eft).where(_waiting(Eft), _has_era(None)))
    return MatchCounts(examined, matched, mismatched, unmatched, held or 0)


def _ways(window: int, night: datetime.date) -> tuple[_Way, ...]:
    """The ways of matching in their order."""
    equal, other = EftMatchStatus.MATCHED, EftMatchStatus.MATCHED_WITH_ERRORS
    if not window:
        return (_Way(MatchReason.EQUAL, equal), _Way(MatchReason.OTHER_TOTAL, other))
    by = night - datetime.timedelta(NIGHTS_BEFORE)
    return (
        _Way(MatchReason.EQUAL, equal, window),
        _Way(MatchReason.EQUAL_APART, equal),
        _Way(MatchReason.OTHER_TOTAL, other, window, by),
    )


def _waiting(eft: Any) -> ColumnElement[bool]:
    """The EFTs that matching looks at: recorded at the site, without remittance, with a trace, not taken back."""
    return and_(
        eft.match_status == EftMatchStatus.UNMATCHED,
        eft.recorded.is_(True),
        eft.trace_key != "",
        eft.returned.is_(False),
        ~taken_back(eft),
    )


def _unpaid(era: Any) -> ColumnElement[bool]:
    """The ERAs whose money has not been found."""
    return and_(era.match_status == EraMatchStatus.UNMATCHED, era.check_number == "")


def _fit(eft: Any, era: Any, way: _Way | None) -> ColumnElement[bool]:
    """Whether an EFT and an ERA may belong together in that way; in any way without one."""
    same = and_(era.trace_key == eft.trace_key, era.payer_key == eft.payer_key)
    if way is None:
        return same
    if way.same_total:
        same = and_(same, era.total == eft.amount)
    if way.days is not None:
        same = and_(
            same, era.date.between(days_later(eft.date_paid, -way.days), days_later(eft.date_paid, way.days))
        )
    if way.by is not None:
        recorded = select(EftDeposit.id).where(EftDeposit.posted <= way.by)
        same = and_(same, era.received <= way.by, eft.deposit_id.in_(recorded))
    return same


def _has_era(way: _Way | None) -> Exists:
    """Whether there is an ERA for an EFT in that way."""
    era = aliased(Era)
    return exists().where(_unpaid(era), _fit(Eft, era, way))


def _has_eft(way: _Way) -> Exists:
    """Whether there is an EFT for an ERA in that way; by its dates, which are asked of the ERA's index as well."""
    eft = aliased(Eft)
    wanted = [_waiting(eft), _fit(eft, Era, way)]
    if way.days is not None:
        wanted.append(eft.date_paid.between(days_later(Era.date, -way.days), days_later(Era.date, way.days)))
    return exists().where(*wanted)


def _pairs(way: _Way) -> Subquery:
    """EFTs and ERAs of the same trace and payer id, the first with the first, the second with the second.

    They come in entry order, or by date where dates count; then only those are counted that have somebody.
    Both sides are put into one list and grouped by their rank: a join would be left to the planner, which
    cannot know how many are left of either.
    """
    dated = way.days is not None
    pointed_at = aliased(Eft)
    total = [Eft.amount if way.same_total else literal(0)]
    efts = select(
        *(Eft.id.label("eft_id"), null().label("era_id"), Eft.trace_key, Eft.payer_key),
        *(total[0].label("total"), Eft.date_paid.label("paid"), null().label("advised")),
        func.row_number()
        .over(
            partition_by=[Eft.trace_key, Eft.payer_key, *total],
            order_by=[Eft.date_paid, Eft.id] if dated else [Eft.id],
        )
        .label("rank"),
    ).where(_waiting(Eft), *([_has_era(way)] if dated else []))
    total = [Era.total if way.same_total else literal(0)]
    eras = select(
        *(null().label("eft_id"), Era.id.label("era_id"), Era.trace_key, Era.payer_key),
        *(total[0].label("total"), null().label("paid"), Era.date.label("advised")),
        func.row_number()
        .over(
            partition_by=[Era.trace_key, Era.payer_key, *total],
            order_by=[Era.date, Era.id] if dated else [Era.id],
        )
        .label("rank"),
    ).where(
        _unpaid(Era),
        ~exists().where(pointed_at.era_id == Era.id),
        *([_has_eft(way)] if dated else []),
    )
    ranked = union_all(efts, eras).subquery("ranked")
    both = [func.count(ranked.c.eft_id) == 1, func.count(ranked.c.era_id) == 1]
    if way.days is not None:
        paid, advised = func.max(ranked.c.paid), func.max(ranked.c.advised)
        both.append(advised.between(days_later(paid, -way.days), days_later(paid, way.days)))
    return (
        select(func.max(ranked.c.eft_id).label("eft_id"), func.max(ranked.c.era_id).label("era_id"))
        .group_by(ranked.c.trace_key, ranked.c.payer_key, ranked.c.total, ranked.c.rank)
        .having(and_(*both))
        .subquery("pairs")
    )


def _pair_all(session: Session, way: _Way) -> int:
    """Pairs all that fit in one way, round by round; gives how many pairs were made."""
    made = 0
    for _ in range(_MOST_ROUNDS):
        fitting = session.scalar(select(func.count()).select_from(Eft).where(_waiting(Eft), _has_era(way)))
        done = _pair(session, way) if fitting else 0
        made += done
        if done in (0, fitting):
            break
    return made


def _pair(session: Session, way: _Way) -> int:
    """Writes one round of pairs on both sides, each by one statement; gives how many.

    Each statement tests the rows again that it changes. A clerk may have named a paper check for an ERA
    meanwhile: then its EFT is given back, so that no match is ever half done.
    """
    pairs = _pairs(way)
    efts = _count_changed(
        session,
        update(Eft)
        .where(Eft.id == pairs.c.eft_id, Eft.match_status == EftMatchStatus.UNMATCHED)
        .values(
            era_id=pairs.c.era_id, match_status=way.status, match_reason=way.reason, version=Eft.version + 1
        ),
    )
    if not efts:
        return 0
    era_status = EraMatchStatus(way.status.value)
    eras = _count_changed(
        session,
        update(Era)
        .where(Eft.era_id == Era.id, Eft.match_status == way.status, _unpaid(Era))
        .values(match_status=era_status, match_reason=way.reason, version=Era.version + 1),
    )
    if eras == efts:
        return efts
    # An EFT of 0.00 whose ERA was moved to suspense has a receipt; what was matched just now has none.
    given_back = _count_changed(
        session,
        update(Eft)
        .where(
            Eft.match_status == way.status,
            exists().where(Era.id == Eft.era_id, Era.match_status != era_status),
            ~exists().where(Receipt.eft_id == Eft.id),
        )
        .values(
            era_id=None,
            match_status=EftMatchStatus.UNMATCHED,
            match_reason=None,
            version=Eft.version + 1,
        ),
    )
    if efts - given_back != eras:
        raise AssertionError(f"{efts} EFTs and {eras} ERAs were matched, {given_back} EFTs given back")
    return eras


def _count_changed(session: Session, statement: Any) -> int:
    done: CursorResult[tuple[()]] = session.execute(statement.execution_options(synchronize_session=False))  # type: ignore[assignment]  # an UPDATE
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
    more = True
    while more and (rows := session.execute(untold).all()):
        more = len(rows) == _AT_ONCE
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

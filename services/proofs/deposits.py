"""The proofs of deposits: each is the sum of its EFTs, and recorded whole or not at all (DESIGN 2.4)."""

from collections.abc import Iterator

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from models.efts import Eft, EftDeposit
from models.money_acts import MoneyAct
from models.receipts import Receipt
from models.words.acts import Act
from models.words.money import ZERO
from services.findings import Finding
from services.proofs.rows import got, sums, tell


def deposits(session: Session) -> Iterator[Finding]:
    """Each deposit is the sum of its EFTs."""
    efts = sums(Eft.amount, Eft.deposit_id)
    query = select(EftDeposit.number, EftDeposit.total, got(efts)).outerjoin(efts, efts.c.of == EftDeposit.id)
    text = "Its total is {1:.2f}, its EFTs {2:.2f}."
    return tell(session, query.where(EftDeposit.total != got(efts)), "deposit-total", text, "deposit {0}")


def recordings(session: Session) -> Iterator[Finding]:
    """A deposit with a key or receipt is recorded whole, with its date, amount and EFTs; another one not at all."""
    recorded = func.sum(case((Eft.recorded, 1), else_=0)).label("recorded")
    efts = select(Eft.deposit_id, func.count().label("count"), recorded).group_by(Eft.deposit_id).subquery()
    count, some = func.coalesce(efts.c.count, 0), func.coalesce(efts.c.recorded, 0)
    done, posted = MoneyAct.key.is_not(None), EftDeposit.posted.is_not(None)
    by_key = and_(MoneyAct.key == EftDeposit.record_key, MoneyAct.act == Act.DEPOSIT_RECORDED)
    yield from tell(
        session,
        select(EftDeposit.number, done, posted, EftDeposit.posted_amount, some, count, Receipt.number)
        .outerjoin(MoneyAct, by_key)
        .outerjoin(efts, efts.c.deposit_id == EftDeposit.id)
        .outerjoin(Receipt, and_(Receipt.id == EftDeposit.receipt_id, Receipt.for_deposit))
        .where(
            or_(
                done != posted,
                EftDeposit.posted_amount != case((posted, EftDeposit.total), else_=0),
                some != case((posted, count), else_=0),
                Receipt.id.is_not(None) != and_(posted, EftDeposit.total != ZERO),
                and_(Receipt.id.is_(None), EftDeposit.receipt_id.is_not(None)),
            )
        ),
        "deposit-recorded",
        lambda _, done, posted, amount, some, count, receipt: (
            f"It has {'a' if done else 'no'} key and {'a' if posted else 'no'} date of recording, "
            f"{amount:.2f} recorded, {some} of {count} EFTs, and {receipt or 'no'} receipt."
        ),
        "deposit {0}",
    )
    strays = select(Receipt.number).outerjoin(EftDeposit, EftDeposit.receipt_id == Receipt.id)
    strays = strays.where(Receipt.for_deposit, EftDeposit.id.is_(None))
    text = "No deposit names it as its receipt."
    yield from tell(session, strays, "deposit-recorded", text, "receipt {0}")

"""What moves a bill, and what each act may debit and credit: one table for the writer and the prover (DESIGN 2.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from models.words.acts import Act
from models.words.bills import TransactionType
from models.words.books import Account

_Accounts = frozenset[Account]


class Of(Enum):
    """What a transaction of a bill names as its cause."""

    HAND = "neither receipt nor scratch pad"
    RECEIPT = "a receipt"
    LINE = "a line of a receipt"
    PAD = "a receipt and an entry of a scratch pad's log"


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of transaction moves a bill, and where the other side of its entry goes.

    `sign` is 1 when more is owed, -1 when less, 0 when nothing moves, None for what mirrors another one.
    `against` has the accounts at the other side, by the act of the journal that enters it.
    """

    sign: int | None
    against: Mapping[Act, _Accounts]


@dataclass(frozen=True, slots=True)
class Sides:
    """The accounts that an act of the journal may debit and credit."""

    debit: _Accounts
    credit: _Accounts


#: What an act that is none of the journal's may debit and credit.
NO_SIDES: Final = Sides(frozenset(), frozenset())


def _accounts(*accounts: Account) -> _Accounts:
    return frozenset(accounts)


_RECEIVABLE: Final = _accounts(Account.RECEIVABLE)
_SUSPENSE: Final = _accounts(Account.SUSPENSE)
#: Where the money of a receipt comes from: a check, or an EFT that was recorded before.
_MONEY: Final = _accounts(Account.CASH, Account.UNAPPLIED)
_BY_HAND: Final = _accounts(Account.CONTRACTUAL, Account.OTHER_ADJUSTMENTS)

#: What is earned by a bill, or was before it came here with an old balance.
_BILLED: Final = _accounts(Account.BILLED, Account.OPENING)

_PAYMENT: Final = Kind(-1, {Act.RECEIPT_PROCESSED: _MONEY, Act.PAYMENT_LINKED: _SUSPENSE})
_PAID_OUT: Final = Kind(-1, {Act.REVERSAL_PAID: _accounts(Account.RETRACTIONS)})
_CHARGE: Final = Kind(1, {Act.CHARGE_ENTERED: _accounts(Account.INTEREST_ADMIN)})

#: Every kind of transaction that there is, by what it names as its cause.
KINDS: Final[Mapping[tuple[TransactionType, Of], Kind]] = {
    (TransactionType.ORIGINAL, Of.HAND): Kind(1, {Act.BILL_ACTIVE: _BILLED}),
    (TransactionType.INCREASE, Of.HAND): Kind(1, {Act.ADJUSTED: _BY_HAND}),
    (TransactionType.DECREASE, Of.HAND): Kind(-1, {Act.ADJUSTED: _BY_HAND}),
    (TransactionType.DECREASE, Of.PAD): Kind(-1, {Act.PENDING_DECREASE: _accounts(Account.RETRACTIONS)}),
    (TransactionType.PAYMENT_IN_PART, Of.LINE): _PAYMENT,
    (TransactionType.PAYMENT_IN_FULL, Of.LINE): _PAYMENT,
    (TransactionType.PAYMENT_IN_PART, Of.PAD): _PAID_OUT,
    (TransactionType.PAYMENT_IN_FULL, Of.PAD): _PAID_OUT,
    (TransactionType.EXEMPT, Of.RECEIPT): Kind(-1, {Act.EXEMPTED: _accounts(Account.INTEREST_ADMIN)}),
    (TransactionType.ADMIN_CHARGE, Of.HAND): _CHARGE,
    (TransactionType.INTEREST_CHARGE, Of.HAND): _CHARGE,
    (TransactionType.RE_ESTABLISH, Of.HAND): Kind(
        1, {Act.RE_ESTABLISHED: _accounts(Account.OTHER_ADJUSTMENTS)}
    ),
    (TransactionType.RE_ESTABLISH, Of.PAD): Kind(1, {Act.REVERSAL_RAISED: _accounts(Account.RETRACTIONS)}),
    (TransactionType.VOIDED, Of.HAND): Kind(
        -1, {Act.BILL_VOIDED: _accounts(Account.BILLED, Account.OPENING, Account.INTEREST_ADMIN)}
    ),
    (TransactionType.CHARGE_RAISED, Of.HAND): Kind(1, {Act.BILL_REPLACED: _BILLED}),
    (TransactionType.CHARGE_LOWERED, Of.HAND): Kind(-1, {Act.BILL_REPLACED: _BILLED}),
    (TransactionType.PAYMENT_REVERSED, Of.HAND): Kind(None, {}),
    (TransactionType.COMMENT, Of.HAND): Kind(0, {}),
}

#: Payments of a bill, in part and in full.
PAYMENTS: Final = (TransactionType.PAYMENT_IN_PART, TransactionType.PAYMENT_IN_FULL)


def _sides() -> dict[Act, Sides]:
    """What each act moves between: of the acts that move bills by their kinds, of the others as it stands here."""
    sides = {
        Act.EFT_RECORDED: Sides(_accounts(Account.CASH), _accounts(Account.UNAPPLIED)),
        Act.RECEIPT_PROCESSED: Sides(_MONEY, _SUSPENSE),
        Act.MOVED_TO_SUSPENSE: Sides(_MONEY, _SUSPENSE),
        Act.SUSPENSE_CLEARED: Sides(_SUSPENSE, _accounts(Account.CLEARED_ON_LINE)),
        Act.EFT_RETURNED: Sides(_accounts(Account.UNAPPLIED), _accounts(Account.CASH)),
    }
    for kind in KINDS.values():
        for act, others in kind.against.items():
            known = sides.get(act, NO_SIDES)
            debit, credit = (_RECEIVABLE, others) if kind.sign == 1 else (others, _RECEIVABLE)
            sides[act] = Sides(known.debit | debit, known.credit | credit)
    return sides


#: The accounts that each act of the journal debits and credits; a reversal has those of its original, exchanged.
SIDES: Final[Mapping[Act, Sides]] = _sides()

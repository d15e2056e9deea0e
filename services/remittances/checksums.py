"""The checksum of an EFT deposit: taken at receipt, compared before any money is posted (behaviour 3.2)."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Text, cast, select, type_coerce
from sqlalchemy.orm import Session

from models.dialects import by_code_point
from models.efts import Eft, EftDeposit
from models.words.money import two_decimals

#: EFTs read at a time: a deposit may hold very many.
_AT_ONCE = 1000


class DepositHead(NamedTuple):
    """What the checksum of a deposit begins with."""

    id: int
    number: str
    date: datetime.date
    total: Decimal


def deposit_checksum(session: Session, deposit: EftDeposit) -> str:
    """The checksum of a stored deposit as it is now."""
    [(_, checksum)] = checksums(
        session, [DepositHead(deposit.id, deposit.number, deposit.date, deposit.total)]
    )
    return checksum


def checksums(session: Session, deposits: Sequence[DepositHead]) -> Iterator[tuple[int, str]]:
    """The checksums of stored deposits by their ids, in the order of these.

    Each is a digest over deposit number, date, total and, of each EFT in sorted order, ACH trace, payer id,
    trace and amount, and of one without TRN the bank's file that makes it what it is.
    """
    heads = {deposit.id: deposit for deposit in deposits}
    rows = groupby(_details(session, list(heads)), key=itemgetter(0))
    waiting = next(rows, None)
    for deposit_id in sorted(heads):
        if waiting is not None and waiting[0] == deposit_id:
            yield deposit_id, _digest(heads[deposit_id], waiting[1])
            waiting = next(rows, None)
        else:
            yield deposit_id, _digest(heads[deposit_id], ())


def _digest(head: DepositHead, rows: Iterable[Any]) -> str:
    """The digest of one JSON array, made piece by piece."""
    digest = hashlib.sha256()
    digest.update(_json([head.number, head.date.isoformat(), two_decimals(head.total)])[:-1] + b",[")
    comma = b""
    for _, ach_trace, payer_id, trace, amount, bank_file in rows:
        details = [ach_trace, payer_id, trace, two_decimals(amount)]
        digest.update(comma + _json([*details, bank_file] if bank_file else details))
        comma = b","
    digest.update(b"]]")
    return digest.hexdigest()


def _json(value: list[str]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _details(session: Session, deposit_ids: Sequence[int]) -> Iterator[Any]:
    """The EFTs of deposits, sorted within each as Python sorts the tuples of their texts.

    The amounts sort as texts with two decimals: by the digits of the dollars, then by the cents.
    """
    cents = type_coerce(Eft.amount, BigInteger)
    dollars = cast(cents // 100, Text)
    return iter(
        session.execute(
            select(Eft.deposit_id, Eft.ach_trace, Eft.payer_id, Eft.trace, Eft.amount, Eft.bank_file)
            .where(Eft.deposit_id.in_(deposit_ids))
            .order_by(
                Eft.deposit_id,
                *map(by_code_point, (Eft.ach_trace, Eft.payer_id, Eft.trace, dollars)),
                cents,
                by_code_point(Eft.bank_file),
            )
            .execution_options(yield_per=_AT_ONCE)
        )
    )

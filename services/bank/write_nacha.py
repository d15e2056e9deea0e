"""Writes NACHA ACH files: batches with entries and addenda, hashes and totals, filled to blocks of ten.

Source: NACHA operating rules, appendix three. One batch is held in memory at a time, so that a file
can be of any length. Every text must be plain ASCII and fit its field; what does not is refused, never cut.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Self

_PLAIN = re.compile(r"[ -~]*\Z")
_RECORD_SIZE = 94
_BLOCKING_FACTOR = 10
_ADDENDA_TEXT = 80
_MOST_ADDENDA = 9999


class NotWritable(ValueError):
    """A value that its field in the ACH file cannot hold."""


@dataclass(frozen=True, slots=True)
class PaymentBatch:
    """The company that pays: record 5. `sec` is CCD, CTX, …; `odfi` the paying bank's first eight digits."""

    company_name: str
    company_id: str
    sec: str
    description: str
    effective: datetime.date
    odfi: str
    discretionary: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """One entry: record 6, amount in whole cents, and its addenda's text (cut into 80 characters each)."""

    transaction_code: str
    routing: str
    account: str
    cents: int
    receiver: str
    addenda: str = ""
    identification: str = ""

    @property
    def credit(self) -> bool:
        """Money comes to the receiver (second digit of the transaction code 1 to 4)."""
        return self.transaction_code[1] in "1234"


class NachaWriter:
    """Writes one ACH file; a context manager, because the file control closes it."""

    def __init__(
        self,
        stream: BinaryIO,
        *,
        destination: str,
        destination_name: str,
        origin: str,
        origin_name: str,
        created: datetime.date,
        created_time: str = "0800",
        modifier: str = "A",
        reference: str = "",
    ) -> None:
        self._stream = stream
        self._records = 0
        self._batches = 0
        self._trace = 0
        self._entries = self._hash = self._debits = self._credits = 0
        self._put(
            "101"
            + _right(destination, 10)
            + _right(origin, 10)
            + f"{created:%y%m%d}"
            + _left(created_time, 4)
            + _left(modifier, 1)
            + "094101"
            + _left(destination_name, 23)
            + _left(origin_name, 23)
            + _left(reference, 8)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()

    def batch(self, batch: PaymentBatch, payments: Iterable[Payment]) -> tuple[str, ...]:
        """Writes a batch and gives the trace numbers of its entries in order. Raises `NotWritable`."""
        self._batches += 1
        number = _number(self._batches, 7)
        odfi = _digits(batch.odfi, 8)
        body: list[str] = []
        traces: list[str] = []
        count = hashed = debits = credits = 0
        for payment in payments:
            self._trace += 1
            trace = odfi + _number(self._trace, 7)
            traces.append(trace)
            addenda = _addenda(payment.addenda, trace)
            body.append(_entry(payment, batch.sec, len(addenda), trace))
            body.extend(addenda)
            count += 1 + len(addenda)
            hashed += int(payment.routing[:8])
            debits += 0 if payment.credit else payment.cents
            credits += payment.cents if payment.credit else 0
        service = "220" if not debits else "225" if not credits else "200"
        company = _left(batch.company_id, 10)
        self._put(
            "5"
            + service
            + _left(batch.company_name, 16)
            + _left(batch.discretionary, 20)
            + company
            + _left(batch.sec, 3)
            + _left(batch.description, 10)
            + f"{batch.effective:%y%m%d}" * 2
            + "   1"
            + odfi
            + number
        )
        for record in body:
            self._put(record)
        self._put(
            "8"
            + service
            + _number(count, 6)
            + _number(hashed % 10**10, 10)
            + _number(debits, 12)
            + _number(credits, 12)
            + company
            + " " * 25
            + odfi
            + number
        )
        self._entries += count
        self._hash += hashed
        self._debits += debits
        self._credits += credits
        return tuple(traces)

    def close(self) -> None:
        """Writes the file control and fills the last block with nines."""
        blocks = -(-(self._records + 1) // _BLOCKING_FACTOR)
        self._put(
            "9"
            + _number(self._batches, 6)
            + _number(blocks, 6)
            + _number(self._entries, 8)
            + _number(self._hash % 10**10, 10)
            + _number(self._debits, 12)
            + _number(self._credits, 12)
            + " " * 39
        )
        while self._records % _BLOCKING_FACTOR:
            self._put("9" * _RECORD_SIZE)

    def _put(self, record: str) -> None:
        if len(record) != _RECORD_SIZE:
            raise NotWritable(f"a record of {len(record)} characters")
        self._stream.write(record.encode("ascii") + b"\n")
        self._records += 1


def _entry(payment: Payment, sec: str, addenda: int, trace: str) -> str:
    receiver = (
        _number(addenda, 4) + _left(payment.receiver, 16) + "  "
        if sec == "CTX"
        else _left(payment.receiver, 22)
    )
    return (
        "6"
        + _digits(payment.transaction_code, 2)
        + _digits(payment.routing, 9)
        + _left(payment.account, 17)
        + _number(payment.cents, 10)
        + _left(payment.identification, 15)
        + receiver
        + "  "
        + ("1" if addenda else "0")
        + trace
    )


def _addenda(text: str, trace: str) -> list[str]:
    pieces = [text[at : at + _ADDENDA_TEXT] for at in range(0, len(text), _ADDENDA_TEXT)]
    if len(pieces) > _MOST_ADDENDA:
        raise NotWritable("more than 9999 addenda")
    return [
        "705" + _left(piece, _ADDENDA_TEXT) + _number(at, 4) + trace[-7:]
        for at, piece in enumerate(pieces, start=1)
    ]


def _left(text: str, width: int) -> str:
    if len(text) > width or _PLAIN.match(text) is None:
        raise NotWritable(text[:40])
    return text.ljust(width)


def _right(text: str, width: int) -> str:
    return _left(text, width).strip().rjust(width)


def _digits(text: str, width: int) -> str:
    if len(text) != width or not text.isascii() or not text.isdigit():
        raise NotWritable(text[:40])
    return text


def _number(value: int, width: int) -> str:
    if value < 0 or value >= 10**width:
        raise NotWritable(str(value))
    return str(value).zfill(width)

"""The proofs of an ACH file: counts, hashes and totals of each batch (record 8) and of the file (record 9).

Source: NACHA operating rules, appendix three. The entry hash is the sum of the receiving institutions'
first eight digits, of which the last ten digits count. Amounts here are whole cents.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from models.words.money import two_decimals
from services.bank.nacha_records import BLOCKING_FACTOR, Findings, NachaRecord, digits
from services.clean import clean

_HASH_SIZE = 10**10
_CREDITS_ONLY = "220"
_DEBITS_ONLY = "225"


class Totals(NamedTuple):
    """Debits and credits in cents."""

    debits: int
    credits: int

    @classmethod
    def of_entry(cls, cents: int, credit: bool) -> "Totals":
        """The totals of a single entry."""
        return cls(0, cents) if credit else cls(cents, 0)


@dataclass(slots=True)
class _Sums:
    records: int = 0
    hash: int = 0
    debits: int = 0
    credits: int = 0

    def add(self, other: "_Sums") -> None:
        self.records += other.records
        self.hash += other.hash
        self.debits += other.debits
        self.credits += other.credits


class Proof:
    """Follows the records of an ACH file and compares every control with what really stood there.

    `holds` stays True as long as every header and control is there and every figure agrees.
    """

    def __init__(self, findings: Findings) -> None:
        self.holds = True
        self._findings = findings
        self._header_seen = False
        self._need_header_said = False
        self._header: NachaRecord | None = None
        self._control_seen = False
        self._batch_header: NachaRecord | None = None
        self._in_batch = False
        self._orphans = False
        self._batch = _Sums()
        self._file = _Sums()
        self._batches = 0
        self._records = 0
        self._fillers = 0

    def _wrong(self, code: str, text: str, record: int = 0) -> None:
        self.holds = False
        self._findings.say(code, text, record)

    def filler(self) -> None:
        """A record of nines that only fills the last block."""
        self._fillers += 1

    def unknown(self) -> None:
        """A record of no known kind: it counts for the blocks."""
        self._records += 1

    def need_header(self, record: NachaRecord) -> None:
        """Every other record must come after a file header and before the file control."""
        if self._header_seen and not self._control_seen:
            return
        if self._control_seen and record.text[0] != "9" and not self._need_header_said:
            self._wrong("after-control", "Records follow the file control (record 9).", record.number)
        elif not self._control_seen and not self._need_header_said:
            self._wrong(
                "no-file-header", "The file does not begin with a file header (record 1).", record.number
            )
        self._need_header_said = True

    def file_header(self, record: NachaRecord) -> None:
        """Record 1. A second file in the same stream is proven by itself."""
        if self._control_seen:
            self._findings.say(
                "several-files", "Another ACH file begins here; it is read too.", record.number
            )
            self._file, self._batches, self._records, self._fillers = _Sums(), 0, 0, 0
            self._control_seen = False
            self._need_header_said = False
        elif self._header_seen or self._records:
            self._wrong(
                "file-header-place",
                "A file header (record 1) stands in the middle of the file.",
                record.number,
            )
        self._header_seen = True
        self._records += 1
        if record.columns(35, 40) != "094101":
            self._wrong(
                "record-size",
                f"The file header states the format '{clean(record.columns(35, 40))}' instead of 094101.",
                record.number,
            )

    def batch_header(self, record: NachaRecord) -> None:
        """Record 5."""
        self._records += 1
        self._close_unproven(record)
        self._batch_header = record
        self._in_batch = True
        self._batches += 1
        if record.columns(2, 4) not in ("200", "220", "225", "280"):
            self._wrong(
                "service-class",
                f"The service class '{clean(record.columns(2, 4))}' is not one of NACHA's.",
                record.number,
            )
        if record.columns(51, 53) == "ADV":
            self._wrong(
                "accounting-advice",
                "The batch is an accounting advice (ADV), whose amounts are not read.",
                record.number,
            )

    def entry(self, record: NachaRecord, totals: Totals | None, institution: int | None) -> None:
        """Record 6 with its amount in cents (None: unreadable) and its receiving bank's eight digits."""
        self._records += 1
        self._batch.records += 1
        if totals is None:
            self.holds = False
            totals = Totals(0, 0)
        self._batch.debits += totals.debits
        self._batch.credits += totals.credits
        if institution is None:
            self._wrong(
                "bad-routing",
                f"The receiving bank '{clean(record.columns(4, 11))}' is not eight digits.",
                record.number,
            )
        else:
            self._batch.hash += institution
        if not self._in_batch:
            self._orphans = True
        elif self._batch_header is not None:
            service = self._batch_header.columns(2, 4)
            if (service == _CREDITS_ONLY and totals.debits) or (service == _DEBITS_ONLY and totals.credits):
                self._wrong(
                    "service-class",
                    f"The entry does not belong in a batch of service class {service}.",
                    record.number,
                )

    def addendum(self) -> None:
        """Record 7."""
        self._records += 1
        self._batch.records += 1

    def batch_control(self, record: NachaRecord) -> None:
        """Record 8: count, hash and totals of the batch."""
        self._records += 1
        if not self._in_batch:
            self._wrong(
                "no-batch-header",
                "A batch control (record 8) stands without its batch header (record 5).",
                record.number,
            )
        else:
            self._same_batch(record)
        sums = self._batch
        self._compare(record, (5, 10), sums.records, "entry-count", "entries and addenda in the batch")
        self._compare(record, (11, 20), sums.hash % _HASH_SIZE, "entry-hash", "entry hash of the batch")
        self._compare(record, (21, 32), sums.debits, "batch-debits", "debits of the batch", money=True)
        self._compare(record, (33, 44), sums.credits, "batch-credits", "credits of the batch", money=True)
        self._file.add(sums)
        self._batch = _Sums()
        self._batch_header, self._in_batch, self._orphans = None, False, False

    def _same_batch(self, record: NachaRecord) -> None:
        header = self._batch_header
        if header is None:
            return
        if header.columns(2, 4) != record.columns(2, 4):
            self._wrong(
                "service-class",
                "Batch header and batch control state different service classes.",
                record.number,
            )
        if header.columns(88, 94) != record.columns(88, 94):
            self._wrong(
                "batch-number", "Batch header and batch control have different batch numbers.", record.number
            )

    def file_control(self, record: NachaRecord) -> None:
        """Record 9: counts, hash and totals of the file."""
        if self._control_seen:
            self._wrong(
                "file-control-again", "A second file control (record 9) stands in the file.", record.number
            )
            return
        self._records += 1
        self._close_unproven(record)
        self._control_seen = True
        self._need_header_said = False
        sums = self._file
        blocks = -(-self._records // BLOCKING_FACTOR)
        self._compare(record, (2, 7), self._batches, "batch-count", "batches in the file")
        self._compare(record, (8, 13), blocks, "block-count", "blocks in the file")
        self._compare(record, (14, 21), sums.records, "file-entry-count", "entries and addenda in the file")
        self._compare(record, (22, 31), sums.hash % _HASH_SIZE, "file-hash", "entry hash of the file")
        self._compare(record, (32, 43), sums.debits, "file-debits", "debits of the file", money=True)
        self._compare(record, (44, 55), sums.credits, "file-credits", "credits of the file", money=True)

    def end(self) -> None:
        """The end of the stream: what is still open was never proven."""
        if not self._header_seen and not self._need_header_said:
            self._wrong("no-file-header", "The file does not begin with a file header (record 1).")
        if not self._control_seen:
            self._close_unproven(None)
            self._wrong(
                "no-file-control",
                "The file ends without a file control (record 9); nothing proves it is whole.",
            )
        elif self._orphans or self._in_batch:
            self._close_unproven(None)

    def _close_unproven(self, record: NachaRecord | None) -> None:
        """A batch that ends without its record 8."""
        if self._in_batch or self._orphans:
            self._wrong(
                "no-batch-control",
                "The entries before this have no batch control (record 8) that proves them.",
                record.number if record is not None else 0,
            )
        self._file.add(self._batch)
        self._batch = _Sums()
        self._batch_header, self._in_batch, self._orphans = None, False, False

    def _compare(
        self,
        record: NachaRecord,
        columns: tuple[int, int],
        actual: int,
        code: str,
        what: str,
        *,
        money: bool = False,
    ) -> None:
        raw = record.columns(*columns)
        stated = digits(raw)
        if stated is None:
            self._wrong("bad-count", f"The {what} '{clean(raw)}' are not digits.", record.number)
        elif stated != actual:
            said, found = (_dollars(stated), _dollars(actual)) if money else (str(stated), str(actual))
            self._wrong(code, f"The control states {said} as {what}, the file holds {found}.", record.number)


def _dollars(cents: int) -> str:
    return two_decimals(Decimal(cents).scaleb(-2))

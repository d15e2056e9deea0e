"""Bills from a comma-separated list, for sites whose billing system writes no 837.

The first row names the columns, in any order and in any case; further columns are passed over. UTF-8 (with
or without a mark at its start) or Latin-1; commas, quoted as RFC 4180 has it.

    bill_number   the bill's number, with or without station prefix (required; 20 characters at most)
    patient_name  LAST,FIRST M (required)
    member_id     the patient's number with the payer
    payer_name    (required)
    payer_id      the payer's number as in its remittances
    rate_type     the rate type's name; empty: REIMBURSABLE INS.
    service_from  first day of service, 2026-10-01 or 10/01/2026 (required)
    service_to    last day of service; empty: service_from
    charge        dollars billed, 1234.56, greater than zero, no thousands separators (required)
    balance       dollars still owed; empty: the charge. Neither negative nor above the charge
"""

import csv
import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from models.words.money import ZERO, BadAmount, money
from services.clean import clean
from services.findings import Finding

COLUMNS = (
    *("bill_number", "patient_name", "member_id", "payer_name", "payer_id", "rate_type"),
    *("service_from", "service_to", "charge", "balance"),
)
REQUIRED = ("bill_number", "patient_name", "payer_name", "service_from", "charge")
DEFAULT_RATE_TYPE = "REIMBURSABLE INS."

#: Findings of a list that say of rows that they are left out.
LEFT_OUT = frozenset(
    {
        *("no-header", "no-column", "column-twice", "bad-csv", "rows-left-out"),
        *("bad-row", "no-value", "bad-date", "bad-amount", "bad-number"),
    }
)

_LONGEST_NUMBER = 20
#: Characters of one row, all its lines together; a field of a row cannot be longer either.
_LONGEST_ROW = 65_536
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\Z")
_US_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\Z")


@dataclass(frozen=True, slots=True)
class CsvBill:
    """One bill of the list; amounts in dollars, `row` counted from 1 with the heading as row 1."""

    row: int
    bill_number: str
    patient_name: str
    member_id: str
    payer_name: str
    payer_id: str
    rate_type: str
    service_from: datetime.date
    service_to: datetime.date
    charge: Decimal
    balance: Decimal


#: What is said of a file of no kind that is read here.
NO_KNOWN_FILE = Finding(
    "no-known-file",
    "This is neither X12 nor a bank's ACH file nor a bills CSV; a bills CSV begins with the names of its columns, "
    f"separated by commas, these among them: {', '.join(REQUIRED)}.",
)


def looks_like_bills_csv(head: bytes) -> bool:
    """Says whether a file's first row names the columns of a list of bills."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").splitlines()[:1]
    if not first:
        return False
    named = {name.strip(b' \t"').lower() for name in first[0].split(b",")}
    return {name.encode("ascii") for name in REQUIRED} <= named


def read_bills_csv(stream: BinaryIO) -> Iterator[CsvBill | Finding]:
    """Reads a list of bills row by row; a row that cannot be read is a finding with its number and is left
    out.

    Codes: `no-header`, `no-column`, `column-twice` (nothing is read after these), `bad-row`, `no-value`,
    `bad-date`, `bad-amount`, `bad-number`, `bad-csv` (nothing can be read after it).
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    lines = _Lines(text)
    rows = _rows(lines)
    number = 0
    try:
        heading = next((row for row in rows if any(cell.strip() for cell in row)), None)
        names = [cell.strip().lower() for cell in heading or ()]
        trouble = _heading_trouble(names)
        if trouble is not None:
            yield trouble
            return
        number = 1
        for number, row in enumerate(rows, start=2):
            if any(cell.strip() for cell in row):
                yield _bill(number, names, row)
    except (csv.Error, _TooLong):
        told = f"{lines.trouble()} The rows from this one on were not read: mend it and bring the list again."
        yield Finding("bad-csv", told, f"row {number + 1}")
    finally:
        # The caller's stream must stay open when the wrapper goes.
        text.detach()


class _TooLong(Exception):
    """A row is longer than any list of bills has one."""


class _Lines:
    """The lines of a list, handed to the reader of rows one by one, never more than a row's worth of memory."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._row = 0  # characters of the row at hand so far
        self._too_long = False
        self._ended = False

    def begin_row(self) -> None:
        """Says that what comes next is another row."""
        self._row = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(_LONGEST_ROW + 1):
            self._row += len(line)
            if self._row > _LONGEST_ROW:
                self._too_long = True
                raise _TooLong
            yield line
        self._ended = True

    def trouble(self) -> str:
        """Why the rows cannot be taken apart any further, in a sentence."""
        if self._too_long:
            return (
                f'The row has more than {_LONGEST_ROW} characters; is a closing quotation mark (") missing?'
            )
        if self._ended:
            return 'A quotation mark (") is opened and not closed before the list ends.'
        return (
            'Behind a closing quotation mark (") stands something else than a comma; a quotation mark within'
            " a field is written twice."
        )


def _rows(lines: _Lines) -> Iterator[list[str]]:
    for row in csv.reader(lines, strict=True):
        lines.begin_row()
        yield row


def _heading_trouble(names: list[str]) -> Finding | None:
    if not names:
        return Finding("no-header", "The file holds no row that names the columns.")
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        return Finding("no-column", f"The heading lacks: {', '.join(missing)}.", "row 1")
    twice = sorted({name for name in names if name in COLUMNS and names.count(name) > 1})
    if twice:
        return Finding("column-twice", f"The heading names twice: {', '.join(twice)}.", "row 1")
    return None


class _BadRow(Exception):
    """Carries what is wrong with a row up to where it becomes a finding."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def _bill(number: int, names: list[str], row: list[str]) -> CsvBill | Finding:
    try:
        if len(row) != len(names):
            raise _BadRow("bad-row", f"The row has {len(row)} fields, the heading {len(names)}.")
        cells = {name: _cell(cell) for name, cell in zip(names, row, strict=True)}
        for name in REQUIRED:
            if not cells[name]:
                raise _BadRow("no-value", f"The row has no {name}.")
        bill_number = cells["bill_number"].upper()
        if len(bill_number) > _LONGEST_NUMBER:
            raise _BadRow("bad-number", f"The bill number has more than {_LONGEST_NUMBER} characters.")
        service_from = _date("service_from", cells["service_from"])
        last_day = cells.get("service_to", "")
        service_to = _date("service_to", last_day) if last_day else service_from
        if service_to < service_from:
            raise _BadRow("bad-date", "The service ends before it begins.")
        charge = _amount("charge", cells["charge"])
        if charge <= ZERO:
            raise _BadRow("bad-amount", "The charge is not greater than zero.")
        left = cells.get("balance", "")
        balance = _amount("balance", left) if left else charge
        if not ZERO <= balance <= charge:
            raise _BadRow("bad-amount", "The balance is negative or greater than the charge.")
    except _BadRow as bad:
        return Finding(bad.code, f"{bad} The row is left out.", f"row {number}")
    return CsvBill(
        row=number,
        bill_number=bill_number,
        patient_name=cells["patient_name"],
        member_id=cells.get("member_id", ""),
        payer_name=cells["payer_name"],
        payer_id=cells.get("payer_id", ""),
        rate_type=cells.get("rate_type", "").upper() or DEFAULT_RATE_TYPE,
        service_from=service_from,
        service_to=service_to,
        charge=charge,
        balance=balance,
    )


def _cell(text: str) -> str:
    """A field as clean text; bytes that are no UTF-8 are taken for Latin-1."""
    if not text.isascii():
        raw = text.encode("utf-8", "surrogateescape")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
    return clean(text.strip())


def _amount(name: str, text: str) -> Decimal:
    try:
        return money(text)
    except BadAmount:
        raise _BadRow("bad-amount", f"The {name} '{text[:20]}' is not an amount like 1234.56.") from None


def _date(name: str, text: str) -> datetime.date:
    iso, other = _ISO_DATE.match(text), _US_DATE.match(text)
    try:
        if iso is not None:
            return datetime.date(int(iso[1]), int(iso[2]), int(iso[3]))
        if other is not None:
            return datetime.date(int(other[3]), int(other[1]), int(other[2]))
    except ValueError:
        pass
    raise _BadRow("bad-date", f"The {name} '{text[:20]}' is not a date like 2026-10-01.")

"""`lockbox validate`: judging a file without filing anything: its guide, and the balance on three levels."""

import hashlib
import io
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from services.bank.bai2 import looks_like_bai2
from services.bank.nacha import looks_like_nacha, prove_nacha
from services.bills.bills_csv import CsvBill, looks_like_bills_csv, read_bills_csv
from services.clean import clean
from services.errors import LockboxError
from services.findings import Finding
from services.intake.beginning import EMPTY, beginning
from services.intake.sets import comparable
from services.intake.unfileable import without_sets
from services.remittances.document import BALANCE_CODES, BalanceView
from services.x12.acknowledgement import AcknowledgementEnd, ClaimAcknowledgement
from services.x12.billing import BilledClaim, BillingEnd
from services.x12.conformity import guide_of, judge, wrapped
from services.x12.envelope import TransactionSet
from services.x12.identify import x12_kind
from services.x12.read_277ca import read_277ca
from services.x12.read_835 import read_835
from services.x12.read_837 import read_837
from services.x12.remittance import ProviderLevelAdjustment, RemittanceSummary
from services.x12.segments import read_sets

Progress = Callable[[int, int], None]

_Part = BilledClaim | BillingEnd | ClaimAcknowledgement | AcknowledgementEnd

#: Findings kept of one set or file; a hostile one may cause millions.
MOST_FINDINGS = 1000

#: Bills of a list that later rows are compared with; a longer list than any site's would fill the memory.
_MOST_COMPARED = 200_000

#: The row that gave a bill first, and `_data` of it.
_Given = tuple[int, int]

#: The station in front of a bill number: `442-`, `528A8-`.
_PREFIX = re.compile(r"\A[0-9]{3}([A-Z][0-9A-Z]{0,3})?-")


@dataclass(frozen=True, slots=True)
class SetJudgement:
    """What was found in one set; `balance` is of an 835 only, `guide` is empty when none is known."""

    control: str
    kind: str
    guide: str
    balance: BalanceView | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FileJudgement:
    """What was found in one file; `valid` when nothing was."""

    file: str
    kind: str
    sha256: str
    valid: bool
    sets: tuple[SetJudgement, ...]
    findings: tuple[Finding, ...]


def judge_file(path: Path, progress: Progress | None = None) -> FileJudgement:
    """Judges one file of any kind that Lockbox knows; raises `LockboxError` when it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise LockboxError(f"{clean(str(path))} is not a file.")
        with path.open("rb") as stream:
            return _judge(path, stream, progress)
    except OSError as error:
        raise LockboxError(f"{clean(str(path))} cannot be read: {error.strerror or error}.") from error


def _judge(path: Path, stream: io.BufferedReader, progress: Progress | None) -> FileJudgement:
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    head = beginning(stream)
    name, findings = clean(path.name), list[Finding]()
    kind, sets = "unknown", tuple[SetJudgement, ...]()
    if not head:
        findings.append(EMPTY)
    elif looks_like_nacha(head):
        kind = "ACH"
        findings += prove_nacha(stream).findings
    elif looks_like_bai2(head):
        kind = "BAI2"
        findings.append(Finding("not-in-this-release", "BAI2 files are recognised but not judged."))
    elif looks_like_bills_csv(head):
        kind = "BILLS-CSV"
        findings += _list_findings(stream)
    else:
        sets = _sets(stream, findings, progress)
        kind = sets[0].kind if sets else "unknown"
        if not sets:
            findings[:0] = without_sets(findings)
    valid = not findings and not any(judged.findings for judged in sets)
    return FileJudgement(name, kind, digest, valid, sets, tuple(findings[:MOST_FINDINGS]))


def _list_findings(stream: io.BufferedReader) -> Iterator[Finding]:
    """What is wrong with a list of bills: rows that cannot be read, and bills that an earlier row gives already.

    Whose number is meant without a station's prefix only the site knows, and no store is asked here.
    """
    given, prefixed = dict[str, _Given](), dict[str, str]()
    for row in read_bills_csv(stream):
        if isinstance(row, Finding):
            yield row
            continue
        number = row.bill_number
        bare = _PREFIX.sub("", number)
        other = number if number in given else bare if bare in given else prefixed.get(number, "")
        if other:
            yield _given_before(row, other, given[other])
        elif len(given) < _MOST_COMPARED:
            given[number] = row.row, _data(row)
            if bare != number:
                prefixed.setdefault(bare, number)


def _data(row: CsvBill) -> int:
    """What two rows of one bill have to have alike, small enough to be kept of a long list."""
    payer = comparable(row.payer_id or row.payer_name)
    return hash((row.charge, row.service_from, row.service_to, payer))


def _given_before(row: CsvBill, other: str, given: _Given) -> Finding:
    number, (first, data) = row.bill_number, given
    if number == other:
        named = f"Bill {number} is that of row {first}"
    else:
        station = max(number, other, key=len).partition("-")[0]
        named = f"At station {station} bill {number} is bill {other} of row {first}"
    where = f"row {row.row}"
    if _data(row) == data:
        return Finding("duplicate-bill", f"{named}; it is filed once.", where)
    return Finding("bill-differs", f"{named}, with other data; only the first of them is filed.", where)


def _sets(
    stream: io.BufferedReader, findings: list[Finding], progress: Progress | None
) -> tuple[SetJudgement, ...]:
    """Reads the file twice: once for what the sets say and whether it adds up, once for the judge."""
    told = [_told(read) for read in read_sets(stream, findings)]
    stream.seek(0)
    judged = []
    for position, (read, (kind, balance, said)) in enumerate(
        zip(read_sets(stream, []), told, strict=True), start=1
    ):
        guide, control = guide_of(read), clean(read.control, 20)
        verdict = judge(wrapped(read)).findings
        judged.append(SetJudgement(control, kind, guide, balance, (*said, *verdict)[:MOST_FINDINGS]))
        if progress is not None:
            progress(position, len(told))
    return tuple(judged)


def _told(read: TransactionSet) -> tuple[str, BalanceView | None, tuple[Finding, ...]]:
    """A set's kind, its balance if it is an 835, and what its reader found."""
    kind = x12_kind(read)
    said: list[Finding] = []
    balance = None
    if kind == "835":
        balance = _balance(read, said)
    elif kind in ("837P", "837I", "837D"):
        _gather(said, read_837(read))
    elif kind == "277CA":
        _gather(said, read_277ca(read))
    else:
        for _ in read.segments:
            pass
    return kind, balance, (*read.findings, *said)


def _gather(said: list[Finding], parts: Iterable[_Part]) -> None:
    """Keeps the findings of claims and of the end of a set, and says so when the end is missing."""
    for part in parts:
        if len(said) < MOST_FINDINGS:
            said += part.findings
        if isinstance(part, (BillingEnd, AcknowledgementEnd)) and not part.complete:
            said.append(Finding("cut", "The set ends before its SE segment."))


def _balance(read: TransactionSet, said: list[Finding]) -> BalanceView:
    summary: RemittanceSummary | None = None
    for part in read_835(read):
        if isinstance(part, ProviderLevelAdjustment):
            continue
        if len(said) < MOST_FINDINGS:
            said += part.findings
        if isinstance(part, RemittanceSummary):
            summary = part
    assert summary is not None
    if not summary.complete:
        said.append(Finding("cut", "The set ends before its SE segment."))
    return BalanceView(
        lines=summary.lines_balanced,
        claims=summary.claims_balanced,
        transaction=summary.balanced,
        findings=tuple(finding for finding in said if finding.code in BALANCE_CODES),
    )

"""What a bank's ACH file says: the EFTs to take and the other entries, every count, total and hash proven.

Entries are given one by one, so that a file may be of any size; only its end tells whether it is proven.
Source: NACHA operating rules, appendix three (records 1, 5, 6, 7, 8, 9; fixed columns counted from 1).
The proofs stand in `services.bank.nacha_proof`, the dividing into records in `services.bank.nacha_records`.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import BinaryIO

from models.words.money import ZERO
from services.bank.ach import AchBatch, AchEntry, AchFile, NotClaimPayments
from services.bank.nacha_judgement import CLAIM_CLASSES, judge_entry
from services.bank.nacha_proof import Proof, Totals
from services.bank.nacha_records import FILLER, RECORD_SIZE, Findings, NachaRecord, digits, records
from services.bank.reassociation import embedded_interchange, read_trn, trn_of_interchange
from services.clean import clean

__all__ = [
    "AchBatch",
    "AchEntry",
    "AchFile",
    "NotClaimPayments",
    "looks_like_nacha",
    "prove_nacha",
    "read_nacha",
]

HEALTHCARE_PAYMENT = "HCCLAIMPMT"
_LIVE_CREDITS = frozenset({"22", "32"})
#: Zero-dollar credits to a checking and to a savings account, made to carry remittance data.
_ZERO_DOLLAR = frozenset({"24", "34"})
_PRENOTES = frozenset({"23", "28", "33", "38", "43", "48", "53"})
_CREDIT_KINDS = "1234"
#: The addenda that NACHA allows an entry (four digits of sequence number).
MOST_ADDENDA = 9999
_HEADERLESS = re.compile(rb"5(?:200|220|225|280).{46}[A-Z]{3}", re.DOTALL)


def looks_like_nacha(head: bytes) -> bool:
    """Says whether a file's first bytes are ACH: a record 1, or a record 5 that lost its file header."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \r\n\t")
    if start[:3] == b"101" and start[34:37] == b"094":
        return True
    return _HEADERLESS.match(start) is not None


def read_nacha(stream: BinaryIO) -> Iterator[AchEntry | AchFile]:
    """Reads an ACH file: its entries in order, and last, once, what it says as a whole.

    No entry stands for money before that end says that the file is proven. Whatever is wrong becomes a
    finding with the number of its record. Memory does not grow with the file.

    Codes of the proofs: `no-file-header`, `file-header-place`, `record-size`, `no-batch-header`,
    `no-batch-control`, `no-file-control`, `file-control-again`, `after-control`, `service-class`,
    `batch-number`, `bad-routing`, `entry-count`, `entry-hash`, `batch-debits`, `batch-credits`,
    `batch-count`, `block-count`, `file-entry-count`, `file-hash`, `file-debits`, `file-credits`,
    `bad-count`, `accounting-advice`; of entries: `bad-amount`, `bad-code`, `bad-date`, `zero-amount`,
    `zero-dollar`, `prenote`, `return`, `correction`, `debit`, `no-trace`, `bad-trn`, `trn-terminator`,
    `no-effective-date`, `entry-outside-batch`, `addenda-missing`, `addenda-indicator`,
    `addenda-sequence`, `addenda-trace`, `addenda-count`, `addenda-alone`, `addenda-too-many`; of records:
    `long-record`, `short-record`, `unknown-record`, `several-files`.
    """
    findings = Findings()
    reading = _Reading(findings)
    for record in records(stream, findings):
        entry = reading.take(record)
        if entry is not None:
            yield entry
    last = reading.close_entry()
    if last is not None:
        yield last
    yield reading.end()


def prove_nacha(stream: BinaryIO) -> AchFile:
    """Reads an ACH file to its end for what it says as a whole: whether it is proven, and its findings."""
    told: AchFile | None = None
    for part in read_nacha(stream):
        if isinstance(part, AchFile):
            told = part
    assert told is not None
    return told


@dataclass(slots=True)
class _OpenEntry:
    """An entry while its addenda come: `payment` are the first of type 05, `special` the first 98 and 99."""

    record: NachaRecord
    batch: AchBatch
    amount: Decimal | None
    addenda: int = 0
    payment: list[NachaRecord] = field(default_factory=list)
    special: dict[str, NachaRecord] = field(default_factory=dict)


_NO_BATCH = AchBatch(0, "", "", "", "", "", "", None, "", "", "", None, "")
_NO_DATE = " 0"


class _Reading:
    """The state while an ACH file is read record by record."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.proof = Proof(findings)
        self.header: NachaRecord | None = None
        self.created: datetime.date | None = None
        self.modifier = ""
        self.batch = _NO_BATCH
        self.entry: _OpenEntry | None = None
        self.payments = self.remittances = self.returns = self.debits = self.others = 0
        self.paid = self.other_credits = self.other_debits = ZERO

    def take(self, record: NachaRecord) -> AchEntry | None:
        """Takes the next record; gives the entry that it ends, if it ends one."""
        if record.text == FILLER:
            self.proof.filler()
            return None
        kind = record.text[0]
        ended = self.close_entry() if kind != "7" else None
        if kind == "1":
            self.proof.file_header(record)
            self.header = self.header or record
            self.created, self.modifier = _yymmdd(record.columns(24, 29)), _text(record, 34, 34)
            return ended
        self.proof.need_header(record)
        if kind == "5":
            self.proof.batch_header(record)
            self.batch = self._batch(record)
        elif kind == "6":
            self._open_entry(record)
        elif kind == "7":
            self._addendum(record)
        elif kind == "8":
            self.proof.batch_control(record)
            self.batch = _NO_BATCH
        elif kind == "9":
            self.proof.file_control(record)
            self.batch = _NO_BATCH
        else:
            self.proof.unknown()
            self.findings.say(
                "unknown-record",
                f"The record begins with '{clean(kind)}', which no ACH record does; it is not read.",
                record.number,
            )
        return ended

    def end(self) -> AchFile:
        self.proof.end()
        head = self.header or NachaRecord(0, " " * RECORD_SIZE)
        if self.header is not None:
            self._date(head.columns(24, 29), "file creation date", head)
        return AchFile(
            destination=_text(head, 4, 13),
            origin=_text(head, 14, 23),
            destination_name=_text(head, 41, 63),
            origin_name=_text(head, 64, 86),
            created=_yymmdd(head.columns(24, 29)),
            created_time=_text(head, 30, 33),
            modifier=_text(head, 34, 34),
            reference=_text(head, 87, 94),
            payments=self.payments,
            paid=self.paid,
            remittances=self.remittances,
            returns=self.returns,
            debits=self.debits,
            others=NotClaimPayments(self.others, self.other_credits, self.other_debits),
            proven=self.proof.holds,
            findings=self.findings.all(),
        )

    def _count(self, entry: AchEntry) -> None:
        self.returns += entry.returned
        self.debits += not entry.credit
        self.remittances += entry.remittance is not None
        if entry.claim_payment:
            self.payments += 1
            self.paid += entry.amount or ZERO
            return
        self.others += 1
        if entry.credit:
            self.other_credits += entry.amount or ZERO
        else:
            self.other_debits += entry.amount or ZERO

    def _date(self, text: str, what: str, record: NachaRecord) -> datetime.date | None:
        date = _yymmdd(text)
        if date is None and text.strip(_NO_DATE):
            self.findings.say("bad-date", f"The {what} '{clean(text)}' is not a date.", record.number)
        return date

    def _batch(self, record: NachaRecord) -> AchBatch:
        return AchBatch(
            record=record.number,
            number=_text(record, 88, 94),
            sec=_text(record, 51, 53).upper(),
            company_name=_text(record, 5, 20),
            company_id=_text(record, 41, 50),
            description=_text(record, 54, 63),
            descriptive_date=_text(record, 64, 69),
            effective=self._date(record.columns(70, 75), "effective entry date", record),
            originator_status=_text(record, 79, 79),
            originating_dfi=_text(record, 80, 87),
            service_class=_text(record, 2, 4),
            created=self.created,
            modifier=self.modifier,
        )

    def _open_entry(self, record: NachaRecord) -> None:
        code = record.columns(2, 3)
        credit = code[1] in _CREDIT_KINDS
        if digits(code) is None:
            self.findings.say(
                "bad-code", f"The transaction code '{clean(code)}' is not a number.", record.number
            )
        raw = record.columns(30, 39)
        cents = digits(raw)
        if cents is None:
            self.findings.say(
                "bad-amount",
                f"The amount '{clean(raw)}' is not ten digits; the entry is listed, but not taken as an EFT.",
                record.number,
            )
        self.proof.entry(
            record, None if cents is None else Totals.of_entry(cents, credit), digits(record.columns(4, 11))
        )
        self.entry = _OpenEntry(record, self.batch, None if cents is None else Decimal(cents).scaleb(-2))

    def _addendum(self, record: NachaRecord) -> None:
        self.proof.addendum()
        if self.entry is None:
            self.findings.say(
                "addenda-alone", "The addenda record follows no entry; it is not read.", record.number
            )
            return
        self.entry.addenda += 1
        kind = record.columns(2, 3)
        if kind == "05":
            if len(self.entry.payment) < MOST_ADDENDA:
                self.entry.payment.append(record)
        elif kind in ("98", "99"):
            self.entry.special.setdefault(kind, record)

    def close_entry(self) -> AchEntry | None:
        """Ends the entry whose addenda have all come, and judges it; None when none is open."""
        if self.entry is None:
            return None
        opened, self.entry = self.entry, None
        entry = self._entry(opened)
        judge_entry(entry, self.findings)
        self._count(entry)
        return entry

    def _entry(self, opened: _OpenEntry) -> AchEntry:
        record, batch = opened.record, opened.batch
        code = clean(record.columns(2, 3))
        kind = next((kind for kind in ("99", "98") if kind in opened.special), "05" if opened.payment else "")
        payment = self._payment_addenda(opened)
        special = opened.special.get(kind)
        texts = [addendum.columns(4, 83) for addendum in payment]
        embedded = embedded_interchange(texts)
        joined = "".join(texts).rstrip()
        trn = trn_of_interchange(embedded) if embedded is not None else read_trn(joined)
        described = batch.description.upper() == HEALTHCARE_PAYMENT
        credit = code[1:2] in _CREDIT_KINDS
        pays_claims = batch.sec in CLAIM_CLASSES and kind not in ("98", "99")
        claim_payment = (
            code in _LIVE_CREDITS
            and pays_claims
            and opened.amount is not None
            and (trn is not None or described)
        )
        ctx, iat = batch.sec == "CTX", batch.sec == "IAT"
        self._count_addenda(opened, ctx=ctx, iat=iat)
        return AchEntry(
            record=record.number,
            batch=batch,
            transaction_code=code,
            credit=credit,
            receiving_dfi=_text(record, 4, 12),
            account=_text(record, 40, 74) if iat else _text(record, 13, 29),
            amount=opened.amount,
            identification="" if iat else _text(record, 40, 54),
            receiver="" if iat else _text(record, 59, 74) if ctx else _text(record, 55, 76),
            ach_trace=_text(record, 80, 94),
            addenda=clean(joined, 800_000),
            addenda_count=opened.addenda,
            addenda_type=kind,
            return_code=_text(special, 4, 6) if special is not None and kind == "99" else "",
            change_code=_text(special, 4, 6) if special is not None and kind == "98" else "",
            original_trace=_text(special, 7, 21) if special is not None else "",
            trn=trn,
            embedded=embedded,
            claim_payment=claim_payment,
            prenote=code in _PRENOTES,
            zero_dollar=code in _ZERO_DOLLAR and pays_claims,
        )

    def _payment_addenda(self, opened: _OpenEntry) -> list[NachaRecord]:
        """The 05 addenda in the order of their sequence numbers, which must be 1, 2, 3 and so on."""
        payment = opened.payment
        numbers = [digits(addendum.columns(84, 87)) for addendum in payment]
        if numbers != list(range(1, len(payment) + 1)):
            self.findings.say(
                "addenda-sequence",
                "The addenda records are not numbered 1, 2, 3 in order; their text may be incomplete.",
                opened.record.number,
            )
            payment.sort(key=lambda addendum: digits(addendum.columns(84, 87)) or 0)
        tail = opened.record.columns(88, 94)
        for addendum in payment:
            if addendum.columns(88, 94) != tail:
                self.findings.say(
                    "addenda-trace",
                    "The addenda record carries the number of another entry than the one it stands under.",
                    addendum.number,
                )
        return payment

    def _count_addenda(self, opened: _OpenEntry, *, ctx: bool, iat: bool) -> None:
        record, count = opened.record, opened.addenda
        if count > MOST_ADDENDA:
            self.findings.say(
                "addenda-too-many",
                f"{count} addenda records follow the entry; NACHA allows {MOST_ADDENDA}, and only so many are read.",
                record.number,
            )
        announced = record.columns(79, 79)
        if announced == "1" and not count:
            self.findings.say(
                "addenda-missing", "The entry announces addenda, but none follow.", record.number
            )
        elif announced != "1" and count:
            self.findings.say(
                "addenda-indicator", "The entry announces no addenda, but some follow.", record.number
            )
        if ctx or iat:
            stated = record.columns(55, 58) if ctx else record.columns(13, 16)
            if digits(stated) != count:
                self.findings.say(
                    "addenda-count",
                    f"The entry states '{clean(stated)}' addenda records, {count} follow.",
                    record.number,
                )


def _text(record: NachaRecord, first: int, last: int) -> str:
    return clean(record.columns(first, last).strip())


def _yymmdd(text: str) -> datetime.date | None:
    """Reads YYMMDD; the century is 20, ACH being younger than that in practice. None when it is no date."""
    if text.strip(_NO_DATE) and digits(text) is not None:
        try:
            return datetime.date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
        except ValueError:
            pass
    return None

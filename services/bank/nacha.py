"""What a bank's ACH file says: the EFTs to take and the other entries, every count, total and hash proven.

Source: NACHA operating rules, appendix three (records 1, 5, 6, 7, 8, 9; fixed columns counted from 1).
The proofs stand in `services.bank.nacha_proof`, the dividing into records in `services.bank.nacha_records`.
"""

import datetime
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import BinaryIO

from models.money import ZERO, two_decimals
from services.bank.ach import AchBatch, AchEntry, AchFile, NotClaimPayments
from services.bank.nacha_proof import Proof, Totals
from services.bank.nacha_records import FILLER, RECORD_SIZE, Findings, NachaRecord, digits, records
from services.bank.reassociation import embedded_interchange, read_trn, trn_of_interchange
from services.clean import clean

__all__ = ["AchBatch", "AchEntry", "AchFile", "NotClaimPayments", "looks_like_nacha", "read_nacha"]

HEALTHCARE_PAYMENT = "HCCLAIMPMT"
_CLAIM_CLASSES = frozenset({"CCD", "CTX"})
_LIVE_CREDITS = frozenset({"22", "32"})
_PRENOTES = frozenset({"23", "28", "33", "38", "43", "48", "53"})
_CREDIT_KINDS = "1234"
_HEADERLESS = re.compile(rb"5(?:200|220|225|280).{46}[A-Z]{3}", re.DOTALL)


def looks_like_nacha(head: bytes) -> bool:
    """Says whether a file's first bytes are ACH: a record 1, or a record 5 that lost its file header."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \r\n\t")
    if start[:3] == b"101" and start[34:37] == b"094":
        return True
    return _HEADERLESS.match(start) is not None


def read_nacha(stream: BinaryIO) -> AchFile:
    """Reads an ACH file; whatever is wrong with it becomes a finding with the number of its record.

    Codes of the proofs: `no-file-header`, `file-header-place`, `record-size`, `no-batch-header`,
    `no-batch-control`, `no-file-control`, `file-control-again`, `after-control`, `service-class`,
    `batch-number`, `bad-routing`, `entry-count`, `entry-hash`, `batch-debits`, `batch-credits`,
    `batch-count`, `block-count`, `file-entry-count`, `file-hash`, `file-debits`, `file-credits`,
    `bad-count`, `accounting-advice`; of entries: `bad-amount`, `bad-code`, `bad-date`, `zero-amount`,
    `prenote`, `return`, `correction`, `debit`, `no-trace`, `bad-trn`, `trn-terminator`,
    `no-effective-date`, `entry-outside-batch`, `addenda-missing`, `addenda-indicator`,
    `addenda-sequence`, `addenda-trace`, `addenda-count`, `addenda-alone`; of records: `long-record`,
    `short-record`, `unknown-record`, `several-files`.
    """
    findings = Findings()
    reading = _Reading(findings)
    for record in records(stream, findings):
        reading.take(record)
    return reading.end()


@dataclass(slots=True)
class _OpenEntry:
    record: NachaRecord
    batch: AchBatch
    amount: Decimal | None
    addenda: list[NachaRecord] = field(default_factory=list)


_NO_BATCH = AchBatch(0, "", "", "", "", "", "", None, "", "", "")


class _Reading:
    """The state while an ACH file is read record by record."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.proof = Proof(findings)
        self.header: NachaRecord | None = None
        self.batch = _NO_BATCH
        self.entry: _OpenEntry | None = None
        self.batches: list[AchBatch] = []
        self.entries: list[AchEntry] = []

    def take(self, record: NachaRecord) -> None:
        if record.text == FILLER:
            self.proof.filler()
            return
        kind = record.text[0]
        if kind != "7":
            self._close_entry()
        if kind == "1":
            self.proof.file_header(record)
            self.header = self.header or record
            return
        self.proof.need_header(record)
        if kind == "5":
            self.proof.batch_header(record)
            self.batch = self._batch(record)
            self.batches.append(self.batch)
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

    def end(self) -> AchFile:
        self._close_entry()
        self.proof.end()
        others = [entry for entry in self.entries if not entry.claim_payment]
        head = self.header or NachaRecord(0, " " * RECORD_SIZE)
        created = self._date(head.columns(24, 29), "file creation date", head) if self.header else None
        return AchFile(
            destination=_text(head, 4, 13),
            origin=_text(head, 14, 23),
            destination_name=_text(head, 41, 63),
            origin_name=_text(head, 64, 86),
            created=created,
            created_time=_text(head, 30, 33),
            modifier=_text(head, 34, 34),
            reference=_text(head, 87, 94),
            batches=tuple(self.batches),
            entries=tuple(self.entries),
            others=NotClaimPayments(
                len(others),
                sum((entry.amount for entry in others if entry.credit and entry.amount), ZERO),
                sum((entry.amount for entry in others if not entry.credit and entry.amount), ZERO),
            ),
            proven=self.proof.holds,
            findings=self.findings.all(),
        )

    def _date(self, text: str, what: str, record: NachaRecord) -> datetime.date | None:
        """Reads YYMMDD; the century is 20, ACH being younger than that in practice."""
        if not text.strip(" 0"):
            return None
        if digits(text) is not None:
            try:
                return datetime.date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
            except ValueError:
                pass
        self.findings.say("bad-date", f"The {what} '{clean(text)}' is not a date.", record.number)
        return None

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
        else:
            self.entry.addenda.append(record)

    def _close_entry(self) -> None:
        if self.entry is None:
            return
        opened, self.entry = self.entry, None
        entry = self._entry(opened)
        self.entries.append(entry)
        self._judge(entry)

    def _entry(self, opened: _OpenEntry) -> AchEntry:
        record, batch = opened.record, opened.batch
        code = clean(record.columns(2, 3))
        kinds = {addendum.columns(2, 3) for addendum in opened.addenda}
        kind = next((kind for kind in ("99", "98") if kind in kinds), "05" if "05" in kinds else "")
        payment = self._payment_addenda(opened)
        special = next(
            (each for each in opened.addenda if kind in ("98", "99") and each.columns(2, 3) == kind), None
        )
        texts = [addendum.columns(4, 83) for addendum in payment]
        embedded = embedded_interchange(texts)
        joined = "".join(texts).rstrip()
        trn = trn_of_interchange(embedded) if embedded is not None else read_trn(joined)
        described = batch.description.upper() == HEALTHCARE_PAYMENT
        credit = code[1:2] in _CREDIT_KINDS
        claim_payment = (
            code in _LIVE_CREDITS
            and batch.sec in _CLAIM_CLASSES
            and kind not in ("98", "99")
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
            addenda_count=len(opened.addenda),
            addenda_type=kind,
            return_code=_text(special, 4, 6) if special is not None and kind == "99" else "",
            change_code=_text(special, 4, 6) if special is not None and kind == "98" else "",
            original_trace=_text(special, 7, 21) if special is not None else "",
            trn=trn,
            embedded=embedded,
            claim_payment=claim_payment,
            prenote=code in _PRENOTES,
        )

    def _payment_addenda(self, opened: _OpenEntry) -> list[NachaRecord]:
        """The 05 addenda in the order of their sequence numbers, which must be 1, 2, 3 and so on."""
        payment = [addendum for addendum in opened.addenda if addendum.columns(2, 3) == "05"]
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
        record, count = opened.record, len(opened.addenda)
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

    def _judge(self, entry: AchEntry) -> None:
        """Says what a clerk must know about the entry as money."""
        amount = "an unreadable amount" if entry.amount is None else two_decimals(entry.amount)
        if not entry.batch.record:
            self.findings.say(
                "entry-outside-batch", f"The entry of {amount} stands in no batch.", entry.record
            )
        if entry.returned:
            self.findings.say(
                "return",
                f"{amount} is returned ({entry.return_code}); it gives back trace {entry.original_trace}.",
                entry.record,
            )
        elif entry.notification:
            self.findings.say(
                "correction", f"The bank announces a correction ({entry.change_code}).", entry.record
            )
        elif entry.prenote:
            self.findings.say(
                "prenote", f"The entry is a test without money (prenote) of {amount}.", entry.record
            )
        elif not entry.credit:
            self.findings.say(
                "debit",
                f"{amount} is taken from the account (transaction code {entry.transaction_code}).",
                entry.record,
            )
        elif entry.amount is not None and not entry.amount:
            self.findings.say("zero-amount", "The entry is a payment of 0.00.", entry.record)
        if (
            entry.trn is None
            and entry.embedded is None
            and "TRN" in entry.addenda
            and entry.sec in _CLAIM_CLASSES
        ):
            self.findings.say("bad-trn", "The TRN in the addenda cannot be read.", entry.record)
        if entry.claim_payment:
            self._judge_claim_payment(entry)

    def _judge_claim_payment(self, entry: AchEntry) -> None:
        if entry.trn is None:
            self.findings.say(
                "no-trace",
                "The claim payment carries no reassociation trace (TRN) in its addenda.",
                entry.record,
            )
        elif not entry.trn.terminated:
            self.findings.say(
                "trn-terminator",
                "The TRN in the addenda has no end mark; its last element was cut at the first blank.",
                entry.record,
            )
        if entry.batch.effective is None:
            self.findings.say(
                "no-effective-date",
                "The batch of this claim payment has no effective entry date.",
                entry.record,
            )


def _text(record: NachaRecord, first: int, last: int) -> str:
    return clean(record.columns(first, last).strip())

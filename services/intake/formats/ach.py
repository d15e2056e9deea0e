"""A bank's ACH file: its claim payments become EFTs, and the 835s inside of it are filed (DESIGN 2.11)."""

from dataclasses import replace
from typing import BinaryIO

from sqlalchemy import bindparam, select

from models.messages import Message, StoredFinding
from models.words.intake import Outcome
from models.words.money import LARGEST
from services.bank.ach import AchFile
from services.bank.nacha import looks_like_nacha, prove_nacha, read_nacha
from services.counted import say_count
from services.findings import Finding
from services.intake.eft_filing import DUPLICATE_EFT, file_efts
from services.intake.format import FileFormat, Formats, Judgement, Progress, Turn, always
from services.intake.incoming import Incoming
from services.intake.raw_text import RawText
from services.intake.report import FileReport, Gathered
from services.intake.waiting_for_claims import waits_for_claims


def _file(incoming: Incoming, formats: Formats) -> FileReport:
    before = incoming.came_before()
    told = prove_nacha(incoming.stream)
    held = _why_held(told)
    filed_before = before is Outcome.FILED
    if filed_before and not _left_some_out(incoming):
        # Its 835s may have been held, or cut off from their EFTs by a crash: they are tried again.
        gathered = Gathered(outcome=Outcome.DUPLICATE)
    else:
        gathered = Gathered(findings=list(told.findings))
        with incoming.store.writing() as session:
            by = incoming.begin(session)
            message = incoming.message(session, by, ACH.kind)
            incoming.stream.seek(0)
            RawText.keep(session, message.id, incoming.stream)
            if held is not None:
                gathered.outcome = Outcome.EXCEPTION
                gathered.findings.append(held)
            else:
                incoming.stream.seek(0)
                filed = file_efts(session, by, message, read_nacha(incoming.stream), told)
                gathered.findings += [
                    finding
                    for finding in filed.findings
                    if not (filed_before and finding.code == DUPLICATE_EFT)
                ]
                gathered.efts = filed.efts
                new = filed.efts or filed.reversals or not (filed.duplicates or filed_before)
                gathered.outcome = Outcome.FILED if new else Outcome.DUPLICATE
            _tell_others(told, gathered)
            incoming.close(session, by, message.id, gathered, new_findings=before is None)
    if held is None and told.remittances:
        if incoming.missing_claims:
            # Its EFTs need no claims. The remittances are tried again whenever the file comes.
            gathered.findings.append(waits_for_claims("The remittances in it were", incoming.missing_claims))
        else:
            _file_inner(incoming, formats, gathered)
    return gathered.report(incoming.name, ACH.kind, incoming.sha256)


def _left_some_out(incoming: Incoming) -> bool:
    """Whether entries of a filed file were taken for EFTs on file, or for debits of no EFT.

    Older releases told EFTs apart by their ACH trace alone and looked for none that was taken back, so they are
    asked again; what is on file stays one.
    """
    with incoming.store.reading() as session:
        return session.scalar(_LEFT_OUT, {"sha256": incoming.sha256}) is not None


_LEFT_OUT = (
    select(StoredFinding.id)
    .join(Message, Message.id == StoredFinding.message_id)
    .where(Message.sha256 == bindparam("sha256"), StoredFinding.code.in_((DUPLICATE_EFT, "debit", "return")))
    .limit(1)
)


def _why_held(told: AchFile) -> Finding | None:
    """Why an ACH file is held whole; None when its EFTs are taken."""
    if not told.proven:
        return Finding(
            "held", "A count, hash or total of the file is wrong; the file is held whole and no EFT taken."
        )
    if told.paid > LARGEST:
        return Finding(
            "beyond-bounds",
            f"The claim payments come to more than {LARGEST}; the file is held whole and no EFT taken.",
        )
    return None


def _tell_others(read: AchFile, gathered: Gathered) -> None:
    if read.others.count:
        gathered.findings.append(
            Finding(
                "not-a-claim-payment",
                f"{say_count(read.others.count, 'entry is no claim payment', 'entries are not claim payments')}: "
                f"credits {read.others.credits:.2f}, "
                f"debits {read.others.debits:.2f}.",
            )
        )


def _file_inner(incoming: Incoming, formats: Formats, gathered: Gathered) -> None:
    """Files the 835s that entries carry, with money or without; each is matched by trace and payer like any other."""
    incoming.stream.seek(0)
    for entry in read_nacha(incoming.stream):
        if isinstance(entry, AchFile) or entry.remittance is None:
            continue
        inner = formats.take_in(incoming.inner(f"{incoming.name} record {entry.record}", entry.remittance))
        for report in inner.sets:
            gathered.add(report)
        gathered.tell(
            replace(finding, where=f"record {entry.record} {finding.where}".strip())
            for finding in inner.findings
        )


def _judge(stream: BinaryIO, _formats: Formats, _progress: Progress | None) -> Judgement:
    return Judgement(ACH.kind, prove_nacha(stream).findings)


ACH = FileFormat("ACH", looks_like_nacha, always(Turn.OTHERS), _file, _judge)

"""An X12 file of any kind: its sets are filed or held one by one, each in a transaction of its own (DESIGN 2.7)."""

from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.eras import Era
from models.messages import TransactionSet as FiledSet
from models.words.intake import Outcome
from models.words.money import BadAmount
from models.words.remittances import EraMatchStatus
from services.clean import clean
from services.findings import Finding
from services.intake.format import (
    MOST_JUDGED,
    FileFormat,
    Formats,
    Judgement,
    Progress,
    SetFormat,
    SetJudgement,
    SetSaid,
    Turn,
    most,
)
from services.intake.incoming import Incoming
from services.intake.raw_text import RawText
from services.intake.report import FileReport, Gathered, outcome_of_all
from services.intake.sets import (
    FiledBefore,
    Held,
    IncomingSet,
    SetReport,
    at_its_place,
    hold,
    keep_as_duplicate,
    note_lengths,
)
from services.intake.unfileable import (
    PRODUCTION,
    no_interchange,
    not_read,
    not_storable,
    refuse_test,
    without_sets,
)
from services.office.stamp import Stamp
from services.x12.acknowledgement import AcknowledgementEnd, ClaimAcknowledgement
from services.x12.billing import BilledClaim, BillingEnd
from services.x12.conformity import guide_of, judge, wrap_set
from services.x12.envelope import TransactionSet
from services.x12.guide_findings import leave_out_told
from services.x12.segments import read_sets

#: What is said of a set that is judged and has no end.
CUT = Finding("cut", "The set ends before its SE segment.")

_Part = BilledClaim | BillingEnd | ClaimAcknowledgement | AcknowledgementEnd


def _file(incoming: Incoming, formats: Formats) -> FileReport:
    raw = RawText(incoming.stream, incoming.progress, incoming.size)
    gathered = Gathered()
    kinds: dict[str, bool] = {}
    message_id = 0
    offsets: list[int] = []
    for read in read_sets(raw, gathered.findings):
        offsets.append(read.offset)
        known, kind = formats.of_set(read), formats.kind_of(read)
        kinds.setdefault(kind, known is not None and known.file is not None)
        message_id, report = _file_set(incoming, raw, read, kind, known)
        gathered.add(report)
        gathered.production |= read.usage == PRODUCTION and report.outcome is Outcome.FILED
    if not gathered.sets:
        return incoming.refused("unknown", *without_sets(gathered.findings), *gathered.findings)
    kind = next((kind for kind, is_filed in kinds.items() if is_filed), next(iter(kinds)))
    gathered.outcome = outcome_of_all(report.outcome for report in gathered.sets)
    with incoming.store.writing() as session:
        raw.flush(session, message_id)
        note_lengths(session, message_id, [*offsets, incoming.size])
        incoming.close(session, incoming.begin(session), message_id, gathered)
    return gathered.report(incoming.name, kind, incoming.sha256)


def _file_set(
    incoming: Incoming, raw: RawText, read: TransactionSet, kind: str, known: SetFormat | None
) -> tuple[int, SetReport]:
    """Files one set in a transaction of its own, or holds it whole in another; gives its message."""

    def done(act: Callable[[Session, Stamp, IncomingSet], SetReport]) -> tuple[int, SetReport]:
        with incoming.store.writing() as session:
            by = incoming.begin(session)
            message = incoming.message(session, by, kind)
            report = act(session, by, at_its_place(session, message, read, kind))
            raw.flush(session, message.id)
            return message.id, report

    def file(session: Session, by: Stamp, come: IncomingSet) -> SetReport:
        before = _done_before(session, come.row)
        if before is not None:
            return before
        if known is None or known.file is None:
            raise not_read(come)
        if not read.interchange_control:
            raise no_interchange(come)
        refuse_test(session, come)
        return known.file(session, by, come)

    raw.settle()
    try:
        return done(file)
    except FiledBefore as before:
        again = before
        raw.undo()
        return done(lambda session, _, come: keep_as_duplicate(session, come, again))
    except Held as error:
        held = error
        raw.undo()
        return done(lambda session, _, come: hold(session, come, held))
    except (IntegrityError, BadAmount):
        raw.undo()
        return done(lambda session, _, come: hold(session, come, not_storable(come)))


def _done_before(session: Session, row: FiledSet | None) -> SetReport | None:
    """The answer for a set of this same file that is filed already: duplicate."""
    if row is None or row.outcome is not Outcome.FILED:
        # What was a duplicate is judged again: what it was a duplicate of may have been replaced.
        return None
    era = session.scalars(select(Era).where(Era.transaction_set_id == row.id)).first()
    if era is not None and era.match_status is EraMatchStatus.REMOVED:
        # It came again after another one took its place: a person decides.
        return None
    again = Finding("duplicate-set", "This set of this file is filed already.")
    number = None if era is None else era.id
    return SetReport(row.control, Outcome.DUPLICATE, number, validation=row.validation, findings=[again])


def _judge(stream: BinaryIO, formats: Formats, progress: Progress | None) -> Judgement:
    """Reads the file twice: once for what the sets say and whether it adds up, once for the judge."""
    findings: list[Finding] = []
    told: list[tuple[str, SetSaid]] = []
    for read in read_sets(stream, findings):
        known = formats.of_set(read)
        said = known.judge(read) if known is not None else pass_over(read)
        told.append((formats.kind_of(read), SetSaid(_once(read.findings, said.findings), said.balance)))
    if not told:
        return Judgement("unknown", (*without_sets(findings), *findings))
    stream.seek(0)
    judged = []
    for position, (read, (kind, said)) in enumerate(zip(read_sets(stream, []), told, strict=True), start=1):
        guide, control = guide_of(read), clean(read.control, 20)
        verdict = leave_out_told(said.findings, judge(wrap_set(read)).findings)
        judged.append(SetJudgement(control, kind, guide, said.balance, most((*said.findings, *verdict))))
        if progress is not None:
            progress(position, len(told))
    return Judgement(judged[0].kind, tuple(findings), tuple(judged))


def _once(envelope: Sequence[Finding], said: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of a set's envelope and of its reader; that the set has no end is told by one of them."""
    ended = all(finding.code != "no-se" for finding in envelope)
    return (*envelope, *(finding for finding in said if ended or finding is not CUT))


def pass_over(read: TransactionSet) -> SetSaid:
    """Judges a set that no reader knows: it is gone through to its end, and only its envelope is told of."""
    for _ in read.segments:
        pass
    return SetSaid(())


def gather(parts: Iterable[_Part]) -> SetSaid:
    """The findings of claims and of the end of a set, and that the end is missing where it is."""
    said: list[Finding] = []
    for part in parts:
        if len(said) < MOST_JUDGED:
            said += part.findings
        if isinstance(part, (BillingEnd, AcknowledgementEnd)) and not part.complete:
            said.append(CUT)
    return SetSaid(said)


def _any(_head: bytes) -> bool:
    """What no other format knows is looked through for sets: before the first ISA anything may stand."""
    return True


X12 = FileFormat("X12", _any, lambda head, formats: formats.turn_of_sets(head), _file, _judge)

#: The acknowledgement of an X12 file is known by name, and not read in this release.
FILE_ACKNOWLEDGEMENT = SetFormat("999", "999", (), Turn.OTHERS, None, pass_over)

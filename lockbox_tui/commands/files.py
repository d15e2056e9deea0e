"""`lockbox import` and `lockbox validate`: what has come in, filed or only judged."""

import dataclasses
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from lockbox_tui.commands.answers import DONE, NOT_DONE, Answer, Call
from lockbox_tui.commands.findings import of_set, say_findings
from lockbox_tui.commands.printing import Printer
from lockbox_tui.commands.progress import Progress, progress_bar
from lockbox_tui.failures import explain
from lockbox_tui.interrupts import INTERRUPTS
from lockbox_tui.opening import Work, at_work, say_aside
from lockbox_tui.settings import Settings
from models.words.intake import Outcome, Validation
from models.words.keys import SecurityKey
from services.bills.bills_csv import LEFT_OUT
from services.clean import clean
from services.counted import say_count
from services.errors import LockboxError
from services.findings import Finding
from services.intake.format import Turn
from services.intake.formats.bills_csv import BILLS_LIST
from services.intake.importing import count_filed, import_file, name_of
from services.intake.judging import FileJudgement, judge_file
from services.intake.order import order_of_filing
from services.intake.report import FileReport
from services.intake.sets import SetReport
from services.intake.validation import validate_queued
from services.intake.waiting_for_claims import WAITS_FOR_CLAIMS
from services.office.actor import require
from services.office.clock import doubt
from services.reports.imported import import_report, ranges

#: The code of the finding on a file that could not be read.
_UNREADABLE = "unreadable"
#: The longest path that Linux takes.
_LONGEST_PATH = 4096


def import_files(call: Call) -> Answer:
    """Files each file; whatever goes wrong with one, the others have their turn and the array is whole."""
    with at_work(call.settings, call.as_user) as work:
        require(work.actor, SecurityKey.CLERK)
        with work.reading() as session:
            odd = doubt(session)
        if odd is not None:
            say_aside(odd)
        paths = [Path(name) for name in call.arguments.files]
        filed = _file_in_order(work, call.settings, paths)
        reports = _tell_apart([filed[turn] for turn in range(len(paths))], call.arguments.files)
        if call.arguments.validate == "now":
            reports = _validate(work, reports)
    done = all(_is_filed_whole(report) for report in reports)

    def show(out: Printer) -> None:
        _print_reports(out, reports)

    return Answer([_document(report) for report in reports], show, DONE if done else NOT_DONE)


def _file_in_order(work: Work, settings: Settings, paths: Sequence[Path]) -> dict[int, FileReport]:
    """Files claims before what is said of them and paid for them; the reports by the places of the files.

    Unless all these claims are filed, the remittances beside them wait: their EEOBs would find no bills.
    """
    turns = [order_of_filing(path) for path in paths]
    filed: dict[int, FileReport] = {}
    missing = ""
    for place in sorted(range(len(paths)), key=lambda place: turns[place]):
        report = filed[place] = _import(work, settings, paths[place], missing)
        if turns[place] is Turn.CLAIMS and not _is_filed_whole(report):
            missing = missing or report.file
    return filed


def _is_filed_whole(report: FileReport) -> bool:
    """Whether nothing of a file was held or refused, left out or kept waiting."""
    put_off = any(finding.code == WAITS_FOR_CLAIMS for finding in report.findings)
    return (
        report.outcome not in (Outcome.EXCEPTION, Outcome.REJECTED)
        and not put_off
        and not _rows_left_out(report)
    )


def _rows_left_out(report: FileReport) -> bool:
    """Whether a list of bills is not filed whole."""
    return report.kind == BILLS_LIST.kind and any(finding.code in LEFT_OUT for finding in report.findings)


def _tell_apart(reports: Sequence[FileReport], typed: Sequence[str]) -> list[FileReport]:
    """Where files in several folders have one name, all are called what was typed."""
    if not _alike_in_name(typed):
        return list(reports)
    return [
        replace(report, file=clean(name, _LONGEST_PATH)) for report, name in zip(reports, typed, strict=True)
    ]


def _alike_in_name(typed: Sequence[str]) -> bool:
    return len({Path(name).name for name in typed}) < len(typed)


def _import(work: Work, settings: Settings, path: Path, missing: str) -> FileReport:
    """Files one file; `missing` is the file of claims that was not filed before it."""
    try:
        with progress_bar(name_of(path)) as progress:
            return import_file(work.store, work.actor, path, progress, missing_claims=missing)
    except Exception as error:  # noqa: BLE001 - the array is printed in every case, and the error is logged
        INTERRUPTS.heed()
        failure = explain(error, settings.log_path)
        finding = Finding(
            "broken-off",
            f"{failure.sentence} {_say_filed(work, path)} Import the file again: "
            "what is filed of it is not filed twice.",
        )
        return FileReport(clean(name_of(path)), "unknown", "", Outcome.REJECTED, findings=(finding,))


def _say_filed(work: Work, path: Path) -> str:
    """How much of a file the store holds, now that its import was broken off."""
    try:
        sets, efts = count_filed(work.store, path)
    except (OSError, LockboxError, DBAPIError):
        return "How much of the file is filed cannot be told now."
    if not sets and not efts:
        return "Nothing of this file is filed."
    filed = f"{say_count(sets, 'set')} and {say_count(efts, 'EFT')}"
    return f"Of this file {filed} are filed and stay so; the rest is not."


def _validate(work: Work, reports: Sequence[FileReport]) -> list[FileReport]:
    """Judges the sets of these files at once and puts what was found to their findings."""
    contents = {report.sha256 for report in reports if _validation(report) is Validation.QUEUED}
    with progress_bar("validation") as progress:
        judged = validate_queued(work.store, contents=contents, progress=progress)
    found = {(one.sha256, one.ordinal): one.findings for one in judged}
    return [
        replace(
            report,
            sets=tuple(
                replace(one, findings=[*one.findings, *found[place]], validation=Validation.DONE)
                if (place := (report.sha256, ordinal)) in found
                else one
                for ordinal, one in enumerate(report.sets, start=1)
            ),
        )
        for report in reports
    ]


def _validation(report: FileReport) -> Validation:
    """Whether any set of a file waits for its validation, else whether any was validated."""
    states = {one.validation for one in report.sets}
    return next((state for state in (Validation.QUEUED, Validation.DONE) if state in states), Validation.NONE)


def _document(report: FileReport) -> dict[str, object]:
    """A report as JSON has it; what has no content or is never validated is null there."""
    return {
        **_fields(report),
        "validation": _say_validation(_validation(report)),
        "sha256": report.sha256 or None,
        "sets": [set_document(one) for one in report.sets],
    }


def set_document(report: SetReport) -> dict[str, object]:
    """What became of one set, as JSON has it."""
    return _fields(report)


def _fields(report: FileReport | SetReport) -> dict[str, object]:
    return {**_values(report), "validation": _say_validation(report.validation)}


def _values(of: FileReport | SetReport | FileJudgement) -> dict[str, object]:
    return {field.name: getattr(of, field.name) for field in dataclasses.fields(of)}


def _say_validation(validation: Validation) -> str | None:
    return None if validation is Validation.NONE else validation.value


def _print_reports(out: Printer, reports: Sequence[FileReport]) -> None:
    out.table(import_report(reports))
    for report in reports:
        repeats = sum(one.outcome is Outcome.DUPLICATE for one in report.sets)
        if repeats and report.outcome is not Outcome.DUPLICATE:
            out.say(f"{report.file}: of {say_count(len(report.sets), 'set')} {repeats} had come before.")
        if _rows_left_out(report):
            out.say(
                f"{report.file}: Not all of its rows are filed; mend those named here and import the list again."
            )
        findings = list(report.findings)
        for ordinal, one in enumerate(report.sets, start=1):
            findings += of_set(one.control, ordinal, one.findings, one.era)
        say_findings(out, f"{report.file}: ", findings)
        held = [one.exception for one in report.sets if one.exception is not None]
        if held:
            named = f"exception{'s' if len(held) > 1 else ''} {ranges(held)}"
            out.say(f"{report.file}: held as {named}; look with: lockbox exception show {held[0]}")


def validate_files(call: Call) -> Answer:
    """Judges each file; nothing of it is filed, and no store is needed."""
    judgements: list[FileJudgement] = []
    for name in call.arguments.files:
        with progress_bar(name) as progress:
            judgements.append(_judge(Path(name), progress))
    if _alike_in_name(call.arguments.files):
        named = zip(judgements, call.arguments.files, strict=True)
        judgements = [replace(judged, file=clean(name, _LONGEST_PATH)) for judged, name in named]

    def show(out: Printer) -> None:
        for judged in judgements:
            if any(finding.code == _UNREADABLE for finding in judged.findings):
                out.say(f"{judged.file}: not read.")
            else:
                word = "valid" if judged.valid else "has findings"
                out.say(f"{judged.file}: {judged.kind}, {say_count(len(judged.sets), 'set')}, {word}.")
            findings = list(judged.findings)
            for ordinal, one in enumerate(judged.sets, start=1):
                findings += of_set(one.control, ordinal, one.findings)
            say_findings(out, f"{judged.file}: ", findings)

    documents = [{**_values(judged), "sha256": judged.sha256 or None} for judged in judgements]
    return Answer(documents, show, DONE if all(judged.valid for judged in judgements) else NOT_DONE)


def _judge(path: Path, progress: Progress | None) -> FileJudgement:
    """Judges one file; one that cannot be read is itself the finding, and the others are judged all the same."""
    try:
        return judge_file(path, progress)
    except LockboxError as error:
        unreadable = Finding(_UNREADABLE, str(error))
        return FileJudgement(clean(name_of(path)), "unknown", "", False, (), (unreadable,))

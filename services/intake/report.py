"""What became of one file: gathered set by set while it is imported, told at the end (DESIGN 6)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from models.words.intake import Outcome, Validation
from services.clean import clean
from services.findings import Finding
from services.intake.sets import SetReport

#: Findings of all its sets that the report of one file holds; the store keeps those that are left out.
MOST_TOLD = 20_000

_WEIGHT = (Outcome.DUPLICATE, Outcome.FILED, Outcome.EXCEPTION, Outcome.REJECTED)


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file, as `lockbox import --json` prints it."""

    file: str
    kind: str
    sha256: str
    outcome: Outcome
    sets: tuple[SetReport, ...] = ()
    efts: int = 0
    bills: int = 0
    findings: tuple[Finding, ...] = ()
    validation: Validation = Validation.NONE


def outcome_of_all(outcomes: Iterable[Outcome]) -> Outcome:
    """What became of a file as a whole, from what became of its parts.

    It is a duplicate only when nothing of it was new, and filed only when nothing of it was held.
    """
    return max(outcomes, key=_WEIGHT.index)


@dataclass(slots=True)
class Gathered:
    """What a file has brought so far, set by set; `production` once a set of a production file is filed."""

    sets: list[SetReport] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    efts: int = 0
    bills: int = 0
    outcome: Outcome | None = None
    told: int = 0
    left_out: bool = False
    production: bool = False

    def add(self, report: SetReport) -> None:
        """Adds a set; of a file with very many findings only those that say what became of its sets."""
        room = MOST_TOLD - self.told
        if len(report.findings) > max(room, 1):
            self._leave_out()
            # The last one says why a set is held.
            report.findings = [*report.findings[: max(room - 1, 0)], report.findings[-1]]
        self.told += len(report.findings)
        self.sets.append(report)
        self.bills += report.bills

    def tell(self, findings: Iterable[Finding]) -> None:
        """Adds findings of the file itself, as long as there is room for them."""
        for finding in findings:
            if self.told >= MOST_TOLD:
                self._leave_out()
                return
            self.told += 1
            self.findings.append(finding)

    def _leave_out(self) -> None:
        if not self.left_out:
            self.left_out = True
            told = "There are more findings than are listed here; the store keeps them with their sets."
            self.findings.append(Finding("findings-left-out", told))

    def report(self, name: str, kind: str, digest: str) -> FileReport:
        """The report of the whole file."""
        assert self.outcome is not None
        outcome = outcome_of_all([self.outcome, *(report.outcome for report in self.sets)])
        queued = any(report.validation is Validation.QUEUED for report in self.sets)
        return FileReport(
            clean(name),
            kind,
            digest,
            outcome,
            tuple(self.sets),
            self.efts,
            self.bills,
            tuple(self.findings),
            Validation.QUEUED if queued else Validation.NONE,
        )

"""`lockbox validate`: judging a file without filing anything: its guide, and the balance on three levels."""

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from services.clean import clean
from services.errors import LockboxError
from services.findings import Finding
from services.intake.beginning import EMPTY, beginning
from services.intake.copy import copy_file
from services.intake.format import Formats, Judgement, SetJudgement, most
from services.intake.incoming import digest_of
from services.intake.known_formats import KNOWN

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class FileJudgement:
    """What was found in one file; `valid` when nothing was."""

    file: str
    kind: str
    sha256: str
    valid: bool
    sets: tuple[SetJudgement, ...]
    findings: tuple[Finding, ...]


def judge_file(path: Path, progress: Progress | None = None, *, formats: Formats = KNOWN) -> FileJudgement:
    """Judges one file of any kind that Lockbox knows, as it is now; raises `LockboxError` when it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            kind = "a folder; name the files in it" if path.is_dir() else "not a file"
            raise LockboxError(f"{clean(str(path))} is {kind}.")
        with copy_file(path) as stream:
            digest, _ = digest_of(stream)
            judged = _judge(stream, formats, progress)
    except OSError as error:
        raise LockboxError(f"{clean(str(path))} cannot be read: {error.strerror or error}.") from error
    valid = not judged.findings and not any(one.findings for one in judged.sets)
    return FileJudgement(clean(path.name), judged.kind, digest, valid, judged.sets, most(judged.findings))


def _judge(stream: BinaryIO, formats: Formats, progress: Progress | None) -> Judgement:
    head = beginning(stream)
    if not head:
        return Judgement("unknown", (EMPTY,))
    return formats.of_file(head).judge(stream, formats, progress)

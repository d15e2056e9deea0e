"""A bank's BAI2 file: recognised, so that it is refused by its name; it is not read in this release."""

from typing import BinaryIO

from services.bank.bai2 import looks_like_bai2
from services.findings import Finding
from services.intake.format import FileFormat, Formats, Judgement, Progress, Turn, always
from services.intake.incoming import Incoming
from services.intake.report import FileReport

_CODE = "not-in-this-release"


def _file(incoming: Incoming, _formats: Formats) -> FileReport:
    told = f"{BAI2.kind} files are recognised but not read in this release."
    return incoming.refused(BAI2.kind, Finding(_CODE, told))


def _judge(_stream: BinaryIO, _formats: Formats, _progress: Progress | None) -> Judgement:
    return Judgement(BAI2.kind, (Finding(_CODE, f"{BAI2.kind} files are recognised but not judged."),))


BAI2 = FileFormat("BAI2", looks_like_bai2, always(Turn.OTHERS), _file, _judge)

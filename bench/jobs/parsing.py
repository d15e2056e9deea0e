"""Reading an 835 without a store, and a loop that only splits and counts."""

from bench.jobs.stopwatch import Stopwatch
from services.findings import Finding
from services.intake.few_collections import few_collections
from services.x12.read_835 import read_835
from services.x12.remittance import RemittanceClaim
from services.x12.segments import read_sets


def read(path: str) -> dict[str, float]:
    """Reads every claim of a file and proves its balance, under the conditions in which an import reads it."""
    watch = Stopwatch()
    findings: list[Finding] = []
    claims = 0
    with few_collections(), open(path, "rb") as stream:
        for found in read_sets(stream, findings):
            for part in read_835(found):
                claims += isinstance(part, RemittanceClaim)
    return watch.stop() | {"claims": claims}


def count(path: str) -> dict[str, float]:
    """Splits a file into segments and elements and counts them, as fast as Python does it."""
    watch = Stopwatch()
    with open(path, encoding="latin-1") as stream:
        text = stream.read()
    segments = elements = 0
    for segment in text.split("~"):
        segments += 1
        elements += len(segment.split("*"))
    return watch.stop() | {"segments": segments, "elements": elements}

"""Conformity to the implementation guide, judged by pyx12, one transaction set at a time.

What the judge does not see is guarded here: it stops at a blank segment, reads only the first delimiters of
a file and lets exceptions escape. So each set is wrapped by itself, its segments are counted against what
the judge saw, and whatever it raises becomes a finding. It proves no balance: `read_835` does.
"""

import io
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from threading import get_ident
from typing import Any

from services.clean import clean
from services.findings import Finding
from services.x12.envelope import TransactionSet
from services.x12.guide_causes import Causes
from services.x12.guide_findings import BEFORE_SET, LONGEST_TEXT, element_finding, findings_of, ordinal_of
from services.x12.splitting import CHUNK

#: The guides the judge has a map of, by the part of ST03 or GS08 that names the guide: GS08 and GS01.
_GUIDES = {
    "X221": ("005010X221A1", "HP"),
    "X222": ("005010X222A1", "HC"),
    "X223": ("005010X223A2", "HC"),
    "X214": ("005010X214", "HN"),
    "X091": ("004010X091A1", "HP"),
    "X096": ("004010X096A1", "HC"),
    "X097": ("004010X097A1", "HC"),
    "X098": ("004010X098A1", "HC"),
}
#: An 835 of a payer that names no guide, or one unknown here, is judged as 5010, or as 4010 if it says so.
_ANY_835 = {"005010": "X221", "004010": "X091"}
#: ISA, GS, GE and IEA around the set; the ST is the third segment of the wrapping.
_WRAPPING = 4
_FINDINGS_KEPT = 1000
#: The delimiters that a set gets where it has none that the judge takes, the first that it does not use otherwise.
_TERMINATING, _REPEATING = "~\x1e\x1c\x1d", "^`!|"


@dataclass(frozen=True, slots=True)
class Conformity:
    """What the judge says of one set.

    `findings` have in `where` the segment's ordinal within the set (ST is 1); `segments_seen` is how many
    segments of the set, ST to SE, the judge read; `conforms` is its verdict.
    """

    conforms: bool
    findings: tuple[Finding, ...]
    segments_seen: int


def guide_of(transaction_set: TransactionSet) -> str:
    """The guide a set is judged by (GS08, such as `005010X221A1`), or an empty text without one."""
    return _guide(transaction_set)[0]


def _guide(transaction_set: TransactionSet) -> tuple[str, str]:
    named = transaction_set.version.upper()
    part = named[6:10]
    if part not in _GUIDES and transaction_set.code == "835":
        part = _ANY_835.get(named[:6], "X221")
    return _GUIDES.get(part, ("", ""))


def wrap_set(transaction_set: TransactionSet) -> Iterator[str]:
    """Writes one set as an interchange of its own, segment by segment, each with its terminator.

    The wrapping is the set's own as far as the judge cares: the guide it knows (GS08), its delimiters. Reads
    `transaction_set.segments` to its end, in memory that does not grow with the set.
    """
    version, functional = _guide(transaction_set)
    own = transaction_set.delimiters
    element = own.element
    # The judge strips line ends, so they cannot end a segment; what takes their place is taken out of the text.
    marks = (mark for mark in (own.segment, *_TERMINATING) if mark not in "\r\n")
    terminator = next(mark for mark in marks if mark not in (element, own.component))
    taken = (element, own.component, terminator)
    repetition = own.repetition or next(mark for mark in _REPEATING if mark not in taken)
    outside = str.maketrans(
        {mark: " " for mark in (terminator, repetition) if mark not in (own.segment, own.repetition)}
    )
    modern = version.startswith("005") or not version
    isa = [
        "ISA", "00", " " * 10, "00", " " * 10, "ZZ", "SENDER".ljust(15), "ZZ", "RECEIVER".ljust(15),
        "200101", "1200", repetition if modern else "U", "00501" if modern else "00401",
        "000000001", "0", "P", own.component,
    ]  # fmt: skip
    yield element.join(isa) + terminator
    yield (
        element.join(["GS", functional, "SENDER", "RECEIVER", "20200101", "1200", "1", "X", version])
        + terminator
    )
    for segment in transaction_set.segments:
        elements = segment.elements
        # The guide does not use ST03 in an 835; payers send it all the same, and nothing depends on it.
        if segment.ordinal == 1 and transaction_set.code == "835":
            elements = elements[:3]
        yield element.join(elements).translate(outside) + terminator
    yield element.join(("GE", "1", "1")) + terminator
    yield element.join(("IEA", "1", "000000001")) + terminator


class _Source(io.TextIOBase):
    """An interchange as the judge reads it: so many characters at a time, and no more once it has objected enough."""

    def __init__(self, segments: Iterator[str]) -> None:
        self._segments = segments
        self._text = ""
        self._count = 0
        self.stopped = False

    def take(self) -> str:
        """The next segment, an empty text behind the last."""
        segment = next(self._segments, "")
        self._text += segment
        self._count += bool(segment)
        return segment

    def drain(self) -> int:
        """Reads past what is left, and tells how many segments there were in all."""
        self._count += sum(1 for _ in self._segments)
        return self._count

    def read(self, size: int | None = -1) -> str:
        """Reads on, at most `size` characters; nothing once it was stopped."""
        wanted = CHUNK if size is None or size < 0 else size
        while len(self._text) < wanted and not self.stopped and self.take():
            pass
        text, self._text = self._text[:wanted], self._text[wanted:]
        return "" if self.stopped else text


class _Objections(logging.Handler):
    """Stops the source when the judge has logged more objections than are kept: it keeps all of them in memory."""

    def __init__(self, source: _Source) -> None:
        super().__init__(logging.ERROR)
        self._source = source
        self._thread = get_ident()
        self.count = 0
        #: What the judge said first, in words, without the values in it.
        self.first = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Counts an objection; what it says holds patients' data and is written nowhere."""
        if record.thread == self._thread:
            self.count += 1
            self._source.stopped |= self.count > _FINDINGS_KEPT
            if not self.first:
                said = re.sub(r"\ALine:\S+ \w+:\S+ - ", "", record.getMessage())
                self.first = clean(re.sub(r"\([^()]*\)\s*\Z", "", said).strip(), LONGEST_TEXT)


class _Follower:
    """Goes along with the judge: counts what it reads, and gathers what its report leaves out."""

    def __init__(self, objections: _Objections) -> None:
        self.objections = objections
        self.causes = Causes()
        self.seen = 0
        #: What is wrong with ST and SE.
        self.ends: list[Finding] = []
        self._counted = 0

    def __call__(self, segment: Any, source: Any, node: Any, valid: bool) -> None:
        name = segment.get_seg_id()
        ordinal = source.get_cur_line() - BEFORE_SET
        objected, self._counted = self.objections.count > self._counted, self.objections.count
        if name not in ("ISA", "GS", "GE", "IEA"):
            self.seen += 1
        self.causes.follow(ordinal, segment, node, objected=objected)
        if objected and name in ("ST", "SE") and node.is_match(segment):
            for error in node.is_valid_errors(segment)[1]:
                said = {"err_cde": error.err_cde, "err_str": error.err_str, "err_val": error.err_val}
                self.ends.append(element_finding(said, name, ordinal))


def judge(segments_of_one_set: Iterator[str]) -> Conformity:
    """Judges one set, given as an interchange of its own (`wrapped`), by the implementation guide it names.

    Never raises. A set whose guide the judge does not know gets `no-guide`; one at which it breaks off, or to
    which it has more objections than are kept, gets `validator-stopped` or `validator-stopped-early`. Remark
    codes (RARC) are not checked here: the judge's list is old.
    """
    source = _Source(segments_of_one_set)
    isa, gs = source.take(), source.take()
    group = gs[:-1].split(isa[3:4] or "*")
    if len(group) < 9 or not group[8]:
        told = "No implementation guide is known for this transaction set; it was not judged."
        return Conformity(False, (Finding("no-guide", told),), 0)
    follower = _Follower(_Objections(source))
    errors = io.StringIO()
    findings: list[Finding] = []
    conforms = False
    try:
        conforms = _ask(source, errors, follower)
        document = json.loads(errors.getvalue() or "{}")
        of_judge = findings_of(document, follower.causes, whole=not source.stopped)
        findings += sorted((*of_judge, *follower.ends), key=lambda finding: ordinal_of(finding.where))
    # The judge raises what it likes (IndexError, KeyError, its own errors): none may stop an import.
    except Exception as error:  # noqa: BLE001
        told = f"The validator broke off behind segment {follower.seen} ({type(error).__name__})."
        findings.append(Finding("validator-stopped", told, f"segment {follower.seen}"))
    del findings[_FINDINGS_KEPT:]
    if source.stopped:
        told = (
            f"The validator has more than {_FINDINGS_KEPT} objections;"
            f" what is behind segment {follower.seen} was not judged."
        )
        findings.append(Finding("validator-stopped-early", told, f"segment {follower.seen}"))
    elif not any(finding.code == "validator-stopped" for finding in findings):
        ours = source.drain() - _WRAPPING
        if follower.seen < ours:
            told = f"The validator saw {follower.seen} of {ours} segments; the rest was not judged."
            findings.append(Finding("validator-stopped-early", told, f"segment {follower.seen}"))
            conforms = False
    if not conforms and not findings:
        findings.append(Finding("guide-envelope", f"The validator says: {follower.objections.first}", ""))
    return Conformity(conforms and not source.stopped, tuple(findings), follower.seen)


def _ask(source: _Source, errors: io.StringIO, follower: _Follower) -> bool:
    # Imported here: the maps and their readers take long to load, and most commands never judge.
    from pyx12.params import ParamsBase
    from pyx12.x12n_document import x12n_document

    logger = logging.getLogger("pyx12")
    # Its log lines hold patients' data, and without a handler they would be printed over the screen.
    logger.propagate = False
    settings = ParamsBase()
    settings.set("exclude_external_codes", "remark_code")
    logger.addHandler(follower.objections)
    try:
        return bool(x12n_document(settings, source, None, None, fd_json=errors, callback=follower))
    finally:
        logger.removeHandler(follower.objections)

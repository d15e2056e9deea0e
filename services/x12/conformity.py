"""Conformity to the implementation guide, judged by pyx12, one transaction set at a time.

What the judge does not see is guarded here: it stops at a blank segment, reads only the first delimiters of
a file and lets exceptions escape. So each set is wrapped by itself, its segments are counted against what
the judge saw, and whatever it raises becomes a finding. It proves no balance: `read_835` does.
"""

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from threading import get_ident
from typing import Any

from services.clean import clean
from services.findings import Finding
from services.x12.envelope import TransactionSet
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
_BEFORE_SET = 2
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


def wrapped(transaction_set: TransactionSet) -> Iterator[str]:
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
        self._count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Counts an objection; what it says holds patients' data and is written nowhere."""
        if record.thread == self._thread:
            self._count += 1
            self._source.stopped |= self._count > _FINDINGS_KEPT


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
    seen = 0

    def count(segment: Any, source: Any, node: Any, valid: bool) -> None:
        nonlocal seen
        seen += segment.get_seg_id() not in ("ISA", "GS", "GE", "IEA")

    errors = io.StringIO()
    findings: list[Finding] = []
    conforms = False
    try:
        conforms = _ask(source, errors, count)
        findings += _findings(json.loads(errors.getvalue() or "{}"), whole=not source.stopped)
    # The judge raises what it likes (IndexError, KeyError, its own errors): none may stop an import.
    except Exception as error:  # noqa: BLE001
        told = f"The validator broke off behind segment {seen} ({type(error).__name__})."
        findings.append(Finding("validator-stopped", told, f"segment {seen}"))
    del findings[_FINDINGS_KEPT:]
    if source.stopped:
        told = f"The validator has more than {_FINDINGS_KEPT} objections; what is behind segment {seen} was not judged."
        findings.append(Finding("validator-stopped-early", told, f"segment {seen}"))
    elif not any(finding.code == "validator-stopped" for finding in findings):
        ours = source.drain() - _WRAPPING
        if seen < ours:
            told = f"The validator saw {seen} of {ours} segments; the rest was not judged."
            findings.append(Finding("validator-stopped-early", told, f"segment {seen}"))
            conforms = False
    if not conforms and not findings:
        told = "The validator objects to the set's header or trailer (ST, SE) without saying why."
        findings.append(Finding("guide-envelope", told, "segment 1 (ST)"))
    return Conformity(conforms and not source.stopped, tuple(findings), seen)


def _ask(source: _Source, errors: io.StringIO, count: Any) -> bool:
    # Imported here: the maps and their readers take long to load, and most commands never judge.
    from pyx12.params import ParamsBase
    from pyx12.x12n_document import x12n_document

    logger = logging.getLogger("pyx12")
    # Its log lines hold patients' data, and without a handler they would be printed over the screen.
    logger.propagate = False
    settings = ParamsBase()
    settings.set("exclude_external_codes", "remark_code")
    objections = _Objections(source)
    logger.addHandler(objections)
    try:
        return bool(x12n_document(settings, source, None, None, fd_json=errors, callback=count))
    finally:
        logger.removeHandler(objections)


def _findings(document: Any, whole: bool) -> list[Finding]:
    """The objections in their order; of the wrapping and the trailer only when the set was read whole."""
    found: list[Finding] = []
    for interchange in document.get("interchanges", ()):
        for group in interchange["groups"]:
            for error in (*interchange["errors"], *group["errors"]) if whole else ():
                found.append(_finding("envelope", error, "", 0))
            for transaction in group["transactions"]:
                for error in transaction["errors"] if whole else ():
                    found.append(_finding("set", error, "ST", 1))
                for segment in transaction["segments"]:
                    name, ordinal = str(segment["seg_id"]), segment["cur_line"] - _BEFORE_SET
                    for error in segment["errors"]:
                        found.append(_finding("segment", error, name, ordinal))
                    for element in segment["elements"]:
                        for error in element["errors"]:
                            found.append(_finding("element", error, name, ordinal))
    return found


def _finding(level: str, error: dict[str, Any], name: str, ordinal: int) -> Finding:
    """One objection in the judge's words, long values cut: they may be patients' data."""
    said, value = str(error["err_str"]), error.get("err_val")
    if value and len(str(value)) > 12:
        said = said.replace(str(value), f"{str(value)[:12]}…")
    where = f"segment {ordinal} ({clean(name, 3)})" if ordinal else ""
    return Finding(f"guide-{level}-{clean(str(error['err_cde']), 8)}", clean(said, 160), where)

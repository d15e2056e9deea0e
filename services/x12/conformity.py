"""Conformity to the implementation guide, judged by pyx12, one transaction set at a time.

What the judge does not see is guarded here: it stops at a blank segment, reads only the first delimiters of
a file and lets exceptions escape. So each set is wrapped by itself, its segments are counted against what
the judge saw, and whatever it raises becomes a finding. It proves no balance: `read_835` does.
"""

import io
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.clean import clean
from services.findings import Finding
from services.x12.envelope import Segment, TransactionSet

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


def wrapped(transaction_set: TransactionSet, segments: Iterable[Segment] | None = None) -> str:
    """Writes one set (its own segments unless others are given) as an interchange of its own.

    The wrapping is the set's own as far as the judge cares: the guide it knows (GS08), its delimiters. Reads
    `transaction_set.segments` to its end when `segments` is None.
    """
    version, functional = _guide(transaction_set)
    rows = [list(segment.elements) for segment in segments or transaction_set.segments]
    if rows and transaction_set.code == "835":
        # The guide does not use ST03 in an 835; payers send it all the same, and nothing depends on it.
        del rows[0][3:]
    own = transaction_set.delimiters
    taken = {own.element, own.component}
    texts = [own.element.join(row) for row in rows]
    whole = "".join(texts)
    marks = (own.segment, "~", "\x1e", "\x1c", "\x1d")
    terminator = next(
        (mark for mark in marks if mark not in taken and mark not in whole and mark not in "\r\n"), "\x1e"
    )
    taken.add(terminator)
    usage = "^`!|\x1f"
    repetition = own.repetition or next(mark for mark in usage if mark not in taken and mark not in whole)
    modern = version.startswith("005") or not version
    isa = [
        "ISA", "00", " " * 10, "00", " " * 10, "ZZ", "SENDER".ljust(15), "ZZ", "RECEIVER".ljust(15),
        "200101", "1200", repetition if modern else "U", "00501" if modern else "00401",
        "000000001", "0", "P", own.component,
    ]  # fmt: skip
    gs = ["GS", functional, "SENDER", "RECEIVER", "20200101", "1200", "1", "X", version]
    before = [own.element.join(isa), own.element.join(gs)]
    after = [own.element.join(("GE", "1", "1")), own.element.join(("IEA", "1", "000000001"))]
    return terminator.join([*before, *texts, *after, ""])


def judge(interchange_text_of_one_set: str) -> Conformity:
    """Judges one set, given as an interchange of its own (`wrapped`), by the implementation guide it names.

    Never raises. A set whose guide the judge does not know gets `no-guide`; one at which it breaks off gets
    `validator-stopped` or `validator-stopped-early`. Remark codes (RARC) are not checked here: the
    judge's list is old.
    """
    text = interchange_text_of_one_set
    element, terminator = text[3:4], text[105:106]
    ours = text.count(terminator) - _WRAPPING if terminator else 0
    parts = text.split(terminator, 2) if terminator else []
    group = parts[1].split(element) if len(parts) > 1 else []
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
        conforms = _ask(text, errors, count)
        findings += _findings(json.loads(errors.getvalue() or "{}"))
    # The judge raises what it likes (IndexError, KeyError, its own errors): none may stop an import.
    except Exception as error:  # noqa: BLE001
        told = f"The validator broke off behind segment {seen} ({type(error).__name__})."
        findings.append(Finding("validator-stopped", told, f"segment {seen}"))
    if seen < ours and not any(finding.code == "validator-stopped" for finding in findings):
        told = f"The validator saw {seen} of {ours} segments; the rest was not judged."
        findings.append(Finding("validator-stopped-early", told, f"segment {seen}"))
        conforms = False
    if not conforms and not findings:
        told = "The validator objects to the set's header or trailer (ST, SE) without saying why."
        findings.append(Finding("guide-envelope", told, "segment 1 (ST)"))
    return Conformity(conforms, tuple(findings[:_FINDINGS_KEPT]), seen)


def _ask(text: str, errors: io.StringIO, count: Any) -> bool:
    # Imported here: the maps and their readers take long to load, and most commands never judge.
    from pyx12.params import ParamsBase
    from pyx12.x12n_document import x12n_document

    logger = logging.getLogger("pyx12")
    # Its log lines hold patients' data, and without a handler they would be printed over the screen.
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.propagate = False
    settings = ParamsBase()
    settings.set("exclude_external_codes", "remark_code")
    return bool(x12n_document(settings, io.StringIO(text), None, None, fd_json=errors, callback=count))


def _findings(document: Any) -> list[Finding]:
    found: list[Finding] = []
    for interchange in document.get("interchanges", ()):
        for group in interchange["groups"]:
            for error in (*interchange["errors"], *group["errors"]):
                found.append(_finding("envelope", error, "", 0))
            for transaction in group["transactions"]:
                for error in transaction["errors"]:
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

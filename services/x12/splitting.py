"""Splitting a file into segments, in chunks: flat memory whatever the size, byte offsets throughout.

The text is decoded as Latin-1, one character a byte, so that offsets are exact; a segment with
characters beyond ASCII is decoded again as UTF-8 when its bytes are valid UTF-8.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.x12.envelope import PRINTABLE, ByteSource, Delimiters
from services.x12.faults import Faults
from services.x12.interchange import (
    EXACT_REACH,
    HEADER_REACH,
    Interchange,
    next_alone,
    next_within,
    read_interchange,
)

_ENVELOPE = ("GS", "ST", "SE", "GE", "IEA")

CHUNK = 64 * 1024
#: Characters kept of one element, and of one segment; no guide comes near either.
ELEMENT_LIMIT = 4096
SEGMENT_LIMIT = 128 * 1024

_BLANKS = "\r\n \t\x00\x1a\v\f"
_BYTE_ORDER_MARK = "\xef\xbb\xbf"
_HEADLESS = re.compile(r"(?:GS|ST)([^A-Za-z0-9 \t\r\n])")
_MARKS = {
    b"\x1f\x8b": "The file is compressed (gzip); unpack it first.",
    b"PK\x03\x04": "The file is compressed (zip); unpack it first.",
    b"\xff\xfe": "The file is UTF-16 text, not X12.",
    b"\xfe\xff": "The file is UTF-16 text, not X12.",
    b"%PDF": "The file is a PDF document, not X12.",
}


class Block(NamedTuple):
    """Whole segments that stand one after the other, each ended by `step`.

    `step` is the terminator with the line end that always follows it; `base` is the byte of the first
    segment, `offsets` are those of all where the text had to be put in order (None: it is as in the
    file). `marks` are the places in `text` of the envelope segments (GS, ST, SE, GE, IEA), last one first.
    With `interchange` the block is the ISA itself; `headless` says that segments come without one; `plain`
    that all characters but the line ends of `step` are printable ASCII.
    """

    text: str
    step: str
    base: int
    offsets: list[int] | None
    marks: list[int]
    delimiters: Delimiters
    interchange: Interchange | None = None
    headless: bool = False
    plain: bool = False


class Splitter:
    """Reads one file; `blocks()` gives its interchange headers and segments in order."""

    def __init__(self, stream: ByteSource, faults: Faults) -> None:
        self._stream = stream
        self._faults = faults
        self._text = ""
        self._at = 0  # the byte in the file of the first character of _text
        self._ended = False
        self._delimiters: Delimiters | None = None
        self._before: Delimiters | None = None
        self._line_end = ""
        self._scanned = 0
        self._clipped = 0  # bytes taken out of the unfinished segment at the start of _text
        self._told: set[str] = set()  # what was found of that segment already
        self._skipping = False
        self._unusable = False  # whether a header was found whose delimiters cannot be told
        self._envelope = self._padded = re.compile("")
        self._padding_told = False

    def blocks(self) -> Iterator[Block]:
        """Yields each ISA and the segments behind it; ends with the file, never raises for what is in it."""
        if not self._start():
            return
        anything = False
        while True:
            if self._delimiters is not None:
                yield self._segments(self._delimiters)
                continue
            block = self._between("text-after-iea" if anything else "text-before-isa")
            if block is None:
                break
            anything = True
            yield block
        if not anything and not self._unusable:
            self._faults.add("not-x12", "No X12 interchange, group or set was found in the file.")

    def _fill(self) -> None:
        chunk = b"" if self._ended else self._stream.read(CHUNK)
        if chunk:
            self._text += str(chunk, "latin-1")
        else:
            self._ended = True

    def _reach(self) -> None:
        while len(self._text) < HEADER_REACH and not self._ended:
            self._fill()

    def _drop(self, count: int) -> None:
        self._text = self._text[count:]
        self._at += count

    def _here(self) -> str:
        return f"byte {self._at}"

    def _start(self) -> bool:
        self._reach()
        for mark, text in _MARKS.items():
            if self._text.startswith(mark.decode("latin-1")):
                self._faults.add("not-x12", text)
                return False
        if self._text.startswith(_BYTE_ORDER_MARK):
            self._drop(3)
        if self._ended and not self._text.strip(_BLANKS):
            self._faults.add("not-x12", "The file is empty.")
            return False
        return True

    def _between(self, code: str) -> Block | None:
        """Finds the next interchange, or sets without one; None when the file ends."""
        while True:
            self._reach()
            self._drop(len(self._text) - len(self._text.lstrip(_BLANKS)))
            if not self._text:
                if self._ended:
                    return None
                continue
            headless = None if self._skipping else _HEADLESS.match(self._text)
            if headless:
                return self._headless(headless.group(1))
            at = self._next_interchange(code)
            if at is not None:
                return at
            self._drop(len(self._text) if self._ended else max(0, len(self._text) - EXACT_REACH))
            self._fill()

    def _next_interchange(self, code: str) -> Block | None:
        """Finds the next usable ISA in the buffer and opens it; what stands before it is told once."""
        at = next_alone(self._text, 0)
        if at != 0 and not self._skipping:
            self._skipping = True
            self._faults.add(code, "Text stands outside of an interchange; it was not read.", self._here())
        while at >= 0:
            if len(self._text) - at < HEADER_REACH and not self._ended:
                self._drop(at)
                self._reach()
                at = 0
            interchange = read_interchange(self._text, at, self._at + at)
            for finding in interchange.findings:
                self._faults.add(finding.code, finding.text, finding.where)
            if interchange.usable:
                header, offset = self._text[at : at + interchange.length], self._at + at
                self._skipping = False
                self._drop(at + interchange.length)
                self._open(interchange.delimiters)
                # The line end behind the ISA is no part of the first segment.
                if self._line_end and self._text.startswith(self._line_end):
                    self._drop(len(self._line_end))
                segment = interchange.delimiters.segment
                return Block(header, segment, offset, None, [], interchange.delimiters, interchange)
            self._unusable |= bool(interchange.delimiters.component)
            self._skipping = True
            at = next_alone(self._text, at + 3)
        return None

    def _headless(self, element: str) -> Block:
        """Assumes delimiters for sets without an ISA: those of the interchange before, or the usual ones."""
        delimiters = self._before
        if delimiters is None or delimiters.element != element:
            head = self._text[:HEADER_REACH]
            terminator = next((mark for mark in "~\n\r" if mark in head), "~")
            delimiters = Delimiters(element, ">" if element == ":" else ":", terminator, "")
        self._faults.add(
            "no-interchange",
            "No interchange header (ISA) stands before this group or set; its delimiters are assumed.",
            self._here(),
        )
        self._open(delimiters)
        return Block("", delimiters.segment, self._at, None, [], delimiters, None, True)

    def _open(self, delimiters: Delimiters) -> None:
        self._delimiters = self._before = delimiters
        self._scanned = 0
        self._line_end = ""
        if delimiters.segment not in "\r\n":
            ends = ("\r\n", "\n")
            head = self._text[:HEADER_REACH]
            self._line_end = next((end for end in ends if delimiters.segment + end in head), "")
        element, terminator = re.escape(delimiters.element), re.escape(delimiters.segment)
        step = re.escape(delimiters.segment + self._line_end)
        # A blank in front of a delimiter or behind one: looked for by the blank, of which there are few.
        self._padded = re.compile(f" (?:[{element}{terminator}]|(?<=[{element}{terminator}] ))")
        # One search finds the envelope and what is out of order: a blank behind a terminator, a blank segment.
        behind = f"[{element}{terminator}]"
        self._envelope = re.compile(
            f"{step}(?:S[TE]{behind}|G[SE]{behind}|IEA{behind}|([ \t\r\n\\x00{terminator}]))"
        )

    def _segments(self, delimiters: Delimiters) -> Block:
        """Splits what is complete in the buffer; closes the interchange at its IEA or before the next ISA."""
        terminator = delimiters.segment
        long = len(self._text) > SEGMENT_LIMIT
        # What waits behind an interchange that ended is split first: a file of very many would be read far ahead.
        if len(self._text) < CHUNK or terminator not in self._text:
            self._fill()
        if long and terminator not in self._text:
            self._shorten(delimiters.element)
        text = self._text
        stop = next_within(text, self._scanned, terminator)
        if stop >= 0 or self._ended:
            self._delimiters = None
            body = text[:stop] if stop >= 0 else text
        else:
            step = terminator + self._line_end
            cut = text.rfind(step)
            body = text[: cut + len(step)] if cut >= 0 else text[: text.rfind(terminator) + 1]
            self._scanned = max(0, len(text) - len(body) - EXACT_REACH)
        if "IEA" in body:
            body = self._to_trailer(body, delimiters)
        block = self._split(body, delimiters)
        self._drop(len(body))
        if body:
            self._at += self._clipped
            self._clipped = 0
        return block

    def _to_trailer(self, body: str, delimiters: Delimiters) -> str:
        """Cuts the text behind the first IEA segment: what follows belongs to no interchange."""
        pattern = rf"(?:\A|{re.escape(delimiters.segment)})[ \t\r\n]*IEA{re.escape(delimiters.element)}"
        trailer = re.search(pattern, body)
        end = body.find(delimiters.segment, trailer.end()) if trailer else -1
        if end < 0:
            return body
        self._delimiters = None
        return body[: end + 1]

    def _split(self, body: str, delimiters: Delimiters) -> Block:
        """Takes text as it is when it is written as most payers write it; else puts it in order."""
        step = delimiters.segment + self._line_end
        if (
            body.endswith(step)
            and not self._clipped
            and body[0] not in _BLANKS
            and body.isascii()
            and self._evenly_ended(body, step)
            and self._padded.search(body) is None
        ):
            marks = self._marks(body, step, delimiters)
            if marks is not None:
                return Block(body, step, self._at, None, marks, delimiters, plain=True)
        return self._in_order(body, delimiters)

    def _evenly_ended(self, body: str, step: str) -> bool:
        """Whether all is printable but the line ends, these stand behind all terminators, no segment is very long."""
        count = body.count(step)
        others = body.encode("ascii").translate(None, PRINTABLE)
        half = ELEMENT_LIMIT // 2
        return (
            others == step.encode("latin-1").translate(None, PRINTABLE) * count
            and (len(step) == 1 or body.count(step[0]) == count)
            and all(body.find(step[0], at, at + half) >= 0 for at in range(0, len(body) - half, half))
        )

    def _marks(self, body: str, step: str, delimiters: Delimiters) -> list[int] | None:
        """The places of envelope segments, the last one first; None when the text is not in order."""
        marks: list[int] = []
        if body[: body.find(step)].split(delimiters.element, 1)[0] in _ENVELOPE:
            marks.append(0)
        for hit in self._envelope.finditer(body):
            if hit.group(1) is not None:
                return None
            marks.append(hit.start() + len(step))
        marks.reverse()
        return marks

    def _in_order(self, body: str, delimiters: Delimiters) -> Block:
        """Puts text in order: blank segments, stray line breaks, long elements, characters beyond ASCII."""
        texts: list[str] = []
        offsets: list[int] = []
        marks: list[int] = []
        place = 0
        element, terminator = delimiters.element, delimiters.segment
        parts = body.split(terminator)
        start, clipped = self._at, self._clipped
        last = len(parts) - 1
        for index, part in enumerate(parts):
            kept = part.lstrip(_BLANKS)
            offset = start + len(part) - len(kept)
            start += len(part) + 1 + clipped
            clipped = 0
            kept = kept.rstrip(_BLANKS)
            if not kept:
                if index < last and delimiters.segment not in "\r\n":
                    self._faults.add("blank-segment", "A blank segment was skipped.", f"byte {offset}")
                continue
            if index == last:
                self._faults.add("no-terminator", "The last segment has no terminator.", f"byte {offset}")
            if "\n" in kept or "\r" in kept:
                kept = kept.replace("\r", "").replace("\n", "")
                self._faults.add(
                    "line-break", "A line break inside a segment was taken out.", f"byte {offset}"
                )
            if len(kept) > ELEMENT_LIMIT:
                kept = self._clip(kept, delimiters.element, offset)
            if not kept.isascii() and (element + terminator).isascii():
                kept = _decode_again(kept)
            kept = self._without_padding(kept, element, offset)
            if kept.split(element, 1)[0] in _ENVELOPE:
                marks.append(place)
            texts.append(kept)
            offsets.append(offset)
            place += len(kept) + 1
            if self._told:
                self._told.clear()
        marks.reverse()
        text = "".join([text + terminator for text in texts])
        return Block(text, terminator, self._at, offsets, marks, delimiters)

    def _without_padding(self, text: str, separator: str, offset: int) -> str:
        """Takes off the blanks around values, with which some payers fill them up; said once a file."""
        stripped = separator.join([element.strip(_BLANKS) for element in text.split(separator)])
        if stripped != text and not self._padding_told:
            self._padding_told = True
            told = "Values are filled up with blanks, which are no part of them; they were taken off."
            self._faults.add("padded-values", told, f"byte {offset}")
        return stripped

    def _clip(self, text: str, separator: str, offset: int) -> str:
        elements = text.split(separator)
        if max(map(len, elements)) <= ELEMENT_LIMIT:
            return text
        told = f"An element has more than {ELEMENT_LIMIT} characters; the rest of it was not read."
        self._tell_once("element-too-long", told, f"byte {offset}")
        return separator.join([element[:ELEMENT_LIMIT] for element in elements])

    def _tell_once(self, code: str, told: str, where: str) -> None:
        """Tells what is wrong with a segment once, however often it is cut until its terminator comes."""
        if code not in self._told:
            self._told.add(code)
            self._faults.add(code, told, where)

    def _shorten(self, separator: str) -> None:
        """Keeps an endless segment within bounds while its terminator has not come."""
        kept = self._clip(self._text, separator, self._at)
        if len(kept) > SEGMENT_LIMIT:
            told = f"A segment has more than {SEGMENT_LIMIT} characters; the rest of it was not read."
            self._tell_once("segment-too-long", told, self._here())
            kept = kept[:SEGMENT_LIMIT]
        self._clipped += len(self._text) - len(kept)
        self._text = kept
        self._scanned = 0


def _decode_again(text: str) -> str:
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return text

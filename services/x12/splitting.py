"""Splitting a file into segments, in chunks: flat memory whatever the size, byte offsets throughout.

The text is decoded as Latin-1, one character a byte, so that offsets are exact; a segment with
characters beyond ASCII is decoded again as UTF-8 when its bytes are valid UTF-8.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, repeat
from operator import add
from typing import NamedTuple

from services.x12.envelope import ByteSource, Delimiters
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
_HEADLESS = re.compile(r"(?:GS|ST)([^A-Za-z0-9\s])")
_MARKS = {
    b"\x1f\x8b": "The file is compressed (gzip); unpack it first.",
    b"PK\x03\x04": "The file is compressed (zip); unpack it first.",
    b"\xff\xfe": "The file is UTF-16 text, not X12.",
    b"\xfe\xff": "The file is UTF-16 text, not X12.",
    b"%PDF": "The file is a PDF document, not X12.",
}


class Batch(NamedTuple):
    """Segments that stand one after the other, not yet split into elements, and where each begins (byte).

    `marks` are the indexes of the envelope segments (GS, ST, SE, GE, IEA), the last one first.
    With `interchange` the batch is the ISA itself; `headless` says that segments come without one.
    """

    texts: list[str]
    offsets: list[int]
    marks: list[int]
    delimiters: Delimiters
    interchange: Interchange | None = None
    headless: bool = False


class Splitter:
    """Reads one file; `batches()` gives its interchange headers and segments in order."""

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
        self._skipping = False
        self._envelope = re.compile("")

    def batches(self) -> Iterator[Batch]:
        """Yields each ISA and the segments behind it; ends with the file, never raises for what is in it."""
        if not self._start():
            return
        anything = False
        while True:
            if self._delimiters is not None:
                yield self._segments(self._delimiters)
                continue
            batch = self._between("text-after-iea" if anything else "text-before-isa")
            if batch is None:
                break
            anything = True
            yield batch
        if not anything:
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

    def _between(self, code: str) -> Batch | None:
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
            at = next_alone(self._text, 0)
            if at != 0 and not self._skipping:
                self._skipping = True
                self._faults.add(
                    code, "Text stands outside of an interchange; it was not read.", self._here()
                )
            if at >= 0:
                self._drop(at)
                return self._interchange()
            self._drop(len(self._text) if self._ended else max(0, len(self._text) - EXACT_REACH))
            self._fill()

    def _interchange(self) -> Batch:
        self._reach()
        interchange = read_interchange(self._text, 0, self._at)
        delimiters, offset = interchange.delimiters, self._at
        for finding in interchange.findings:
            self._faults.add(finding.code, finding.text, finding.where)
        header = self._text[: interchange.length]
        self._drop(interchange.length if interchange.usable else 3)
        self._skipping = not interchange.usable
        if interchange.usable:
            self._open(delimiters)
        return Batch([header], [offset], [], delimiters, interchange)

    def _headless(self, element: str) -> Batch:
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
        return Batch([], [], [], delimiters, None, True)

    def _open(self, delimiters: Delimiters) -> None:
        self._delimiters = self._before = delimiters
        self._scanned = 0
        self._line_end = ""
        if delimiters.segment not in "\r\n":
            ends = ("\r\n", "\n")
            self._line_end = next((end for end in ends if delimiters.segment + end in self._text), "")
        step, element = re.escape(delimiters.segment + self._line_end), re.escape(delimiters.element)
        self._envelope = re.compile(f"{step}(?:S[TE]|G[SE]|IEA){element}")

    def _segments(self, delimiters: Delimiters) -> Batch:
        """Splits what is complete in the buffer; closes the interchange at its IEA or before the next ISA."""
        terminator = delimiters.segment
        long = len(self._text) > SEGMENT_LIMIT
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
        batch = self._split(body, delimiters)
        self._drop(len(body))
        if body:
            self._at += self._clipped
            self._clipped = 0
        return batch

    def _to_trailer(self, body: str, delimiters: Delimiters) -> str:
        """Cuts the text behind the first IEA segment: what follows belongs to no interchange."""
        pattern = rf"(?:\A|{re.escape(delimiters.segment)})\s*IEA{re.escape(delimiters.element)}"
        trailer = re.search(pattern, body)
        end = body.find(delimiters.segment, trailer.end()) if trailer else -1
        if end < 0:
            return body
        self._delimiters = None
        return body[: end + 1]

    def _split(self, body: str, delimiters: Delimiters) -> Batch:
        """Splits text as most payers write it; whatever deviates is split with care."""
        step = delimiters.segment + self._line_end
        count = body.count(step)
        if (
            count
            and not self._clipped
            and body.endswith(step)
            and body.count(delimiters.segment) == count
            and body.count("\n") == (count if "\n" in step else 0)
            and body.count("\r") == (count if "\r" in step else 0)
            and body[0] not in _BLANKS
            and step + " " not in body
            and step + "\t" not in body
            and "\x00" not in body
            and body.isascii()
        ):
            texts = body[: -len(step)].split(step)
            lengths = list(map(len, texts))
            if 0 not in lengths and max(lengths) <= ELEMENT_LIMIT:
                offsets = list(accumulate(map(add, lengths, repeat(len(step))), initial=self._at))
                return Batch(texts, offsets, self._marks(body, step, delimiters.element, offsets), delimiters)
        return self._split_with_care(body, delimiters)

    def _marks(self, body: str, step: str, element: str, offsets: list[int]) -> list[int]:
        base = self._at + len(step)
        marks = [bisect_left(offsets, base + hit.start()) for hit in self._envelope.finditer(body)]
        if body.startswith(tuple(name + element for name in _ENVELOPE)):
            marks.insert(0, 0)
        marks.reverse()
        return marks

    def _split_with_care(self, body: str, delimiters: Delimiters) -> Batch:
        """Splits text with blank segments, stray line breaks, long elements or characters beyond ASCII."""
        batch = Batch([], [], [], delimiters)
        parts = body.split(delimiters.segment)
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
            batch.texts.append(kept if kept.isascii() else _decoded_again(kept))
            batch.offsets.append(offset)
        ids = tuple(name + delimiters.element for name in _ENVELOPE)
        batch.marks.extend(index for index, text in enumerate(batch.texts) if text.startswith(ids))
        batch.marks.reverse()
        return batch

    def _clip(self, text: str, separator: str, offset: int) -> str:
        elements = text.split(separator)
        if max(map(len, elements)) <= ELEMENT_LIMIT:
            return text
        told = f"An element has more than {ELEMENT_LIMIT} characters; the rest of it was not read."
        self._faults.add("element-too-long", told, f"byte {offset}")
        return separator.join([element[:ELEMENT_LIMIT] for element in elements])

    def _shorten(self, separator: str) -> None:
        """Keeps an endless segment within bounds while its terminator has not come."""
        kept = self._clip(self._text, separator, self._at)
        if len(kept) > SEGMENT_LIMIT:
            told = f"A segment has more than {SEGMENT_LIMIT} characters; the rest of it was not read."
            self._faults.add("segment-too-long", told, self._here())
            kept = kept[:SEGMENT_LIMIT]
        self._clipped += len(self._text) - len(kept)
        self._text = kept
        self._scanned = 0


def _decoded_again(text: str) -> str:
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return text

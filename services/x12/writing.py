"""Writes X12: segments in transaction sets in one interchange, with counts and control numbers.

Delimiters are `*`, `:`, `^` and `~` with a line feed after each segment. Written as it goes, so that a
file can be of any length. What cannot be written without harm to a delimiter is refused, never changed.
"""

import datetime
import re
from functools import lru_cache
from types import TracebackType
from typing import BinaryIO, Self

# Printable ASCII without the repetition and the segment delimiter; `*` is counted apart.
_WRITABLE = re.compile(r"[ -\]_-}]*\Z")
_PLAIN = re.compile(r"[ -)+-9;-\]_-}]*\Z")
_FLUSH_AFTER = 4096


class NotWritable(ValueError):
    """A value that would break the segment it stands in."""


def plain(*texts: str) -> None:
    """Makes sure that texts hold no delimiter and nothing but printable ASCII. Raises `NotWritable`."""
    for text in texts:
        if _PLAIN.match(text) is None:
            raise NotWritable(text[:40])


def dollars(cents: int) -> str:
    """Writes whole cents as X12 data type R: no needless zeros, `.5` as `0.5`, a leading minus."""
    if cents % 100 == 0:
        return str(cents // 100)
    sign, size = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{size // 100}.{size % 100:02d}".rstrip("0")


@lru_cache(maxsize=4096)
def compact(day: datetime.date) -> str:
    """Writes a date as X12 does: CCYYMMDD (data type DT, qualifier D8)."""
    return day.strftime("%Y%m%d")


def composite(*components: str) -> str:
    """Joins the components of an element, without the empty ones at its end. Raises `NotWritable`."""
    joined = ":".join(components)
    if joined.count(":") != len(components) - 1:
        raise NotWritable(joined[:40])
    return joined.rstrip(":")


class InterchangeWriter:
    """One ISA with one GS, and as many transaction sets as are begun; a context manager that writes GE and
    IEA.

    `functional` is GS01, `version` GS08, `control` ISA13 (1 to 999999999), `usage` ISA15 (T test, P
    production).
    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        functional: str,
        version: str,
        sender: str,
        receiver: str,
        written: datetime.date,
        control: int,
        time: str = "0800",
        usage: str = "T",
    ) -> None:
        plain(sender, receiver)
        if len(sender) > 15 or len(receiver) > 15 or not 0 < control <= 999_999_999:
            raise NotWritable(f"{sender} {receiver} {control}")
        self._stream = stream
        self._version = version
        self._control = f"{control:09d}"
        self._sets = 0
        self._segments = 0
        self._lines: list[str] = []
        self._set_control = ""
        self._lines.append(
            f"ISA*00*{'':10}*00*{'':10}*ZZ*{sender:15}*ZZ*{receiver:15}*{written:%y%m%d}*{time}*^*00501*"
            f"{self._control}*0*{usage}*:"
        )
        self._lines.append(f"GS*{functional}*{sender}*{receiver}*{written:%Y%m%d}*{time}*1*X*{version}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()

    @property
    def sets(self) -> int:
        """How many transaction sets were begun."""
        return self._sets

    def begin(self, code: str, implementation: str = "") -> str:
        """Writes ST and gives its control number; `implementation` is ST03 where the guide asks for it."""
        self._sets += 1
        self._set_control = f"{self._sets:04d}"
        self._segments = 0
        self.segment("ST", code, self._set_control, implementation)
        return self._set_control

    def segment(self, *elements: str) -> None:
        """Writes one segment, without the empty elements at its end. Raises `NotWritable`."""
        text = "*".join(elements)
        if text.count("*") != len(elements) - 1 or _WRITABLE.match(text) is None:
            raise NotWritable(text[:40])
        self._segments += 1
        self._lines.append(text if elements[-1] else text.rstrip("*"))
        if len(self._lines) > _FLUSH_AFTER:
            self._flush()

    def end(self) -> int:
        """Writes SE and gives the number of segments of the set."""
        self.segment("SE", str(self._segments + 1), self._set_control)
        return self._segments

    def close(self) -> None:
        """Writes GE and IEA."""
        self._lines.append(f"GE*{self._sets}*1")
        self._lines.append(f"IEA*1*{self._control}")
        self._flush()

    def _flush(self) -> None:
        self._lines.append("")
        self._stream.write("~\n".join(self._lines).encode("ascii"))
        self._lines.clear()

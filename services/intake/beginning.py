"""How a file begins: its first bytes that say something, by which its kind is told."""

from typing import BinaryIO

from services.findings import Finding

_HEAD = 4096
_CHUNK = 1 << 16
#: What says nothing before the first segment or row: unused bytes, blanks and line ends, the end mark of old
#: systems, a form feed.
_BLANKS = b"\x00 \t\r\n\x1a\v\f"

#: What is said of a file that holds nothing else.
EMPTY = Finding("empty", "The file is empty.")


def beginning(stream: BinaryIO) -> bytes:
    """Gives the first bytes of a seekable stream, those behind the blanks when they are nothing but blanks.

    Empty when the whole file is; the stream stands at its start again.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    while head and not head.strip(_BLANKS):
        start = stream.tell()
        head = stream.read(_CHUNK)
        said = head.lstrip(_BLANKS)
        if said:
            stream.seek(start + len(head) - len(said))
            head = stream.read(_HEAD)
    stream.seek(0)
    return head

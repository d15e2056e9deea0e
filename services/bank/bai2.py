"""Recognises a BAI2 cash management file (file header record 01 of the BAI2 specification)."""

import re

_FILE_HEADER = re.compile(rb"\s*01,[^,\r\n]*,[^,\r\n]*,[0-9]{6},[^,\r\n]*,[^,\r\n]*,")


def looks_like_bai2(head: bytes) -> bool:
    """Says whether a file's first bytes are a BAI2 file header: `01,sender,receiver,YYMMDD,time,id,`."""
    return _FILE_HEADER.match(head.removeprefix(b"\xef\xbb\xbf")) is not None

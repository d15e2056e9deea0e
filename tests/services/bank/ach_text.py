"""Builds ACH records by hand, column by column, independently of the program's own writer; reads a file whole."""

import io
from collections.abc import Sequence
from typing import NamedTuple

from services.bank.ach import AchEntry, AchFile
from services.bank.nacha import read_nacha

ROUTING = "999999992"


class HandEntry(NamedTuple):
    """One entry to be written: code, cents and the text of its addenda, one record each.

    `trace` is the number of the entry, 0 for the next one.
    """

    code: str
    cents: int
    addenda: tuple[str, ...] = ()
    routing: str = ROUTING
    account: str = "442000111"
    trace: int = 0


def header(created: str = "261120", modifier: str = "A") -> str:
    """Record 1."""
    return (
        f"101 {ROUTING} 999999992{created:6}0800{modifier:1}094101"
        f"{'DEMO TREASURY BANK':23}{'DEMO PAYING BANK':23}{'':8}"
    )


def batch(
    entries: Sequence[HandEntry],
    *,
    number: int = 1,
    sec: str = "CCD",
    description: str = "HCCLAIMPMT",
    first: int = 1,
    effective: str = "261123",
) -> list[str]:
    """Records 5, 6, 7 and 8 of a batch."""
    out = [
        f"5200{'BLUE RIVER':16}{'':20}1999000001{sec:3}{description:10}261120{effective:6}   199999999{number:07d}"
    ]
    hashed = count = debits = credits = 0
    for running, entry in enumerate(entries, start=first):
        at = entry.trace or running
        name = (
            f"{len(entry.addenda) % 10_000:04d}{'DEMO MEDICAL CTR':16}  "
            if sec == "CTX"
            else f"{'DEMO MEDICAL CENTER':22}"
        )
        flag = 1 if entry.addenda else 0
        out.append(
            f"6{entry.code}{entry.routing}{entry.account:17}{entry.cents:010d}{'':15}{name}"
            f"  {flag}99999999{at:07d}"
        )
        out += [f"705{text:80}{n % 10_000:04d}{at:07d}" for n, text in enumerate(entry.addenda, start=1)]
        count += 1 + len(entry.addenda)
        hashed += int(entry.routing[:8])
        if entry.code[1] in "1234":
            credits += entry.cents
        else:
            debits += entry.cents
    out.append(
        f"8200{count:06d}{hashed % 10**10:010d}{debits:012d}{credits:012d}"
        f"1999000001{'':25}99999999{number:07d}"
    )
    return out


def whole(batches: Sequence[Sequence[str]], *, created: str = "261120", modifier: str = "A") -> list[str]:
    """The records of a whole file, with its control and its filler."""
    out = [header(created, modifier)] + [record for each in batches for record in each]
    controls = [record for record in out if record[0] == "8"]
    out.append(
        f"9{len(batches):06d}{-(-(len(out) + 1) // 10):06d}{sum(int(c[4:10]) for c in controls):08d}"
        f"{sum(int(c[10:20]) for c in controls) % 10**10:010d}{sum(int(c[20:32]) for c in controls):012d}"
        f"{sum(int(c[32:44]) for c in controls):012d}{'':39}"
    )
    while len(out) % 10:
        out.append("9" * 94)
    assert {len(record) for record in out} == {94}
    return out


def as_file(records: Sequence[str], end: str = "\n") -> bytes:
    """The records as bytes, each with that line end."""
    return "".join(record + end for record in records).encode("latin-1")


class Whole(NamedTuple):
    """A small file as a test looks at it: its entries, and what it says as a whole."""

    entries: tuple[AchEntry, ...]
    told: AchFile

    @property
    def claim_payments(self) -> tuple[AchEntry, ...]:
        """The EFTs to take."""
        return tuple(entry for entry in self.entries if entry.claim_payment)


def read_whole(data: bytes) -> Whole:
    """Reads a file to its end, which comes last and once."""
    *entries, told = read_nacha(io.BytesIO(data))
    assert isinstance(told, AchFile)
    return Whole(tuple(entry for entry in entries if isinstance(entry, AchEntry)), told)

"""What became of the files of one import."""

from collections.abc import Iterable, Sequence

from services.intake.report import FileReport
from services.reports.report import Column, Kind, Report


def import_report(rows: Sequence[FileReport]) -> Report[FileReport]:
    """The files of one import: of which kind each is, what became of it, and which ERAs it made."""
    return Report(
        "FILES",
        (
            Column("FILE", lambda row: row.file),
            Column("KIND", lambda row: row.kind),
            Column("OUTCOME", lambda row: row.outcome),
            Column("SETS", lambda row: len(row.sets), Kind.NUMBER),
            Column("EFTS", lambda row: row.efts, Kind.NUMBER),
            Column("BILLS", lambda row: row.bills, Kind.NUMBER),
            Column("ERAS", lambda row: ranges(one.era for one in row.sets)),
        ),
        rows,
    )


def ranges(numbers: Iterable[int | None]) -> str:
    """Numbers as a person writes them: `1-50,53` for fifty in a row and another one."""
    spans: list[tuple[int, int]] = []
    for number in sorted({number for number in numbers if number is not None}):
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)

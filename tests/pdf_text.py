"""What a PDF says, read back by another library: sheet by sheet, row by row."""

import io
from typing import Any

from pypdf import PdfReader


def sheets_of(document: bytes) -> list[list[str]]:
    """The rows of each sheet, down to its last one with text; a row is what stands on one line of the paper."""
    return [_rows(page) for page in PdfReader(io.BytesIO(document)).pages]


def _rows(page: Any) -> list[str]:
    rows: dict[float, str] = {}
    sizes: set[float] = set()

    def hear(text: str, _: Any, matrix: list[float], __: Any, size: float) -> None:
        if text.strip("\n"):
            assert matrix[4] == 36, "a line begins elsewhere than at the margin"
            rows[matrix[5]] = rows.get(matrix[5], "") + text.strip("\n")
            sizes.add(size)

    page.extract_text(visitor_text=hear)
    if not rows:
        return []
    (size,) = sizes
    high = float(page.mediabox.height)
    widest = max(len(text) for text in rows.values())
    assert widest * size * 0.602 <= float(page.mediabox.width) - 71.9, "a line runs over the margin"
    assert min(rows) >= 35.9, "a line stands below the margin"
    numbered = {round((high - 36 - y) / (size * 1.2)): text for y, text in rows.items()}
    assert len(numbered) == len(rows), "two lines stand on each other"
    return [numbered.get(row, "") for row in range(1, max(numbered) + 1)]

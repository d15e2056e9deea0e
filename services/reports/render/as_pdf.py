"""A print as PDF: its sheets as they are, in letters of one width that the document brings along."""

import logging
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import BinaryIO

from services.clean import REPLACEMENT
from services.reports.sheets import PRINTED_PAGE, Paper

#: A sheet of letter paper upright and its margins, in points.
_WIDE, _HIGH, _MARGIN = 612.0, 792.0, 36.0
#: A letter of the font is so wide and a line so high, as parts of the type size; larger type is not read better.
_LETTER, _LINE, _LARGEST = 0.6021, 1.2, 10.0

_FONT = "DejaVuSansMono"


def write_pdf(out: BinaryIO, sheets: Iterable[Sequence[str]], paper: Paper, title: str) -> None:
    """Writes sheets of `paper` as a PDF document, which is the same to the byte for the same print.

    A sheet that is wider or longer than the paper upright is set in smaller type, lying where that makes it larger.
    A letter that the font does not have becomes U+FFFD. The document is in memory until its last sheet is there, as
    small as it will be in its file.
    """
    for name in ("fpdf", "fontTools"):
        # What the makers of fonts log would stand in the middle of a screen.
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    # Imported here: it loads as much as all screens do, and few prints want it.
    from fpdf import FPDF
    from fpdf.fonts import TTFFont

    from data.shipped import PRINT_FONT

    size, lying = _type_size(paper)
    width, height = (_HIGH, _WIDE) if lying else (_WIDE, _HIGH)
    pdf = FPDF(unit="pt", format=(width, height))
    pdf.set_auto_page_break(False)
    if title:
        pdf.set_title(title)
    pdf.set_lang("en-US")
    pdf.set_creation_date(paper.signed.at)
    pdf.add_font(_FONT, fname=PRINT_FONT)
    pdf.set_font(_FONT, size=size)
    font = pdf.current_font
    assert isinstance(font, TTFFont)
    # Its file stays open until then, also where the sheets break off.
    with closing(font):
        known = frozenset(map(chr, font.cmap))
        for sheet in sheets:
            pdf.add_page()
            for row, line in enumerate(sheet, 1):
                if line:
                    shown = "".join(letter if letter in known else REPLACEMENT for letter in line)
                    pdf.text(_MARGIN, _MARGIN + row * size * _LINE, shown)
        out.write(pdf.output())


def _type_size(paper: Paper) -> tuple[float, bool]:
    """How large the type is, in points, and whether the paper lies."""
    rows = max(paper.rows, PRINTED_PAGE) + 1
    sizes = [
        min((width - 2 * _MARGIN) / paper.columns / _LETTER, (height - 2 * _MARGIN) / rows / _LINE, _LARGEST)
        for width, height in ((_WIDE, _HIGH), (_HIGH, _WIDE))
    ]
    # Downwards to a hundredth, so that the last column stands within the margin.
    return int(max(sizes) * 100) / 100, sizes[1] > sizes[0]

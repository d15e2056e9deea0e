"""The heading lines that the screens of one ERA share (`screens.md` 2, header)."""

from collections.abc import Sequence

from services.remittances.heading import EraHeading

_TOTAL_COLUMN = 31
_PAYER = "Payer Name/ID: "
# A longer heading line is cut by the frame, which would take the identifier (`screens.md` 0.1).
_LONGEST = 79


def heading_lines(heading: EraHeading) -> Sequence[str]:
    """Number and total, payer, and what came for it: the receipt made of it, its EFT, or its paper check."""
    return (
        f"{f'ERA Entry #: {heading.era}':<{_TOTAL_COLUMN}}Total Amt Pd: {heading.total:.2f}",
        _payer_line(heading),
        _money_line(heading),
    )


def _payer_line(heading: EraHeading) -> str:
    """Name and identifier; of a long name the end is left out, never the identifier."""
    identifier = f"/{heading.payer_id}"
    return f"{f'{_PAYER}{heading.payer_name}'[: max(_LONGEST - len(identifier), len(_PAYER))]}{identifier}"


def _money_line(heading: EraHeading) -> str:
    if heading.receipt:
        return f"*** RECEIPT ALREADY CREATED ({heading.receipt}) ***"
    if heading.deposit is not None:
        return f"EFT #/TRACE #: {heading.deposit}/{heading.trace}"
    return f"PAPER CHECK #: {heading.check}" if heading.check else ""

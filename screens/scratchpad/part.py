"""Which part of an ERA a clerk has open on his scratch pad, as sentences and prints name it."""

from screens.scratchpad.open_pad import OpenPad


def open_batch(pad: OpenPad) -> str | None:
    """The batch that is open, as the discrepancies report names it; None for the entire ERA."""
    return None if pad.batch_number is None else str(pad.batch_number)


def part_of_era(pad: OpenPad) -> str:
    """ERA, or BATCH where only one of its batches is open."""
    return "BATCH" if open_batch(pad) else "ERA"

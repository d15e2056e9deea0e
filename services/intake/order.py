"""In which order files that come together are filed: claims before what is said of them and paid for them."""

import stat
from pathlib import Path

from services.intake.beginning import beginning
from services.intake.format import Formats, Turn
from services.intake.known_formats import KNOWN


def order_of_filing(path: Path, *, formats: Formats = KNOWN) -> Turn:
    """When a file is filed among others that are imported with it.

    Only the beginning of the file is looked at; one that cannot be read comes last and is refused in its turn.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Turn.OTHERS
        with path.open("rb") as stream:
            head = beginning(stream)
    except OSError:
        return Turn.OTHERS
    return formats.of_file(head).turn(head, formats)

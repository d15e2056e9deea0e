"""The prints of an ERA from the store: what the screens and the command line ask for."""

import re
from collections.abc import Sequence

from sqlalchemy.orm import Session

from services.errors import Refused
from services.receipts.printed import PrintedEeobs, one_eeob, read_printed_era
from services.reports.eeob_print import eeob_print
from services.reports.era_print import era_print
from services.reports.report import Report

_ADJUSTMENT = re.compile(r"ADJ([0-9]{1,6})", re.ASCII)


def print_of_era(session: Session, number: int, expanded: bool) -> Report[None]:
    """The print of an ERA; its EEOBs are read while it is written, so that the session must stay open until then."""
    return era_print(read_printed_era(session, number), PrintedEeobs(session, number), expanded)


def print_of_eeobs(session: Session, number: int, sequences: Sequence[str]) -> Report[None]:
    """The print of some EEOBs of an ERA by their sequences, or of its adjustments (`ADJ1`).

    Raises `Refused` for what the ERA does not have, and for the totals mismatch, of which no payer says anything.
    """
    era = read_printed_era(session, number)
    eeobs, adjustments = [], []
    for sequence in sequences:
        if sequence.isascii() and sequence.isdecimal():
            eeobs.append(one_eeob(session, number, int(sequence[:18])))
            continue
        found = _ADJUSTMENT.fullmatch(sequence.upper())
        fitting = [each for each in era.adjustments if found and each.number == int(found[1])]
        if not fitting:
            raise Refused(f"THERE IS NO EEOB {sequence} IN ERA {number}")
        adjustments += fitting
    return eeob_print(era, eeobs, adjustments)

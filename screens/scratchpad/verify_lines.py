"""A line beside its bill, to the column (`screens.md` 8a)."""

import datetime
from collections.abc import Sequence

from services.dates import short
from services.scratchpad.verification import Told
from services.scratchpad.verifying import Comparison

NO_BILL = "THIS LINE DOES NOT REFERENCE A VALID BILL"

_INDENT = " " * 13
_CAPTIONS = f"{_INDENT}{'PATIENT NAME':<30}  SUBMITTED AMT    SVC DATE(S)"
_RULE = f"{_INDENT}{'-' * 30}  {'-' * 15}  {'-' * 17}"


def comparison_lines(found: Comparison) -> Sequence[str]:
    """The payer's data above the bill's, or that there is no bill; a blank line ends them."""
    if found.eeob is None or found.bill is None:
        return ("", NO_BILL, "")
    return (
        *("", "", ""),
        _claims(found),
        _CAPTIONS,
        _RULE,
        _side("   ERA DATA: ", found.eeob),
        f"{'':15}{found.eeob_payer[:60]}",
        _side("  BILL DATA: ", found.bill),
        f"{'':15}{found.bill_payer[:60]}",
        "",
    )


def _claims(found: Comparison) -> str:
    if not found.parts:
        return f"  CLAIM #: {found.claim}"
    return f"CLAIM #'s: {found.claim} (ORIGINAL ERA DATA) {' '.join(part.claim for part in found.parts)}"


def _side(label: str, told: Told) -> str:
    dates = f"{_date(told.service_from):<8}{f'-{_date(told.service_to)}':<9}"
    return f"{label}{told.patient[:30]:<30}  {told.amount:<15.2f}  {dates}".rstrip()


def _date(day: datetime.date | None) -> str:
    return "NOTFOUND" if day is None else short(day)

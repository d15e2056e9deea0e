"""What would stop the receipt of a scratch pad at processing, while its lines can still be split (behaviour 8.4).

VistA says so on the Receipt Profile, when no line of the scratch pad can be split any more.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from models.words.scratchpad import LineKey
from services.errors import Refused
from services.receipts.gates import BillPaid, changes_of_era, foresee_warnings, refuse_changes
from services.scratchpad.pad import PadLine


def warn_of_payments(session: Session, era_id: int, lines: Sequence[PadLine]) -> dict[LineKey, str]:
    """The lines that a receipt would have whose bills could not take their payments, each with its warning.

    What open receipts and the other lines pay on the same bills counts too.
    """
    paid = [
        BillPaid(number, line.bill_id, line.to_post)
        for number, line in enumerate(lines)
        if line.bill_id is not None and line.to_post
    ]
    warnings = foresee_warnings(session, paid, changes_of_era(session, era_id))
    said = {}
    for warning in warnings:
        line = lines[warning.line]
        said[line.at] = "\n".join(filter(None, (warning.say(f"Line {line.label}"), warning.cause)))
    return said


def warn_of_changes(session: Session, era_id: int) -> str:
    """Why the decreases that were distributed could not be made; empty when they can."""
    try:
        refuse_changes(session, changes_of_era(session, era_id))
    except Refused as refusal:
        return str(refusal)
    return ""

"""Telling what a transaction set is, by ST01 and the implementation guide that it names."""

from services.clean import clean
from services.x12.envelope import TransactionSet

#: The guides of the 837 (5010 and 4010). X298 to X300 report adjudicated claims: they are no bills.
_CLAIMS = {
    "X222": "837P",
    "X223": "837I",
    "X224": "837D",
    "X098": "837P",
    "X096": "837I",
    "X097": "837D",
}


def x12_kind(transaction_set: TransactionSet) -> str:
    """Says `835`, `837P`, `837I`, `837D`, `277CA` or `999`; else `unknown` and ST01.

    The guide stands in ST03 or, before 5010, in GS08 (`005010X222A1`): its `X222` decides.
    """
    code = transaction_set.code
    guide = transaction_set.version[6:10].upper()
    if code in ("835", "999"):
        return code
    if code == "837" and guide in _CLAIMS:
        return _CLAIMS[guide]
    if code == "277" and guide == "X214":
        return "277CA"
    return f"unknown {clean(code, 10)}".rstrip()

"""Telling which implementation guide a transaction set names."""

from services.x12.envelope import TransactionSet


def guide_named(transaction_set: TransactionSet) -> str:
    """The guide by its own number, such as `X222` of `005010X222A1`; empty when the set names none.

    It stands in ST03 or, before 5010, in GS08.
    """
    return transaction_set.version[6:10].upper()

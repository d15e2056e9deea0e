"""What the codes of a payment mean: BPR01, BPR02, BPR04 and CUR of an 835 (X221A1 1.10.2, X12 RFI 1581)."""

from collections.abc import Iterator
from decimal import Decimal

from models.words.money import ZERO, two_decimals
from services.clean import clean

#: Findings for which a remittance is no payment of this site at all.
PRENOTIFICATION, FOREIGN_CURRENCY = "prenotification", "foreign-currency"

#: BPR01: what the payer wants done with the payment order.
_HANDLINGS = frozenset("CDHIPUX")
#: BPR04: how the money comes.
_METHODS = frozenset({"ACH", "BOP", "CHK", "FWT", "NON"})
_DOLLARS = frozenset({"", "USD"})


def judge_codes(handling: str, total: Decimal, method: str, currency: str) -> Iterator[tuple[str, str]]:
    """Says what is wrong with a payment by its codes: code and sentence of each finding; nothing is changed.

    `handling` is BPR01, `total` BPR02, `method` BPR04, `currency` CUR02 of the header.
    """
    said = two_decimals(total)
    if handling == "P":
        told = "The payment is a prenotification (BPR01 is P): it only tests the way to the bank, no money comes."
        yield PRENOTIFICATION, told
    elif handling == "D":
        told = "BPR01 is D, payment only: the payer sends the remittance apart. What is said here is read all the same."
        yield "handling-code", told
    elif handling and handling not in _HANDLINGS:
        yield "handling-code", f"BPR01 is {clean(handling, 20)}, which is none of its codes."
    if method and method not in _METHODS:
        yield "payment-method", f"BPR04 is {clean(method, 20)}, which is none of its codes."
    if currency.upper() not in _DOLLARS:
        told = f"The amounts are not in US dollars, but in {clean(currency, 20)} (CUR02)."
        yield FOREIGN_CURRENCY, told
    if total < ZERO:
        told = (
            f"BPR02 is {said}, below zero: nobody pays that. What is left to be taken is brought forward by a "
            "provider-level adjustment FB (guide 1.10.2)."
        )
        yield "negative-payment", told
    elif total and (handling == "H" or method == "NON"):
        codes = [
            name
            for name, is_so in (("BPR01 is H", handling == "H"), ("BPR04 is NON", method == "NON"))
            if is_so
        ]
        told = f"{' and '.join(codes)}: no money comes with this remittance, though BPR02 tells {said}."
        yield "no-money", told

"""What F1 says of codes: those of an entry in a line each, those of a page and of an ERA with all that is known."""

import textwrap
from collections.abc import Iterator, Sequence

from models.words.money import two_decimals
from services.codes.looking_up import Explained
from services.codes.texts import say_meaning
from services.remittances.eeob_codes import CodeOfEeob

#: More codes than these leave no room for the actions below them.
MOST_CODES = 10

_WIDTH = 79
_LABEL, _AMOUNT = 9, 10


def code_lines(codes: Sequence[CodeOfEeob]) -> Iterator[str]:
    """The codes, those of each EEOB below its sequence where there are several; at most ten of them."""
    sequences = dict.fromkeys(code.sequence for code in codes)
    before = ""
    for code in codes[:MOST_CODES]:
        if len(sequences) > 1 and code.sequence != before:
            before = code.sequence
            yield f"EEOB {before}:"
        yield _line(code)
    if len(codes) > MOST_CODES:
        yield f"  and {len(codes) - MOST_CODES} more codes: View/Print EEOB has them all."


def _line(code: CodeOfEeob) -> str:
    """`CO-45        70.00  Charge exceeds fee schedule ...`; a meaning that is too long is cut between words."""
    amount = "" if code.amount is None else two_decimals(code.amount)
    begin = f"  {code.label:<{_LABEL}} {amount:>{_AMOUNT}}  "
    return begin + textwrap.shorten(
        _meaning(code.explained), max(_WIDTH - len(begin), 20), placeholder=" ..."
    )


def _meaning(explained: Explained | None) -> str:
    if explained is None:
        return "OF A LIST THAT IS NOT HERE"
    if explained.meaning is None:
        return "NOT IN THE LIST OF CODES"
    return say_meaning(explained)


def status_lines(codes: Sequence[CodeOfEeob]) -> Iterator[str]:
    """Statuses and ways of payment: each with its meaning and the usual next step."""
    for code in codes:
        step = "" if code.explained is None else code.explained.next_step or ""
        yield " ".join(filter(None, (f"{code.label}: {_meaning(code.explained)}.", step)))


def full_lines(codes: Sequence[CodeOfEeob]) -> Iterator[str]:
    """Codes with all that is known of them: meaning, sign rule, usual next step, and when they hold."""
    for place, code in enumerate(codes):
        if place:
            yield ""
        yield f"{code.label}:"
        for said in _all_of(code.explained):
            yield from textwrap.wrap(said, _WIDTH, initial_indent="   ", subsequent_indent="   ")


def _all_of(explained: Explained | None) -> Iterator[str]:
    yield _meaning(explained)
    if explained is not None:
        start = f"From {explained.start}" if explained.start else ""
        stop = f"until {explained.stop}" if explained.stop else ""
        holds = " ".join(filter(None, (start, stop)))
        yield from filter(
            None, (explained.sign, explained.next_step, holds and f"{holds[0].upper()}{holds[1:]}.")
        )

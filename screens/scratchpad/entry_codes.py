"""What F1 says of the codes of an entry: each with its amount and its meaning in one line."""

import textwrap
from collections.abc import Iterator, Sequence

from models.words.money import two_decimals
from services.codes.looking_up import Explained
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
    return f"(STOPPED {explained.stop}) {explained.meaning}" if explained.expired else explained.meaning

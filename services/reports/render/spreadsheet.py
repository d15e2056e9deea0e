"""What a text may be in a spreadsheet: never a formula, whatever a payer wrote (DESIGN 2.8).

A spreadsheet takes what begins with `=`, `+`, `-` or `@` for a formula, which can read other cells and
start programs. An apostrophe before it makes it a text. Amounts are no texts: -14.00 stays a number.
"""

#: The same signs as they are typed in East Asian text are taken for them too.
_BEGINS_A_FORMULA = "=+-@＝＋－＠"


def harmless(text: str) -> str:
    """A text as a spreadsheet may have it: with an apostrophe before it where it would be a formula."""
    return f"'{text}" if text.lstrip().startswith(tuple(_BEGINS_A_FORMULA)) else text


def harmless_unquoted(text: str) -> str:
    """A text as a cell that stands without quotes: also with an apostrophe before it where it begins with a quote.

    Programs that take quotes in such a file would leave them off and see what is behind, or look for the closing one
    in the cells that follow.
    """
    return f"'{text}" if text.lstrip().startswith('"') else harmless(text)

"""What a text may be in a spreadsheet: never a formula, whatever a payer wrote (DESIGN 2.8).

A spreadsheet takes what begins with `=`, `+`, `-` or `@` for a formula, which can read other cells and
start programs. An apostrophe before it makes it a text. Amounts are no texts: -14.00 stays a number.
"""

#: The same signs as they are typed in East Asian text are taken for them too.
_BEGINS_A_FORMULA = "=+-@＝＋－＠"


def harmless(text: str) -> str:
    """A text as a spreadsheet may have it: with an apostrophe before it where it would be a formula."""
    return f"'{text}" if text.lstrip().startswith(tuple(_BEGINS_A_FORMULA)) else text

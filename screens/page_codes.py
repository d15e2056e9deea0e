"""F1 at the end of a page of a print: the codes that stand on the page, with all that is known of them."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from screens.explained_codes import full_lines
from screens.lockbox_desk import LockboxDesk
from services.codes.looking_up import Told
from services.remittances.era_codes import codes_of_era

_NONE = "No code of this ERA stands on this page."

#: The labels of codes that may be digits only, by their list, as the prints have them.
_LISTED = {
    Told.CLAIM_STATUS: re.compile(r"Status Code *: (\S+)"),
    Told.REASON: re.compile(r"(?:(?<!ADJUSTMENT )REASON CODE|ADJ): (?:[A-Z]{2} +)?(\S+)"),
    Told.PROVIDER_ADJUSTMENT: re.compile(r"ADJUSTMENT (?:REASON )?CODE: (\S+)"),
}
#: What stands behind the label of a fact, to the next one.
_VALUE = re.compile(r": ([^:]+?)(?=\s{2,}|$)")


def _words_of(page: Sequence[str]) -> set[str]:
    """The words of a page that may be codes, and its values; not those of its first row, which has its number."""
    words = {word for row in page[1:] for word in re.split(r"[\s:,]+", row)}
    values = {value.strip() for row in page[1:] for value in _VALUE.findall(row)}
    listed = {
        f"{told} {code}" for row in page for told, label in _LISTED.items() for code in label.findall(row)
    }
    return words | values | listed


@contextmanager
def explaining_pages(desk: LockboxDesk, era_number: int) -> Iterator[None]:
    """Within it F1 at the end of a page explains the codes of an ERA that stand there."""

    async def explain() -> None:
        glass = desk.terminal.glass
        page = [row.text.rstrip() for row in glass.rows[: glass.cursor[0]]]
        codes = await desk.read(codes_of_era, era_number, _words_of(page))
        # On the explanation itself there is nothing more to be explained.
        desk.ask.about_page = None
        try:
            await desk.page_out(list(full_lines(codes)) if codes else [_NONE])
        finally:
            desk.ask.about_page = explain
            desk.clear()
            desk.ask.print_out(*page)

    desk.ask.about_page = explain
    try:
        yield
    finally:
        desk.ask.about_page = None

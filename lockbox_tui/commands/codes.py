"""`lockbox code` and `lockbox codes`: what a code of a remittance means, and the site's own list of codes."""

import datetime
from pathlib import Path

from lockbox_tui.commands.answers import DONE, NOT_DONE, Answer, Call
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import at_work, in_plain_words, use_store
from lockbox_tui.settings import Settings
from services.clean import clean
from services.codes.looking_up import NO_SITE_CODES, SiteCodes, look_up
from services.codes.site_list import LARGEST_FILE, load_codes, read_code_list, site_codes
from services.counted import say_count
from services.errors import LockboxError, Refused
from services.reports.codes import CODE_FACTS


def explain_code(call: Call) -> Answer:
    """What a code means in each list that has it; a store is read where there is one, and nobody signs on."""
    own, note = _own_codes(call.settings)
    looked = look_up(" ".join(call.arguments.code), datetime.datetime.now(datetime.UTC).date(), own)
    notes = (*looked.notes, *note)

    def show(out: Printer) -> None:
        for number, code in enumerate(code for code in looked.codes if code.known):
            out.say(*([""] if number else []))
            out.facts(CODE_FACTS, code)
        out.say(*notes)

    document = {"asked": looked.asked, "known": looked.known, "codes": looked.codes, "notes": notes}
    return Answer(document, show, DONE if looked.known else NOT_DONE)


def _own_codes(settings: Settings) -> tuple[SiteCodes, tuple[str, ...]]:
    """The site's own list, and why it could not be read where there is a store; the lists that ship do without."""
    if settings.store_file is not None and not settings.store_file.exists():
        return NO_SITE_CODES, ()
    try:
        with (
            in_plain_words(settings),
            use_store(settings, upgrading=False) as store,
            store.reading() as session,
        ):
            return site_codes(session), ()
    except LockboxError as error:
        return NO_SITE_CODES, (f"The site's own list of codes was not read. {error}",)


def load(call: Call) -> Answer:
    """Puts a file in the place of the site's own list, whole or not at all."""
    codes = read_code_list(_content(Path(call.arguments.file)))
    with at_work(call.settings, call.as_user) as work, work.writing() as session:
        loaded = load_codes(session, work.actor, codes)

    def show(out: Printer) -> None:
        out.say(
            f"The site's own list has {say_count(loaded.codes, 'code')} now; before it had {loaded.before}."
        )

    return Answer(loaded, show)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Refused(f"{clean(str(path), 200)} CANNOT BE READ: {error.strerror}") from error
    if len(content) > LARGEST_FILE:
        raise Refused(f"{clean(str(path), 200)} IS TOO LARGE FOR A LIST OF CODES")
    return content

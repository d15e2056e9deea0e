"""`lockbox code`: what a code of a remittance means."""

import datetime

from lockbox_tui.commands.answers import DONE, NOT_DONE, Answer, Call
from lockbox_tui.commands.printing import Printer
from services.codes.looking_up import look_up
from services.reports.codes import CODE_FACTS


def explain_code(call: Call) -> Answer:
    """What a code means in each list that has it; needs no store."""
    looked = look_up(" ".join(call.arguments.code), datetime.datetime.now(datetime.UTC).date())

    def show(out: Printer) -> None:
        for number, code in enumerate(code for code in looked.codes if code.known):
            out.say(*([""] if number else []))
            out.facts(CODE_FACTS, code)
        out.say(*looked.notes)

    document = {
        "asked": looked.asked,
        "known": looked.known,
        "codes": looked.codes,
        "notes": looked.notes,
    }
    return Answer(document, show, DONE if looked.known else NOT_DONE)

"""`lockbox help`: what the guide says of a word, or its topics."""

from lockbox_tui.commands.answers import DONE, NOT_DONE, Answer, Call
from lockbox_tui.commands.printing import Printer
from services.guide.topics import all_topics, find_topics, listed, told

#: As wide as a screen of a clerk.
_WIDTH = 79


def tell(call: Call) -> Answer:
    """Tells of a word; without one lists all topics."""
    asked = " ".join(call.arguments.words)
    if not asked.strip():
        document = {"asked": "", "topics": all_topics(), "near": ()}
        return Answer(document, lambda out: out.say("The topics of lockbox help WORD:", *listed(_WIDTH)))
    found = find_topics(asked)

    def show(out: Printer) -> None:
        out.say(*(told(found.topics, _WIDTH) if found.known else found.unknown))

    document = {"asked": found.asked, "topics": found.topics, "near": found.near}
    return Answer(document, show, DONE if found.known else NOT_DONE)

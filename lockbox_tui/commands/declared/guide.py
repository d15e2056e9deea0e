"""`lockbox help`."""

from lockbox_tui.commands.declaring import Command, Count, Word

HELP = Command(
    "help",
    "tell what the guide says of a word: an action, an option, a screen, a command or a term of the trade",
    run="guide:tell",
    example="lockbox help scratch pad",
    more="Without a word the topics are listed. A word that the guide does not have is answered with those near it, "
    "and exit status 1. It needs neither a store nor a key; ?WORD says the same on the screens.",
    takes=(Word("words", "WORD", "the word, in any case, or how it begins", count=Count.ANY),),
    json={
        "asked": "text",
        "topics": [{"name": "text", "kind": "text", "where": "text", "called": ["text"], "text": ["text"]}],
        "near": ["text"],
    },
    in_store=False,
)

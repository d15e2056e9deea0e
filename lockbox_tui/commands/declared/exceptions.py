"""`lockbox exception`."""

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.declared.listing import LIMIT, PAYER, period
from lockbox_tui.commands.declared.shapes import FINDING
from lockbox_tui.commands.declaring import Command, Option, Shape, Subject, Word

_EXCEPTION: dict[str, Shape] = {
    "number": "text",
    "kind": "text",
    "category": "text",
    "text": "text",
    "payer": "text?",
    "payer_id": "text?",
    "trace": "text?",
    "date": "date?",
    "total": "text?",
    "bills": ["text"],
    "era": "number?",
    "received": "instant",
    "state": "text",
    "resolved_at": "instant?",
    "message": "number",
    "file": "text",
    "where": "text",
}

LIST = Command(
    "exception list",
    "list what is held, or could not be placed",
    run="exceptions:list_exceptions",
    example="lockbox exception list --kind data",
    more=(
        "An exception of kind transmission is a set that is held whole, of kind data a line of an ERA (11.4: the "
        "fourth of ERA 11), of kind file a file without sets that is held whole (F3)."
    ),
    takes=(
        Option("--kind", "of which kind", choices=("transmission", "data", "file", "all"), default="all"),
        Option(
            "--state",
            "whether it still waits for somebody",
            choices=("open", "resolved", "all"),
            default="open",
        ),
        *period("received"),
        PAYER,
        LIMIT,
    ),
    json=[_EXCEPTION],
    lists=True,
)

SHOW = Command(
    "exception show",
    "show one exception with its raw segments",
    run="exceptions:show_exception",
    example="lockbox exception show 23.1",
    takes=(Word("number", "N", "the exception's number, such as 12, 11.4 or F3", types.name),),
    json={**_EXCEPTION, "findings": [FINDING], "segments": ["text"], "left_out": "number"},
)

EXCEPTION = Subject("exception", "list and show what is held, or could not be placed", (LIST, SHOW))

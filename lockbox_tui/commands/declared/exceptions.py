"""`lockbox exception`."""

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.declared.files import FILED_SET
from lockbox_tui.commands.declared.listing import LIMIT, PAYER, period
from lockbox_tui.commands.declared.shapes import FINDING
from lockbox_tui.commands.declaring import ONE_ACT, Command, Option, Shape, Subject, Switch, Word
from models.words.keys import SecurityKey

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
        "fourth of ERA 11), of kind file a file without sets that is held whole (F3), of "
        "kind bank a debit or return in a bank's file that has not found the EFT which it takes back (B7)."
    ),
    takes=(
        Option(
            "--kind", "of which kind", choices=("transmission", "data", "file", "bank", "all"), default="all"
        ),
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
    takes=(Word("number", "N", "the exception's number, such as 12, 11.4, F3 or B7", types.name),),
    json={**_EXCEPTION, "findings": [FINDING], "segments": ["text"], "left_out": "number"},
)

FILE = Command(
    "exception file",
    "file a set that is held, once its reason is gone or a person knows better",
    run="exceptions:file_exception",
    example="lockbox exception file 1",
    more=(
        "A remittance that is like an ERA but for its claims becomes an ERA of its own, or with --replace takes the "
        "place of that ERA while it has no receipt."
    ),
    takes=(
        Word("number", "N", "the number of the held set", types.name),
        Switch("--replace", "put it in the place of the ERA that it is like"),
    ),
    json=FILED_SET,
    key=SecurityKey.CLERK,
    stopped=ONE_ACT,
)

DELETE = Command(
    "exception delete",
    "let go of a set that is held",
    run="exceptions:delete_exception",
    example="lockbox exception delete 2 --reason 'sent to the wrong site'",
    more="Its text stays with its file. When that comes again, the set is held again.",
    takes=(
        Word("number", "N", "the number of the held set", types.name),
        Option("--reason", "why, in 3 to 60 characters", "WORDS", types.name, required=True),
    ),
    json={"deleted": "text"},
    key=SecurityKey.CLERK,
    stopped=ONE_ACT,
)

STANDS = Command(
    "exception stands",
    "say that a debit or return of the bank takes back no EFT",
    run="exceptions:let_entry_stand",
    example='lockbox exception stands B1 --reason "a fee of the bank"',
    more="It waits no longer for one that comes later.",
    takes=(
        Word("number", "N", "the number of its exception, such as B7", types.name),
        Option("--reason", "why, for the audit trail", "TEXT", required=True),
    ),
    json={"stands": "text"},
    key=SecurityKey.PAYMENT_SUPERVISOR,
    stopped=ONE_ACT,
)

EXCEPTION = Subject("exception", "what is held, or could not be placed", (LIST, SHOW, FILE, DELETE, STANDS))

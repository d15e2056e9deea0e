"""`lockbox batch`."""

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.declaring import ONE_ACT, Command, Option, Shape, Subject, Word
from models.words.keys import SecurityKey

_ERA = Word("era", "ERA", "the ERA", types.number)

_ALSO = f"It needs the key {SecurityKey.BATCH_MAINTENANCE}, too."

_BATCHES: list[Shape] = [
    {
        "number": "number",
        "name": "text",
        "ready": "true or false",
        "set_by": "text",
        "set_at": "instant",
        "criterion": "text",
        "first": "text?",
        "last": "text?",
        "records": "number",
        "used_by": "text?",
    }
]

LIST = Command(
    "batch list",
    "list the batches of an ERA",
    run="batches:list_batches",
    example="lockbox batch list 23",
    takes=(_ERA,),
    json=_BATCHES,
    lists=True,
)

ASSIGN = Command(
    "batch assign",
    "divide the scratch pad of an ERA into batches",
    run="batches:assign",
    example="lockbox batch assign 11 --by name --through H,Z",
    more=f"They take the place of those that it has. What was worked on its lines stays. {_ALSO}",
    takes=(
        _ERA,
        Option(
            "--by",
            "the criterion; none: the scratch pad is not divided any more",
            choices=("max", "name", "payment", "copay", "none"),
            required=True,
        ),
        Option("--max", "at most so many EEOBs in a batch", "N", types.count),
        Option(
            "--through",
            "the last letter of each range of patients' last names, up to Z",
            "A,Z",
            types.letters,
        ),
        Option("--names", "names of your own, batch by batch", "NAME,NAME", types.names),
    ),
    json=_BATCHES,
    key=SecurityKey.CLERK,
    stopped=ONE_ACT,
)

EDIT = Command(
    "batch edit",
    "change a batch",
    run="batches:edit",
    more=_ALSO,
    example='lockbox batch edit 11 2 --name "SECOND HALF" --ready yes',
    takes=(
        _ERA,
        Word("number", "N", "the batch", types.number),
        Option("--name", "its name", "NAME", types.name),
        Option("--ready", "whether it is ready to post", choices=("yes", "no")),
    ),
    json=_BATCHES,
    key=SecurityKey.CLERK,
    stopped=ONE_ACT,
)

READY = Command(
    "batch ready",
    "mark all batches of an ERA as ready to post",
    run="batches:ready",
    example="lockbox batch ready 11",
    more=f"A receipt is created only when all are. {_ALSO}",
    takes=(_ERA,),
    json=_BATCHES,
    key=SecurityKey.CLERK,
    stopped=ONE_ACT,
)

BATCH = Subject("batch", "divide an ERA among several clerks", (LIST, ASSIGN, EDIT, READY))

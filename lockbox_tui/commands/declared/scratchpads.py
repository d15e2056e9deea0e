"""`lockbox scratchpad`."""

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.declared.listing import as_typed
from lockbox_tui.commands.declared.shapes import SCRATCHPAD
from lockbox_tui.commands.declaring import ONE_ACT, Command, Count, Option, Subject, Switch, Word
from models.words.keys import SecurityKey
from models.words.scratchpad import ReviewStatus

_ERA = Word("number", "N", "the ERA", types.number)

CREATE = Command(
    "scratchpad create",
    "create the scratch pad of an ERA",
    run="scratchpads:create",
    example="lockbox scratchpad create 11",
    more="An ERA that is not matched needs its paper check, or to pay nothing.",
    takes=(
        _ERA,
        Option("--check", "the paper check that came for the ERA", "NUMBER", types.name, apart="money"),
        Switch("--match-0", "the ERA pays nothing and needs no money", apart="money"),
        Option("--check-date", "the check's date", "D", types.date, otherwise="the ERA's"),
        Option("--bank", "the check's bank or routing number", "NUMBER", default=""),
        Switch("--check-again", "the check pays this ERA too, beside another one of the payer"),
        Switch("--beside-eft", "the check came as well as the EFT of the same trace that is on file"),
        Option(
            "--order",
            "no order, zero-payments first, zero-payments last",
            read=str.upper,
            choices=("N", "F", "L"),
            otherwise="N, or that of the pad before",
        ),
    ),
    json=SCRATCHPAD,
    key=SecurityKey.CLERK,
    stopped=ONE_ACT,
)

SPLIT = Command(
    "scratchpad split",
    "put new lines in the place of one",
    run="scratchpads:split",
    example="lockbox scratchpad split 11 4.001 K6D1102=100.00 K6D1190=243.99",
    takes=(
        _ERA,
        Word("line", "LINE", "the stored line, such as 1.001", types.line),
        Word(
            "rows",
            "CLAIM=AMOUNT[/ADJ]",
            "a new line: its claim, its payment, its adjustment",
            types.split_part,
            Count.SOME,
        ),
        Switch(
            "--unknown-claims",
            "take claims that are not on file as they are typed; their money goes to suspense",
        ),
        Switch("--other-patients", "take bills of other patients than the line's"),
        Option("--batch", "hold only this batch, while others work in other ones", "N", types.number),
    ),
    json=SCRATCHPAD,
    key=SecurityKey.CLERK,
    stopped=ONE_ACT,
)

DISTRIBUTE = Command(
    "scratchpad distribute",
    "take a take-back out of another payment",
    run="scratchpads:distribute",
    example='lockbox scratchpad distribute 11 1.001 4.002 14.00 --comment "S1234, KEPT BACK"',
    takes=(
        _ERA,
        Word("source", "FROM", "the negative line, such as 2.001", types.line),
        Word("target", "TO", "the line that bears it", types.line),
        Word("amount", "AMOUNT", "how much of it, such as 14.00", types.amount),
        Option("--comment", "of the decrease adjustment", "C", default=""),
        Switch(
            "--re-establish",
            "let the bill that the payer reversed bear it: it is raised by the amount, and the other one paid",
            apart="borne",
        ),
        Switch(
            "--write-off",
            "take it off the other bill by a decrease adjustment even where a provider adjustment collects a reversal",
            apart="borne",
        ),
    ),
    more="With neither --re-establish nor --write-off the reversed bill bears it only where a provider adjustment "
    "collects what an earlier ERA had reversed, and you hold the key PRCADJ.",
    json=SCRATCHPAD,
    key=SecurityKey.CLERK,
    stopped=ONE_ACT,
)

REFRESH = Command(
    "scratchpad refresh",
    "lay the scratch pad out anew",
    run="scratchpads:refresh",
    example="lockbox scratchpad refresh 10",
    more="All work on it is gone.",
    takes=(_ERA,),
    json=SCRATCHPAD,
    key=SecurityKey.CLERK,
    stopped=ONE_ACT,
)

_ENTRY = Word("entry", "ENTRY", "the stored number of the entry, such as 4", types.number)

VERIFY = Command(
    "scratchpad verify",
    "mark an entry as verified by hand",
    run="scratchpads:verify",
    example="lockbox scratchpad verify 11 1",
    more="Only refreshing the scratch pad takes that back. `report unverified` tells in what an entry and its bill "
    "differ.",
    takes=(_ERA, _ENTRY),
    json=SCRATCHPAD,
    key=SecurityKey.CLERK,
    stopped=ONE_ACT,
)

REVIEW = Command(
    "scratchpad review",
    "note a comment on an entry, how far its review has come, or both",
    run="scratchpads:review",
    example='lockbox scratchpad review 11 4 --status in-process --comment "CALLED PAYER"',
    takes=(
        _ERA,
        _ENTRY,
        Option("--status", "whether it is reviewed", choices=tuple(map(as_typed, ReviewStatus))),
        Option("--comment", "what is to be noted, several lines if need be", "TEXT", default=""),
        Option(
            "--edit", "the number of a comment of your own, in whose place this one is put", "N", types.number
        ),
    ),
    more="It moves no money, and an ERA with a receipt takes it too.",
    json=SCRATCHPAD,
    key=SecurityKey.CLERK,
    stopped=ONE_ACT,
)

PAD = Subject(
    "scratchpad",
    "work the scratch pad of an ERA",
    (CREATE, SPLIT, DISTRIBUTE, REFRESH, VERIFY, REVIEW),
)

"""`lockbox era`."""

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.declared.listing import LIMIT, period
from lockbox_tui.commands.declared.shapes import BALANCE, EEOB, FINDING, PAYER, SCRATCHPAD
from lockbox_tui.commands.declaring import Command, Maybe, Option, Subject, Switch, Word

_SORTS = ("received", "date", "payer", "amount")

LIST = Command(
    "era list",
    "list ERAs",
    run="eras:list_eras",
    example="lockbox era list --match matched --post unposted",
    takes=(
        Option("--post", "posting status", choices=("unposted", "posted", "both"), default="both"),
        Option("--match", "match status", choices=("not-matched", "matched", "both"), default="both"),
        *period("received"),
        Option("--payer-from", "payer names from this one", "NAME"),
        Option("--payer-to", "payer names up to this one", "NAME"),
        Option("--sort", "the first key", choices=_SORTS, default="received"),
        Option("--then", "the second key", choices=_SORTS, otherwise="the ERA's number"),
        Switch("--descending", "latest, last or highest first"),
        LIMIT,
    ),
    json=[
        {
            "number": "number",
            "trace": "text",
            "payer": "text",
            "payer_id": "text",
            "date": "date",
            "amount": "amount",
            "received": "date",
            "method": "text?",
            "match_status": "text",
            "post_status": "text",
            "check": "text?",
            "eft": "number?",
            "eft_receipt_status": "text?",
            "receipt": "text?",
            "approximate_eeobs": "number",
            "has_scratchpad": "true or false",
            "balanced": "true or false",
        }
    ],
    lists=True,
)

SHOW = Command(
    "era show",
    "show one ERA with its EEOBs and scratch pad",
    run="eras:show_era",
    example="lockbox era show 11",
    takes=(Word("number", "N", "the ERA's number", types.number),),
    json={
        "number": "number",
        "trace": "text",
        "payer": PAYER,
        "date": "date",
        "received": "date",
        "amount": "amount",
        "method": "text?",
        "match_status": "text",
        "match_reason": "text?",
        "post_status": "text",
        "eft": "number?",
        "check": "text?",
        "receipt": "text?",
        "adjustments": [{"reference": "text", "code": "text", "amount": "amount", "text": "text?"}],
        "parties": [
            {"entity": "text", "name": "text", "qualifier": "text?", "id": "text?", "address": ["text"]}
        ],
        "references": [{"entity": "text?", "qualifier": "text", "value": "text"}],
        "eeobs": [EEOB],
        "balance": BALANCE,
        "findings": [FINDING],
        "taken_back": ["text"],
        "scratchpad": Maybe(SCRATCHPAD),
    },
)

PRINT = Command(
    "era print",
    "print one ERA with its EEOBs, or one of its EEOBs",
    run="eras:print_era",
    example="lockbox era print 11 --expanded",
    more="Without --format it is written as text of 80 columns, as PDF in pages like a print of the screens. In the "
    "other formats each value is a row of its own.",
    takes=(
        Word("number", "N", "the ERA's number", types.number),
        Switch("--expanded", "all that the payer says of each EEOB"),
        Option("--eeob", "one EEOB only, by its sequence, or an ERA-level adjustment (ADJ1)", "SEQ"),
    ),
    json={
        "title": "text",
        "facts": [{"of": "text?", "section": "text?", "label": "text?", "value": "text", "meaning": "text?"}],
    },
    lists=True,
)

ERA = Subject("era", "list, show and print ERAs", (LIST, SHOW, PRINT))

"""`lockbox eft`."""

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.declared.listing import filters
from lockbox_tui.commands.declared.shapes import PAYER
from lockbox_tui.commands.declaring import Command, Shape, Subject, Word
from models.words.remittances import EftMatchStatus

_EFT: Shape = {
    "number": "number",
    "trace": "text?",
    "payer": PAYER,
    "amount": "amount",
    "date": "date",
    "received": "date",
    "match_status": "text",
    "match_reason": "text?",
    "era": "number?",
    "deposit": "text",
    "deposit_receipt": "text?",
    "document": "text?",
    "document_status": "text",
    "receipt": "text?",
    "transfer": "text?",
    "transfer_status": "text?",
    "ach_trace": "text",
    "twins": ["number"],
    "recorded": "true or false",
    "returned": "true or false",
    "errors": "text?",
}

LIST = Command(
    "eft list",
    "list EFTs",
    run="efts:list_efts",
    example="lockbox eft list --status unmatched --from 2026-10-01",
    takes=filters(EftMatchStatus, "paid", "the EFT's number, or how its trace begins"),
    json=[_EFT],
    lists=True,
)

SHOW = Command(
    "eft show",
    "show one EFT",
    run="efts:show_eft",
    example="lockbox eft show 7",
    takes=(Word("number", "N", "the EFT's number", types.number),),
    json=_EFT,
)

EFT = Subject("eft", "list and show EFTs", (LIST, SHOW))

"""`lockbox eft`."""

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.declared.listing import DATE_IS_RIGHT, filters
from lockbox_tui.commands.declared.shapes import PAYER
from lockbox_tui.commands.declaring import ONE_ACT, Command, Maybe, Option, Shape, Subject, Word
from models.words.keys import SecurityKey
from models.words.remittances import EftMatchStatus

_EFT: dict[str, Shape] = {
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
    "returned_era": "number?",
    "reversal": Maybe(
        {"kind": "text", "date": "date", "message": "number", "record": "number", "stands": "text?"}
    ),
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

_EFT_NUMBER = Word("number", "N", "the EFT's number", types.number)
_REASON = Option("--reason", "why, for the audit trail", "TEXT", required=True)

RETURN = Command(
    "eft return",
    "record that the bank took an EFT's money back",
    run="efts:return_eft",
    example='lockbox eft return 7 --reason "reversed by the payer"',
    more="What its receipt posted is taken back first, finance is told of it, and its ERA is free for other money. "
    "That cannot be undone: look first with eft show N. N is the EFT's own number, the EFT Detail # of a receipt; a "
    "scratch pad shows the number of the deposit before the trace, as VistA does.",
    takes=(_EFT_NUMBER, _REASON, DATE_IS_RIGHT),
    json={**_EFT, "warnings": ["text"]},
    key=SecurityKey.PAYMENT_SUPERVISOR,
    stopped=ONE_ACT,
)

STANDS = Command(
    "eft stands",
    "say that an EFT stands, although a debit of the bank seemed to take it back",
    run="efts:let_eft_stand",
    example='lockbox eft stands 25 --reason "the debit was a fee of the bank"',
    more="Its receipt can be processed again.",
    takes=(_EFT_NUMBER, _REASON),
    json=_EFT,
    key=SecurityKey.PAYMENT_SUPERVISOR,
    stopped=ONE_ACT,
)

EFT = Subject("eft", "list and show EFTs, and say what the bank took back", (LIST, SHOW, RETURN, STANDS))

"""`lockbox receipt`."""

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.declared.listing import DATE_IS_RIGHT, filters
from lockbox_tui.commands.declared.shapes import RECEIPT
from lockbox_tui.commands.declaring import ONE_ACT, Command, Maybe, Option, Subject, Word
from models.words.keys import SecurityKey
from models.words.receipts import ReceiptStatus

_RECEIPT = Word("receipt", "R", "the receipt's number", types.name)

_DEPOSIT = Option(
    "--deposit",
    "deposit ticket of a check: a letter and six digits; opened if unknown",
    "T",
    types.name,
)

CREATE = Command(
    "receipt create",
    "create the receipt of an ERA's scratch pad",
    run="receipts:create",
    example="lockbox receipt create 11",
    more="It says for what processing would refuse it as it is now.",
    takes=(
        Word("era", "ERA", "the ERA's number", types.number),
        _DEPOSIT,
        DATE_IS_RIGHT,
    ),
    json={**RECEIPT, "warnings": ["text"]},
    key=SecurityKey.CLERK,
    stopped=ONE_ACT,
)

PROCESS = Command(
    "receipt process",
    "post a receipt",
    run="receipts:process",
    example="lockbox receipt process E26101606",
    more="Of one that was posted already it says by whom and when, and does nothing.",
    takes=(
        _RECEIPT,
        Option(
            "--re-establish",
            "bills that the payer's reversals raise though no other bill lost by them, such as K1 or K1,K2",
            "BILLS",
            types.bills,
            default=(),
            otherwise="none",
        ),
        _DEPOSIT,
        DATE_IS_RIGHT,
    ),
    json={
        **RECEIPT,
        "decreases": [{"account": "text", "amount": "amount"}],
        "re_established": [{"account": "text", "amount": "amount"}],
        "paid_out_of_reversals": [{"account": "text", "amount": "amount"}],
        "already": Maybe({"by": "text", "at": "instant"}),
        "warnings": ["text"],
    },
    key=SecurityKey.CLERK,
    stopped=ONE_ACT,
)

SHOW = Command(
    "receipt show",
    "show one receipt with its payments",
    run="receipts:show",
    example="lockbox receipt show E26101604",
    takes=(_RECEIPT,),
    json=RECEIPT,
)

LIST = Command(
    "receipt list",
    "list receipts",
    run="receipts:list_receipts",
    example="lockbox receipt list --status closed",
    takes=filters(ReceiptStatus, "dated", "how the receipt's number begins"),
    json=[
        {
            "number": "text",
            "type": "text",
            "status": "text",
            "date": "date",
            "total": "amount",
            "era": "number?",
            "eft": "number?",
            "deposit": "text?",
            "document": "text?",
            "document_status": "text?",
        }
    ],
    lists=True,
)

RECEIPTS = Subject("receipt", "create, process, list and show receipts", (CREATE, PROCESS, SHOW, LIST))

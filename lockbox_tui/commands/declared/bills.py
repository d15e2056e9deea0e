"""`lockbox bill`."""

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.declared.listing import filters
from lockbox_tui.commands.declaring import Command, Subject, Word
from models.words.bills import BillStatus

LIST = Command(
    "bill list",
    "list bills",
    run="bills:list_bills",
    example="lockbox bill list --status active --payer LAKESHORE",
    takes=filters(
        BillStatus, "first day of service", "how the bill's number begins, with or without station prefix"
    ),
    json=[
        {
            "number": "text",
            "patient": "text",
            "payer": "text",
            "rate_type": "text",
            "balance": "amount",
            "original": "amount",
            "status": "text",
            "service_from": "date?",
            "service_to": "date?",
        }
    ],
    lists=True,
)

SHOW = Command(
    "bill show",
    "show one bill with its transactions",
    run="bills:show_bill",
    example="lockbox bill show K6D1190",
    takes=(Word("bill", "K", "the bill's number, with or without station prefix", types.name),),
    json={
        "number": "text",
        "patient": "text",
        "payer": "text",
        "payer_sequence": "text?",
        "rate_type": "text",
        "balance": "amount",
        "original": "amount",
        "status": "text",
        "status_date": "date",
        "edi_status": "text",
        "service_from": "date?",
        "service_to": "date?",
        "transactions": [
            {
                "number": "number",
                "date": "date",
                "type": "text",
                "amount": "amount",
                "principal": "amount",
                "interest": "amount",
                "admin_cost": "amount",
                "marshal_fee": "amount",
                "court_cost": "amount",
                "contractual": "true or false",
                "receipt": "text?",
                "comment": "text?",
                "by": "text?",
            }
        ],
    },
)

BILL = Subject("bill", "list and show bills", (LIST, SHOW))

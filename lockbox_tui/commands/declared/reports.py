"""`lockbox report`."""

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.declaring import Command, Subject, Word

UNVERIFIED = Command(
    "report unverified",
    "list the EEOBs of an ERA that are not verified, each beside its bill",
    run="reports:list_unverified",
    example="lockbox report unverified 21",
    more="Of each EEOB a row of its bill (VistA), one of the payer (ERA), and one of each line that it was SPLIT into; "
    "`*` stands before what bill and payer say differently.",
    takes=(Word("number", "ERA", "the ERA, which has a scratch pad", types.number),),
    json={
        "title": "text",
        "heading": ["text"],
        "rows": [
            {
                "eeob": "text",
                "claim": "text",
                "of": "text",
                "patient_name": "text",
                "last_4": "text",
                "submitted_amt": "text",
                "svc_from": "text",
                "svc_to": "text",
            }
        ],
        "totals": [{"title": "text", "values": {}}],
        "notes": ["text"],
    },
    lists=True,
)

REPORT = Subject("report", "print a report", (UNVERIFIED,))

"""`lockbox nightly`, `lockbox check` and `lockbox journal`."""

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.declared.listing import DATE_IS_RIGHT
from lockbox_tui.commands.declared.shapes import FINDING, OPEN_EXCEPTIONS, PROOF
from lockbox_tui.commands.declaring import GOES_ON, Command, Option, Switch
from models.words.keys import SecurityKey

NIGHTLY = Command(
    "nightly",
    "run the night job: record deposits, match EFTs to ERAs",
    run="night:nightly",
    example="lockbox nightly",
    more="Run twice it changes nothing.",
    takes=(
        Option("--date", "business date of receipts and documents", "D", types.date, otherwise="today"),
        DATE_IS_RIGHT,
    ),
    json={
        "date": "date",
        "bills_audited": "number",
        "deposits_recorded": "number",
        "amount_recorded": "amount",
        "checksum_errors": ["text"],
        "matching": {
            "examined": "number",
            "matched": "number",
            "mismatched": "number",
            "unmatched": "number",
            "held": "number",
        },
        "audit_event": "number",
        "audit_hash": "text",
        "validated": "number",
        "exceptions": OPEN_EXCEPTIONS,
        "warnings": ["text"],
    },
    key=SecurityKey.CLERK,
    stopped=GOES_ON,
)

CHECK = Command(
    "check",
    "prove the books, and name what is off",
    run="night:check",
    example="lockbox check",
    json=PROOF,
)

JOURNAL = Command(
    "journal",
    "write what waits to the accounting journal, and compare it with all documents",
    run="journal:journal",
    example="lockbox journal",
    more=(
        "A document that is gone from it is written again only with --again, which needs LOCKBOX MANAGER: see that "
        "finance does not take it in twice."
    ),
    takes=(Switch("--again", "write once more what is gone from the journal for good"),),
    json={"file": "text", "written": "number", "again": ["text"], "findings": [FINDING]},
    key=SecurityKey.CLERK,
    stopped=GOES_ON,
)

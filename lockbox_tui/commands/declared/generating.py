"""`lockbox generate`."""

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.declaring import Command, Option

GENERATE = Command(
    "generate",
    "write a made-up site day without PHI",
    run="generating:generate",
    example="lockbox generate --claims 60 --into day",
    more="The same words give the same bytes.",
    takes=(
        Option("--claims", "how many claims", "N", types.count, required=True),
        Option("--lines", "mean lines of a claim", "L", types.count, default=2),
        Option("--seed", "the same seed, the same bytes", "S", types.seed, default=1),
        Option("--faults", "faults with commas between, or all", "LIST", default="", otherwise="none"),
        Option("--into", "where the files go", "FOLDER", types.name, required=True, path=True),
        Option("--station", "the site's station number", default="442"),
        Option("--date", "the day's date", "D", types.date, otherwise="2025-06-02"),
    ),
    json={
        "files": ["text"],
        "bills": "number",
        "remittances": "number",
        "eeobs": "number",
        "efts": "number",
        "billed": "amount",
        "paid": "amount",
        "eft_total": "amount",
        "faults": ["text"],
    },
    in_store=False,
    stopped="Stopped. The files are not whole; run the same command again.",
)

"""`lockbox generate`."""

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.declaring import Command, Option, Switch

GENERATE = Command(
    "generate",
    "write a made-up site day without PHI",
    run="generating:generate",
    example="lockbox generate --claims 60 --into day",
    more=(
        "The same words give the same bytes. Another date gives other bills by itself. A folder that has such files "
        "already is refused."
    ),
    takes=(
        Option("--claims", "how many claims", "N", types.count, required=True),
        Option("--lines", "mean lines of a claim", "L", types.count, default=2),
        Option("--seed", "from which chance begins", "S", types.seed, otherwise="one of the date's own"),
        Option("--faults", "faults with commas between, or all", "LIST", default="", otherwise="none"),
        Option("--into", "where the files go", "FOLDER", types.name, required=True, path=True),
        Option("--station", "the site's station number", default="442"),
        Option("--date", "the day's date", "D", types.date, otherwise="2025-06-02"),
        Switch("--overwrite", "put the new day in the place of one that is in the folder"),
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
        "date": "date",
        "seed": "number",
    },
    in_store=False,
    stopped="Stopped. The files are not whole; run the same command again with --overwrite.",
)

"""`lockbox demo`."""

from lockbox_tui.commands.declared.shapes import PROOF
from lockbox_tui.commands.declaring import Command, Option, Switch

DEMO = Command(
    "demo",
    "open a site of invented payers to try everything",
    run="demonstrating:demo",
    example="lockbox demo --play",
    more="It has a store of its own, whatever --database and $LOCKBOX_DATABASE say.",
    takes=(
        Option(
            "--role", "whom you are there", choices=("clerk", "supervisor", "reviewer"), default="supervisor"
        ),
        Switch("--fresh", "build the demo site anew"),
        Switch("--play", "let the main job be typed by itself; without a terminal, as text"),
    ),
    json={
        "store": "text",
        "role": "text",
        "played": [{"screen": "text", "typed": "text"}],
        "check": PROOF,
    },
    in_store=False,
    stopped="Stopped. The demo site is as it was, or is built anew the next time.",
)

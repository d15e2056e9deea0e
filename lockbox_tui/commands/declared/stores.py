"""`lockbox migrate`."""

from lockbox_tui.commands.declaring import Command

MIGRATE = Command(
    "migrate",
    "bring a store of an older release up to this one, after a backup",
    run="stores:migrate",
    example="lockbox migrate",
    json={"from": "text", "to": "text", "backup": "text?"},
    in_store=False,
    stopped="Stopped. The store is of one release or the other as a whole; run the same command again.",
)

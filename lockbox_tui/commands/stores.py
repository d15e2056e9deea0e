"""`lockbox migrate`: a store of an older release becomes one of this release."""

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import in_plain_words, read_again, use_store
from models.upgrading import schema_of, upgrade


def migrate(call: Call) -> Answer:
    """Upgrades the store after a backup; does nothing to one of this release."""
    with in_plain_words(), use_store(call.settings, upgrading=False) as store:
        before = schema_of(store)
        backup = upgrade(store, call.settings.backup_folder, read_again)
        after = schema_of(store)
    document = {"from": before, "to": after, "backup": None if backup is None else str(backup)}

    def show(out: Printer) -> None:
        if before == after:
            out.say(f"The store is of this release (schema {after}).")
        else:
            out.say(f"The store was upgraded from schema {before} to {after}.")
        if backup is not None:
            out.say(f"The store as it was before: {backup}")

    return Answer(document, show)

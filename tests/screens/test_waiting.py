"""A store that another program writes to: the progress line says for whom the clerk waits, and then the act is done."""

from models.store import Store
from screens.lockbox_desk import STANDBY, LockboxDesk
from services.office.actor import Actor
from services.office.site import set_parameter
from tests.models.test_waiting import ME, held
from tests.screens.seat import Seat


async def rename(desk: LockboxDesk) -> None:
    """An option that changes something and says so."""
    desk.hear_waits()
    await desk.ask.text("READY")
    await desk.write(set_parameter, "name", "MINE")
    await desk.ask.text("DONE")


async def test_the_progress_line_names_the_holder(site: Store, actor: Actor) -> None:
    async with Seat(site, actor, rename) as clerk:
        with held(site, "lockbox", "nightly") as holder:
            clerk.keys.feed("X\n")
            await clerk.until(STANDBY)
            await clerk.until(f"Waiting for {ME} (lockbox")
            assert STANDBY not in clerk.screen
            holder.ends()
            await clerk.until("DONE")
            assert "Waiting for" not in clerk.screen

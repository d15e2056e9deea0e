"""A scratch pad to be opened, paged and split on."""

from bench.jobs.site_days import DAY, actor_in, open_store
from bench.jobs.stopwatch import Stopwatch
from services.intake.validation import validate_queued
from services.office import leases
from services.scratchpad.acts import PaperCheck, create_pad


def make_pad(file: str) -> dict[str, float]:
    """Creates the scratch pad of the first ERA of a store, which a paper check pays."""
    watch = Stopwatch()
    store = open_store(file)
    actor = actor_in(store)
    with store.writing() as session:
        create_pad(session, actor, 1, check=PaperCheck("1001", DAY, ""))
        # Whoever opens it is another session than this one.
        leases.give_back_all(session, actor)
    # Else the program would judge the remittance beside the screens, a large one all the while.
    validate_queued(store)
    store.close()
    return watch.stop()

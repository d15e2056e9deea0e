"""`lockbox batch`: what Batch Maintenance does, without questions."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import Work, at_work
from lockbox_tui.settings import WrongUsage
from models.words.scratchpad import BatchCriterion
from services.reports.batches import batch_report
from services.scratchpad import batch_acts
from services.scratchpad.batch_views import BatchSummary, batch_summary
from services.scratchpad.batches import BatchPlan

_CRITERIA = {
    "max": BatchCriterion.MAX,
    "name": BatchCriterion.NAME,
    "payment": BatchCriterion.PAYMENT,
    "copay": BatchCriterion.COPAY,
}

#: What a criterion cannot do without, by its word.
_NEEDS = {"max": "--max", "name": "--through"}


def list_batches(call: Call) -> Answer:
    """The batches of an ERA."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        summary = batch_summary(session, call.arguments.era)
    return Answer.of(summary.batches, batch_report(summary), work.signed)


def assign(call: Call) -> Answer:
    """Divides the scratch pad of an ERA into batches, in place of those it has, or into none."""
    asked = call.arguments
    given = {"--max": asked.max, "--through": asked.through}
    needed = _NEEDS.get(asked.by)
    if needed is not None and given[needed] is None:
        raise WrongUsage(f"--by {asked.by} needs {needed}")
    if spare := [flag for flag, value in given.items() if value is not None and flag != needed]:
        raise WrongUsage(f"{' and '.join(spare)} does not go with --by {asked.by}")
    if asked.by == "none" and asked.names:
        raise WrongUsage("--names does not go with --by none")
    plan = None
    if asked.by != "none":
        plan = BatchPlan(_CRITERIA[asked.by], asked.max or 0, asked.through or (), asked.names or ())

    def act(session: Session, work: Work) -> None:
        batch_acts.assign_batches(session, work.actor, asked.era, plan)

    return _change(call, act)


def edit(call: Call) -> Answer:
    """Changes the name of a batch, or whether it is ready to post."""
    asked = call.arguments
    if asked.name is None and asked.ready is None:
        raise WrongUsage("say --name or --ready")

    def act(session: Session, work: Work) -> None:
        batch_acts.edit_batch(
            session,
            work.actor,
            asked.era,
            asked.number,
            name=asked.name,
            ready=None if asked.ready is None else asked.ready == "yes",
        )

    return _change(call, act)


def ready(call: Call) -> Answer:
    """Marks all batches of an ERA as ready to post."""

    def act(session: Session, work: Work) -> None:
        batch_acts.mark_all_ready(session, work.actor, call.arguments.era)

    return _change(call, act)


def _change(call: Call, act: Callable[[Session, Work], None]) -> Answer:
    """Does one act and answers the batches as they are then, from the same transaction."""

    def done(session: Session, work: Work) -> BatchSummary:
        act(session, work)
        return batch_summary(session, call.arguments.era)

    with at_work(call.settings, call.as_user) as work:
        summary = work.write(done)

    def show(out: Printer) -> None:
        out.titled(batch_report(summary))

    return Answer(summary.batches, show)

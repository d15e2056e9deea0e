"""Batch Summary Report on a device, to the column (`screens.md` 7)."""

from collections.abc import Iterator, Sequence

from screens.list_manager.asking.questions import Pause
from screens.lockbox_desk import LockboxDesk
from services.dates import short
from services.reports.batches import SUMMARY_TITLE, has_bounds, say_taken
from services.scratchpad.batch_views import BatchSummary, BatchView, batch_summary


async def print_summary(desk: LockboxDesk, era_number: int) -> None:
    """Asks for a device and prints the summary of an ERA's batches there."""
    summary = await desk.read(batch_summary, era_number)
    desk.say()
    device = await desk.device()
    today = short(desk.today())

    def heading(page: int) -> Sequence[str]:
        return (
            f"{f'{SUMMARY_TITLE:<59}{today}':<70}Page: {page}",
            "",
            f"ERA #: {summary.era:<29}  TRACE #: {summary.trace}",
            f"PAYER: {summary.payer:<30.30}  ERA DT: {short(summary.date)}",
            "",
            "BATCH #  NAME                            READY TO POST?  STATUS SET BY",
            "=" * device.margin,
        )

    await desk.page_out(_lines(summary), device, heading=heading, title=SUMMARY_TITLE)
    if not device.on_screen:
        await desk.ask.pause(Pause.RETURN)


def _lines(summary: BatchSummary) -> Iterator[str]:
    for batch in summary.batches:
        yield f"{batch.number:>7}  {batch.name:<30}  {'YES' if batch.ready else 'NO':<16}{batch.set_by}"
        yield f"{'':9}# RECORDS: {batch.records}  CRITERIA: {_criterion(batch)}"


def _criterion(batch: BatchView) -> str:
    return f"{batch.criterion}{' ' if has_bounds(batch) else '  '}{say_taken(batch)}"

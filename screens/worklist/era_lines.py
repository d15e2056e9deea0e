"""The lines of the ERA list, to the column (`screens.md` 1)."""

from collections.abc import Sequence

from models.words.remittances import EraMatchStatus
from services.dates import short
from services.remittances.listing import EraRow, EraSelection, payment_text
from services.scratchpad.batch_views import BatchName

OUT_OF_BALANCE = "OUT OF BALANCE"


def heading(chosen: EraSelection) -> Sequence[str]:
    """The heading lines of the list."""
    match_status = f"SELECTED:  MATCH STATUS: {chosen.match}"
    days, payers = "NONE SELECTED", "ALL PAYERS"
    if chosen.received_from is not None and chosen.received_to is not None:
        days = f"{short(chosen.received_from)}-{short(chosen.received_to)}"
    if chosen.payer_from is not None:
        payers = f"PAYERS: {chosen.payer_from}-{chosen.payer_to}"
    return (
        f"{match_status:<38.38}  POST STATUS: {chosen.post}",
        f"{'':11}DATE RANGE  : {days}",
        f"{'':11}{payers}",
        "#   ERA #         TRACE#",
    )


def about_era(number: int, era: EraRow | None) -> Sequence[str]:
    """What `?` says of one ERA of the list."""
    if era is None:
        return (f"ERA {number}.",)
    pad = "It has a scratch pad." if era.has_scratchpad else "It has no scratch pad yet."
    known = (f"Its trace number is {era.trace}, its payment: {payment_text(era)}.",)
    wrong = () if era.balanced else ("Its lines, claims and payment do not agree among themselves.",)
    return (
        f"ERA {number} of {era.payer:.40}: {era.match_status}.",
        *known,
        *wrong,
        pad,
    )


def era_lines(entry: int, era: EraRow, batches: Sequence[BatchName] = (), posted: str = "") -> Sequence[str]:
    """The five lines of one ERA, with one more for each batch; `entry` is its number on the list."""
    mark = " " if era.has_scratchpad else "-"
    unbalanced = "" if era.balanced else OUT_OF_BALANCE
    return (
        f"{f'{entry:<4}{mark}{era.number}':<17}{era.trace:.50}",
        f"{'':12}{posted:<28.28}{short(era.date):>8}{'':5}{era.amount:>12.2f}{'':7}{short(era.received)}",
        f"{'':12}{era.payer:<30.30}  APPROX # EEOBs: {era.approximate_eeobs:<5}{unbalanced}".rstrip(),
        f"{'':12}{era.match_status:<30.30}  {payment_text(era)}",
        *batch_lines(batches),
        "",
    )


def batch_lines(batches: Sequence[BatchName]) -> Sequence[str]:
    """A line for each batch of an ERA."""
    return [
        f"{'':12}{f'- BATCH #{batch.number}':<14}{batch.name:<32.30}{'' if batch.ready else 'NOT '}READY TO POST"
        for batch in batches
    ]


def wide_line(entry: int, era: EraRow, posted: str = "") -> str:
    """The one line of an ERA on a screen of 132 columns; what is cut stands in full behind `?`."""
    mark = " " if era.has_scratchpad else "-"
    unbalanced = " " if era.balanced else "*"
    return (
        f"{f'{entry:<4}{mark}{era.number}':<15} {era.trace:<20.20} {era.payer:<20.20} {short(era.date):>8} "
        f"{era.amount:>12.2f} {short(era.received):>8} {era.approximate_eeobs:>5}{unbalanced} "
        f"{', '.join(filter(None, (posted, *_standing(era)))):.36}"
    ).rstrip()


def _standing(era: EraRow) -> Sequence[str]:
    """Where an ERA and its money stand, in as few words as one line has room for."""
    if era.eft_receipt_status is not None:
        return era.match_status, era.eft_receipt_status
    if era.match_status is EraMatchStatus.PAPER_CHECK:
        return (era.match_status,)
    expected = payment_text(era)
    return (era.match_status,) if expected == "N/A" else (era.match_status, expected.strip("()"))

"""`lockbox generate`: the files of a made-up site day."""

import os
from pathlib import Path

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.printing import Printer
from lockbox_tui.settings import WrongUsage
from services.counted import say_count
from services.errors import LockboxError, Refused
from services.generator.faults import Fault
from services.generator.fictions import FIRST_DAY, seed_of
from services.generator.site_day import DAY_FILES, generate_site_day
from services.office.site import station_number


def generate(call: Call) -> Answer:
    """Writes the files; the same words give the same bytes."""
    asked = call.arguments
    faults = _faults(asked.faults)
    folder = Path(asked.into)
    if not asked.overwrite:
        _refuse_existing(folder)
    date = asked.date or FIRST_DAY
    seed = seed_of(date) if asked.seed is None else asked.seed
    try:
        day = generate_site_day(
            folder,
            claims=asked.claims,
            lines=asked.lines,
            seed=seed,
            faults=faults,
            station=station_number(asked.station),
            day=date,
            overwrite=asked.overwrite,
        )
    except OSError as error:
        raise LockboxError(f"The files cannot be written into {folder}: {error.strerror}.") from error
    document = {
        "files": [str(path) for path in day.files],
        "bills": day.bills,
        "remittances": day.remittances,
        "eeobs": day.eeobs,
        "efts": day.efts,
        "billed": _dollars(day.billed_cents),
        "paid": _dollars(day.paid_cents),
        "eft_total": _dollars(day.eft_cents),
        "faults": sorted(fault.value for fault in day.faults),
        "date": date,
        "seed": seed,
    }
    left_out = sorted(fault.value for fault in faults - day.faults)

    def show(out: Printer) -> None:
        out.say(
            *(str(path) for path in day.files),
            f"{say_count(day.bills, 'bill')}, "
            f"{say_count(day.remittances, 'remittance')} of {_dollars(day.paid_cents)}, "
            f"{say_count(day.efts, 'EFT')} of {_dollars(day.eft_cents)}.",
        )
        if left_out:
            out.say(f"There was no place for: {', '.join(left_out)}. More claims make room.")

    return Answer(document, show)


def _refuse_existing(folder: Path) -> None:
    """Refuses a folder with files of a day in it: nothing is overwritten unless that is said."""
    there = [name for name in DAY_FILES if os.path.lexists(folder / name)]
    if there:
        raise Refused(
            f"{folder} has {', '.join(there)} already. Name another folder, or say --overwrite to put the new day "
            "in its place."
        )


def _dollars(cents: int) -> str:
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{cents // 100}.{cents % 100:02d}"


def _faults(text: str) -> frozenset[Fault]:
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    if words == ["all"]:
        return frozenset(Fault)
    known = {fault.value: fault for fault in Fault}
    unknown = [word for word in words if word not in known]
    if unknown:
        raise WrongUsage(f"no such fault: {', '.join(unknown)}; the faults are {', '.join(known)}")
    return frozenset(known[word] for word in words)

"""Writes a site's day as files: what was billed (837P, 837I), acknowledged (277CA), remitted (835) and paid
(CCD+).
"""

import datetime
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from services.bank.write_nacha import NachaWriter
from services.generator import acknowledgement_277, billing_837, remittance_835
from services.generator.acknowledgement_277 import write_acknowledgement
from services.generator.billing_837 import write_claims
from services.generator.eft_ach import write_eft
from services.generator.faults import Fault
from services.generator.fictions import demo_site
from services.generator.random_day import RandomDay
from services.generator.remittance_835 import write_remittance
from services.generator.scenario import ScenarioClaim, ScenarioPayer, ScenarioRemittance, ScenarioSite
from services.x12.writing import InterchangeWriter

CLAIMS_837P = "claims-837p.837"
CLAIMS_837I = "claims-837i.837"
ACKNOWLEDGEMENT = "acknowledgement.277"
REMITTANCE = "remittance.835"
EFT = "eft.ach"

#: All files that a day may have.
DAY_FILES = (CLAIMS_837P, CLAIMS_837I, ACKNOWLEDGEMENT, REMITTANCE, EFT)

#: The claims of a day were sent so many days before it.
SENT_DAYS_BEFORE = 20
_BUFFER = 1 << 20


@dataclass(frozen=True, slots=True)
class UnpaidClaims:
    """Claims to one payer that are billed and acknowledged, but not remitted."""

    payer: ScenarioPayer
    claims: tuple[ScenarioClaim, ...]


@dataclass(frozen=True, slots=True)
class GeneratedDay:
    """The files of a day in the order in which a site gets them, and what they hold; amounts in whole cents.

    `paid_cents` is the sum of all BPR02, `eft_cents` of all ACH entries. `faults` are those the day really
    contains.
    """

    files: tuple[Path, ...]
    bills: int
    remittances: int
    eeobs: int
    efts: int
    billed_cents: int
    paid_cents: int
    eft_cents: int
    faults: frozenset[Fault] = frozenset()


def generate_site_day(
    folder: Path,
    *,
    claims: int,
    lines: int,
    seed: int,
    faults: frozenset[Fault],
    claims_per_set: int = 100,
    station: str = "442",
    day: datetime.date,
    overwrite: bool = False,
) -> GeneratedDay:
    """Writes a made-up day of that many claims into the folder; the same bytes for the same arguments.

    `lines` is the mean number of lines of a claim; `claims_per_set` is an upper bound where there are faults
    (see `RandomDay`). Raises ValueError for counts below one, OSError when a file cannot be written or, without
    `overwrite`, is there already.
    """
    made_up = RandomDay(
        claims=claims, lines=lines, seed=seed, faults=faults, claims_per_set=claims_per_set, day=day
    )
    contained = faults - made_up.plan().left_out
    return write_site_day(
        folder, demo_site(station), made_up.remittances(), day=day, faults=contained, overwrite=overwrite
    )


def write_site_day(
    folder: Path,
    site: ScenarioSite,
    remittances: Iterable[ScenarioRemittance],
    *,
    day: datetime.date,
    unpaid: Iterable[UnpaidClaims] = (),
    faults: frozenset[Fault] = frozenset(),
    overwrite: bool = False,
) -> GeneratedDay:
    """Writes the files of a day from remittances that are asked for one at a time.

    A file that would be empty is not written. With `overwrite` the files of another day that are in the folder
    go first, all of them. Raises OSError when a file cannot be written or is there already, `NotWritable` when
    a text does not fit.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if overwrite:
        for name in DAY_FILES:
            (folder / name).unlink(missing_ok=True)
    with ExitStack() as stack:
        files = _DayFiles(folder, site, day, stack)
        for remittance in remittances:
            files.remittance(remittance)
        for each in unpaid:
            files.bill(each.payer, each.claims)
        return files.summary(faults)


class _DayFiles:
    """The day's files, each opened when the first thing for it comes."""

    def __init__(self, folder: Path, site: ScenarioSite, day: datetime.date, stack: ExitStack) -> None:
        self._folder, self._site, self._day, self._stack = folder, site, day, stack
        self._sent = day - datetime.timedelta(days=SENT_DAYS_BEFORE)
        self._interchanges: dict[str, InterchangeWriter] = {}
        self._ach: NachaWriter | None = None
        self._bills = self._remittances = self._eeobs = self._efts = 0
        self._billed = self._paid = self._eft = 0

    def remittance(self, remittance: ScenarioRemittance) -> None:
        out = self._interchange(REMITTANCE, "HP", remittance_835.VERSION, self._day, 3)
        write_remittance(out, self._site, remittance)
        self._remittances += 1
        self._eeobs += len(remittance.claims)
        self._paid += remittance.total_cents
        self.bill(remittance.payer, [claim for claim in remittance.claims if claim.billed])
        cents = write_eft(self._bank(), self._site, remittance)
        if cents is not None:
            self._efts += 1
            self._eft += cents

    def bill(self, payer: ScenarioPayer, claims: Sequence[ScenarioClaim]) -> None:
        for institutional in (False, True):
            some = [claim for claim in claims if claim.institutional is institutional]
            if not some:
                continue
            self._bills += len(some)
            self._billed += sum(claim.charge_cents for claim in some)
            if institutional:
                out = self._interchange(CLAIMS_837I, "HC", billing_837.INSTITUTIONAL, self._sent, 2)
            else:
                out = self._interchange(CLAIMS_837P, "HC", billing_837.PROFESSIONAL, self._sent, 1)
            reference = f"{'I' if institutional else 'P'}{self._sent:%y%m%d}{out.sets + 1:06d}"
            write_claims(
                out, self._site, payer, some, day=self._sent, reference=reference, institutional=institutional
            )
            answer = self._interchange(ACKNOWLEDGEMENT, "HN", acknowledgement_277.VERSION, self._sent, 4)
            write_acknowledgement(answer, self._site, payer, some, day=self._sent, reference=reference)

    def summary(self, faults: frozenset[Fault]) -> GeneratedDay:
        names = [
            name
            for name in (CLAIMS_837P, CLAIMS_837I, ACKNOWLEDGEMENT, REMITTANCE)
            if name in self._interchanges
        ]
        return GeneratedDay(
            files=tuple(self._folder / name for name in ([*names, EFT] if self._ach is not None else names)),
            bills=self._bills,
            remittances=self._remittances,
            eeobs=self._eeobs,
            efts=self._efts,
            billed_cents=self._billed,
            paid_cents=self._paid,
            eft_cents=self._eft,
            faults=faults,
        )

    def _interchange(
        self, name: str, functional: str, version: str, written: datetime.date, number: int
    ) -> InterchangeWriter:
        found = self._interchanges.get(name)
        if found is not None:
            return found
        stream = self._stack.enter_context((self._folder / name).open("xb", buffering=_BUFFER))
        # What the site sends comes from it, what it gets goes to it.
        ends = (f"SITE{self._site.station}", "DEMOCLEARING")
        sender, receiver = ends if functional == "HC" else ends[::-1]
        opened = self._stack.enter_context(
            InterchangeWriter(
                stream,
                functional=functional,
                version=version,
                sender=sender,
                receiver=receiver,
                written=written,
                control=int(f"{written:%y%m%d}{number:03d}"),
            )
        )
        self._interchanges[name] = opened
        return opened

    def _bank(self) -> NachaWriter:
        if self._ach is None:
            stream = self._stack.enter_context((self._folder / EFT).open("xb", buffering=_BUFFER))
            self._ach = self._stack.enter_context(
                NachaWriter(
                    stream,
                    destination=self._site.routing,
                    destination_name="DEMO TREASURY BANK",
                    origin="999900001",
                    origin_name="DEMO CLEARING BANK",
                    created=self._day,
                )
            )
        return self._ach

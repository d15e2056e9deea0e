"""View/Print ERA: one remittance with its EEOBs, in short or with their whole detail (`screens.md` 13)."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from zoneinfo import ZoneInfo

from data.code_lists import CodeList, meaning_of
from models.words.money import two_decimals
from services.codes.looking_up import Told
from services.codes.texts import CodeTexts
from services.dates import capitals, stamp
from services.receipts.printed import PrintedAdjustment, PrintedEeob, PrintedEra
from services.remittances.detail import EeobDetail
from services.remittances.further import EraReferenceView
from services.reports.eeob_print import claim_number, contact_parts, eeob_sections
from services.reports.providers import provider_parts
from services.reports.report import Fact, Facts, Kind, Part, Report, Section


def era_print(era: PrintedEra, eeobs: Iterable[PrintedEeob], expanded: bool) -> Report[None]:
    """A remittance: what it sums up to, its adjustments, and each EEOB, `expanded` with all its detail.

    The EEOBs are taken one by one as the print is written.
    """
    return Report("EDI LOCKBOX WORKLIST - ERA DETAIL", sections=_Sections(era, eeobs, expanded), title_at=6)


class _Sections:
    """The sections of the print of an ERA, made while they are gone through."""

    def __init__(self, era: PrintedEra, eeobs: Iterable[PrintedEeob], expanded: bool) -> None:
        self._era, self._eeobs, self._expanded = era, eeobs, expanded

    def __iter__(self) -> Iterator[Section]:
        era = self._era
        yield Section("  **ERA SUMMARY DATA**", tuple(_summary(era)), blanks=0)
        for place, adjustment in enumerate(era.adjustments):
            title, blanks = ("", 1) if place else ("  **ERA LEVEL ADJUSTMENTS**", 1)
            yield Section(title, (_adjustment(adjustment, era.codes),), f"ADJ{adjustment.number}", blanks)
        for eeob in self._eeobs:
            of = f"EEOB {eeob.detail.sequence}"
            yield Section("  **EEOB DETAIL DATA**", tuple(_eeob(era, eeob.detail)), of)
            yield Section("", tuple(provider_parts(era, eeob)), of)
            if self._expanded:
                yield Section("", (), of)
                yield from eeob_sections(era, eeob)
                yield Section("", (), of)


def _summary(era: PrintedEra) -> Iterator[Part]:
    yield _flow(
        Fact("TRACE NUMBER", era.trace),
        Fact("INSURANCE CO ID", era.payer_id),
        Fact("ERA DATE", era.date, Kind.DATE, paper=capitals),
        Fact("TOTAL AMOUNT PAID", era.total, Kind.MONEY, paper=as_stored),
        Fact("PAYMENT FROM", era.payer_name),
        Fact("FILE DATE/TIME", era.received_at, Kind.INSTANT, paper=_stamp_in(era.zone)),
        Fact("RECEIPT", era.receipt),
        Fact("EFT MATCH STATUS", era.match_status),
        Fact("MATCHED BY", era.match_reason),
        Fact("EFT", era.eft, Kind.NUMBER),
        Fact("ERA TYPE", "ERA"),
        Fact("INDIVIDUAL EOB COUNT", era.eeobs, Kind.NUMBER),
        Fact("FILE", era.file_name),
        Fact("TRANSACTION SET", era.control),
        Fact("CHECK #", era.check),
        Fact("DETAIL POST STATUS", era.post_status),
        Fact("EXPECTED PAYMENT METHOD CODE", era.method),
        Fact("HANDLING CODE", era.handling),
        Fact("PRODUCTION DATE", era.production_date, Kind.DATE, paper=capitals),
        Fact("PAYEE", era.payee_name),
        Fact("PAYEE ID", era.payee_id),
    )
    for party in era.parties:
        words = "PAYER" if party.entity == "PR" else "PAYEE"
        yield _flow(
            Fact(f"{words} IDENTIFIER", _unless(party.id, era.payer_id, era.payee_id)),
            *(Fact(f"{words} ADDRESS", line) for line in party.address),
        )
    names = dict.fromkeys(contact.name for contact in era.contacts if contact.name)
    yield _flow(*(Fact("CONTACT NAME", name) for name in names))
    yield from contact_parts(era.contacts)
    yield _flow(*map(_reference, era.references))


def _unless(identifier: str | None, *known: str) -> str | None:
    return None if identifier in known else identifier


def _reference(reference: EraReferenceView) -> Fact:
    whose = {"PR": "PAYER ", "PE": "PAYEE "}.get(reference.entity or "", "")
    label = (meaning_of(CodeList.REFERENCES, reference.qualifier) or reference.qualifier).upper()
    return Fact(label if label.startswith(whose) else f"{whose}{label}", reference.value)


def _adjustment(adjustment: PrintedAdjustment, codes: CodeTexts) -> Facts:
    meaning = codes.meaning(Told.PROVIDER_ADJUSTMENT, adjustment.code)
    return _flow(
        Fact("REFERENCE NUMBER", adjustment.reference),
        Fact("ADJUSTMENT CODE", adjustment.code),
        Fact("ADJUSTMENT AMOUNT", adjustment.amount, Kind.MONEY, paper=as_stored),
        Fact("ADJUSTMENT TEXT", adjustment.text or meaning),
        Fact("PROVIDER", adjustment.provider),
        Fact("FISCAL PERIOD", adjustment.fiscal_date, Kind.DATE, paper=capitals),
    )


def _eeob(era: PrintedEra, detail: EeobDetail) -> Iterator[Part]:
    bill = detail.bill
    yield _flow(
        Fact("SEQUENCE #", detail.sequence, Kind.NUMBER),
        Fact("EOB DETAIL", None if bill is None else bill.number),
        Fact("INVALID BILL NUMBER", detail.claim if bill is None else None),
        Fact("AMOUNT PAID", detail.paid, Kind.MONEY, paper=as_stored),
        Fact("INSURANCE COMPANY ON BILL", None if bill is None else bill.payer),
        Fact("BILL NUMBER FROM PAYER", None if bill is None or bill.number == detail.claim else detail.claim),
        Fact("REVERSAL", "YES" if detail.reversal else None),
        Fact("FREE TEXT PATIENT NAME", detail.patient_name),
        Fact("BILLING PROVIDER NPI", era.billing_npi),
    )
    claim = Fact("CLAIM #", claim_number(detail))
    if bill is None:
        yield Facts(((claim,),), lead="")
    else:
        patient = Fact("PATIENT", f"{bill.patient}/{bill.last_four}")
        yield Facts(((patient, claim),), lead="", right=42)


def _flow(*facts: Fact) -> Facts:
    return Facts((facts,), flowing=True)


def as_stored(amount: Decimal) -> str:
    """An amount as VistA shows one of a file: without the zeros at its end, `905`, `-18.5`."""
    return two_decimals(amount).rstrip("0").rstrip(".")


def _stamp_in(zone: ZoneInfo) -> Callable[[datetime.datetime], str]:
    return lambda instant: stamp(instant.astimezone(zone)).upper()

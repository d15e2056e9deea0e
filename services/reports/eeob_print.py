"""View/Print EEOB: the payer's explanation of one claim, whole, in the sections of VistA's print (`screens.md` 12)."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from data.code_lists import CodeList, meaning_of
from models.words.money import ZERO
from services.codes.looking_up import Told
from services.codes.texts import CodeTexts
from services.dates import capitals, pad_day
from services.receipts.printed import PrintedAdjustment, PrintedEeob, PrintedEra
from services.remittances.detail import ContactView, EeobDetail
from services.remittances.document import AdjustmentView, claim_status
from services.remittances.further import PartyView
from services.reports.eeob_lines import amount_facts, day_facts, leave_empty_out, line_parts, reference_facts
from services.reports.medicare import medicare_parts, say_nothing
from services.reports.providers import provider_parts
from services.reports.report import Fact, Facts, Kind, Part, Report, Section, Words

NOT_IDENTIFIED = "*** NOT IDENTIFIED IN A/R ****"

#: Amounts of a claim that stand in the pay status (AMT01), in the order of the print.
_PAY_STATUS = (
    ("D8", "Discount Amt"),
    ("DY", "Per Day Limit Amt"),
    ("T", "Tax Amt"),
    ("T2", "Tot Before Tax Amt"),
    ("NL", "Negative Reimb Amt"),
    ("I", "Interest Amt"),
)
_COVERED, _ALLOWED = "AU", "B6"
#: The policy of the payer that a service line was decided by (REF01), and the names with places of their own (NM101).
_POLICY = "0K"
_CROSSOVER, _PRIORITY, _SUBSCRIBER = "TT", "PR", "GB"
_SEQUENCES = {
    **dict.fromkeys(("1", "19"), "PRIMARY"),
    **dict.fromkeys(("2", "20"), "SECONDARY"),
    **dict.fromkeys(("3", "21"), "TERTIARY"),
}
_SEQUENCES_OF_BILLS = {"P": "PRIMARY", "S": "SECONDARY", "T": "TERTIARY"}
_WAYS = {
    "TE": "Contact Phone",
    "FX": "Contact Fax",
    "EM": "Contact e-Mail",
    "UR": "Payer Web Site",
    "EX": "Extension",
}


def eeob_print(
    era: PrintedEra, eeobs: Sequence[PrintedEeob], adjustments: Sequence[PrintedAdjustment]
) -> Report[None]:
    """The explanation of one line of a remittance: of a claim and its reversal, or of an ERA-level adjustment."""
    sections = [section for eeob in eeobs for section in (*_name_claim(era, eeob), *eeob_sections(era, eeob))]
    sections += [_adjustment(adjustment, era.codes) for adjustment in adjustments]
    head = Facts(
        (
            (
                Fact("ERA NUMBER", era.number, Kind.NUMBER),
                Fact("ERA DATE", era.date, Kind.DATE, paper=_title_case),
            ),
            (Fact("INS COMPANY", f"{era.payer_name}/{era.payer_id}"),),
            (Fact("ERA TRACE #", era.trace),),
        ),
        lead="",
        right=26,
        labels_right=True,
    )
    return Report("EDI LOCKBOX EEOB DETAIL FROM WORKLIST", sections=sections, head=head, title_at=16)


def eeob_sections(era: PrintedEra, eeob: PrintedEeob) -> Iterator[Section]:
    """All that is told of one EEOB, section by section, those of VistA first."""
    detail = eeob.detail
    of = f"EEOB {detail.sequence}"
    yield Section("EOB GENERAL INFORMATION:", tuple(_general(era, eeob)), of, blanks=0)
    yield Section("PAYER INFORMATION:", tuple(_payer(era, detail)), of)
    yield Section("MOVE/COPY HISTORY", (Words("NONE", " "),), of)
    if eeob.corrected:
        yield Section(" **A/R CORRECTED PAYMENT DATA:", tuple(_corrections(eeob)), of)
    yield Section(
        "CLAIM LEVEL PAY STATUS:", tuple(_pay_status(detail)), of, blanks=0 if eeob.corrected else 1
    )
    yield Section("CLAIM LEVEL ADJUSTMENTS:", tuple(_claim_adjustments(detail.adjustments, era.codes)), of)
    yield Section(
        "MEDICARE INFORMATION:", tuple(medicare_parts(detail.amounts, detail.remarks, era.codes)), of
    )
    if detail.lines:
        for place, line in enumerate(detail.lines):
            title, blanks = ("", 0) if place else ("LINE LEVEL ADJUSTMENTS:", 1)
            yield Section(title, tuple(line_parts(line, era.codes)), f"{of} LINE {line.number}", blanks)
    else:
        yield Section("LINE LEVEL ADJUSTMENTS:", (Words("NONE", " "),), of)
    others = tuple(_others(detail))
    if others:
        yield Section("OTHER CLAIM INFORMATION:", others, of)
    if detail.exception is not None:
        yield Section("  **EXCEPTION RESOLUTION LOG DATA**", (_exception(detail),), of)


def claim_number(detail: EeobDetail) -> str:
    """The claim of an EEOB as the prints name it: the bill, or the payer's number that nothing is known of."""
    number = f"{detail.claim}{NOT_IDENTIFIED}" if detail.bill is None else detail.bill.number
    return f"{number} (REVERSAL)" if detail.reversal else number


def _name_claim(era: PrintedEra, eeob: PrintedEeob) -> Iterator[Section]:
    of = f"EEOB {eeob.detail.sequence}"
    yield Section("", (Facts(((Fact("CLAIM #", claim_number(eeob.detail)),),), lead=""),), of)
    yield Section("", tuple(provider_parts(era, eeob)), of)
    yield Section("", (), of)


def _general(era: PrintedEra, eeob: PrintedEeob) -> Iterator[Part]:
    detail = eeob.detail
    moment = moment_in(era.zone)
    kind = "NORMAL EOB (SPLIT IN A/R)" if eeob.corrected else "NORMAL EOB"
    sequence = _SEQUENCES.get(detail.status.strip())
    if sequence is None and detail.bill is not None:
        sequence = _SEQUENCES_OF_BILLS.get(detail.bill.payer_sequence)
    insured = detail.insured_id or detail.patient_id
    yield Facts(
        (
            (Fact("Type", kind), Fact("EOB Paid DT", era.date, Kind.DATE, paper=pad_day)),
            (
                Fact("Entry Dt/Tm", era.received_at, Kind.INSTANT, paper=moment),
                Fact("Claim Status", claim_status(detail.status)),
            ),
            (Fact("Entered By", era.brought_by), Fact("Insurance Seq", sequence)),
            (
                Fact("Last Edited", eeob.edited_at, Kind.INSTANT, paper=moment),
                Fact("Last Edit By", eeob.edited_by or None),
            ),
            (
                Fact("Patient Name", detail.patient_name),
                Fact("Pt. Relation", None if detail.insured_name else "SELF"),
            ),
            (Fact("Insured Name", detail.insured_name), Fact("Insured ID", insured))
            if detail.insured_name
            else (Fact("Insured ID", insured),),
        )
    )
    subscribers = [party for party in detail.parties if party.entity == _SUBSCRIBER]
    named = [(Fact("Other Subscriber Name", party.name),) for party in subscribers]
    named += [(Fact("Other Subscriber Id", party.id),) for party in subscribers if party.id]
    yield Facts(
        (
            (Fact("Claim Rec'd Date", detail.received, Kind.DATE, paper=pad_day),),
            *(named or [(Fact("Other Subscriber Name", None),)]),
        )
    )
    if detail.corrected_name or detail.corrected_id:
        yield Facts(
            ((Fact("New Pat. Nm.", detail.corrected_name), Fact("New Pat. Id", detail.corrected_id)),)
        )
    filing = meaning_of(CodeList.FILING, detail.filing_indicator)
    status = Fact("Status Code", detail.status, meaning=era.codes.meaning(Told.CLAIM_STATUS, detail.status))
    coded = leave_empty_out(status, Fact("Filing Code", detail.filing_indicator, meaning=filing))
    yield Facts(tuple((fact,) for fact in coded))
    if detail.patient_id and detail.patient_id != insured:
        yield Facts(((Fact("Patient ID", detail.patient_id),),))


def _payer(era: PrintedEra, detail: EeobDetail) -> Iterator[Part]:
    contacts = detail.contacts or era.contacts
    names = list(dict.fromkeys(contact.name for contact in contacts if contact.name))
    yield Facts(
        (
            (Fact("Payer Name", era.payer_name),),
            (Fact("Payer Id", era.payer_id),),
            (Fact("ICN", detail.payer_control),),
            *((Fact("Payer Contact", name),) for name in names),
        ),
        widths=(13, 0),
    )
    yield from contact_parts(contacts)
    policies = dict.fromkeys(
        reference.value
        for references in (detail.references, *(line.references for line in detail.lines))
        for reference in references
        if reference.qualifier == _POLICY
    )
    if policies:
        yield Facts(
            (
                (
                    Fact(
                        "Policy Reference",
                        "Check Payer policies referenced on Payer website for the following: "
                        + ";".join(policies),
                    ),
                ),
            ),
            hanging=False,
        )
    for entity, words in ((_CROSSOVER, "Cross Ovr"), (_PRIORITY, "Priority")):
        for party in detail.parties:
            if party.entity == entity:
                yield Facts(((Fact(f"{words} ID", party.id),), (Fact(f"{words} Nm", party.name),)))


def contact_parts(contacts: Sequence[ContactView]) -> Iterator[Part]:
    """The numbers and addresses by which the payer is reached."""
    lines = tuple(
        (Fact(_WAYS.get(contact.kind, f"Contact {contact.kind}"), contact.value),) for contact in contacts
    )
    if lines:
        yield Facts(lines, widths=(15, 0))


def _corrections(eeob: PrintedEeob) -> Iterator[Part]:
    yield Facts(((Fact("TOTAL AMT PD", eeob.detail.paid, Kind.MONEY),),), lead="   ")
    yield Facts(
        tuple(
            (Fact(each.bill or f"[suspense]{each.claim or 'NO BILL'}", each.amount, Kind.MONEY),)
            for each in eeob.corrected
        ),
        lead="      ",
        widths=(19, 0),
        between="  ",
    )


def _pay_status(detail: EeobDetail) -> Iterator[Part]:
    amounts = {amount.qualifier: amount.value for amount in reversed(detail.amounts)}
    covered = Decimal(amounts.get(_COVERED, "0"))
    facts = [
        Fact("Tot Submitted Chrg", detail.charge, Kind.MONEY),
        Fact("Covered Amt", covered, Kind.MONEY),
        Fact("Payer Paid Amt", detail.paid, Kind.MONEY),
        Fact("Patient Resp. Amt", detail.patient_responsibility or ZERO, Kind.MONEY),
    ]
    facts += [
        Fact(label, Decimal(amounts[qualifier]), Kind.MONEY)
        for qualifier, label in _PAY_STATUS
        if Decimal(amounts.get(qualifier, "0"))
    ]
    allowed = sum((line.allowed for line in detail.lines if line.allowed is not None), ZERO)
    if allowed or _ALLOWED in amounts:
        facts.append(Fact("Total Allowed Amt", Decimal(amounts.get(_ALLOWED, allowed)), Kind.MONEY))
    facts += leave_empty_out(
        Fact("Discharge Fraction", amounts.get("CLP13")),
        Fact("DRG Code Used", detail.drg),
        Fact("DRG Weight Used", amounts.get("CLP12")),
    )
    lines = tuple(tuple(facts[at : at + 2]) for at in range(0, len(facts), 2))
    yield Facts(lines, widths=(18, 18), amounts=10)


def _claim_adjustments(adjustments: Sequence[AdjustmentView], codes: CodeTexts) -> Iterator[Part]:
    if not adjustments:
        yield Words("NONE", " ")
    group = None
    for adjustment in adjustments:
        if adjustment.group != group:
            group = adjustment.group
            meaning = codes.meaning(Told.GROUP, group)
            yield Facts(
                ((Fact("GROUP CODE", group, meaning=meaning, paper=say_nothing if meaning else None),),)
            )
        yield Facts(((_reason(adjustment, codes),),), lead="  ")
        quantity = Fact("Quantity", adjustment.quantity or "0")
        yield Facts(((Fact("Amount", adjustment.amount, Kind.MONEY), quantity),), lead="  ", amounts=10)


def _reason(adjustment: AdjustmentView, codes: CodeTexts) -> Fact:
    return Fact("REASON CODE", adjustment.code, meaning=codes.meaning(Told.REASON, adjustment.code))


def _others(detail: EeobDetail) -> Iterator[Part]:
    placed = {_COVERED, _ALLOWED, "CLP12", "CLP13", *(qualifier for qualifier, _ in _PAY_STATUS)}
    first: set[str] = set()
    amounts = []
    for amount in detail.amounts:
        # A second amount of a kind that has its place above stands here.
        if amount.qualifier in placed and amount.qualifier not in first and Decimal(amount.value):
            first.add(amount.qualifier)
        elif not amount.qualifier.startswith(("MIA", "MOA")):
            amounts.append(amount)
    known = leave_empty_out(
        Fact("Statement From", detail.service_from, Kind.DATE, paper=pad_day),
        Fact("Statement To", detail.service_to, Kind.DATE, paper=pad_day),
        Fact("Facility", detail.facility),
        Fact("Frequency", detail.frequency),
    )
    own = {_CROSSOVER, _PRIORITY, _SUBSCRIBER}
    facts = (
        *known,
        *amount_facts(amounts),
        *reference_facts(detail.references),
        *day_facts(detail.days),
        *(_name(party) for party in detail.parties if party.entity not in own),
    )
    if facts:
        yield Facts(tuple((fact,) for fact in facts))
    if detail.duplicate_of is not None:
        twin = detail.duplicate_of
        yield Words(f"It repeats EEOB {twin.sequence} of ERA {twin.era}, where its detail is stored.", " ")


def _name(party: PartyView) -> Fact:
    label = meaning_of(CodeList.ENTITIES, party.entity) or f"NM1 {party.entity}"
    return Fact(label, "/".join(part for part in (party.name, party.id) if part))


def _exception(detail: EeobDetail) -> Facts:
    exception = detail.exception
    assert exception is not None
    return Facts(
        (
            (
                Fact("ERROR CATEGORY", exception.category),
                Fact("ERROR STATUS", "RESOLVED" if exception.resolved else "UNRESOLVED"),
                Fact("TEXT", exception.text),
            ),
        ),
        flowing=True,
    )


def _adjustment(adjustment: PrintedAdjustment, codes: CodeTexts) -> Section:
    return Section(
        f"ERA LEVEL ADJUSTMENT #{adjustment.number}",
        (
            Facts(
                (
                    (Fact("ADJUSTMENT REFERENCE #", adjustment.reference),),
                    (_plb_code("ADJUSTMENT REASON CODE", adjustment, codes),),
                    (Fact("ADJUSTMENT AMOUNT", adjustment.amount, Kind.MONEY),),
                    *((Fact("PROVIDER", adjustment.provider),) for _ in [0] if adjustment.provider),
                    (Fact("FISCAL PERIOD", adjustment.fiscal_date, Kind.DATE, paper=capitals),),
                ),
                lead="",
                widths=(25, 0),
                labels_right=True,
            ),
        ),
        f"ADJ{adjustment.number}",
    )


def _plb_code(label: str, adjustment: PrintedAdjustment, codes: CodeTexts) -> Fact:
    """The reason of an ERA-level adjustment with what it stands for."""
    code = adjustment.code
    return Fact(label, code, meaning=codes.meaning(Told.PROVIDER_ADJUSTMENT, code))


def _title_case(day: datetime.date) -> str:
    return capitals(day).title()


def moment_in(zone: ZoneInfo) -> Callable[[datetime.datetime], str]:
    """How an instant is written on this print, in the site's time: `07/11/12 4:33 pm`."""

    def write(instant: datetime.datetime) -> str:
        at = instant.astimezone(zone)
        return f"{pad_day(at.date())} {at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}"

    return write

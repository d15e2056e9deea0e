"""What the header of a remittance says beside the ERA's own row: payer and payee, their numbers, contacts."""

from collections.abc import Iterable, Iterator

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.bulk import insert_all
from models.eras import Contact, EraParty, EraReference
from services.x12.remittance import Qualified, RemittanceHeader, RemittanceSummary


def keep_header(session: Session, era_id: int, header: RemittanceHeader) -> None:
    """Keeps the names of loops 1000A and 1000B with their addresses, all REF segments, the ways to reach the payer."""
    contacts = [(contact, qualified) for contact in header.contacts for qualified in contact.numbers]
    insert_all(
        session,
        Contact,
        [
            {
                "era_id": era_id,
                "eeob_sequence": 0,
                "number": number,
                "name": contact.name,
                "kind": qualified.qualifier,
                "value": qualified.value,
            }
            for number, (contact, qualified) in enumerate(contacts, start=1)
        ],
    )
    insert_all(
        session,
        EraParty,
        [
            {
                "era_id": era_id,
                "entity": entity,
                "name": party.name,
                "qualifier": party.qualifier,
                "identifier": party.identifier,
                "address": "\n".join(party.address),
            }
            for entity, party in (("PR", header.payer), ("PE", header.payee))
            if any(party)
        ],
    )
    _refer(session, era_id, _references(header), 1)


def keep_totals(session: Session, era_id: int, summary: RemittanceSummary) -> None:
    """Keeps the provider totals that stand between the claims (TS3, TS2), behind the numbers of the header."""
    if summary.totals:
        last = session.scalar(select(func.max(EraReference.number)).where(EraReference.era_id == era_id)) or 0
        _refer(session, era_id, (("", total) for total in summary.totals), last + 1)


def _refer(session: Session, era_id: int, references: Iterable[tuple[str, Qualified]], first: int) -> None:
    rows = [
        {
            "era_id": era_id,
            "number": number,
            "entity": entity,
            "qualifier": reference.qualifier,
            "value": reference.value,
        }
        for number, (entity, reference) in enumerate(references, start=first)
    ]
    insert_all(session, EraReference, rows)


def forget_header(session: Session, era_id: int) -> None:
    """Deletes what `keep_header` and `keep_totals` keep, so that it can be kept anew."""
    for table in (EraParty, EraReference):
        session.execute(delete(table).where(table.era_id == era_id))
    session.execute(delete(Contact).where(Contact.era_id == era_id, Contact.eeob_sequence == 0))


def _references(header: RemittanceHeader) -> Iterator[tuple[str, Qualified]]:
    """The numbers of the header with whose they are: of the payer (PR), the payee (PE) or the remittance itself."""
    for name, value in (
        ("BPR10", header.company_id),
        ("BPR11", header.supplemental),
        ("TRN04", header.originator),
    ):
        if value:
            yield "PR", Qualified(name, value)
    for entity, references in (
        ("", header.references),
        ("PR", header.payer.references),
        ("PE", header.payee.references),
    ):
        for reference in references:
            yield entity, reference

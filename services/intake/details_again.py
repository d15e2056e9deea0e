"""The details of the ERAs of an older store, read again from the kept text of their files.

A release before left out what schema 0007 keeps: references, further names, days and amounts, billed units, name
suffixes. What money was worked on by (the claim, its charge and payment, whether it is a reversal) stays as it was
filed. Where the text says otherwise today, the whole ERA stays as it was, and somebody is told.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from models.eras import Eeob, Era, ProviderAdjustment
from models.words.mail import MailGroup
from services.findings import Finding
from services.intake.eeob_rows import EeobRows, describe
from services.intake.era_rows import forget_header, keep_header, keep_totals
from services.intake.kept_remittances import files_of_remittances, header_of, remittances_in
from services.intake.sets import store_findings
from services.office.bulletins import send
from services.x12.read_835 import Part
from services.x12.remittance import (
    ProviderLevelAdjustment,
    RemittanceClaim,
    RemittanceHeader,
    RemittanceSummary,
)

#: Claims that are kept by one statement for each table.
_AT_ONCE = 500


class _Otherwise(Exception):
    """The text says something else of money than what was filed."""


class _Spoilt(Exception):
    """The text is not what came: nothing is taken from it."""


def keep_details(session: Session) -> None:
    """Keeps of each ERA all that its text says; the ERAs of a file whose text is spoilt stay as they are."""
    for file in files_of_remittances(session):
        try:
            with session.begin_nested():
                for read, row in remittances_in(session, file):
                    era = session.scalars(select(Era.id).where(Era.transaction_set_id == row.id)).first()
                    if era is not None:
                        header, parts = header_of(read)
                        _keep(session, era, row.message_id, row.id, header, parts)
                if not file.sound:
                    raise _Spoilt
        except _Spoilt:
            continue
    session.expire_all()


def _keep(
    session: Session,
    era: int,
    message_id: int,
    set_id: int,
    header: RemittanceHeader,
    parts: Iterator[Part],
) -> None:
    try:
        with session.begin_nested():
            forget_header(session, era)
            keep_header(session, era, header)
            _keep_parts(session, era, parts)
    except _Otherwise as otherwise:
        told = (
            f"Read again by this release, the file says otherwise: {otherwise} The ERA stays as it was filed."
        )
        store_findings(session, message_id, set_id, [Finding("read-otherwise", told)])
        send(
            session,
            "EDI LBOX - ERA READ OTHERWISE",
            MailGroup.EXCEPTIONS,
            f"ERA {era}: this release reads other amounts in its file than those that were filed; see its findings.",
        )


def _keep_parts(session: Session, era: int, parts: Iterator[Part]) -> None:
    waiting: list[RemittanceClaim] = []
    adjustments = claims = 0
    for part in parts:
        if isinstance(part, RemittanceClaim):
            claims += 1
            waiting.append(part)
            if len(waiting) == _AT_ONCE:
                _keep_claims(session, era, waiting)
                waiting = []
        elif isinstance(part, ProviderLevelAdjustment):
            adjustments += 1
            _date_adjustment(session, era, adjustments, part)
        elif isinstance(part, RemittanceSummary):
            _keep_claims(session, era, waiting)
            _refuse_fewer(session, era, claims)
            keep_totals(session, era, part)
            balance = {
                "balanced_lines": part.lines_balanced,
                "balanced_claims": part.claims_balanced,
                "balanced": part.balanced,
            }
            session.execute(update(Era).where(Era.id == era).values(**balance))


def _refuse_fewer(session: Session, era: int, claims: int) -> None:
    filed = session.scalar(select(Era.eeob_count).where(Era.id == era))
    if filed != claims:
        raise _Otherwise(f"it holds {claims} claims, and {filed} were filed.")


def _keep_claims(session: Session, era: int, claims: Sequence[RemittanceClaim]) -> None:
    if not claims:
        return
    between = (claims[0].sequence, claims[-1].sequence)
    filed = {
        row.sequence: row
        for row in session.execute(
            select(Eeob.sequence, Eeob.claim, Eeob.charge, Eeob.paid, Eeob.reversal, Eeob.twin_era_id).where(
                Eeob.era_id == era, Eeob.sequence.between(*between)
            )
        )
    }
    rows = EeobRows(era)
    for claim in claims:
        row = filed.get(claim.sequence)
        _refuse_other_money(claim, row)
        assert row is not None
        if row.twin_era_id is None:
            rows.add_detail(claim)
    for table in EeobRows.DETAIL:
        session.execute(
            delete(table)
            .where(table.era_id == era, table.eeob_sequence.between(*between))
            .execution_options(synchronize_session=False)
        )
    rows.insert(session)
    told = [
        {f"new_{name}": value for name, value in describe(claim).items()}
        | {"of_era": era, "of_sequence": claim.sequence}
        for claim in claims
    ]
    names = list(describe(claims[0]))
    session.connection().execute(
        update(Eeob)
        .where(Eeob.era_id == bindparam("of_era"), Eeob.sequence == bindparam("of_sequence"))
        .values({name: bindparam(f"new_{name}") for name in names}),
        told,
    )


def _refuse_other_money(claim: RemittanceClaim, filed: Any) -> None:
    """Raises `_Otherwise` where a claim is not what was filed, but for the blanks around its number."""
    if filed is None:
        raise _Otherwise(f"claim {claim.claim} was not filed.")
    for what, said, stood in (
        ("number", claim.claim, filed.claim.strip()),
        ("charge", claim.charge, filed.charge),
        ("payment", claim.paid, filed.paid),
        (
            "status",
            "a reversal" if claim.reversal else "no reversal",
            "a reversal" if filed.reversal else "no reversal",
        ),
    ):
        if said != stood:
            raise _Otherwise(f"the {what} of claim {claim.claim} is {said}; {stood} was filed.")


def _date_adjustment(session: Session, era: int, number: int, adjustment: ProviderLevelAdjustment) -> None:
    session.execute(
        update(ProviderAdjustment)
        .where(ProviderAdjustment.era_id == era, ProviderAdjustment.number == number)
        .values(fiscal_date=adjustment.fiscal_date)
        .execution_options(synchronize_session=False)
    )

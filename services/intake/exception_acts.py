"""What a clerk does with a set that is held whole: File Message and Delete Message (behaviour 1.2.1).

Beyond VistA a remittance that is like an ERA but for its claims may be filed as one of its own, or put in the place
of that ERA.
"""

import re

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.dialects import Right, hold_right
from models.eras import Era
from models.messages import Message, TransactionSet, TransmissionException
from models.words.acts import Act
from models.words.intake import Outcome, Validation
from models.words.keys import SecurityKey
from models.words.mail import MailGroup
from models.words.money import BadAmount
from services.clean import clean
from services.errors import Refused
from services.intake.format import Formats
from services.intake.held_eras import Replaced, hand_over, let_go, release, retire
from services.intake.known_formats import KNOWN
from services.intake.raw_text import StoredText
from services.intake.remittance_identity import alike_on_file, alike_to
from services.intake.report import outcome_of_all
from services.intake.sets import FiledBefore, Held, IncomingSet, SetReport, resolve, store_findings
from services.intake.twins import mark_twins
from services.intake.unfileable import not_storable, refuse_test
from services.office.actor import Actor
from services.office.acts import begin, end
from services.office.bulletins import send
from services.office.stamp import Stamp
from services.x12.envelope import TransactionSet as ReadSet
from services.x12.segments import read_sets

#: How long the reason of a deletion is.
SHORTEST_REASON, LONGEST_REASON = 3, 60

NOT_A_SET = "ONLY A SET THAT IS HELD WHOLE CAN BE FILED OR DELETED; {} IS NONE"


def file_exception(
    session: Session, actor: Actor, number: str, *, replace: bool = False, formats: Formats = KNOWN
) -> SetReport:
    """Files a set that is held whole, as what it says; refuses with the reason when that is still not possible.

    A remittance that is like an ERA but for its claims becomes an ERA of its own, or with `replace` takes the
    place of that ERA: it takes over its EFT or check, and the other one leaves the worklist.
    """
    by = begin(session, actor, Act.EXCEPTION_FILED, SecurityKey.CLERK)
    hold_right(session, Right.FILING)
    row = _find_held_set(session, number)
    era = _find_held_era(session, row)
    replaced = _retire(session, by, row, era, number) if replace else None
    if replaced is not None:
        resolve(session, row, f"It was put in the place of ERA {replaced.era}.")
    else:
        resolve(session, row, "It was filed as an ERA of its own." if row.kind == "835" else "It was filed.")
    report = _file(session, by, row, number, formats) if era is None else _release(session, row, era)
    detail = f"set {row.id}"
    if report.era is not None:
        detail = f"ERA {report.era}"
        if replaced is not None:
            hand_over(session, replaced, report.era)
            detail = f"{detail} in the place of ERA {replaced.era}"
    _settle_message(session, row.message_id)
    end(session, by, f"exception {number}", detail=detail)
    return report


def delete_exception(session: Session, actor: Actor, number: str, reason: str) -> None:
    """Lets go of a set that is held whole; its text stays with its file, and it is held again when that comes again."""
    by = begin(session, actor, Act.EXCEPTION_DELETED, SecurityKey.CLERK)
    reason = clean(reason.strip(), LONGEST_REASON + 1)
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise Refused(f"A REASON OF {SHORTEST_REASON} TO {LONGEST_REASON} CHARACTERS IS REQUIRED")
    row = _find_held_set(session, number)
    held = session.scalars(
        select(TransmissionException).where(TransmissionException.transaction_set_id == row.id)
    ).one()
    era = _find_held_era(session, row)
    stays = era is not None and let_go(session, era.id)
    told = held.text
    resolve(session, row, f"It was deleted: {reason}.")
    row.outcome = Outcome.FILED if stays else Outcome.REJECTED
    _settle_message(session, row.message_id)
    send(
        session,
        f"EDI LBOX MESSAGE DELETED {held.payer_name}".rstrip(),
        MailGroup.PAYMENTS,
        f"Exception {number} was deleted by {by.login}: {reason}. It was: {told}",
    )
    end(session, by, f"exception {number}", reason=reason, detail=f"trace {held.trace}" if held.trace else "")


def _find_held_set(session: Session, number: str) -> TransactionSet:
    """The set of an open exception, locked; refuses one that is settled, and what is no set."""
    if not re.fullmatch("[0-9]{1,18}", number):
        raise Refused(NOT_A_SET.format(clean(number, 40)))
    found = session.execute(
        select(TransmissionException, TransactionSet)
        .join(TransactionSet, TransactionSet.id == TransmissionException.transaction_set_id)
        .where(TransmissionException.id == int(number))
        .with_for_update(key_share=True)
    ).one_or_none()
    if found is None:
        raise Refused(f"THERE IS NO EXCEPTION {number}")
    exception, row = found
    if exception.resolved_at is not None:
        raise Refused(f"EXCEPTION {number} IS SETTLED: IT IS {row.outcome.value.upper()}")
    return row


def _find_held_era(session: Session, row: TransactionSet) -> Era | None:
    """The ERA that a held set is already, only that nobody works on it."""
    return session.scalars(select(Era).where(Era.transaction_set_id == row.id)).first()


def _release(session: Session, row: TransactionSet, era: Era) -> SetReport:
    """Lets a held ERA be worked on; what of it came before is marked now that it is known to stand beside it."""
    release(session, era.id)
    row.outcome, row.validation = Outcome.FILED, Validation.QUEUED
    session.flush()
    findings = mark_twins(session, era.id)
    store_findings(session, row.message_id, row.id, findings)
    return SetReport(row.control, Outcome.FILED, era.id, validation=Validation.QUEUED, findings=findings)


def _read(session: Session, row: TransactionSet, number: str) -> ReadSet:
    """The set as it was kept."""
    for read in read_sets(StoredText.in_session(session, row.message_id), []):
        if read.ordinal == row.ordinal:
            return read
    raise Refused(f"THE TEXT OF EXCEPTION {number} CANNOT BE READ ANY MORE; IMPORT ITS FILE AGAIN")


def _file(session: Session, by: Stamp, row: TransactionSet, number: str, formats: Formats) -> SetReport:
    read = _read(session, row, number)
    known = formats.of_set(read)
    if known is None or known.file is None:
        raise Refused(f"SETS OF KIND {row.kind} ARE NOT READ IN THIS RELEASE")
    come = IncomingSet(session.get_one(Message, row.message_id), read, known.kind, row, own=True)
    try:
        refuse_test(session, come)
        return known.file(session, by, come)
    except Held as held:
        raise Refused(f"EXCEPTION {number} CANNOT BE FILED: {held}") from held
    except FiledBefore as before:
        raise Refused(f"EXCEPTION {number} IS ON FILE ALREADY; IT CAN BE DELETED") from before
    except (IntegrityError, BadAmount) as error:
        raise Refused(f"EXCEPTION {number} CANNOT BE FILED: {not_storable(come)}") from error


def _retire(session: Session, by: Stamp, row: TransactionSet, era: Era | None, number: str) -> Replaced:
    """Takes the ERA that a held remittance is like off the worklist; refuses where there is none to be replaced."""
    if era is not None:
        alike = alike_to(session, era)
    else:
        alike = alike_on_file(session, _read(session, row, number)) if row.kind == "835" else []
    if not alike:
        raise Refused(f"EXCEPTION {number} IS LIKE NO ERA THAT IT COULD REPLACE")
    return retire(session, by, alike[-1])


def _settle_message(session: Session, message_id: int) -> None:
    """What became of a file after all: what the last of its sets came to."""
    session.flush()
    outcomes = session.scalars(select(TransactionSet.outcome).where(TransactionSet.message_id == message_id))
    session.get_one(Message, message_id).outcome = outcome_of_all(outcomes)

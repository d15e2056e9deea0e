"""Remittances that came before their claims: their EEOBs meet the bills when these are filed (behaviour 8.1)."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.orm import Session

from models.eras import Eeob, Era
from models.messages import DataException
from models.receipts import Receipt
from models.scratchpads import Scratchpad
from models.words.intake import DataCategory
from models.words.mail import MailGroup
from models.words.remittances import EraMatchStatus
from services.bills.receivables import find_bills
from services.counted import say_count
from services.findings import Finding
from services.intake.twins import mark_twins
from services.office.bulletins import send
from services.remittances.finding import era_of
from services.scratchpad.stored import bump, is_worked_on, lay_out, remove_lines, save_new

#: Claims named in one sentence.
_MOST_NAMED = 10

_WAITING = (
    select(DataException.era_id, DataException.sequence, DataException.claim)
    .where(
        DataException.folded.in_(bindparam("folded", expanding=True)),
        DataException.resolved.is_(False),
        DataException.category == DataCategory.BILL_NOT_FOUND,
    )
    .order_by(DataException.era_id, DataException.sequence)
)
_LINKED = (
    update(Eeob)
    .where(Eeob.era_id == bindparam("of_era"), Eeob.sequence == bindparam("of_sequence"))
    .values(bill_id=bindparam("bill"))
)
_SETTLED = (
    update(DataException)
    .where(DataException.era_id == bindparam("of_era"), DataException.sequence == bindparam("of_sequence"))
    .values(resolved=True)
)


def link_early(session: Session, folded: Sequence[str]) -> list[Finding]:
    """Links EEOBs of ERAs without a receipt to bills that have just been filed; what it did is told ERA by ERA.

    `folded` are the folded numbers of these bills. An untouched scratch pad is laid out anew; of one that was worked on
    somebody is told, and nothing of it is changed.
    """
    waiting: dict[int, dict[int, str]] = defaultdict(dict)
    for of_era, sequence, claim in session.execute(_WAITING, {"folded": list(folded)}):
        waiting[of_era][sequence] = claim
    if not waiting:
        return []
    bills = find_bills(session, {claim for lines in waiting.values() for claim in lines.values()})
    found = []
    for number, lines in waiting.items():
        # Whoever makes a receipt of it holds the ERA.
        era = era_of(session, number)
        linked = {sequence: bills[claim].bill_id for sequence, claim in lines.items()}
        rows = [
            {"of_era": number, "of_sequence": sequence, "bill": bill}
            for sequence, bill in linked.items()
            if bill is not None
        ]
        if rows and _may_change(session, era):
            found += _link(session, era, rows, [lines[row["of_sequence"]] for row in rows])
    session.expire_all()
    return found


def _may_change(session: Session, era: Era) -> bool:
    has_receipt = session.scalar(select(exists().where(Receipt.era_id == era.id)))
    return not has_receipt and era.match_status is not EraMatchStatus.REMOVED


def _link(session: Session, era: Era, rows: Sequence[dict[str, int]], claims: Sequence[str]) -> list[Finding]:
    number, payer, held = era.id, era.payer_name, era.match_status is EraMatchStatus.HELD
    connection = session.connection()
    connection.execute(_LINKED, list(rows))
    connection.execute(_SETTLED, [{name: row[name] for name in ("of_era", "of_sequence")} for row in rows])
    session.expire_all()
    repeats = [] if held else mark_twins(session, number, {row["of_sequence"] for row in rows})
    named = ", ".join(claims[:_MOST_NAMED]) + (", …" if len(claims) > _MOST_NAMED else "")
    told = (
        f"ERA {number} came before its claims: {say_count(len(claims), 'EEOB')} found the bill now ({named})."
    )
    if session.get(Scratchpad, number) is not None:
        if is_worked_on(session, number):
            told += " Its scratch pad was worked on and stays as it is: refresh it, or split the lines to the bills."
            send(session, f"EDI LBOX - BILLS CAME AFTER ERA {payer}".rstrip(), MailGroup.EXCEPTIONS, told)
        else:
            bump(session, number, None)
            remove_lines(session, number)
            save_new(session, lay_out(session, era_of(session, number)))
            told += " Its scratch pad was laid out anew."
    return [Finding("early-remittance", told), *repeats]

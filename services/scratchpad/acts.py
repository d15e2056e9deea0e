"""The acts of the EEOB worklist on a whole scratch pad: opening, creating and refreshing it (behaviour 1.1)."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from models.eras import Era
from models.scratchpads import Scratchpad, ScratchpadPreference
from models.words.acts import Act
from models.words.keys import SecurityKey
from models.words.money import ZERO
from models.words.remittances import EraMatchStatus, MatchReason, PaymentMethod, PostStatus
from models.words.scratchpad import PaymentOrder
from services.errors import Refused
from services.office import leases
from services.office.actor import Actor, Holder
from services.office.acts import begin, end
from services.office.stamp import Stamp
from services.remittances.finding import eft_of, era_of, receipt_of_era, refuse_off_worklist
from services.scratchpad.batches import BatchPlan
from services.scratchpad.dividing import refuse_indivisible, tell_batches
from services.scratchpad.in_use import refuse_batches_in_use, take_batch
from services.scratchpad.pad import Pad
from services.scratchpad.paper_checks import refuse_doubtful
from services.scratchpad.stored import (
    bump,
    lay_out,
    load,
    refuse_changed,
    remove_lines,
    save_new,
)
from services.scratchpad.stored_batches import divide, mark, version_of

LOCKED = "Another user is currently editing this entry"
LOCKED_NEW = "ANOTHER USER HAS LOCKED THIS ENTRY - NEW RECORD NOT CREATED"
NO_MONEY = "THERE MUST EITHER BE A PAPER CHECK OR AN EFT FOR THIS ERA"
PAD_HAS_RECEIPT = "THIS ACTION IS NOT AVAILABLE SINCE THE ERA ALREADY HAS A RECEIPT."
NOT_CREATED = (
    "A SCRATCH PAD WAS NOT CREATED FOR THIS ERA BEFORE POSTING\n"
    "USE THE VIEW/PRINT ERA OPTION TO SEE ITS DETAIL"
)
BELOW_ZERO = (
    "ERA {} COMES TO {:.2f}: NO CHECK AND NO EFT COMES FOR A TOTAL BELOW ZERO\n"
    "ASK THE PAYER FOR A CORRECTED REMITTANCE"
)
PAYS_NOTHING = "THIS ERA PAYS 0.00: NO CHECK COMES FOR IT, IT CAN ONLY BE A MATCH-0 PAYMENT"
NO_BATCH = "ERA {} HAS NO BATCH {}"

#: The longest check number, and the longest bank or routing number of a check.
LONGEST_CHECK, LONGEST_BANK = 50, 15


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """The paper check that came for an ERA."""

    number: str
    date: datetime.date
    bank_routing: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a clerk must be asked when a scratch pad is opened (behaviour 1.1, opening).

    `read_only` because the ERA has a receipt; `exists` when the pad is there already; otherwise
    `may_match_0` and `needs_check` say which question comes. `eeobs` is about how many the ERA has.
    """

    era: int
    trace: str
    date: datetime.date
    method: str
    total: Decimal
    exists: bool
    read_only: bool
    receipt: str | None
    may_match_0: bool
    needs_check: bool
    eeobs: int

    @property
    def eft_may_come(self) -> bool:
        """Whether the payer says that it pays by EFT, so that a paper check is not what is waited for."""
        return self.method == PaymentMethod.ACH


def opening(session: Session, era_number: int) -> Opening:
    """Says what opening this ERA's scratch pad takes; refuses one that was posted without a pad."""
    era = era_of(session, era_number, lock=False)
    receipt = receipt_of_era(session, era.id)
    exists = session.get(Scratchpad, era.id) is not None
    if receipt is not None and not exists:
        raise Refused(NOT_CREATED)
    unmatched = era.match_status is EraMatchStatus.UNMATCHED and not era.check_number
    if unmatched and not exists and era.total < ZERO:
        raise Refused(BELOW_ZERO.format(era.id, era.total))
    return Opening(
        era=era.id,
        trace=era.trace,
        date=era.date,
        method=era.method,
        total=era.total,
        exists=exists,
        read_only=receipt is not None,
        receipt=receipt,
        may_match_0=unmatched and not era.total and era.method != PaymentMethod.ACH,
        needs_check=unmatched,
        eeobs=era.approximate_eeobs,
    )


def create_pad(
    session: Session,
    actor: Actor,
    era_number: int,
    *,
    check: PaperCheck | None = None,
    match_0: bool = False,
    order: PaymentOrder | None = None,
    batches: BatchPlan | None = None,
    check_again: bool = False,
    beside_eft: bool = False,
) -> Pad:
    """Creates the scratch pad of an ERA, lays out its lines, and divides it into batches if that is wanted.

    An unmatched ERA needs the paper check that came for it, or, when it pays nothing, `match_0`. A check that pays
    another ERA of the payer already is refused with `CheckUsedBefore` unless `check_again` says that it pays both,
    and any check with `EftAtHand` while the ERA's EFT is on file, unless `beside_eft` says that both came.
    """
    by = begin(session, actor, Act.PAD_CREATED, SecurityKey.CLERK)
    era = era_of(session, era_number)
    take_era(session, by, era.id, LOCKED_NEW)
    asked = opening(session, era_number)
    if asked.exists:
        raise Refused(f"A SCRATCH PAD ALREADY EXISTS FOR ERA {era.id}")
    refuse_off_worklist(era)
    _settle_money(session, by, era, asked, check, match_0, check_again=check_again, beside_eft=beside_eft)
    session.add(
        Scratchpad(
            era_id=era.id,
            receipt_id=None,
            check_number=check.number if check else era.check_number,
            check_date=check.date if check else None,
            bank_routing=check.bank_routing if check else "",
            created_by=by.user_id,
            created_at=by.at,
        )
    )
    session.flush()
    pad = lay_out(session, era)
    if batches is not None:
        refuse_indivisible(era)
        pad = divide(session, by, pad, batches)
    save_new(session, pad)
    if order is not None:
        prefer_order(session, by, era.id, order)
    if batches is not None:
        tell_batches(session, by, era.id)
    end(session, by, f"ERA {era.id}", detail=_money_words(check, match_0))
    return pad


def _money_words(check: PaperCheck | None, match_0: bool) -> str:
    if check is not None:
        return f"paper check {check.number} of {check.date.isoformat()}"
    return "match-0 payment" if match_0 else ""


def _settle_money(
    session: Session,
    by: Stamp,
    era: Era,
    asked: Opening,
    check: PaperCheck | None,
    match_0: bool,
    *,
    check_again: bool,
    beside_eft: bool,
) -> None:
    if not asked.needs_check:
        if check is not None or match_0:
            eft = eft_of(session, era)
            matched = f"MATCHED TO EFT #{eft.id}" if eft else era.match_status.value
            raise Refused(f"ERA {era.id} IS {matched} ALREADY")
        return
    if match_0:
        if not asked.may_match_0:
            raise Refused("ONLY AN UNMATCHED ERA OF 0.00 THAT IS NOT PAID BY ACH CAN BE A MATCH-0 PAYMENT")
        era.match_status, era.match_reason = EraMatchStatus.MATCH_0, MatchReason.MATCH_0
        era.post_status = PostStatus.NOT_NEEDED
        return
    if check is None or not check.number.strip():
        raise Refused(NO_MONEY)
    if asked.may_match_0:
        raise Refused(PAYS_NOTHING)
    if len(check.number) > LONGEST_CHECK or len(check.bank_routing) > LONGEST_BANK:
        raise Refused(
            f"A CHECK NUMBER HAS AT MOST {LONGEST_CHECK} CHARACTERS, A BANK/ROUTING # AT MOST {LONGEST_BANK}"
        )
    if check.date > by.date:
        raise Refused("DATE OF CHECK MAY NOT BE IN THE FUTURE")
    refuse_doubtful(session, era.id, check.number, again=check_again, beside_eft=beside_eft)
    era.match_status, era.match_reason = EraMatchStatus.PAPER_CHECK, MatchReason.PAPER_CHECK
    era.check_number = check.number.strip()


def take_era(session: Session, holder: Holder, era_id: int, sentence: str = LOCKED) -> leases.Held:
    """Takes the lease on the entire ERA; `sentence` refuses it to a second clerk (behaviour 1.1, steps 4 and 6).

    Refuses it, too, while somebody works in a batch of it.
    """
    refuse_batches_in_use(session, holder, era_id)
    return leases.take(session, holder, "ERA", str(era_id), sentence)


def preferred_order(session: Session, holder: Holder, era_id: int) -> PaymentOrder:
    """The order this clerk chose last for this ERA."""
    row = session.get(ScratchpadPreference, (era_id, holder.user_id))
    return PaymentOrder.NONE if row is None else row.order


def prefer_order(session: Session, holder: Holder, era_id: int, order: PaymentOrder) -> None:
    """Remembers this clerk's order of payments for this ERA."""
    row = session.get(ScratchpadPreference, (era_id, holder.user_id))
    if row is None:
        session.add(ScratchpadPreference(era_id=era_id, user_id=holder.user_id, order=order))
    else:
        row.order = order
    session.flush()


def editable(
    session: Session,
    by: Stamp,
    era_number: int,
    seen: int | None = None,
    batch: int | None = None,
    *,
    entry: int | None = None,
) -> tuple[Era, Pad]:
    """The ERA and its pad for an act that changes it; takes the lease and refuses once there is a receipt.

    Within a batch it takes only that one, and gives only its entries; for an act on one `entry` only that. Whoever
    saw another version is refused before he reads of lines that are not there any more.
    """
    era = era_of(session, era_number)
    pad = load(session, era, batch, entry)
    if session.get_one(Scratchpad, era.id).receipt_id is not None:
        raise Refused(PAD_HAS_RECEIPT)
    take_part(session, by, era.id, batch)
    refuse_changed(session, era.id, seen, batch)
    return era, pad


def take_part(session: Session, holder: Holder, era_id: int, batch: int | None) -> None:
    """Takes the lease on one batch, or on the entire ERA where `batch` is None; the ERA's row is locked by then."""
    if batch is None:
        take_era(session, holder, era_id)
    else:
        refuse_no_batch(session, era_id, batch)
        take_batch(session, holder, era_id, batch)


def refuse_no_batch(session: Session, era_id: int, batch: int) -> None:
    """Refuses a batch that the ERA has not, or no longer."""
    if version_of(session, era_id, batch) is None:
        raise Refused(NO_BATCH.format(era_id, batch))


def refresh(
    session: Session,
    actor: Actor,
    era_number: int,
    *,
    redefine: bool = False,
    batches: BatchPlan | None = None,
    seen: int | None = None,
) -> Pad:
    """Deletes all lines with their splits, distributions and comments, and lays them out anew from the ERA.

    Its batches stay what they are and take the lines anew, none of them ready any more; `redefine` puts those of
    the plan in their place, or none.
    """
    by = begin(session, actor, Act.PAD_REFRESHED, SecurityKey.CLERK)
    era, _ = editable(session, by, era_number, seen)
    bump(session, era.id, seen)
    remove_lines(session, era.id)
    era = era_of(session, era_number)
    if batches is not None:
        refuse_indivisible(era)
    # What made a batch ready was the work that is erased.
    mark(session, by, era.id, ready=False)
    fresh = lay_out(session, era)
    if redefine or batches is not None:
        fresh = divide(session, by, fresh, batches)
    save_new(session, fresh)
    if redefine or batches is not None:
        tell_batches(session, by, era.id)
    end(session, by, f"ERA {era.id}")
    return fresh

"""`lockbox scratchpad`: what the scratch-pad screen does, without questions."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.declared.listing import meant
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import Work, at_work
from lockbox_tui.settings import WrongUsage
from models.words.scratchpad import LineKey, PaymentOrder, ReviewStatus
from services.errors import CheckUsedBefore, EftAtHand, OtherPatient, Refused, UnknownClaim
from services.reports.scratchpads import pad_report
from services.scratchpad import acts as worklist
from services.scratchpad import line_acts, reviewing, verifying
from services.scratchpad.document import PadDocument, pad_document
from services.scratchpad.splitting import SplitRow

#: The YES to the screen's question whether a claim that is not on file is meant.
MEANT = "--unknown-claims"

#: The YES to the screen's question whether another patient's bill is meant.
OTHERS = "--other-patients"

#: The YES to the screen's question whether a check pays two ERAs.
PAYS_BOTH = "--check-again"

#: The YES to the screen's question whether a check came although the EFT is here.
BOTH_CAME = "--beside-eft"

_ORDERS = {"N": PaymentOrder.NONE, "F": PaymentOrder.ZERO_FIRST, "L": PaymentOrder.ZERO_LAST}


def create(call: Call) -> Answer:
    """Creates the scratch pad of an ERA; an unmatched one needs its check, or to pay nothing."""
    asked = call.arguments
    if asked.check is None and (
        asked.check_date is not None or asked.bank or asked.check_again or asked.beside_eft
    ):
        raise WrongUsage(f"--check-date, --bank, {PAYS_BOTH} and {BOTH_CAME} go with --check")

    def act(session: Session, work: Work) -> None:
        check = None
        if asked.check is not None:
            date = asked.check_date or worklist.opening(session, asked.number).date
            check = worklist.PaperCheck(asked.check, date, asked.bank)
        try:
            worklist.create_pad(
                session,
                work.actor,
                asked.number,
                check=check,
                match_0=asked.match_0,
                order=None if asked.order is None else _ORDERS[asked.order],
                check_again=asked.check_again,
                beside_eft=asked.beside_eft,
            )
        except EftAtHand as refusal:
            raise Refused(f"{refusal}\nIF A PAPER CHECK CAME AS WELL SAY {BOTH_CAME}") from refusal
        except CheckUsedBefore as refusal:
            raise Refused(f"{refusal}\nIF IT CAME FOR BOTH SAY {PAYS_BOTH}") from refusal

    return _change(call, act)


def split(call: Call) -> Answer:
    """Puts new lines in the place of one."""
    asked = call.arguments
    at = LineKey(asked.number, *asked.line)
    rows = [SplitRow(part.claim.upper(), None, part.payment, part.adjustment) for part in asked.rows]

    def act(session: Session, work: Work) -> None:
        try:
            line_acts.split(
                session,
                work.actor,
                at,
                rows,
                unknown_claims=asked.unknown_claims,
                other_patients=asked.other_patients,
                batch=asked.batch,
            )
        except OtherPatient as refusal:
            raise Refused(f"{refusal}\nIF THAT IS MEANT SAY {OTHERS}") from refusal
        except UnknownClaim as refusal:
            raise Refused(
                f"{refusal}\nIF IT IS MEANT SAY {MEANT}: ITS MONEY GOES TO SUSPENSE THEN"
            ) from refusal

    return _change(call, act)


def distribute(call: Call) -> Answer:
    """Takes an amount that a payer kept back out of the payment it was kept from."""
    asked = call.arguments

    def act(session: Session, work: Work) -> None:
        source, target = (LineKey(asked.number, *place) for place in (asked.source, asked.target))
        borne = True if asked.re_establish else False if asked.write_off else None
        line_acts.distribute(
            session, work.actor, source, target, asked.amount, asked.comment, re_establish=borne
        )

    return _change(call, act)


def refresh(call: Call) -> Answer:
    """Lays the scratch pad out anew from its ERA; all work on it is gone."""

    def act(session: Session, work: Work) -> None:
        worklist.refresh(session, work.actor, call.arguments.number)

    return _change(call, act)


def verify(call: Call) -> Answer:
    """Marks an entry as verified by hand."""

    def act(session: Session, work: Work) -> None:
        verifying.verify(session, work.actor, call.arguments.number, call.arguments.entry)

    return _change(call, act)


def review(call: Call) -> Answer:
    """Notes a comment on an entry, how far its review has come, or both."""
    asked = call.arguments
    if asked.status is None and not asked.comment:
        raise WrongUsage("say --status, --comment or both")

    def act(session: Session, work: Work) -> None:
        reviewing.review(
            session,
            work.actor,
            asked.number,
            asked.entry,
            status=meant(ReviewStatus, asked.status),
            comment=asked.comment,
            edits=asked.edit,
        )

    return _change(call, act)


def _change(call: Call, act: Callable[[Session, Work], None]) -> Answer:
    """Does one act on a scratch pad and answers the pad as it is then, from the same transaction."""

    def done(session: Session, work: Work) -> PadDocument:
        act(session, work)
        return pad_document(session, call.arguments.number)

    with at_work(call.settings, call.as_user) as work:
        view = work.write(done)

    def show(out: Printer) -> None:
        out.titled(pad_report(view))

    return Answer(view, show)

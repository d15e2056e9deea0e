"""A clerk at work without a terminal: each method is one act, in a transaction of its own, as screens do it."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from sqlalchemy import select

from models.bills import Bill, BillTransaction
from models.eras import Era
from models.receipts import Receipt, ReceiptLine
from models.store import Store
from models.words.scratchpad import LineKey, PaymentOrder
from services.bills import adjustments, charges
from services.errors import Refused
from services.office.actor import Actor
from services.office.once import new_key
from services.receipts import creating as receipts
from services.receipts import editing as receipt_editing
from services.receipts import processing as posting
from services.receipts import returned as eft_returns
from services.receipts import suspense
from services.scratchpad import acts as worklist
from services.scratchpad import batch_acts, line_acts
from services.scratchpad.batch_views import batches_of
from services.scratchpad.batches import BatchPlan
from services.scratchpad.entering import enter_pad, leave_pad
from services.scratchpad.pad import Pad
from services.scratchpad.screen_view import PadView, pad_view
from services.scratchpad.splitting import SplitRow
from services.scratchpad.stored import load
from tests import ledger
from tests.given import PAID_ON, Dollars, dollars

Place = tuple[int, int]


class Clerk:
    """Somebody who works remittances; lines are named by their stored numbers, entry and line."""

    def __init__(self, store: Store, actor: Actor) -> None:
        self.store = store
        self.actor = actor

    def opens(
        self, era: int, *, check: str | None = None, match_0: bool = False, batches: BatchPlan | None = None
    ) -> Pad:
        """Creates the scratch pad of an ERA, by its EFT, a paper check, or as a match-0 payment."""
        paper = None if check is None else worklist.PaperCheck(check, PAID_ON)
        with self.store.writing() as session:
            return worklist.create_pad(
                session, self.actor, era, check=paper, match_0=match_0, batches=batches
            )

    def splits(
        self,
        era: int,
        place: Place,
        *rows: tuple[str, Dollars] | tuple[str, Dollars, Dollars],
        batch: int | None = None,
        seen: int | None = None,
    ) -> Pad:
        """Files rows of claim, payment and adjustment in place of a line; she means what she types."""
        typed = [
            SplitRow(row[0], None, dollars(row[1]), dollars(row[2] if len(row) == 3 else 0)) for row in rows
        ]
        with self.store.writing() as session:
            line_acts.split(
                session,
                self.actor,
                LineKey(era, *place),
                typed,
                unknown_claims=True,
                other_patients=True,
                batch=batch,
                seen=seen,
            )
            return load(session, session.get_one(Era, era), batch)

    def distributes(
        self,
        era: int,
        source: Place,
        target: Place,
        amount: Dollars,
        comment: str = "",
        *,
        re_establish: bool | None = None,
    ) -> Pad:
        """Distributes an amount of a negative line to a positive one; `re_establish`: the reversed bill bears it."""
        with self.store.writing() as session:
            at, to = LineKey(era, *source), LineKey(era, *target)
            return line_acts.distribute(
                session, self.actor, at, to, dollars(amount), comment, re_establish=re_establish
            )

    def refreshes(self, era: int, *, redefine: bool = False, batches: BatchPlan | None = None) -> Pad:
        """Lays the scratch pad out anew."""
        with self.store.writing() as session:
            return worklist.refresh(session, self.actor, era, redefine=redefine, batches=batches)

    def divides(self, era: int, plan: BatchPlan | None) -> Pad:
        """New Batch Assignment."""
        with self.store.writing() as session:
            return batch_acts.assign_batches(session, self.actor, era, plan)

    def edits_batch(
        self,
        era: int,
        number: int,
        *,
        name: str | None = None,
        ready: bool | None = None,
        inside: bool = False,
    ) -> None:
        """Edit Batch."""
        with self.store.writing() as session:
            batch_acts.edit_batch(session, self.actor, era, number, name=name, ready=ready, inside=inside)

    def marks_all_ready(self, era: int) -> int:
        """Mark All Ready To Post."""
        with self.store.writing() as session:
            return batch_acts.mark_all_ready(session, self.actor, era)

    def enters(self, era: int, batch: int | None = None) -> PadView:
        """Opens the entire ERA or one batch, and sees it."""
        with self.store.writing() as session:
            enter_pad(session, self.actor, era, PaymentOrder.NONE, batch=batch)
            return pad_view(session, self.actor, era, batch=batch)

    def leaves(self, era: int, batch: int | None = None) -> None:
        """Leaves what `enters` has opened."""
        with self.store.writing() as session:
            leave_pad(session, self.actor, era, batch=batch)

    def batches(self, era: int) -> list[tuple[int, str, bool, int]]:
        """The batches of an ERA: number, name, whether it is ready, how many entries it has."""
        with self.store.reading() as session:
            found = batches_of(session, era)
            return [(batch.number, batch.name, batch.ready, batch.records) for batch in found]

    def creates_receipt(self, era: int, ticket: str | None = None) -> str:
        """Creates the receipt of a scratch pad; gives its number."""
        with self.store.writing() as session:
            return receipts.create_receipt(session, self.actor, era, ticket=ticket).number

    def previews(self, receipt: str) -> posting.ProcessPreview:
        """What Process Receipt asks from."""
        with self.store.reading() as session:
            return posting.process_preview(session, self.actor, receipt)

    def processes(
        self,
        receipt: str,
        *,
        ticket: str | None = None,
        deposit_date: datetime.date | None = None,
        drop_deposit: bool = False,
        re_establish: tuple[str, ...] = (),
    ) -> posting.Processed:
        """Processes a receipt."""
        with self.store.writing() as session:
            return posting.process_receipt(
                session,
                self.actor,
                receipt,
                ticket=ticket,
                deposit_date=deposit_date,
                drop_deposit=drop_deposit,
                re_establish=re_establish,
            )

    def adds_payment(self, receipt: str, account: str, amount: Dollars) -> int:
        """New Payment; without account it goes to suspense."""
        with self.store.writing() as session:
            return receipt_editing.new_payment(
                session, self.actor, receipt, account=account, amount=dollars(amount)
            )

    def edits_payment(
        self, receipt: str, line: int, *, account: str | None = None, amount: Dollars | None = None
    ) -> None:
        """Edit Payment."""
        with self.store.writing() as session:
            receipt_editing.edit_payment(
                session,
                self.actor,
                receipt,
                line,
                account=account,
                amount=None if amount is None else dollars(amount),
            )

    def cancels_payment(self, receipt: str, line: int, comment: str) -> None:
        """Cancel Payment."""
        with self.store.writing() as session:
            receipt_editing.cancel_payment(session, self.actor, receipt, line, comment)

    def moves_to_suspense(self, era: int, comment: str, ticket: str | None = None) -> str:
        """Move ERA Total to Suspense; gives the receipt's number."""
        with self.store.writing() as session:
            return suspense.move_era_total(session, self.actor, era, comment, ticket=ticket)

    def links(self, receipt: str, line: int, account: str, key: str | None = None) -> None:
        """Link Payment to Account."""
        with self.store.writing() as session:
            suspense.link_payment(session, self.actor, key or new_key(), receipt, line, account)

    def clears(self, receipt: str, line: int, document: str) -> None:
        """Clear Suspense."""
        with self.store.writing() as session:
            suspense.clear_suspense(session, self.actor, new_key(), receipt, line, document)

    def adjusts(
        self,
        bill: int,
        amount: Dollars,
        *,
        increase: bool = False,
        contractual: bool = False,
        key: str | None = None,
    ) -> None:
        """Adjust (Inc/Dec)."""
        with self.store.writing() as session:
            adjustments.adjust(
                session,
                self.actor,
                key or new_key(),
                bill,
                dollars(amount),
                increase=increase,
                contractual=contractual,
                comment="by hand",
            )

    def re_establishes(self, bill: int, amount: Dollars) -> None:
        """Re-establish Bill."""
        with self.store.writing() as session:
            adjustments.re_establish(session, self.actor, new_key(), bill, dollars(amount))

    def charges(self, bill: int, *, interest: Dollars = 0, admin: Dollars = 0) -> None:
        """Charges interest and administrative cost to a bill."""
        with self.store.writing() as session:
            charges.charge(
                session, self.actor, new_key(), bill, interest=dollars(interest), admin_cost=dollars(admin)
            )

    def records_return(self, eft: int, reason: str) -> None:
        """Records that the bank took an EFT back."""
        with self.store.writing() as session:
            eft_returns.record_return(session, self.actor, new_key(), eft, reason)

    def lets_stand(self, eft: int, reason: str) -> None:
        """Says that an EFT stands although the bank seemed to take it back."""
        with self.store.writing() as session:
            eft_returns.let_stand(session, self.actor, eft, reason)

    def lets_entry_stand(self, number: str, reason: str) -> None:
        """Says that an entry of the bank takes back no EFT."""
        with self.store.writing() as session:
            eft_returns.let_entry_stand(session, self.actor, number, reason)

    def balance(self, bill: str) -> Decimal:
        """What a bill owes."""
        with self.store.reading() as session:
            return session.scalars(select(Bill.balance).where(Bill.number == bill)).one()

    def status(self, bill: str) -> str:
        """The status of a bill, as screens show it."""
        with self.store.reading() as session:
            return session.scalars(select(Bill.status).where(Bill.number == bill)).one().value

    def transactions(self, bill: str) -> list[tuple[str, Decimal]]:
        """The movements of a bill: kind and signed amount."""
        with self.store.reading() as session:
            rows = session.execute(
                select(BillTransaction.type, BillTransaction.amount)
                .join(Bill, Bill.id == BillTransaction.bill_id)
                .where(Bill.number == bill)
                .order_by(BillTransaction.id)
            )
            return [(row.type.value, row.amount) for row in rows]

    def lines(self, receipt: str) -> list[tuple[str | None, Decimal, Decimal, str]]:
        """The lines of a receipt: bill, amount, amount processed, number in suspense."""
        with self.store.reading() as session:
            rows = session.execute(
                select(Bill.number, ReceiptLine)
                .join(Receipt, Receipt.id == ReceiptLine.receipt_id)
                .outerjoin(Bill, Bill.id == ReceiptLine.bill_id)
                .where(Receipt.number == receipt)
                .order_by(ReceiptLine.number)
            )
            return [(number, line.amount, line.processed, line.unapplied_number) for number, line in rows]

    @contextmanager
    def refused(self, words: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
        """Within the block an act is refused with these words, and not a row of the store changes."""
        before = ledger.contents(self.store)
        with pytest.raises(Refused) as refusal:
            yield refusal
        assert words in str(refusal.value)
        assert ledger.differing(before, ledger.contents(self.store)) == {}

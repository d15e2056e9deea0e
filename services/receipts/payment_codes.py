"""The payer's codes behind one payment of a receipt: those of the EEOBs that its scratch-pad entry is made of."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.receipts import ReceiptLine
from models.scratchpads import ScratchpadEntry
from services.receipts.lookup import receipt_of
from services.remittances.eeob_codes import CodeOfEeob, codes_of


def codes_of_payment(session: Session, number: str, payment: int) -> tuple[CodeOfEeob, ...]:
    """The codes of a payment; none of one that was entered by hand, or whose ERA is free again."""
    receipt = receipt_of(session, number)
    if receipt.era_id is None:
        return ()
    sequences = session.scalars(
        select(ScratchpadEntry.sequences)
        .join(ReceiptLine, ReceiptLine.entry == ScratchpadEntry.number)
        .where(
            ScratchpadEntry.era_id == receipt.era_id,
            ReceiptLine.receipt_id == receipt.id,
            ReceiptLine.number == payment,
        )
    ).first()
    return () if sequences is None else codes_of(session, receipt.era_id, sequences.split(","))

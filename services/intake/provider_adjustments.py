"""Filing the provider-level adjustments of a remittance: they are the ERA's own, of no claim (behaviour 3.1)."""

from sqlalchemy.orm import Session

from models.bulk import insert_all
from models.eras import ProviderAdjustment
from models.words.money import ZERO
from services.x12.remittance import ProviderLevelAdjustment

#: Adjustments filed by one statement.
AT_ONCE = 500


class AdjustmentFiling:
    """The PLBs of one ERA on their way into the store; `sum_of_all` adds them up whatever their signs."""

    def __init__(self, session: Session, era_id: int) -> None:
        self._session = session
        self._era_id = era_id
        self._waiting: list[ProviderLevelAdjustment] = []
        self.count = 0
        self.sum_of_all = ZERO

    def add(self, adjustment: ProviderLevelAdjustment) -> None:
        """Takes the next one; some hundreds are written together."""
        self.count += 1
        self.sum_of_all += abs(adjustment.amount)
        self._waiting.append(adjustment)
        if len(self._waiting) == AT_ONCE:
            self.write()

    def write(self) -> None:
        """Writes those that wait, in the ledger's sign: money taken is negative."""
        first = self.count - len(self._waiting) + 1
        rows = [
            {
                "era_id": self._era_id,
                "number": number,
                "reference": plb.reference,
                "code": plb.code,
                "amount": -plb.amount,
                "text": "",
                "provider": plb.provider,
                "fiscal_date": plb.fiscal_date,
            }
            for number, plb in enumerate(self._waiting, start=first)
        ]
        self._waiting = []
        insert_all(self._session, ProviderAdjustment, rows)

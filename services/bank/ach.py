"""An ACH file as plain values: its batches and entries, and which of them are EFTs to take.

Source: NACHA operating rules, appendix three (records 1, 5, 6, 7).
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from services.bank.reassociation import Trn
from services.findings import Finding

#: The description of a batch that takes earlier entries back.
REVERSING = "REVERSAL"


@dataclass(frozen=True, slots=True)
class AchBatch:
    """One batch: record 5. `sec` is empty for entries outside a batch.

    `created` and `modifier` are the date and the id modifier of its file (record 1).
    """

    record: int
    number: str
    sec: str
    company_name: str
    company_id: str
    description: str
    descriptive_date: str
    effective: datetime.date | None
    originator_status: str
    originating_dfi: str
    service_class: str
    created: datetime.date | None
    modifier: str


@dataclass(frozen=True, slots=True)
class AchEntry:
    """One entry (record 6) with its addenda (records 7) and its batch.

    `amount` is dollars, None when it cannot be read. `claim_payment`: it is an EFT to take (DESIGN 2.11).
    `ach_trace` is the 15-digit trace number, `trn` the reassociation trace out of the addenda, `addenda` the
    joined payment texts, `embedded` the X12 interchange of a CTX. `addenda_type` is 05, 98 (correction, with
    `change_code`), 99 (return, with `return_code`) or empty. `zero_dollar`: no money comes, the addenda are all
    there is (transaction codes 24 and 34).
    """

    record: int
    batch: AchBatch
    transaction_code: str
    credit: bool
    receiving_dfi: str
    account: str
    amount: Decimal | None
    identification: str
    receiver: str
    ach_trace: str
    addenda: str
    addenda_count: int
    addenda_type: str
    return_code: str
    change_code: str
    original_trace: str
    trn: Trn | None
    embedded: bytes | None
    claim_payment: bool
    prenote: bool
    zero_dollar: bool

    @property
    def sec(self) -> str:
        """The standard entry class of its batch: CCD, CTX, PPD and so on."""
        return self.batch.sec

    @property
    def returned(self) -> bool:
        """The entry gives an earlier entry back (addenda 99)."""
        return self.addenda_type == "99"

    @property
    def notification(self) -> bool:
        """The entry only announces a correction (addenda 98, notification of change)."""
        return self.addenda_type == "98"

    @property
    def remittance(self) -> bytes | None:
        """The X12 interchange to be filed: of a claim payment, or of an entry that brings it without money."""
        return self.embedded if self.claim_payment or self.zero_dollar else None

    @property
    def payer_id(self) -> str:
        """Who pays: TRN03, else the company id of the batch (DESIGN 2.10)."""
        return (self.trn.payer_id if self.trn is not None else "") or self.batch.company_id

    @property
    def reversing(self) -> bool:
        """The entry takes an earlier one back: its batch is described as REVERSAL."""
        return self.batch.description.upper() == REVERSING

    @property
    def date(self) -> datetime.date | None:
        """The effective entry date of its batch, else the day the bank made the file; None without either."""
        return self.batch.effective or self.batch.created


@dataclass(frozen=True, slots=True)
class NotClaimPayments:
    """The entries that are not EFTs to take: how many, and their totals in dollars.

    Unreadable amounts are left out of the totals.
    """

    count: int
    credits: Decimal
    debits: Decimal


@dataclass(frozen=True, slots=True)
class AchFile:
    """What an ACH file says as a whole, known at its end: record 1, its proof, sums, and what is wrong with it.

    `proven` is True when every count, hash and total that the file must carry is there and agrees; only then
    do the entries stand for what the bank sent. `payments` counts the EFTs to take, `paid` is their total in
    dollars, `remittances` how many entries, of money or without, carry an X12 interchange to be filed.
    Creation date and time are the bank's (no zone is stated).
    """

    destination: str
    origin: str
    destination_name: str
    origin_name: str
    created: datetime.date | None
    created_time: str
    modifier: str
    reference: str
    payments: int
    paid: Decimal
    remittances: int
    returns: int
    debits: int
    others: NotClaimPayments
    proven: bool
    findings: tuple[Finding, ...]

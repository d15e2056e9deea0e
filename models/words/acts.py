"""The words of the acts: one vocabulary of audit trail, keys of acts done once, and journal (DESIGN 1.2, 2.2)."""

from enum import StrEnum


class Act(StrEnum):
    """What is done at a site, as it is written down; the words stay what they are, since old stores hold them.

    Most are begun by a door of the services. The last ones are only entries of the journal: what the books say
    of an act that is larger than they, or that has another word there.
    """

    SITE_OPENED = "site opened"
    PARAMETER_SET = "site parameter"
    CODES_LOADED = "codes loaded"
    ACTED_FOR = "acts as another user"

    DATE_SAID_RIGHT = "date said to be right"

    FILE_IMPORTED = "file imported"
    EXCEPTION_FILED = "exception filed"
    EXCEPTION_DELETED = "exception deleted"
    BILLS_AUDITED = "bills audited"
    DEPOSIT_RECORDED = "deposit recorded"
    EFT_TAKEN_BACK = "EFT taken back by the bank"
    ERA_FREE_AGAIN = "ERA free again"
    EFTS_MATCHED = "EFTs matched"
    WRITTEN_AGAIN = "documents written again"

    PAD_CREATED = "scratch pad created"
    PAD_REFRESHED = "scratch pad refreshed"
    LINE_SPLIT = "line split"
    LINE_COMMENTED = "line comment"
    DISTRIBUTED = "adjustment distributed"
    LINE_VERIFIED = "line verified"
    LINE_REVIEWED = "line reviewed"
    BATCHES_ASSIGNED = "batches assigned"
    BATCH_EDITED = "batch edited"
    BATCHES_READY = "batches ready to post"

    RECEIPT_CREATED = "receipt created"
    RECEIPT_PROCESSED = "receipt processed"
    TICKET_OPENED = "deposit ticket opened"
    PAYMENT_ENTERED = "payment entered"
    PAYMENT_EDITED = "payment edited"
    PAYMENT_CANCELLED = "payment cancelled"
    MOVED_TO_SUSPENSE = "ERA moved to suspense"
    PAYMENT_LINKED = "payment linked"
    SUSPENSE_CLEARED = "suspense cleared"
    EFT_RETURNED = "EFT returned"
    EFT_STANDS = "EFT stands"
    ENTRY_STANDS = "entry of the bank takes back no EFT"

    ADJUSTED = "adjustment"
    CHARGED = "charge"
    RE_ESTABLISHED = "bill re-established"

    BILL_VOIDED = "bill voided"
    BILL_REPLACED = "bill replaced"
    BILL_ACTIVE = "bill active"
    EFT_RECORDED = "EFT recorded"
    PENDING_DECREASE = "pending decrease"
    REVERSAL_RAISED = "reversed payment re-established"
    REVERSAL_PAID = "paid out of a reversal"
    CHARGE_ENTERED = "interest or admin charge"
    EXEMPTED = "interest or admin exempted"
    REVERSAL = "reversal"

"""The menus, from the Clerk's AR Menu down (`screens.md` 22, behaviour 1).

What comes in a later release, and what belongs to the rest of Accounts Receivable, stands in parentheses
and answers with a sentence.
"""

from screens.list_manager.options import MenuOption
from screens.lockbox_desk import LockboxDesk
from services.office.access import load_tables

_Option = MenuOption[LockboxDesk]


def load_options() -> None:
    """Loads the options' screens and rules: while the clerk reads the first menu, he need not wait for them later."""
    from screens.list_manager.lists import list_screen  # noqa: F401
    from screens.receipts import receipt_processing  # noqa: F401
    from screens.worklist import era_filters  # noqa: F401

    load_tables()


async def _eeob_worklist(desk: LockboxDesk) -> None:
    # Imported when it is chosen: the first menu is painted before the lists are loaded.
    from screens.worklist.era_filters import eeob_worklist

    await eeob_worklist(desk)


async def _receipt_processing(desk: LockboxDesk) -> None:
    from screens.receipts.receipt_processing import receipt_processing

    await receipt_processing(desk)


def _later(name: str, synonym: str, help_sentence: str, internal: str = "") -> _Option:
    note = f"{name} is not in this release."
    return _Option(name, synonym, help=help_sentence, note=note, internal=internal)


def _not_ours(name: str, help_sentence: str) -> _Option:
    return _Option(
        name,
        help=help_sentence,
        note=f"{name} belongs to AR itself, not to Lockbox.",
    )


REPORTS_MENU = _Option(
    "EDI Lockbox Reports Menu",
    "REP",
    help="The reports on ERAs, EFTs and EEOBs.",
    submenu=(
        _later("Daily Activity Report", "DA", "What came in and what was matched, day by day."),
        _later("EEOB Transfer Reports", "TR", "EEOBs sent to and received from other sites."),
        _later("EFT Unmatched Aging Report", "EFT", "EFTs that no ERA has been found for, the oldest first."),
        _later("ERA Unmatched Aging Report", "ERA", "ERAs whose money has not been found, the oldest first."),
        _later("Unapplied EFT Deposits Report", "UN", "EFT money that stands in 5287.4/8NZZ."),
        _later("Active Bills With EEOB Report", "AB", "Active bills for which an EEOB is on file."),
        _later(
            "Duplicate EFT Deposits Audit Report", "DUPR", "Duplicate EFTs that were removed, and by whom."
        ),
        _later("EEOB Move/Copy Audit Report", "MCR", "EEOBs that were moved or copied to other claims."),
        _later(
            "ERAs Posted with Paper EOB Audit Report", "POSR", "ERAs posted from a paper EOB, and by whom."
        ),
        _later(
            "Remove ERA from Active Worklist",
            "REMR",
            "ERAs that were removed from the worklist, and by whom.",
        ),
        _later("View/Print ERA", "VP", "One ERA with all its EEOBs."),
    ),
)

EDI_LOCKBOX_MENU = _Option(
    "EDI Lockbox",
    help="Electronic payments and remittance advices of third-party payers.",
    submenu=(
        _later("EDI Lockbox 3rd Party Exceptions", "EXC", "Remittances and lines that need a person."),
        _later("Automatic Match EFTs to ERAs", "MA", "Matches the EFTs and ERAs that belong together."),
        _later("EEOB Move/Copy", "MC", "Moves or copies an EEOB to another claim."),
        _later("Manual Match EFT-ERA", "MM", "Matches one EFT to one ERA by hand."),
        _later("Move ERA Total To Suspense", "MO", "Puts the whole amount of an ERA into suspense."),
        _later("Remove Duplicate EFT Deposits", "REFT", "Removes an EFT that was sent twice."),
        REPORTS_MENU,
        _later("Remove ERA from Active Worklist", "REM", "Takes an ERA off the worklist, with a reason."),
        _later("Unmatch An ERA", "UN", "Undoes the match of an ERA."),
        _later("Update ERA Posted Using Paper EOB", "UP", "Notes that an ERA was posted from its paper EOB."),
        _Option(
            "EEOB Worklist",
            "WL",
            help="Shows ERAs and opens their scratch pads, to be reviewed, split, distributed and posted.",
            run=_eeob_worklist,
        ),
        _later("Mark 0-Balance EFT Matched", "ZB", "Marks an EFT of 0.00 as matched."),
    ),
)

AGENT_CASHIER_MENU = _Option(
    "Agent Cashier Menu",
    help="Receipts, deposits and payments without an account.",
    submenu=(
        _Option(
            "Receipt Processing",
            "RP",
            help="Opens a receipt: its payments are changed here, and it is processed.",
            run=_receipt_processing,
            internal="RCDP RECEIPT PROCESSING",
        ),
        _later("Deposit Processing", "DP", "Opens a deposit ticket with its receipts, and confirms it."),
        _later("Link Payment To Account", "LP", "Gives a payment in suspense the account it is for."),
        _later(
            "Extended Check/Trace/Credit Card Search", "EX", "Finds payments by check, trace or card number."
        ),
    ),
)

CLERKS_MENU = _Option(
    "Clerk's AR Menu",
    help="The accounts receivable clerk's options.",
    submenu=(
        _not_ours("Audit/Set up a New Accounts Receivable", "Audits new bills and sets up receivables."),
        _not_ours("New Bill Forms Print", "Prints bills on their forms."),
        _not_ours("Profile of Accounts Receivable", "Shows a debtor's account."),
        _not_ours("Update Accounts Receivable", "Changes a receivable's data."),
        _not_ours("Adjustment to Accounts Receivable", "Increases and decreases receivables."),
        _not_ours("Report Menu for Accounts Receivable", "The reports on receivables."),
        _not_ours("Follow-up Letter Menu", "Letters to debtors."),
        _not_ours("Establish/Edit Old Bills", "Enters bills of an older system."),
        _not_ours("Transaction Profile", "Shows one transaction of a bill."),
        _later(
            "Third Party Joint Inquiry",
            "TPJI",
            "Shows a claim with its charges, account and history.",
            "IBJ THIRD PARTY JOINT INQUIRY",
        ),
        _not_ours("Account Management", "Looks after debtors' accounts."),
        AGENT_CASHIER_MENU,
        EDI_LOCKBOX_MENU,
        _not_ours("FMS Utilities Menu", "Looks after the documents sent to the finance system."),
        _not_ours("Refund Review and Approve", "Approves refunds."),
    ),
)

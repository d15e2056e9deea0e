"""The menus, from the Clerk's AR Menu down (`screens.md` 22, behaviour 1).

What comes in a later release, and what belongs to the rest of Accounts Receivable, stands in parentheses
and answers with a sentence.
"""

from collections.abc import Awaitable, Callable

from screens.destinations import EEOB_WORKLIST, RECEIPT_PROCESSING, VIEW_PRINT_ERA, Destination
from screens.list_manager.actions import Action, later
from screens.list_manager.options import Menu, MenuOption
from screens.lockbox_desk import LockboxDesk


def _to(destination: Destination[[], None]) -> Callable[[LockboxDesk], Awaitable[None]]:
    async def run(desk: LockboxDesk) -> None:
        await desk.go(destination)

    return run


def _not_ours(name: str, help_sentence: str) -> MenuOption[LockboxDesk]:
    return Action(name, help=help_sentence, later=f"{name} belongs to AR itself, not to Lockbox.")


REPORTS_MENU: Menu[LockboxDesk] = Menu(
    "EDI Lockbox Reports Menu",
    "REP",
    help="The reports on ERAs, EFTs and EEOBs.",
    options=(
        later("Daily Activity Report", "DA", help="What came in and what was matched, day by day."),
        later("EEOB Transfer Reports", "TR", help="EEOBs sent to and received from other sites."),
        later(
            "EFT Unmatched Aging Report", "EFT", help="EFTs that no ERA has been found for, the oldest first."
        ),
        later(
            "ERA Unmatched Aging Report", "ERA", help="ERAs whose money has not been found, the oldest first."
        ),
        later("Unapplied EFT Deposits Report", "UN", help="EFT money that stands in 5287.4/8NZZ."),
        later("Active Bills With EEOB Report", "AB", help="Active bills for which an EEOB is on file."),
        later(
            "Duplicate EFT Deposits Audit Report",
            "DUPR",
            help="Duplicate EFTs that were removed, and by whom.",
        ),
        later("EEOB Move/Copy Audit Report", "MCR", help="EEOBs that were moved or copied to other claims."),
        later(
            "ERAs Posted with Paper EOB Audit Report",
            "POSR",
            help="ERAs posted from a paper EOB, and by whom.",
        ),
        later(
            "Remove ERA from Active Worklist",
            "REMR",
            help="ERAs that were removed from the worklist, and by whom.",
        ),
        Action("View/Print ERA", "VP", help="Prints one ERA with all its EEOBs.", run=_to(VIEW_PRINT_ERA)),
    ),
)

EDI_LOCKBOX_MENU: Menu[LockboxDesk] = Menu(
    "EDI Lockbox",
    help="Electronic payments and remittance advices of third-party payers.",
    options=(
        later("EDI Lockbox 3rd Party Exceptions", "EXC", help="Remittances and lines that need a person."),
        later("Automatic Match EFTs to ERAs", "MA", help="Matches the EFTs and ERAs that belong together."),
        later("EEOB Move/Copy", "MC", help="Moves or copies an EEOB to another claim."),
        later("Manual Match EFT-ERA", "MM", help="Matches one EFT to one ERA by hand."),
        later("Move ERA Total To Suspense", "MO", help="Puts the whole amount of an ERA into suspense."),
        later("Remove Duplicate EFT Deposits", "REFT", help="Removes an EFT that was sent twice."),
        REPORTS_MENU,
        later("Remove ERA from Active Worklist", "REM", help="Takes an ERA off the worklist, with a reason."),
        later("Unmatch An ERA", "UN", help="Undoes the match of an ERA."),
        later(
            "Update ERA Posted Using Paper EOB", "UP", help="Notes that an ERA was posted from its paper EOB."
        ),
        Action(
            "EEOB Worklist",
            "WL",
            help="Shows ERAs and opens their scratch pads, to be reviewed, split, distributed and posted.",
            run=_to(EEOB_WORKLIST),
        ),
        later("Mark 0-Balance EFT Matched", "ZB", help="Marks an EFT of 0.00 as matched."),
    ),
)

AGENT_CASHIER_MENU: Menu[LockboxDesk] = Menu(
    "Agent Cashier Menu",
    help="Receipts, deposits and payments without an account.",
    options=(
        Action(
            "Receipt Processing",
            "RP",
            help="Opens a receipt: its payments are changed here, and it is processed.",
            run=_to(RECEIPT_PROCESSING),
            internal="RCDP RECEIPT PROCESSING",
        ),
        later("Deposit Processing", "DP", help="Opens a deposit ticket with its receipts, and confirms it."),
        later("Link Payment To Account", "LP", help="Gives a payment in suspense the account it is for."),
        later(
            "Extended Check/Trace/Credit Card Search",
            "EX",
            help="Finds payments by check, trace or card number.",
        ),
    ),
)

CLERKS_MENU: Menu[LockboxDesk] = Menu(
    "Clerk's AR Menu",
    help="The accounts receivable clerk's options.",
    options=(
        _not_ours("Audit/Set up a New Accounts Receivable", "Audits new bills and sets up receivables."),
        _not_ours("New Bill Forms Print", "Prints bills on their forms."),
        _not_ours("Profile of Accounts Receivable", "Shows a debtor's account."),
        _not_ours("Update Accounts Receivable", "Changes a receivable's data."),
        _not_ours("Adjustment to Accounts Receivable", "Increases and decreases receivables."),
        _not_ours("Report Menu for Accounts Receivable", "The reports on receivables."),
        _not_ours("Follow-up Letter Menu", "Letters to debtors."),
        _not_ours("Establish/Edit Old Bills", "Enters bills of an older system."),
        _not_ours("Transaction Profile", "Shows one transaction of a bill."),
        later(
            "Third Party Joint Inquiry",
            "TPJI",
            help="Shows a claim with its charges, account and history.",
            internal="IBJ THIRD PARTY JOINT INQUIRY",
        ),
        _not_ours("Account Management", "Looks after debtors' accounts."),
        AGENT_CASHIER_MENU,
        EDI_LOCKBOX_MENU,
        _not_ours("FMS Utilities Menu", "Looks after the documents sent to the finance system."),
        _not_ours("Refund Review and Approve", "Approves refunds."),
    ),
)

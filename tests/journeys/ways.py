"""Stretches of the way that many journeys share."""

from tests.journeys.journey import Step

TO_THE_LIST = (
    Step("Select Clerk's AR Menu Option:", "EDI Lockbox"),
    Step("Select EDI Lockbox Option:", "WL"),
    Step("DO YOU WANT A (L)IST OF ERAs OR A (S)PECIFIC ONE?", ""),
    Step("ERA POSTING STATUS", ""),
    Step("ERA-EFT MATCH STATUS", ""),
    Step("LIMIT THE SELECTION TO A DATE RANGE", ""),
    Step("(A)LL PAYERS, (R)ANGE OF PAYER NAMES", ""),
)

NO_BATCHES = Step("DO YOU WANT TO SPLIT THIS ERA INTO BATCHES?: NO//", "")

#: To the scratch pad of an ERA of one EEOB, and of one that has several and is not split.
BY_EFT = (
    *TO_THE_LIST,
    Step("ERA List - Worklist", "Select=1"),
    Step("DO YOU WANT TO CREATE ONE NOW?", "YES"),
    Step("ORDER OF PAYMENTS", ""),
)
BY_EFT_WHOLE = (*BY_EFT[:-1], NO_BATCHES, BY_EFT[-1])

BY_CHECK_WHOLE = (
    *TO_THE_LIST,
    Step("ERA List - Worklist", "Select=1"),
    Step("DO YOU WANT TO CREATE ONE NOW?", "YES"),
    Step("ENTER THE NUMBER OF THE PAPER CHECK", ""),
    Step("DATE OF CHECK:", ""),
    Step("CHECK BANK/ROUTING #:", ""),
    Step("IS THIS CORRECT?", ""),
    NO_BATCHES,
    Step("ORDER OF PAYMENTS", ""),
)

TO_THE_RECEIPT = (
    Step("EEOB Worklist/Scratch Pad", "Look At Receipt"),
    Step("PAYMENTS (LINES FOR RECEIPT):", "Create Receipt"),
    Step("ARE YOU SURE YOU ARE READY TO CREATE THIS RECEIPT?", "YES"),
)

PROCESSED = (
    Step("Are you sure you want to PROCESS this receipt?", "YES"),
    Step("Press RETURN to continue:", ""),
    Step("Receipt Status: CLOSED", "EA"),
)

#: From the ERA list, which still stands under the scratch pad and the receipt, to the end of the program.
HOME = (
    Step("EEOB Worklist/Scratch Pad", "^^"),
    Step("Select Clerk's AR Menu Option:", ""),
    Step("Do you really want to halt?", "YES"),
)

#: The end of the program from a menu.
HALT = (
    Step("Select EDI Lockbox Option:", "^^"),
    Step("Select Clerk's AR Menu Option:", ""),
    Step("Do you really want to halt?", "YES"),
)

TO_LOCKBOX = (Step("Select Clerk's AR Menu Option:", "EDI Lockbox"),)


def to_era(number: int) -> tuple[Step, ...]:
    """From the EDI Lockbox menu to one ERA by its number."""
    return (
        Step("Select EDI Lockbox Option:", "WL"),
        Step("DO YOU WANT A (L)IST OF ERAs OR A (S)PECIFIC ONE?", "S"),
        Step("Select ELECTRONIC REMITTANCE ADVICE ENTRY:", str(number)),
    )


def to_pad(number: int) -> tuple[Step, ...]:
    """From the EDI Lockbox menu to the scratch pad that an ERA has already."""
    return (*to_era(number), Step("ORDER OF PAYMENTS", ""))

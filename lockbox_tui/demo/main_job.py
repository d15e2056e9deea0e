"""The main job as the demonstration types it: one remittance from the worklist to a posted receipt.

It is the manual's own example (section 3.3.2): a payment of 343.99 that belongs to two bills, and 14.00 that
the payer kept back without saying for which claim.
"""

from lockbox_tui.demo.playing import Step

INTRODUCTION = (
    "LOCKBOX SHOWS ITS MAIN JOB",
    "",
    "A payer has sent 1165.99 by EFT and, apart from it, a remittance that says what",
    "the money is for. The demonstration types what a posting clerk types:",
    "",
    "   1  finds the remittance in the worklist and opens its scratch pad",
    "   2  splits a payment of 343.99 between the two bills it is for",
    "   3  takes the 14.00 that the payer kept back out of one of the payments",
    "   4  looks at the receipt, creates it, and processes it",
    "   5  lets the books be proven",
    "",
    "Press any key to go on faster, ^ to stop.",
)

MAIN_JOB = (
    Step("Select Clerk's AR Menu Option:", "EDI Lockbox"),
    Step("Select EDI Lockbox Option:", "WL"),
    Step("DO YOU WANT A (L)IST OF ERAs OR A (S)PECIFIC ONE?", ""),
    Step("ERA POSTING STATUS", ""),
    Step("ERA-EFT MATCH STATUS", "MATCHED"),
    Step("LIMIT THE SELECTION TO A DATE RANGE", ""),
    Step("(A)LL PAYERS, (R)ANGE OF PAYER NAMES", "RANGE"),
    Step("START WITH PAYER NAME", "LAKESHORE"),
    Step("GO TO PAYER NAME", ""),
    Step("05507-93746289", "2"),
    Step("***ADJUSTMENT AT ERA LEVEL", "+"),
    Step("Claim #: K6D1102", "Split=4"),
    Step("CLAIM #: K6D1102//", ""),
    Step("PAYMENT AMOUNT TO APPLY TO THIS CLAIM: 343.99//", "100.00"),
    Step("RECEIPT LINE COMMENT:", "SPLIT PAYMENT REMAINDER APPLIED TO K6D1190"),
    Step("CLAIM #:", "K6D1190"),
    Step("PAYMENT AMOUNT TO APPLY TO THIS CLAIM: 243.99//", ""),
    Step("RECEIPT LINE COMMENT:", "SPLIT PAYMENT - ORIG APPLIED TO K6D1102"),
    Step("File New Lines", "File"),
    Step("4.002 Claim #: K6D1190", "Distribute"),
    Step("SELECT A LINE THAT NEEDS AN ADJUSTMENT AMOUNT DISTRIBUTED", ""),
    Step("SELECT A LINE TO DISTRIBUTE THE ADJUSTMENT AMOUNT TO:", "?"),
    Step("THE FOLLOWING LINE(S) HAVE A NET PAYMENT", "4.002"),
    Step("ADJUSTMENT AMOUNT TO DISTRIBUTE", ""),
    Step("DECREASE ADJ COMMENT", ""),
    Step("Total Adjustments: -14.00", "+"),
    Step("Distributed adj dec for retraction S1234: -14.00", "Look"),
    Step("PAYMENTS (LINES FOR RECEIPT):", "Create"),
    Step("ARE YOU SURE YOU ARE READY TO CREATE THIS RECEIPT?", "YES"),
    Step("DO YOU WANT TO GO TO RECEIPT PROCESSING NOW?", "YES"),
    Step("Receipt Profile", "PR"),
    Step("ARE YOU SURE YOU WANT TO CONTINUE?", ""),
    Step("Are you sure you want to PROCESS this receipt?", "YES"),
    Step("Updating AR accounts... Done.", ""),
    Step("Receipt Status: CLOSED", "EA"),
    Step("*** RECEIPT ALREADY CREATED", "^^"),
    Step("Select Clerk's AR Menu Option:", "^"),
    Step("Do you really want to halt?", ""),
)

"""What a clerk must know about an entry of an ACH file: returns, corrections, debits, payments without trace.

Source: NACHA operating rules, appendix three (transaction codes, addenda 98 and 99); CAQH CORE 370 (TRN).
"""

from models.words.money import ZERO, two_decimals
from services.bank.ach import AchEntry
from services.bank.nacha_records import Findings

#: The standard entry classes in which health plans pay claims.
CLAIM_CLASSES = frozenset({"CCD", "CTX"})


def judge_entry(entry: AchEntry, findings: Findings) -> None:
    """Says what a clerk must know about an entry as money; the codes are listed with `read_nacha`."""
    amount = "an unreadable amount" if entry.amount is None else two_decimals(entry.amount)
    if not entry.batch.record:
        findings.say("entry-outside-batch", f"The entry of {amount} stands in no batch.", entry.record)
    if entry.returned:
        findings.say(
            "return",
            f"{amount} is returned ({entry.return_code}); it gives back trace {entry.original_trace}.",
            entry.record,
        )
    elif entry.notification:
        findings.say("correction", f"The bank announces a correction ({entry.change_code}).", entry.record)
    elif entry.prenote:
        findings.say("prenote", f"The entry is a test without money (prenote) of {amount}.", entry.record)
    elif not entry.credit:
        findings.say(
            "debit",
            f"{amount} is taken from the account (transaction code {entry.transaction_code}).",
            entry.record,
        )
    elif entry.zero_dollar:
        _judge_zero_dollar(entry, amount, findings)
    elif entry.amount is not None and not entry.amount:
        findings.say("zero-amount", "The entry is a payment of 0.00.", entry.record)
    if entry.trn is None and entry.embedded is None and "TRN" in entry.addenda and entry.sec in CLAIM_CLASSES:
        findings.say("bad-trn", "The TRN in the addenda cannot be read.", entry.record)
    if entry.claim_payment:
        _judge_claim_payment(entry, findings)


def _judge_zero_dollar(entry: AchEntry, amount: str, findings: Findings) -> None:
    if entry.amount != ZERO:
        findings.say(
            "zero-dollar",
            f"Transaction code {entry.transaction_code} says that no money comes, but the entry is of {amount};"
            " no EFT is taken of it.",
            entry.record,
        )
    if entry.remittance is None:
        findings.say(
            "zero-dollar",
            "The entry brings no money, and no remittance either that can be read.",
            entry.record,
        )


def _judge_claim_payment(entry: AchEntry, findings: Findings) -> None:
    if entry.trn is None:
        findings.say(
            "no-trace",
            "The claim payment carries no reassociation trace (TRN) in its addenda.",
            entry.record,
        )
    elif not entry.trn.terminated:
        findings.say(
            "trn-terminator",
            "The TRN in the addenda has no end mark; its last element was cut at the first blank.",
            entry.record,
        )
    if entry.batch.effective is None:
        findings.say(
            "no-effective-date",
            "The batch of this claim payment has no effective entry date.",
            entry.record,
        )

"""How `??` lists bills where an account or claim is asked for."""

from services.bills.lookup import BillChoice


def bill_row(bill: BillChoice) -> str:
    """One bill in one row: number, patient, status, and the balance that is still owed."""
    return f"{bill.number:<20.20} {bill.patient:<24.24} {bill.status:<16.16} {bill.balance:>12.2f}"

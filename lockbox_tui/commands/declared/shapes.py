"""What several JSON documents hold: payers, findings, scratch pads, receipts."""

from lockbox_tui.commands.declaring import Maybe, Shape

PAYER: Shape = {"name": "text", "id": "text"}

FINDING: Shape = {"code": "text", "text": "text", "where": "text?"}

BALANCE: Shape = {
    "lines": "true or false",
    "claims": "true or false",
    "transaction": "true or false",
    "findings": [FINDING],
}

ADJUSTMENT: Shape = {"group": "text", "code": "text", "amount": "amount", "quantity": "text?"}

SCRATCHPAD: Shape = {
    "era": "number",
    "total": "amount",
    "net": "amount",
    "entries": [
        {
            "entry": "number",
            "eeob_sequences": ["text"],
            "verified": "true or false",
            "net": "amount",
            "batch": "number?",
            "lines": [
                {
                    "line": "text",
                    "claim": "text?",
                    "bill": "text?",
                    "payment": "amount",
                    "adjustments": "amount",
                    "net": "amount",
                    "to_post": "amount",
                    "comment": "text?",
                    "log": [{"cause": "text", "amount": "amount", "reference": "text", "comment": "text?"}],
                }
            ],
        }
    ],
}

QUALIFIED: Shape = {"qualifier": "text", "value": "text"}
DAY: Shape = {"qualifier": "text", "day": "date"}

EEOB: Shape = {
    "sequence": "number",
    "claim": "text",
    "bill": "text?",
    "patient": "text?",
    "charge": "amount",
    "paid": "amount",
    "patient_responsibility": "amount?",
    "status": "text",
    "status_code": "text",
    "reversal": "true or false",
    "exception": "text?",
    "balanced": "true or false",
    "duplicate_of": Maybe({"era": "number", "sequence": "number"}),
    "service_from": "date?",
    "service_to": "date?",
    "adjustments": [ADJUSTMENT],
    "remarks": ["text"],
    "amounts": [QUALIFIED],
    "references": [QUALIFIED],
    "days": [DAY],
    "parties": [{"entity": "text", "name": "text", "qualifier": "text?", "id": "text?"}],
    "lines": [
        {
            "procedure": "text?",
            "modifiers": ["text"],
            "revenue_code": "text?",
            "units": "text?",
            "billed_units": "text?",
            "charge": "amount",
            "paid": "amount",
            "allowed": "amount?",
            "service_date": "date?",
            "service_to": "date?",
            "adjustments": [ADJUSTMENT],
            "remarks": ["text"],
            "amounts": [QUALIFIED],
            "references": [QUALIFIED],
            "days": [DAY],
        }
    ],
}

RECEIPT: dict[str, Shape] = {
    "number": "text",
    "type": "text",
    "status": "text",
    "date": "date",
    "total": "amount",
    "era": "number?",
    "eft": "number?",
    "deposit": "text?",
    "lines": [
        {
            "line": "number",
            "bill": "text?",
            "amount": "amount",
            "processed": "amount",
            "suspense": "true or false",
            "suspense_number": "text?",
            "comment": "text?",
            "scratchpad_line": "text?",
            "cancelled": "true or false",
            "cancel_comment": "text?",
            "linked_bill": "text?",
            "cleared_by": "text?",
        }
    ],
    "document": "text?",
    "document_status": "text?",
    "opened_by": "text",
    "opened_at": "instant",
    "processed_by": "text?",
    "processed_at": "instant?",
    "reversed_at": "instant?",
    "taken_back": "text?",
}

OPEN_EXCEPTIONS: Shape = {"transmission": "number", "data": "number", "file": "number", "bank": "number"}

PROOF: Shape = {
    "proven": "true or false",
    "findings": [FINDING],
    "counts": Maybe(
        {
            "bills": "number",
            "eras": "number",
            "efts": "number",
            "receipts": "number",
            "journal_entries": "number",
            "audit_events": "number",
        }
    ),
    "exceptions": Maybe(OPEN_EXCEPTIONS),
    "accounting_journal": "text",
}

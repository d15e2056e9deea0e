"""The first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings a store to this release."""
    op.create_table(
        "audit_event",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("os_user", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_event")),
    )
    op.create_table(
        "bulletin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("mail_group", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin")),
    )
    op.create_table(
        "division",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_division")),
        sa.UniqueConstraint("number", name=op.f("uq_division_number")),
    )
    op.create_table(
        "patient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("last_four", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient")),
        sa.UniqueConstraint(
            "name", "member_id", "birth_date", name=op.f("uq_patient_name_member_id_birth_date")
        ),
    )
    op.create_index(op.f("ix_patient_name"), "patient", ["name"], unique=False)
    op.create_table(
        "payer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payer")),
        sa.UniqueConstraint("key", name=op.f("uq_payer_key")),
    )
    op.create_table(
        "payer_alias",
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("payer_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("alias", name=op.f("pk_payer_alias")),
    )
    op.create_table(
        "rate_type",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("auto_audit", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_rate_type")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("finance_adapter", sa.String(length=40), nullable=False),
        sa.Column("wait_for_277ca", sa.Boolean(), nullable=False),
        sa.Column("eft_aging_days", sa.Integer(), nullable=False),
        sa.Column("era_aging_days", sa.Integer(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("next_deposit", sa.Integer(), nullable=False),
        sa.Column("next_document", sa.Integer(), nullable=False),
        sa.Column("audit_head", sa.Integer(), nullable=False),
        sa.Column("audit_hash", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("system", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("login", name=op.f("uq_users_login")),
    )
    op.create_table(
        "deposit_ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["confirmed_by"], ["users.id"], name=op.f("fk_deposit_ticket_confirmed_by")),
        sa.ForeignKeyConstraint(["opened_by"], ["users.id"], name=op.f("fk_deposit_ticket_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_ticket")),
        sa.UniqueConstraint("number", name=op.f("uq_deposit_ticket_number")),
    )
    op.create_table(
        "filing_code",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("rate_type", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["rate_type"], ["rate_type.name"], name=op.f("fk_filing_code_rate_type")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_filing_code")),
    )
    op.create_table(
        "lease",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("expires", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_lease_user_id")),
        sa.PrimaryKeyConstraint("kind", "reference", name=op.f("pk_lease")),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("received_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["received_by"], ["users.id"], name=op.f("fk_message_received_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("sha256", name=op.f("uq_message_sha256")),
    )
    op.create_table(
        "money_act",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_money_act_user_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_money_act")),
    )
    op.create_table(
        "user_key",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_key_user_id")),
        sa.PrimaryKeyConstraint("user_id", "key", name=op.f("pk_user_key")),
    )
    op.create_table(
        "user_preference",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_preference_user_id")),
        sa.PrimaryKeyConstraint("user_id", "name", name=op.f("pk_user_preference")),
    )
    op.create_table(
        "eft_deposit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.Column("checksum_error", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("posted", sa.Date(), nullable=True),
        sa.Column("posted_amount", sa.BigInteger(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("record_key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_eft_deposit_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eft_deposit")),
        sa.UniqueConstraint(
            "message_id", "account", "date", name=op.f("uq_eft_deposit_message_id_account_date")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_eft_deposit_number")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_eft_deposit_receipt_id")),
        sa.UniqueConstraint("record_key", name=op.f("uq_eft_deposit_record_key")),
    )
    op.create_table(
        "message_part",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("byte_offset", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_part_message_id")),
        sa.PrimaryKeyConstraint("message_id", "byte_offset", name=op.f("pk_message_part")),
    )
    op.create_table(
        "transaction_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("control", sa.Text(), nullable=False),
        sa.Column("group_control", sa.Text(), nullable=False),
        sa.Column("interchange_control", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("byte_offset", sa.Integer(), nullable=False),
        sa.Column("byte_length", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("validation", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_transaction_set_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transaction_set")),
    )
    op.create_index("ix_transaction_set_fingerprint", "transaction_set", ["fingerprint"], unique=False)
    op.create_index(op.f("ix_transaction_set_message_id"), "transaction_set", ["message_id"], unique=False)
    op.create_index("ix_transaction_set_validation", "transaction_set", ["validation"], unique=False)
    op.create_table(
        "bill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("rate_type", sa.String(length=40), nullable=False),
        sa.Column("third_party", sa.Boolean(), nullable=False),
        sa.Column("original", sa.BigInteger(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("medicare_contractual", sa.BigInteger(), nullable=False),
        sa.Column("medicare_unreimbursable", sa.BigInteger(), nullable=False),
        sa.Column("payer_id", sa.Integer(), nullable=False),
        sa.Column("payer_sequence", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("further_payer", sa.Boolean(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("service_from", sa.Date(), nullable=True),
        sa.Column("service_to", sa.Date(), nullable=True),
        sa.Column("billing_provider", sa.Text(), nullable=False),
        sa.Column("billing_npi", sa.Text(), nullable=False),
        sa.Column("rendering_provider", sa.Text(), nullable=False),
        sa.Column("rendering_npi", sa.Text(), nullable=False),
        sa.Column("diagnoses", sa.Text(), nullable=False),
        sa.Column("edi_status", sa.String(length=40), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("status_date", sa.Date(), nullable=False),
        sa.Column("transaction_set_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_bill_balance_not_negative")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_bill_patient_id")),
        sa.ForeignKeyConstraint(["payer_id"], ["payer.id"], name=op.f("fk_bill_payer_id")),
        sa.ForeignKeyConstraint(
            ["transaction_set_id"], ["transaction_set.id"], name=op.f("fk_bill_transaction_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill")),
        sa.UniqueConstraint("number", name=op.f("uq_bill_number")),
    )
    op.create_index(op.f("ix_bill_folded"), "bill", ["folded"], unique=False)
    op.create_index("ix_bill_status_id", "bill", ["status", "id"], unique=False)
    op.create_table(
        "era",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("trace_key", sa.Text(), nullable=False),
        sa.Column("payer_id", sa.Text(), nullable=False),
        sa.Column("payer_key", sa.Text(), nullable=False),
        sa.Column("payer_name", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("received", sa.Date(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("handling", sa.Text(), nullable=False),
        sa.Column("match_status", sa.String(length=40), nullable=False),
        sa.Column("post_status", sa.String(length=40), nullable=False),
        sa.Column("check_number", sa.Text(), nullable=False),
        sa.Column("eeob_count", sa.Integer(), nullable=False),
        sa.Column("approximate_eeobs", sa.Integer(), nullable=False),
        sa.Column("payee_name", sa.Text(), nullable=False),
        sa.Column("payee_id", sa.Text(), nullable=False),
        sa.Column("production_date", sa.Date(), nullable=True),
        sa.Column("balanced_lines", sa.Boolean(), nullable=False),
        sa.Column("balanced_claims", sa.Boolean(), nullable=False),
        sa.Column("balanced", sa.Boolean(), nullable=False),
        sa.Column("transaction_set_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transaction_set_id"], ["transaction_set.id"], name=op.f("fk_era_transaction_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_era")),
        sa.UniqueConstraint(
            "payer_key", "trace_key", "date", "total", name=op.f("uq_era_payer_key_trace_key_date_total")
        ),
    )
    op.create_index("ix_era_date_id", "era", ["date", "id"], unique=False)
    op.create_index("ix_era_match", "era", ["trace_key", "payer_key", "match_status"], unique=False)
    op.create_index(op.f("ix_era_match_status"), "era", ["match_status"], unique=False)
    op.create_index("ix_era_payer_name_id", "era", ["payer_name", "id"], unique=False)
    op.create_index(
        "ix_era_post_status_received_at_id", "era", ["post_status", "received_at", "id"], unique=False
    )
    op.create_index(op.f("ix_era_received"), "era", ["received"], unique=False)
    op.create_index("ix_era_received_at_id", "era", ["received_at", "id"], unique=False)
    op.create_index("ix_era_total_id", "era", ["total", "id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("transaction_set_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_finding_message_id")),
        sa.ForeignKeyConstraint(
            ["transaction_set_id"], ["transaction_set.id"], name=op.f("fk_finding_transaction_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_message_id"), "finding", ["message_id"], unique=False)
    op.create_index(op.f("ix_finding_transaction_set_id"), "finding", ["transaction_set_id"], unique=False)
    op.create_table(
        "transmission_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transaction_set_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("payer_name", sa.Text(), nullable=False),
        sa.Column("payer_id", sa.Text(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("total", sa.Text(), nullable=False),
        sa.Column("bills", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["transaction_set_id"],
            ["transaction_set.id"],
            name=op.f("fk_transmission_exception_transaction_set_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transmission_exception")),
        sa.UniqueConstraint("transaction_set_id", name=op.f("uq_transmission_exception_transaction_set_id")),
    )
    op.create_table(
        "bill_line",
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("modifiers", sa.Text(), nullable=False),
        sa.Column("revenue_code", sa.Text(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("charge", sa.BigInteger(), nullable=False),
        sa.Column("service_from", sa.Date(), nullable=True),
        sa.Column("service_to", sa.Date(), nullable=True),
        sa.Column("control_number", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_bill_line_bill_id")),
        sa.PrimaryKeyConstraint("bill_id", "number", name=op.f("pk_bill_line")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contact",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("eeob_sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["era_id"], ["era.id"], name=op.f("fk_contact_era_id")),
        sa.PrimaryKeyConstraint("era_id", "eeob_sequence", "number", name=op.f("pk_contact")),
    )
    op.create_table(
        "eeob",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=True),
        sa.Column("charge", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("patient_responsibility", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("filing_indicator", sa.Text(), nullable=False),
        sa.Column("payer_control", sa.Text(), nullable=False),
        sa.Column("reversal", sa.Boolean(), nullable=False),
        sa.Column("patient_name", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("corrected_name", sa.Text(), nullable=False),
        sa.Column("corrected_id", sa.Text(), nullable=False),
        sa.Column("insured_name", sa.Text(), nullable=False),
        sa.Column("insured_id", sa.Text(), nullable=False),
        sa.Column("rendering_name", sa.Text(), nullable=False),
        sa.Column("rendering_npi", sa.Text(), nullable=False),
        sa.Column("rendering_person", sa.Boolean(), nullable=False),
        sa.Column("crossover", sa.Text(), nullable=False),
        sa.Column("service_from", sa.Date(), nullable=True),
        sa.Column("service_to", sa.Date(), nullable=True),
        sa.Column("received", sa.Date(), nullable=True),
        sa.Column("drg", sa.Text(), nullable=False),
        sa.Column("balanced", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("twin_era_id", sa.Integer(), nullable=True),
        sa.Column("twin_sequence", sa.Integer(), nullable=True),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_eeob_bill_id")),
        sa.ForeignKeyConstraint(["era_id"], ["era.id"], name=op.f("fk_eeob_era_id")),
        sa.PrimaryKeyConstraint("era_id", "sequence", name=op.f("pk_eeob")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_eeob_bill_id", "eeob", ["bill_id"], unique=False)
    op.create_index("ix_eeob_fingerprint", "eeob", ["fingerprint"], unique=False)
    op.create_table(
        "eft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deposit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("trace_key", sa.Text(), nullable=False),
        sa.Column("payer_id", sa.Text(), nullable=False),
        sa.Column("payer_key", sa.Text(), nullable=False),
        sa.Column("payer_name", sa.Text(), nullable=False),
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("ach_trace", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("date_paid", sa.Date(), nullable=False),
        sa.Column("received", sa.Date(), nullable=False),
        sa.Column("match_status", sa.String(length=40), nullable=False),
        sa.Column("era_id", sa.Integer(), nullable=True),
        sa.Column("recorded", sa.Boolean(), nullable=False),
        sa.Column("receipt_line", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.Column("errors", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["deposit_id"], ["eft_deposit.id"], name=op.f("fk_eft_deposit_id")),
        sa.ForeignKeyConstraint(["era_id"], ["era.id"], name=op.f("fk_eft_era_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eft")),
        sa.UniqueConstraint(
            "company_id",
            "ach_trace",
            "date_paid",
            "amount",
            name=op.f("uq_eft_company_id_ach_trace_date_paid_amount"),
        ),
        sa.UniqueConstraint("era_id", name=op.f("uq_eft_era_id")),
    )
    op.create_index(op.f("ix_eft_deposit_id"), "eft", ["deposit_id"], unique=False)
    op.create_index("ix_eft_match", "eft", ["match_status", "trace_key", "payer_key"], unique=False)
    op.create_table(
        "provider_adjustment",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["era_id"], ["era.id"], name=op.f("fk_provider_adjustment_era_id")),
        sa.PrimaryKeyConstraint("era_id", "number", name=op.f("pk_provider_adjustment")),
    )
    op.create_table(
        "scratchpad_preference",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("payment_order", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["era_id"], ["era.id"], name=op.f("fk_scratchpad_preference_era_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_scratchpad_preference_user_id")),
        sa.PrimaryKeyConstraint("era_id", "user_id", name=op.f("pk_scratchpad_preference")),
    )
    op.create_table(
        "claim_adjustment",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("eeob_sequence", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("adjustment_group", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["era_id", "eeob_sequence"],
            ["eeob.era_id", "eeob.sequence"],
            name=op.f("fk_claim_adjustment_era_id_eeob_sequence"),
        ),
        sa.PrimaryKeyConstraint(
            "era_id", "eeob_sequence", "line", "number", name=op.f("pk_claim_adjustment")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "data_exception",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("resolved", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["era_id", "sequence"],
            ["eeob.era_id", "eeob.sequence"],
            name=op.f("fk_data_exception_era_id_sequence"),
        ),
        sa.PrimaryKeyConstraint("era_id", "sequence", name=op.f("pk_data_exception")),
    )
    op.create_table(
        "eeob_amount",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("eeob_sequence", sa.Integer(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["era_id", "eeob_sequence"],
            ["eeob.era_id", "eeob.sequence"],
            name=op.f("fk_eeob_amount_era_id_eeob_sequence"),
        ),
        sa.PrimaryKeyConstraint("era_id", "eeob_sequence", "qualifier", name=op.f("pk_eeob_amount")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "eeob_line",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("eeob_sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("modifiers", sa.Text(), nullable=False),
        sa.Column("revenue_code", sa.Text(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("charge", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("allowed", sa.BigInteger(), nullable=True),
        sa.Column("original_procedure", sa.Text(), nullable=False),
        sa.Column("service_from", sa.Date(), nullable=True),
        sa.Column("service_to", sa.Date(), nullable=True),
        sa.Column("control_number", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["era_id", "eeob_sequence"],
            ["eeob.era_id", "eeob.sequence"],
            name=op.f("fk_eeob_line_era_id_eeob_sequence"),
        ),
        sa.PrimaryKeyConstraint("era_id", "eeob_sequence", "number", name=op.f("pk_eeob_line")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("payment_type", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("deposit_ticket_id", sa.Integer(), nullable=True),
        sa.Column("era_id", sa.Integer(), nullable=True),
        sa.Column("eft_id", sa.Integer(), nullable=True),
        sa.Column("for_deposit", sa.Boolean(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("edited_by", sa.Integer(), nullable=True),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.Column("processed_by", sa.Integer(), nullable=True),
        sa.Column("processed_at", sa.DateTime(), nullable=True),
        sa.Column("process_key", sa.Text(), nullable=False),
        sa.Column("reversed_at", sa.DateTime(), nullable=True),
        sa.Column("ach_trace", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deposit_ticket_id"], ["deposit_ticket.id"], name=op.f("fk_receipt_deposit_ticket_id")
        ),
        sa.ForeignKeyConstraint(["edited_by"], ["users.id"], name=op.f("fk_receipt_edited_by")),
        sa.ForeignKeyConstraint(["eft_id"], ["eft.id"], name=op.f("fk_receipt_eft_id")),
        sa.ForeignKeyConstraint(["era_id"], ["era.id"], name=op.f("fk_receipt_era_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["users.id"], name=op.f("fk_receipt_opened_by")),
        sa.ForeignKeyConstraint(["processed_by"], ["users.id"], name=op.f("fk_receipt_processed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("eft_id", name=op.f("uq_receipt_eft_id")),
        sa.UniqueConstraint("era_id", name=op.f("uq_receipt_era_id")),
        sa.UniqueConstraint("number", name=op.f("uq_receipt_number")),
        sa.UniqueConstraint("process_key", name=op.f("uq_receipt_process_key")),
    )
    op.create_index("ix_receipt_status_id", "receipt", ["status", "id"], unique=False)
    op.create_table(
        "remark",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("eeob_sequence", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["era_id", "eeob_sequence"],
            ["eeob.era_id", "eeob.sequence"],
            name=op.f("fk_remark_era_id_eeob_sequence"),
        ),
        sa.PrimaryKeyConstraint("era_id", "eeob_sequence", "line", "number", name=op.f("pk_remark")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bill_transaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("principal", sa.BigInteger(), nullable=False),
        sa.Column("interest", sa.BigInteger(), nullable=False),
        sa.Column("admin_cost", sa.BigInteger(), nullable=False),
        sa.Column("marshal_fee", sa.BigInteger(), nullable=False),
        sa.Column("court_cost", sa.BigInteger(), nullable=False),
        sa.Column("contractual", sa.Boolean(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("receipt_line", sa.Integer(), nullable=True),
        sa.Column("era_id", sa.Integer(), nullable=True),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("adjustment", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "amount = principal + interest + admin_cost + marshal_fee + court_cost",
            name=op.f("ck_bill_transaction_amount_is_its_parts"),
        ),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_bill_transaction_bill_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_bill_transaction_receipt_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_bill_transaction_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill_transaction")),
    )
    op.create_index("ix_bill_transaction_bill_id_id", "bill_transaction", ["bill_id", "id"], unique=False)
    op.create_index(op.f("ix_bill_transaction_receipt_id"), "bill_transaction", ["receipt_id"], unique=False)
    op.create_table(
        "finance_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("status_at", sa.DateTime(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_finance_document_receipt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_document")),
        sa.UniqueConstraint("number", name=op.f("uq_finance_document_number")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_finance_document_receipt_id")),
    )
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_journal_entry_receipt_id")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["journal_entry.id"], name=op.f("fk_journal_entry_reverses_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_journal_entry_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_journal_entry_reverses_id")),
    )
    op.create_index(op.f("ix_journal_entry_date"), "journal_entry", ["date"], unique=False)
    op.create_index(op.f("ix_journal_entry_receipt_id"), "journal_entry", ["receipt_id"], unique=False)
    op.create_table(
        "receipt_line",
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=True),
        sa.Column("eft_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("processed", sa.BigInteger(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("check_number", sa.Text(), nullable=False),
        sa.Column("check_date", sa.Date(), nullable=True),
        sa.Column("bank_routing", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("edited_by", sa.Integer(), nullable=True),
        sa.Column("unapplied_number", sa.Text(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("cancel_comment", sa.Text(), nullable=False),
        sa.Column("linked_bill_id", sa.Integer(), nullable=True),
        sa.Column("cleared_document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_receipt_line_bill_id")),
        sa.ForeignKeyConstraint(["edited_by"], ["users.id"], name=op.f("fk_receipt_line_edited_by")),
        sa.ForeignKeyConstraint(["eft_id"], ["eft.id"], name=op.f("fk_receipt_line_eft_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_receipt_line_entered_by")),
        sa.ForeignKeyConstraint(["linked_bill_id"], ["bill.id"], name=op.f("fk_receipt_line_linked_bill_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_receipt_line_receipt_id")),
        sa.PrimaryKeyConstraint("receipt_id", "number", name=op.f("pk_receipt_line")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_receipt_line_bill_id"), "receipt_line", ["bill_id"], unique=False)
    op.create_table(
        "scratchpad",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("check_number", sa.Text(), nullable=False),
        sa.Column("check_date", sa.Date(), nullable=True),
        sa.Column("bank_routing", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_scratchpad_created_by")),
        sa.ForeignKeyConstraint(["era_id"], ["era.id"], name=op.f("fk_scratchpad_era_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_scratchpad_receipt_id")),
        sa.PrimaryKeyConstraint("era_id", name=op.f("pk_scratchpad")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_scratchpad_receipt_id")),
    )
    op.create_table(
        "journal_line",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=True),
        sa.Column("eft_id", sa.Integer(), nullable=True),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("receipt_line", sa.Integer(), nullable=True),
        sa.Column("debit", sa.BigInteger(), nullable=False),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0)",
            name=op.f("ck_journal_line_one_side"),
        ),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_journal_line_bill_id")),
        sa.ForeignKeyConstraint(["eft_id"], ["eft.id"], name=op.f("fk_journal_line_eft_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["journal_entry.id"], name=op.f("fk_journal_line_entry_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_journal_line_receipt_id")),
        sa.PrimaryKeyConstraint("entry_id", "number", name=op.f("pk_journal_line")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_journal_line_account_bill_id", "journal_line", ["account", "bill_id"], unique=False)
    op.create_index("ix_journal_line_account_eft_id", "journal_line", ["account", "eft_id"], unique=False)
    op.create_table(
        "scratchpad_entry",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("sequences", sa.Text(), nullable=False),
        sa.Column("adjustment_number", sa.Integer(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["era_id"], ["scratchpad.era_id"], name=op.f("fk_scratchpad_entry_era_id")),
        sa.PrimaryKeyConstraint("era_id", "number", name=op.f("pk_scratchpad_entry")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "scratchpad_line",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=True),
        sa.Column("payment", sa.BigInteger(), nullable=False),
        sa.Column("adjustments", sa.BigInteger(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.Integer(), nullable=True),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_scratchpad_line_bill_id")),
        sa.ForeignKeyConstraint(["edited_by"], ["users.id"], name=op.f("fk_scratchpad_line_edited_by")),
        sa.ForeignKeyConstraint(
            ["era_id", "entry"],
            ["scratchpad_entry.era_id", "scratchpad_entry.number"],
            name=op.f("fk_scratchpad_line_era_id_entry"),
        ),
        sa.PrimaryKeyConstraint("era_id", "entry", "number", name=op.f("pk_scratchpad_line")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_scratchpad_line_bill_id"), "scratchpad_line", ["bill_id"], unique=False)
    op.create_table(
        "line_adjustment",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("offset_needed", sa.Boolean(), nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("eeob_sequence", sa.Integer(), nullable=True),
        sa.Column("other_entry", sa.Integer(), nullable=True),
        sa.Column("other_line", sa.Integer(), nullable=True),
        sa.Column("other_cause", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["era_id", "entry", "line"],
            ["scratchpad_line.era_id", "scratchpad_line.entry", "scratchpad_line.number"],
            name=op.f("fk_line_adjustment_era_id_entry_line"),
        ),
        sa.PrimaryKeyConstraint("era_id", "entry", "line", "number", name=op.f("pk_line_adjustment")),
        sqlite_with_rowid=False,
    )
    _append_only()


def _append_only() -> None:
    """Refuses, in the database itself, to change or delete what may only be added to."""
    tables = ("audit_event", "journal_entry", "journal_line", "bill_transaction", "money_act")
    if op.get_context().dialect.name == "sqlite":
        for table in tables:
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END$$"
    )
    for table in tables:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )

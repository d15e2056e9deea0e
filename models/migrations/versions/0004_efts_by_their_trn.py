"""EFTs are known by their TRN or their bank's file; what takes them back; why and how far apart they are matched."""

import datetime
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_EQUAL, _OTHER = "SAME TRACE, PAYER AND TOTAL", "SAME TRACE AND PAYER, OTHER TOTAL"
_CHECK, _NOTHING = "PAPER CHECK NAMED BY A CLERK", "NOTHING WAS PAID"


def upgrade() -> None:
    """Brings a store to this release: nothing of what it holds is lost, and no EFT changes its match."""
    with op.batch_alter_table("site") as site:
        site.add_column(sa.Column("match_window_days", sa.Integer(), nullable=False, server_default="30"))
    op.add_column("era", sa.Column("match_reason", sa.String(length=40), nullable=True))
    op.drop_index("ix_era_match", table_name="era")
    op.create_index("ix_era_match", "era", ["trace_key", "payer_key", "match_status", "date"], unique=False)
    with op.batch_alter_table("eft_deposit") as deposit:
        deposit.drop_constraint("uq_eft_deposit_message_id_account_date", type_="unique")
        deposit.create_index("ix_eft_deposit_message_id_account_date", ["message_id", "account", "date"])
    with op.batch_alter_table("eft") as eft:
        eft.add_column(sa.Column("bank_file", sa.Text(), nullable=False, server_default=""))
        eft.add_column(sa.Column("twin_id", sa.Integer(), nullable=True))
        eft.add_column(sa.Column("match_reason", sa.String(length=40), nullable=True))
        eft.create_foreign_key(op.f("fk_eft_twin_id"), "eft", ["twin_id"], ["id"])
        eft.drop_constraint("uq_eft_company_id_ach_trace_date_paid_amount", type_="unique")
        eft.create_unique_constraint(
            "uq_eft_identity",
            ["company_id", "ach_trace", "amount", "date_paid", "trace", "payer_id", "bank_file"],
        )
        eft.drop_index("ix_eft_match")
        eft.create_index("ix_eft_match", ["match_status", "trace_key", "payer_key", "date_paid"])
        eft.create_index("ix_eft_trace_key", ["trace_key"])
    # The defaults served the rows that were there.
    with op.batch_alter_table("site") as site:
        site.alter_column("match_window_days", server_default=None)
    with op.batch_alter_table("eft") as eft:
        eft.alter_column("bank_file", server_default=None)
    _make_reversals()
    connection = op.get_bind()
    _give_reasons(connection)
    for message_id, sha256 in connection.execute(_WITHOUT_TRN).all():
        _name_files(connection, message_id, sha256)


def _make_reversals() -> None:
    op.create_table(
        "eft_reversal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("company_name", sa.Text(), nullable=False),
        sa.Column("ach_trace", sa.Text(), nullable=False),
        sa.Column("original_trace", sa.Text(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("trace_key", sa.Text(), nullable=False),
        sa.Column("payer_id", sa.Text(), nullable=False),
        sa.Column("bank_file", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("eft_id", sa.Integer(), nullable=True),
        sa.Column("found_at", sa.DateTime(), nullable=True),
        sa.Column("stands_by", sa.Integer(), nullable=True),
        sa.Column("stands_at", sa.DateTime(), nullable=True),
        sa.Column("stands_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["eft_id"], ["eft.id"], name=op.f("fk_eft_reversal_eft_id")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_eft_reversal_message_id")),
        sa.ForeignKeyConstraint(["stands_by"], ["users.id"], name=op.f("fk_eft_reversal_stands_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eft_reversal")),
        sa.UniqueConstraint("message_id", "record", name=op.f("uq_eft_reversal_message_id_record")),
        sa.UniqueConstraint(
            *(
                "company_id",
                "ach_trace",
                "amount",
                "date",
                "trace",
                "payer_id",
                "original_trace",
                "bank_file",
            ),
            name="uq_eft_reversal_identity",
        ),
    )
    op.create_index(op.f("ix_eft_reversal_eft_id"), "eft_reversal", ["eft_id"], unique=False)


def _give_reasons(connection: sa.Connection) -> None:
    """Until now there was one way to each status."""
    for table, reasons in (
        ("eft", {"MATCHED": _EQUAL, "MATCHED WITH ERRORS": _OTHER}),
        (
            "era",
            {
                "MATCHED": _EQUAL,
                "MATCHED WITH ERRORS": _OTHER,
                "MATCHED TO PAPER CHECK": _CHECK,
                "MATCH-0 PAYMENT": _NOTHING,
            },
        ),
    ):
        for status, reason in reasons.items():
            connection.execute(
                sa.text(f"UPDATE {table} SET match_reason = :reason WHERE match_status = :status"),
                {"reason": reason, "status": status},
            )


_WITHOUT_TRN = sa.text(
    "SELECT DISTINCT m.id, m.sha256 FROM message m JOIN eft_deposit d ON d.message_id = m.id "
    "JOIN eft e ON e.deposit_id = d.id WHERE e.trace = '' ORDER BY m.id"
)
_EFTS = sa.text(
    "SELECT e.id, e.deposit_id, e.company_id, e.ach_trace, e.amount, e.trace, e.payer_id, e.date_paid "
    "FROM eft e JOIN eft_deposit d ON d.id = e.deposit_id WHERE d.message_id = :message "
    "ORDER BY e.deposit_id, e.id"
).columns(date_paid=sa.Date())
_DEPOSITS = sa.text(
    "SELECT id, number, date, total, checksum FROM eft_deposit WHERE message_id = :message"
).columns(date=sa.Date())


def _name_files(connection: sa.Connection, message_id: int, sha256: str) -> None:
    """Says of each EFT without TRN in which file and batch of its bank it came, as the kept text has it."""
    named = _files_of(_records(_raw_text(connection, message_id)), sha256)
    heads = {row.id: row for row in connection.execute(_DEPOSITS, {"message": message_id})}
    rows = connection.execute(_EFTS, {"message": message_id}).all()
    for deposit_id, some in groupby(rows, key=lambda row: row.deposit_id):
        old, new, changed = [], [], []
        for row in some:
            details = [row.ach_trace, row.payer_id, row.trace, _dollars(row.amount)]
            old.append(details)
            if row.trace:
                new.append(details)
                continue
            entry = (row.company_id, row.ach_trace, row.amount)
            file = named.get((*entry, row.date_paid)) or named.get((*entry, None)) or f"sha256 {sha256} "
            new.append([*details, file])
            changed.append({"id": row.id, "file": file})
        if changed:
            connection.execute(sa.text("UPDATE eft SET bank_file = :file WHERE id = :id"), changed)
            head = heads[deposit_id]
            # A checksum that does not hold stays one that does not hold.
            if head.checksum == _checksum(head, old):
                connection.execute(
                    sa.text("UPDATE eft_deposit SET checksum = :sum WHERE id = :id"),
                    {"sum": _checksum(head, new), "id": deposit_id},
                )


def _checksum(head: sa.Row, details: list[list[str]]) -> str:
    text = json.dumps(
        [head.number, head.date.isoformat(), _dollars(head.total), sorted(details)], separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _raw_text(connection: sa.Connection, message_id: int) -> Iterator[bytes]:
    for (data,) in connection.execute(
        sa.text("SELECT data FROM message_part WHERE message_id = :message ORDER BY byte_offset"),
        {"message": message_id},
    ):
        yield zlib.decompress(data)


def _records(parts: Iterable[bytes]) -> Iterator[str]:
    """The records of an ACH file that was found proven: lines, or 94 bytes each."""
    rest, lines = b"", None
    for part in parts:
        rest += part
        if lines is None:
            rest = rest.removeprefix(b"\xef\xbb\xbf")
            lines = any(end in rest[:940] for end in (b"\n", b"\r"))
        if lines:
            *whole, rest = rest.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        else:
            end = len(rest) - len(rest) % 94
            whole, rest = [rest[:end]], rest[end:]
        for line in whole:
            yield from _cut(line)
    yield from _cut(rest)


def _cut(line: bytes) -> Iterator[str]:
    text = (
        line.decode("latin-1") if line.isascii() or len(line) % 94 == 0 else line.decode("utf-8", "replace")
    )
    for at in range(0, len(text), 94):
        yield text[at : at + 94].ljust(94)


def _files_of(records: Iterable[str], sha256: str) -> dict[tuple[str, str, int, datetime.date | None], str]:
    """File date, modifier and batch of each entry, by its company, trace, amount and date; the first counts."""
    found: dict[tuple[str, str, int, datetime.date | None], str] = {}
    created, modifier, company, batch, date = None, "", "", "", None
    for record in records:
        if record[0] == "1":
            created, modifier = _date(record[23:29]), record[33].strip()
        elif record[0] == "5":
            company, batch = record[40:50].strip(), record[87:94].strip()
            date = _date(record[69:75]) or created
        elif record[0] == "6" and record[29:39].isdigit():
            said = f"{created.isoformat()} {modifier}" if created else f"sha256 {sha256}"
            key = (company, record[79:94].strip(), int(record[29:39]), date)
            found.setdefault(key, f"{said} {batch}")
    return found


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(f"20{text}")
    except ValueError:
        return None

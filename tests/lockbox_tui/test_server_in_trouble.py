"""A PostgreSQL server that lets nobody in, or goes in the middle of a posting: what is said is true, and helps."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from lockbox_tui.opening import at_work
from lockbox_tui.settings import read_settings
from tests import given
from tests.lockbox_tui.program import Program, Ran
from tests.server import Gate, Server, gate, server


@pytest.fixture(scope="module")
def real() -> Iterator[Server]:
    """A server with two users of its own: one of them may take a single connection, and no more."""
    with server() as running:
        running.run(
            "CREATE ROLE posting LOGIN PASSWORD 'right'",
            "CREATE ROLE crowded LOGIN CONNECTION LIMIT 0",
            "CREATE DATABASE receivables",
            "REVOKE CONNECT ON DATABASE postgres FROM PUBLIC",
        )
        yield running


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program whose audit key for the server's database is there, so that it goes and asks the server."""
    program = Program(tmp_path)
    program.data.mkdir(mode=0o700)
    for name in (
        "receivables",
        "mistyped",
        "postgres",
        "receivables-nowhere.invalid",
        "receivables-127.0.0.1_1",
    ):
        (program.data / f"{name}.audit.key").write_text("00" * 32)
    return program


def said(program: Program, address: str, state: str | None) -> str:
    """The sentence on a server, after looking at what the log keeps: its SQLSTATE and its reason."""
    ran = program.call("--database", address, "era", "list", "--json")
    assert ran.status == 1
    sentence: str = ran.json["error"]
    entry = json.loads((program.data / "lockbox.log").read_text().splitlines()[-1])
    assert (entry["number"], entry["state"]) == (ran.json["number"], state)
    assert entry["reason"]
    assert len(sentence) < 300
    return sentence


class TestWhoIsNotLetIn:
    def test_no_password(self, program: Program, real: Server) -> None:
        with real.admitting("local all posting scram-sha-256"):
            sentence = said(program, real.address("receivables", "posting"), "28P01")
        assert sentence == (
            "The database server wants a password for its user posting, and none was found. "
            "Put it into ~/.pgpass (mode 0600): HOST:PORT:DATABASE:posting:PASSWORD"
        )

    def test_a_wrong_password(self, program: Program, real: Server) -> None:
        address = real.address("receivables", "posting", "wrong")
        with real.admitting("local all posting scram-sha-256"):
            sentence = said(program, address, "28P01")
        assert sentence.startswith("The database server does not take the password of its user posting.")
        assert "wrong" not in sentence + (program.data / "lockbox.log").read_text()

    def test_a_missing_database(self, program: Program, real: Server) -> None:
        assert said(program, real.address("mistyped"), "3D000").startswith(
            "There is no database mistyped on the database server. If its name is not mistyped, make it: createdb "
        )

    def test_an_unknown_user_and_one_that_is_not_admitted(self, program: Program, real: Server) -> None:
        sentence = (
            "The database server does not let its user nobody in: there is no such user, or pg_hba.conf "
        )
        assert said(program, real.address("receivables", "nobody"), "28000").startswith(sentence)
        with real.admitting("local all posting reject"):
            sentence = said(program, real.address("receivables", "posting"), "28000")
        assert "does not let its user posting in" in sentence

    def test_no_right_on_the_database(self, program: Program, real: Server) -> None:
        sentence = said(program, real.address("postgres", "posting"), "42501")
        assert "does not let its user posting into the database postgres" in sentence

    def test_no_connection_left(self, program: Program, real: Server) -> None:
        sentence = said(program, real.address("receivables", "crowded"), "53300")
        assert sentence.startswith("The database server has no connection left to give.")

    def test_an_unknown_host(self, program: Program) -> None:
        sentence = said(program, "postgresql://posting@nowhere.invalid/receivables", None)
        assert sentence.startswith("There is no host nowhere.invalid on the network.")

    def test_a_server_that_does_not_run(self, program: Program) -> None:
        sentence = said(program, "postgresql://posting@127.0.0.1:1/receivables", None)
        assert sentence.startswith("The database server at 127.0.0.1 cannot be reached. See that it runs,")


def test_no_right_on_the_schema(program: Program, real: Server) -> None:
    ran = program.call(
        "--database", real.address("receivables", "posting"), "init", "--station", "442", "--name", "DEMO"
    )
    assert ran.status == 1
    assert ran.err.startswith(
        "The database server refuses its user what the store needs: permission denied for schema public. "
        "Its tables and its schema have to belong to the user that the store's address names"
    )


class TestAServerThatGoesWhileAReceiptIsPosted:
    @pytest.fixture
    def between(self, real: Server) -> Iterator[Gate]:
        """What stands before the server."""
        with gate(real) as opened:
            yield opened

    @pytest.fixture
    def database(self, real: Server, between: Gate, tmp_path: Path) -> str:
        """The address of a site with a receipt that can be processed."""
        name = f"site{abs(hash(tmp_path))}"
        real.run(f"CREATE DATABASE {name}")
        program, address = Program(tmp_path), between.address(name)
        program.json("--database", address, "init", "--station", "442", "--name", "DEMO", "--auto-audit")
        settings = read_settings(address, {"XDG_DATA_HOME": str(tmp_path)}, Path("/nonexistent"))
        with at_work(settings) as work:
            given.bills(work.store, work.actor, {"K1": "958.14"})
            given.matched_era(
                work.store, work.actor, trace="T1", claims=[("K1", "958.14", "958.14")], eft_amount="958.14"
            )
        program.json("--database", address, "scratchpad", "create", "1")
        program.json("--database", address, "receipt", "create", "1")
        return address

    def process(self, tmp_path: Path, database: str) -> Ran:
        """Processes the receipt."""
        program = Program(tmp_path)
        receipts = program.json("--database", database, "receipt", "list")
        (number,) = (row["number"] for row in receipts if row["era"] == 1)
        return program.call("--database", database, "receipt", "process", number)

    def proven(self, tmp_path: Path, database: str, balance: str) -> None:
        """What is owed, and that the books agree."""
        program = Program(tmp_path)
        assert program.json("--database", database, "bill", "show", "K1")["balance"] == balance
        assert program.json("--database", database, "check")["proven"] is True

    def test_it_is_posted_and_said_to_be(self, tmp_path: Path, between: Gate, database: str) -> None:
        between.lose_next_commit(arrives=True)
        ran = self.process(tmp_path, database)
        assert ran.status == 0
        assert "is posted: 958.14." in ran.out
        self.proven(tmp_path, database, "0.00")

    def test_it_is_not_posted_and_said_not_to_be(self, tmp_path: Path, between: Gate, database: str) -> None:
        between.lose_next_commit(arrives=False)
        ran = self.process(tmp_path, database)
        assert ran.status == 1
        assert ran.err.startswith(
            "The connection to the database server was lost. What was being done is undone"
        )
        self.proven(tmp_path, database, "958.14")

    def test_nobody_can_be_asked_and_nothing_is_claimed(
        self, tmp_path: Path, between: Gate, database: str
    ) -> None:
        Program(tmp_path).json("--database", database, "site", "lock-wait", "3")
        between.lose_next_commit(arrives=True, closes=True)
        ran = self.process(tmp_path, database)
        assert ran.status == 1
        assert "it is not known whether receipt E" in ran.err
        assert "Process it again when the server runs: that is safe, nothing is ever posted twice." in ran.err
        between.open()
        again = self.process(tmp_path, database)
        assert again.status == 0
        assert "was already done by " in again.out
        self.proven(tmp_path, database, "0.00")

    def test_it_goes_between_the_posting_and_the_accounting_journal(
        self, tmp_path: Path, between: Gate, database: str
    ) -> None:
        between.end_after_next_commit()
        ran = self.process(tmp_path, database)
        assert ran.status == 0
        assert "is posted: 958.14." in ran.out
        assert "The accounting journal could not be written: The database server " in ran.out
        assert "Nothing was changed" not in ran.out + ran.err
        between.open()
        program = Program(tmp_path)
        assert program.json("--database", database, "journal")["written"] == 2
        self.proven(tmp_path, database, "0.00")

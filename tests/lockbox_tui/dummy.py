"""A command and a report as somebody would add them: a declaration, and the function that it names."""

from collections.abc import Sequence
from decimal import Decimal

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.declaring import Command, Option, Subject
from lockbox_tui.opening import at_work
from models.words.keys import SecurityKey
from models.words.money import ZERO
from services.office.actor import require
from services.remittances.listing import EraRow, era_list
from services.reports.report import Column, Kind, Report, Total

DUMMY = Command(
    "dummy",
    "count the ERAs",
    run="tests.lockbox_tui.dummy:count",
    example="lockbox dummy --unit eras",
    takes=(Option("--unit", "what the count is of", default="ERAs"),),
    json={"unit": "text", "count": "number"},
    key=SecurityKey.CLERK,
)

DUMMY_REPORT = Subject(
    "dummies",
    "made-up reports",
    (
        Command(
            "dummies payers",
            "add up what each payer paid",
            run="tests.lockbox_tui.dummy:report",
            example="lockbox dummies payers",
            json={
                "title": "text",
                "heading": ["text"],
                "rows": [{"payer": "text", "paid": "amount"}],
                "totals": [{"title": "text", "values": {"paid": "amount"}}],
                "notes": ["text"],
            },
            lists=True,
        ),
    ),
)


def count(call: Call) -> Answer:
    """Counts the ERAs."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        require(work.actor, SecurityKey.CLERK)
        found = len(era_list(session).rows)
    document = {"unit": call.arguments.unit, "count": found}
    return Answer(document, lambda out: out.say(f"{found} {call.arguments.unit}"))


def report(call: Call) -> Answer:
    """Adds up what each payer paid."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        said = payers(era_list(session).rows)
    return Answer.of(said, said, work.signed)


def payers(eras: Sequence[EraRow]) -> Report[tuple[str, Decimal]]:
    """What each payer paid."""
    paid: dict[str, Decimal] = {}
    for era in eras:
        paid[era.payer] = paid.get(era.payer, ZERO) + era.amount
    return Report(
        "PAYERS",
        (Column("PAYER", lambda row: row[0]), Column("PAID", lambda row: row[1], Kind.MONEY)),
        tuple(paid.items()),
        totals=(Total("TOTAL", {"PAID": sum(paid.values(), ZERO)}),),
    )

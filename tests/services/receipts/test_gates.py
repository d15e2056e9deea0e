"""What a clerk is asked before a receipt is posted, and in which order (behaviour 1.13)."""

from itertools import product

import pytest

from services.receipts.gates import Step, steps
from tests.given import dollars


@pytest.mark.parametrize(
    ("by_eft", "has_ticket", "total", "asked"),
    [
        (False, False, 80, [Step.PAYMENTS, Step.TICKET, Step.DEPOSIT_DATE, Step.SURE]),
        (False, True, 80, [Step.PAYMENTS, Step.DEPOSIT_DATE, Step.SURE]),
        (False, False, 0, [Step.PAYMENTS, Step.SURE]),
        (False, True, 0, [Step.PAYMENTS, Step.DEPOSIT_DATE, Step.SURE]),
        (True, False, 80, [Step.PAYMENTS, Step.SURE]),
        (True, True, 80, [Step.DEPOSIT_REFERENCE, Step.PAYMENTS, Step.SURE]),
    ],
)
def test_a_receipt_is_asked_for_what_its_money_needs(
    asked: list[Step], total: int, *, by_eft: bool, has_ticket: bool
) -> None:
    found = steps(
        total=dollars(total),
        by_eft=by_eft,
        has_ticket=has_ticket,
        has_lines=True,
        has_changes=False,
        has_reversals=False,
    )
    assert list(found) == asked


def test_steps_come_in_the_order_of_their_gates() -> None:
    for by_eft, has_ticket, has_lines, has_changes, has_reversals in product((False, True), repeat=5):
        found = steps(
            total=dollars(1),
            by_eft=by_eft,
            has_ticket=has_ticket,
            has_lines=has_lines,
            has_changes=has_changes,
            has_reversals=has_reversals,
        )
        assert list(found) == [step for step in Step if step in found]
        assert (Step.DECREASES in found, Step.NO_PAYMENTS in found) == (has_changes, not has_lines)
        assert (Step.REVERSALS in found) == has_reversals
        assert found[-2 if has_reversals else -1] is Step.SURE

"""How many of something, as a person says it."""

from services.counted import say_count


def test_only_one_is_singular() -> None:
    assert [say_count(count, "deposit") for count in (0, 1, 2, 11)] == [
        *("0 deposits", "1 deposit", "2 deposits", "11 deposits"),
    ]
    assert [say_count(count, "entry", "entries") for count in (0, 1, 2)] == [
        "0 entries",
        "1 entry",
        "2 entries",
    ]

"""What SQLite and PostgreSQL say differently means the same on both."""

import datetime

from sqlalchemy import literal, select, union_all

from models.dialects import by_code_point, days_later
from models.store import Store


def test_texts_sort_by_code_point_in_any_language(store: Store) -> None:
    texts = ["a-b", "ab", "a b", "Zed", "éa", "B", "b", "~"]
    of_text = union_all(*(select(literal(text).label("text")) for text in texts)).subquery()
    with store.reading() as session:
        found = session.scalars(select(of_text.c.text).order_by(by_code_point(of_text.c.text)))
        assert list(found) == sorted(texts)


def test_a_date_is_moved_over_months_and_leap_days(store: Store) -> None:
    with store.reading() as session:
        for date, days in ((datetime.date(2012, 2, 28), 2), (datetime.date(2012, 1, 15), -30)):
            moved = date + datetime.timedelta(days)
            assert session.scalar(select(days_later(literal(date), days) == literal(moved)))
            assert session.scalar(select(days_later(literal(date), days))) == moved

"""The site's own list of codes, which is used before the lists that ship."""

import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class SiteCode(Base):
    """A code of a list (`CARC`, `PLB`) as the site has loaded it; `stop` is the day from which it holds no longer."""

    __tablename__ = "site_code"
    __table_args__ = ({"sqlite_with_rowid": False},)

    list: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    start: Mapped[datetime.date | None]
    stop: Mapped[datetime.date | None]

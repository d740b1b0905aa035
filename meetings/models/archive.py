"""Tables of the archive: the abbreviations that a question may use."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meetings.models.base import Base, Dated, Identified


class Abbreviation(Identified, Dated, Base):
    """An abbreviation as the secretariat wants it read; without words it stands for itself."""

    __tablename__ = "abbreviation"
    constraints = (UniqueConstraint("short"),)

    short: Mapped[str]
    full: Mapped[str] = mapped_column(default="")

"""The table of what was looked for and not found; it does not say by whom."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from meetings.models.base import Base


class FruitlessSearch(Base):
    """Words that found nothing; they can be read once enough different people typed them."""

    __tablename__ = "fruitless_search"

    digest: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(default="")
    """Without accents; empty while too few people typed them."""
    crowd: Mapped[int] = mapped_column(default=0)
    """Bits, of which many people share each: as many people typed the words, or more."""
    count: Mapped[int] = mapped_column(default=0)
    since: Mapped[date]

"""Names of accounts: the given name, a dot, and the first letters of the others."""

from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.models import User
from search_index import fold


def is_taken(session: Session, username: str) -> bool:
    """Tell whether an account has a name."""
    return session.scalar(select(User.id).where(User.username == username)) is not None


def suggested(session: Session, full_name: str) -> str:
    """Return a free account name for a person: trang.ltt for Lục Thị Thu Trang."""
    *others, given = fold(full_name).split() or ["nguoi"]
    name = f"{given}.{''.join(other[0] for other in others)}".rstrip(".")
    names = (name if number == 1 else f"{name}{number}" for number in count(1))
    return next(free for free in names if not is_taken(session, free))

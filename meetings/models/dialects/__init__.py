"""What differs between the databases, a file each; the address says which one is meant."""

from sqlalchemy import make_url

from meetings.models.dialects.dialect import READERS, WRITERS, Dialect, Health, Pool, Pulse
from meetings.models.dialects.postgres import POSTGRES
from meetings.models.dialects.sqlite import SQLITE

DIALECTS = {"sqlite": SQLITE, "postgresql": POSTGRES}

__all__ = ["DIALECTS", "READERS", "WRITERS", "Dialect", "Health", "Pool", "Pulse", "dialect_of"]


def dialect_of(url: str) -> Dialect:
    """Return the dialect of an address."""
    return DIALECTS[make_url(url).get_backend_name()]

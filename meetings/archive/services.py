"""Changing what the archive knows beside its documents."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.models import Abbreviation
from search_index import ABBREVIATIONS, fold


def set_abbreviation(session: Session, short: str, full: str) -> None:
    """Let an abbreviation stand for these words from now on; without words, for itself."""
    rows = session.scalars(select(Abbreviation)).all()
    known = {fold(name): name for name in [*ABBREVIATIONS, *(row.short for row in rows)]}
    name = known.get(fold(short), short)
    row = next((row for row in rows if row.short == name), None)
    if ABBREVIATIONS.get(name, "") == full:
        if row:
            session.delete(row)
    elif row:
        row.full = full
    else:
        session.add(Abbreviation(short=name, full=full))
    session.flush()

"""In which term (nhiệm kỳ) of its body each document was issued."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.archive.kept.shelf import Codes, Shelf, day_number, name_of
from meetings.models import Body, Term


class Terms(NamedTuple):
    """The terms as spans of years, 2020-2025 or 2025- for one that lasts, and each document's."""

    spans: Sequence[str]
    codes: Codes
    """The place of its span for each document, -1 for none."""


def first_year(span: str) -> int:
    """Return the year in which a term began."""
    return int(span.partition("-")[0])


def terms_of(session: Session, shelf: Shelf) -> Terms:
    """Return the terms of documents; a body without its own has those of the body above it."""
    days = _first_days(session)
    above = {name_of(one): name_of(up or "") for one, up in session.execute(_TREE)}
    known = [_own_or_above(body, days, above) for body in shelf.bodies.texts]
    spans = sorted({span for each in known for span in _spans(each)})
    codes = np.full(len(shelf), -1, np.int32)
    for owner, starts in enumerate(known):
        if starts:
            rows = np.flatnonzero((shelf.owners == owner) & (shelf.days >= starts[0]))
            places = np.array([spans.index(span) for span in _spans(starts)], np.int32)
            codes[rows] = places[np.searchsorted(starts, shelf.days[rows], side="right") - 1]
    return Terms(spans, codes)


_TREE = select(Body.id, Body.parent_id)


def _first_days(session: Session) -> Mapping[str, Sequence[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for body, day in session.execute(select(Term.body_id, Term.starts_on).order_by(Term.starts_on)):
        found[name_of(body)].append(day_number(day))
    return found


def _own_or_above(
    body: str, days: Mapping[str, Sequence[int]], above: Mapping[str, str]
) -> Sequence[int]:
    while body and body not in days:
        body = above.get(body, "")
    return days[body] if body else ()


def _spans(days: Sequence[int]) -> Sequence[str]:
    years = [str(day // 10_000) for day in days]
    return [f"{year}-{end}" for year, end in zip_longest(years, years[1:], fillvalue="")]

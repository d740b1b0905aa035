"""Say which stored document a citation means, or leave the question open."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from meetings.intake.citations.citation import Citation, canonical

_COMMITTEE = "ĐU"
"""The symbol of every commune's Party committee."""


class Outcome(StrEnum):
    """What is known about a citation."""

    RESOLVED = "resolved"
    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A stored document that a citation may mean."""

    id: int
    number: str
    kind: str
    organ: str
    issuer: str
    issued_on: dt.date | None


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """The outcome, and the candidates from the likeliest; a resolved one has exactly one."""

    outcome: Outcome
    candidates: tuple[Candidate, ...] = ()
    flags: tuple[str, ...] = ()


def resolve(
    citation: Citation,
    candidates: Sequence[Candidate],
    citing_issuer: str | None,
    citing_date: dt.date | None,
    *,
    descendants: Collection[str] = (),
    term_start: dt.date | None = None,
) -> Resolution:
    """Return the document that is meant.

    `descendants` are the issuers below the citing one; `term_start` is the first day of the
    committee's term in which the citing document was issued.
    """
    wanted = canonical(citation.number, citation.kind, citation.organ)
    issuers = {citing_issuer, *descendants}
    same = [
        candidate
        for candidate in candidates
        if canonical(candidate.number, candidate.kind, candidate.organ) == wanted
        and (citation.organ != _COMMITTEE or candidate.issuer in issuers)
        and _is_of_year(candidate, citation.year)
    ]
    same.sort(key=_age, reverse=True)
    if citation.date:
        return _by_date(citation.date, same)
    return _by_term(same, citing_date, term_start)


def _by_date(date: dt.date, same: list[Candidate]) -> Resolution:
    exact = [candidate for candidate in same if candidate.issued_on == date]
    if exact:
        return _settled(exact)
    near = [candidate for candidate in same if _is_of_year(candidate, date.year)]
    if len(near) == 1:
        return _settled(near, "date_differs" if near[0].issued_on else "date_unknown")
    return _left_open(near or same, "date_differs")


def _by_term(
    same: list[Candidate], citing_date: dt.date | None, term_start: dt.date | None
) -> Resolution:
    earlier = [
        candidate
        for candidate in same
        if not (citing_date and candidate.issued_on and candidate.issued_on > citing_date)
    ]
    in_term = [
        candidate
        for candidate in earlier
        if term_start and candidate.issued_on and candidate.issued_on >= term_start
    ]
    if in_term and len(earlier) > 1:
        return _settled(in_term, "by_term")
    return _settled(earlier)


def _settled(candidates: list[Candidate], *flags: str) -> Resolution:
    if len(candidates) == 1:
        return Resolution(outcome=Outcome.RESOLVED, candidates=tuple(candidates), flags=flags)
    return _left_open(candidates, *flags)


def _left_open(candidates: list[Candidate], *flags: str) -> Resolution:
    if not candidates:
        return Resolution(outcome=Outcome.UNKNOWN)
    return Resolution(outcome=Outcome.OPEN, candidates=tuple(candidates), flags=flags)


def _is_of_year(candidate: Candidate, year: int | None) -> bool:
    return year is None or candidate.issued_on is None or candidate.issued_on.year == year


def _age(candidate: Candidate) -> dt.date:
    return candidate.issued_on or dt.date.min

"""Filters as an address says them, and the lists of values beside the results."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import quote_plus

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from meetings.archive.kept.facets import Facet, Filters, Offer
from meetings.archive.kept.ordering import Sort
from meetings.archive.kept.spelling import key_of
from meetings.archive.kept.terms import first_year
from meetings.documents.forms import DOCUMENT_TYPES, VALIDITIES
from meetings.documents.relations.queries import Validity
from meetings.models import DocumentType

LONGEST = 1000
_SPAN = re.compile(r"(\d{4})-(\d{4})?", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
HEADINGS = {
    Facet.TYPE: lazy_gettext("Type of document"),
    Facet.VALIDITY: lazy_gettext("Validity"),
    Facet.TERM: lazy_gettext("Term of office"),
    Facet.YEAR: lazy_gettext("Year"),
    Facet.ISSUER: lazy_gettext("Issuing organ"),
    Facet.SIGNER: lazy_gettext("Signed by"),
}
SORTS = {
    Sort.RELEVANCE: lazy_gettext("Best match"),
    Sort.NEWEST: lazy_gettext("Newest first"),
    Sort.OLDEST: lazy_gettext("Oldest first"),
    Sort.NUMBER: lazy_gettext("By number"),
}
_READS: Mapping[Facet, Callable[[str], object]] = {
    Facet.TYPE: set(DocumentType).__contains__,
    Facet.VALIDITY: set(Validity).__contains__,
    Facet.TERM: _SPAN.fullmatch,
    Facet.YEAR: _YEAR.fullmatch,
    Facet.ISSUER: key_of,
    Facet.SIGNER: key_of,
}
"""What tells whether a text can be a value of a facet; nonsense narrows nothing."""


@dataclass(frozen=True)
class Choice:
    """A link to other results: what it says, how many there are, whether one is there already."""

    label: str
    address: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Group:
    """The values of a facet, and the way to all of them or back to the first."""

    name: str
    heading: str
    choices: Sequence[Choice]
    more: str = ""
    less: str = ""
    left: int = 0


def filters_of(given: Mapping[str, str]) -> Filters:
    """Return what an address narrows the results down by, and their order."""
    said = {facet: given.get(facet, "").strip()[:LONGEST] for facet in Facet}
    return Filters(
        {facet: value for facet, value in said.items() if value and _READS[facet](value)},
        next((sort for sort in Sort if sort == given.get("sort")), Sort.RELEVANCE),
        next((facet for facet in Facet if facet == given.get("whole")), None),
    )


def label_of(facet: Facet, value: str) -> str:
    """Return a value in words."""
    match facet:
        case Facet.TYPE:
            return str(DOCUMENT_TYPES[DocumentType(value)])
        case Facet.VALIDITY:
            return str(VALIDITIES[Validity(value)][0])
        case Facet.TERM:
            start, _dash, end = value.partition("-")
            return f"{start}–{end}" if end else _("from %(year)s", year=start)
        case _:
            return value


_quoted = lru_cache(maxsize=1 << 12)(quote_plus)
"""The forty ways of a page say the same few values."""


def _query(said: Mapping[str, str]) -> str:
    return "&".join(f"{name}={_quoted(value)}" for name, value in said.items())


@dataclass(frozen=True)
class Narrowing:
    """A search as it was asked on a page, and the ways to others that differ in one thing."""

    words: str
    filters: Filters
    here: str

    @cached_property
    def asked(self) -> dict[str, str]:
        """Return what an address has to say for this search."""
        sort = self.filters.sort if self.filters.sort is not Sort.RELEVANCE else ""
        said = {"q": self.words, **{f.value: v for f, v in self.filters.chosen.items()}}
        return {name: value for name, value in {**said, "sort": str(sort)}.items() if value}

    def but(self, **changes: str) -> str:
        """Return the address of the search with some changes; an empty value takes one away."""
        said = {name: value for name, value in (self.asked | changes).items() if value}
        return f"{self.here}?{_query(said)}" if said else self.here

    def chips(self) -> Iterator[tuple[str, str]]:
        """Yield each value that was chosen in words, and the address without it."""
        for facet, value in self.filters.chosen.items():
            yield f"{HEADINGS[facet]}: {label_of(facet, value)}", self.but(**{facet: ""})

    def nothing(self) -> str:
        """Return the address of the search with nothing chosen."""
        return self.but(**dict.fromkeys(Facet, ""))

    def groups(self, offers: Sequence[Offer], total: int) -> Iterator[Group]:
        """Yield the facets that tell the results apart, with the ways to narrow them down."""
        for offer in offers:
            apart = [one for one in offer.values if one.count < total]
            if apart or (offer.values and offer.facet in self.filters.chosen):
                yield self._group(offer)

    def _group(self, offer: Offer) -> Group:
        facet, left = offer.facet, offer.total - len(offer.values)
        whole, at = self.filters.whole is facet, f"#facet-{facet}"
        chosen = self.filters.chosen.get(facet)
        choices = []
        for one in offer.values:
            current = chosen is not None and _same(facet, chosen, one.value)
            way = self.but(**{facet: "" if current else one.value})
            choices.append(Choice(label_of(facet, one.value), way, current, one.count))
        more = "" if whole or left <= 0 else self.but(whole=facet) + at
        less = self.but() + at if whole else ""
        return Group(facet, str(HEADINGS[facet]), choices, more, less, left)

    def orders(self) -> Iterator[Choice]:
        """Yield the orders of the results; without words none answers better than another."""
        now = self.filters.sort
        if not self.words and now is Sort.RELEVANCE:
            now = Sort.NEWEST
        for sort, label in SORTS.items():
            if self.words or sort is not Sort.RELEVANCE:
                yield Choice(
                    str(label), self.but(sort="" if sort is Sort.RELEVANCE else sort), sort is now
                )


_KEYS: Mapping[Facet, Callable[[str], object]] = {
    Facet.TERM: first_year,
    Facet.ISSUER: key_of,
    Facet.SIGNER: key_of,
}
"""What tells values apart that may be said in several ways."""


def _same(facet: Facet, one: str, other: str) -> bool:
    key = _KEYS.get(facet, str)
    return key(one) == key(other)


def asked_filters() -> Filters:
    """Return what the address in hand narrows the results down by."""
    return filters_of(request.args)

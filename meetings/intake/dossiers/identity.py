"""Whose dossier it is: name, day of birth and numbers, as the surest of its papers say."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType

from meetings.intake.dossiers.pages import DossierPage
from meetings.intake.dossiers.proposals import Proposal
from meetings.intake.fold import fold
from meetings.intake.header.lines import Line

SOURCES: Mapping[int | None, float] = MappingProxyType({3: 0.95, 85: 0.85, 2: 0.9, 1: 0.85, 4: 0.8})
"""The papers that say who a member is, the surest first, and how far each is trusted."""
OTHERS = 0.6
AGREEING = 0.04  # for each more paper that says the same
SUREST = 0.99
ALONE = 0.8  # of the trust in what one page only says, which a hand may have filled in
YEARS = range(1900, 2100)
_NAMED = re.compile(
    r"(?:ho (?:va )?ten(?: dang dung| khai sinh)?|toi la|ten toi la|dong chi)"
    r"\W{0,30}?[:.]\W{0,12}(?P<value>[^\W\d_].*)"
)
_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,5}")
_NEXT_FIELD = re.compile(r"\W{2,}|\b(?:nam|nu|gioi tinh|sinh ngay|ngay sinh|sinh)\b")
_BORN = re.compile(
    r"(?:sinh|ngay sinh|ngay thang nam sinh|sinh ngay|ngay, thang, nam sinh)\W{0,8}(?:ngay)?\W{0,8}"
    r"(?P<day>\d{1,2})\W{0,3}(?:thang)?\W{0,4}(?P<month>\d{1,2})\W{0,3}(?:nam)?\W{0,4}(?P<year>\d{4})"
)
_CITIZEN = re.compile(
    r"(?:cccd|can cuoc(?: cong dan)?|dinh danh(?: ca nhan)?|cmnd|chung minh)\D{0,25}"
    r"(?P<value>\d(?:[ .]{0,2}\d){11})(?!\d)"
)
_CARD = re.compile(
    r"(?:the dang(?: vien)?|tdv)\D{0,25}(?P<value>\d(?:[ .]{0,2}\d){7})(?![ .]{0,2}\d)"
)
_RECORD = re.compile(r"so ly lich\W{0,12}(?P<value>\d(?:[ .]?\d){5}[ ./-]{0,3}[a-z]{1,3})\b")


@dataclass(frozen=True)
class Found:
    """What a dossier says, on which page, and how sure that is."""

    value: str
    page: int
    confidence: float


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Whom a dossier is about; what it does not say, or says in two ways, is None."""

    name: Found | None = None
    birth_date: Found | None = None
    """The day as 1970-05-19."""
    citizen_id: Found | None = None
    card_number: Found | None = None
    record_number: Found | None = None


def identify(pages: Sequence[DossierPage], papers: Sequence[Proposal]) -> Identity:
    """Return whom a dossier is about, as its papers agree on it."""
    trust = {
        number: SOURCES.get(paper.kind, OTHERS)
        for paper in papers
        for number in range(paper.first, paper.last + 1)
    }
    told = {
        field.name: _agreed(
            [
                Found(value, page.number, trust.get(page.number, OTHERS))
                for page in pages
                for value in _READERS[field.name](page.rows)
            ]
        )
        for field in fields(Identity)
    }
    return Identity(**told)


def _agreed(found: Sequence[Found]) -> Found | None:
    """Return what most trusted papers say, surer where others say so too."""
    by_value: dict[str, list[Found]] = {}
    for one in found:
        by_value.setdefault(fold(one.value), []).append(one)
    weights = {value: sum(one.confidence for one in ones) for value, ones in by_value.items()}
    ranked = sorted(weights, key=lambda value: -weights[value])
    if not ranked or (len(ranked) > 1 and weights[ranked[0]] == weights[ranked[1]]):
        return None
    ones = by_value[ranked[0]]
    best = max(ones, key=lambda one: one.confidence)
    share = weights[ranked[0]] / sum(weights.values())
    sure = min(SUREST, best.confidence + AGREEING * (len(ones) - 1)) * (0.5 + share / 2)
    sure *= ALONE if len(ones) == 1 else 1.0
    return Found(best.value, best.page, round(sure, 2))


def _names(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        found = _NAMED.search(line.folded)
        if not found:
            continue
        rest = line.text[found.start("value") :]
        end = _NEXT_FIELD.search(fold(rest))
        name = _NAME.fullmatch(rest[: end.start() if end else None].strip(" .,;:"))
        if name and all(word[0].isupper() for word in name[0].split()):
            yield name[0].title()


def _birth_dates(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        for found in _BORN.finditer(line.folded):
            try:
                day = dt.date(*(int(found[part]) for part in ("year", "month", "day")))
            except ValueError:
                continue
            if day.year in YEARS:
                yield day.isoformat()


def _numbers(pattern: re.Pattern[str]) -> Callable[[Sequence[Line]], Iterator[str]]:
    def read(lines: Sequence[Line]) -> Iterator[str]:
        for line in lines:
            for found in pattern.finditer(line.folded):
                yield "".join(filter(str.isalnum, found["value"])).upper()

    return read


_READERS: Mapping[str, Callable[[Sequence[Line]], Iterator[str]]] = MappingProxyType(
    {
        "name": _names,
        "birth_date": _birth_dates,
        "citizen_id": _numbers(_CITIZEN),
        "card_number": _numbers(_CARD),
        "record_number": _numbers(_RECORD),
    }
)

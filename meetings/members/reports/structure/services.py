"""Members of whom only counts remain: by age, schooling, theory, ethnicity, religion."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from uuid import UUID

from meetings.intake.fold import words_of
from meetings.members.life.party_age import party_age
from meetings.members.reports.structure.queries import Profile
from meetings.models import Standing

UNKNOWN, NONE = "unknown", "none"
MAJORITY, MINORITY = "majority", "minority"
BANDS = (30, 40, 50, 60)
OLDEST = "61"
UNBELIEVING = frozenset({"khong", "khong co", "khong ton giao", "khong theo ton giao"})
Figures = tuple[int, int, int]
"""How many there are, how many women among them, how many who are still probationary."""


def tally(profiles: Iterable[Profile], sort: Callable[[Profile], str]) -> Mapping[str, Figures]:
    """Return the figures of each sort of members."""
    every: Counter[str] = Counter()
    women: Counter[str] = Counter()
    probationary: Counter[str] = Counter()
    for one in profiles:
        name = sort(one)
        every[name] += 1
        women[name] += one.facts.get("sex") == "female"
        probationary[name] += one.standing is Standing.PROBATIONARY
    return {name: (every[name], women[name], probationary[name]) for name in every}


def age_on(kept: str, day: date) -> int | None:
    """Return the full years of somebody born on a kept day, of which old papers know the year."""
    if not kept:
        return None
    year, month, first = (*map(int, kept.split("-")), 1, 1)[:3]
    return party_age(date(year, month, first), day)


def band_of(kept: str, day: date) -> str:
    """Return the band of ages in which somebody was on a day."""
    age = age_on(kept, day)
    if age is None:
        return UNKNOWN
    return next((str(last) for last in BANDS if age <= last), OLDEST)


def mean_age(profiles: Iterable[Profile], day: date) -> float | None:
    """Return the mean age on a day of those whose birth is known."""
    ages = [age_on(one.facts.get("birth_date", ""), day) for one in profiles]
    known = [age for age in ages if age is not None]
    return sum(known) / len(known) if known else None


def side_of(people: str) -> str:
    """Return whether an ethnicity is that of the majority."""
    if not people:
        return UNKNOWN
    return MAJORITY if words_of(people) == "kinh" else MINORITY


class Spoken:
    """Names that people spell in several ways, each by its commonest spelling."""

    def __init__(self, told: Mapping[UUID, Mapping[str, str]], name: str) -> None:
        self._told, self._name = told, name
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for facts in told.values():
            if text := " ".join(facts.get(name, "").split()):
                spellings[words_of(text)][text] += 1
        commonest = {key: found.most_common(1)[0][0] for key, found in spellings.items()}
        self._names = {key: text[:1].upper() + text[1:] for key, text in commonest.items()}

    def of(self, profile: Profile) -> str:
        """Return what is told of a member; nothing is unknown, and no religion is none."""
        key = words_of(self._told.get(profile.member, {}).get(self._name, ""))
        if not key:
            return UNKNOWN
        return NONE if key in UNBELIEVING else self._names[key]

"""The bodies, the people and the meetings of the demo, read from its data files."""

import tomllib
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, kw_only=True)
class Body:
    """A body: `name` for pages, `heading` for print, `cited` inside a sentence."""

    key: str
    kind: str
    name: str
    heading: str
    cited: str
    symbol: str
    superior: str = ""
    parent: str = ""
    place: str = "Lam Khê"
    opened_on: date | None = None
    terms: tuple[date, ...] = ()

    @property
    def is_state(self) -> bool:
        """Tell whether the State's layout and numbering apply."""
        return self.kind == "state_body"


@dataclass(frozen=True, kw_only=True)
class Room:
    """A room that a body looks after; the first line of its plan is the podium."""

    body: str
    name: str
    site: str
    capacity: int
    equipment: list[str]
    plan: list[str]


@dataclass(frozen=True, kw_only=True)
class Post:
    """A post that a person holds or held."""

    body: str
    title: str
    since: date
    until: date | None = None

    def held_on(self, day: date) -> bool:
        """Tell whether the post was held on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person; `persona` names the journey that signs in with this account."""

    key: str
    name: str
    rank: int
    account: str
    clearance: str
    posts: tuple[Post, ...]
    persona: str = ""
    roles: tuple[tuple[str, str], ...] = ()

    @property
    def introduction(self) -> str:
        """Return the name with the first post, as an agenda names a presenter."""
        return f"{self.name}, {self.posts[0].title}"


@dataclass(frozen=True, kw_only=True)
class Item:
    """An agenda item, its number as the agenda prints it ("3", "3.1")."""

    number: str
    title: str
    kind: str
    minutes: int
    presenter: str = ""
    items: tuple["Item", ...] = ()


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting; `participants` are pairs of role and person, the chair first."""

    key: str
    body: str
    kind: str
    title: str
    place: str
    day: date
    starts: time
    ends: time
    state: str
    participants: tuple[tuple[str, str], ...]
    agenda: tuple[Item, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Return every item of the agenda, nested ones after their parent."""
        return tuple(each for item in self.agenda for each in (item, *item.items))


@cache
def bodies() -> dict[str, Body]:
    """Return the bodies by key, each after its parent."""
    rows = _read("organisation.toml")["bodies"]
    return {row["key"]: Body(**_tuples(row)) for row in rows}


@cache
def rooms() -> tuple[Room, ...]:
    """Return the rooms."""
    return tuple(Room(**row) for row in _read("organisation.toml")["rooms"])


@cache
def people() -> dict[str, Person]:
    """Return the people by key, by protocol rank."""
    return {row["key"]: _person(row) for row in _read("people.toml")["people"]}


@cache
def meetings(today: date) -> dict[str, Meeting]:
    """Return the meetings by key, as they stand around a day."""
    return {row["key"]: _meeting(row, today) for row in _read("meetings.toml")["meetings"]}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def _person(row: dict[str, Any]) -> Person:
    posts = tuple(Post(**post) for post in row.pop("posts"))
    roles = tuple((role["role"], role["body"]) for role in row.pop("roles", []))
    return Person(**row, posts=posts, roles=roles)


def _meeting(row: dict[str, Any], today: date) -> Meeting:
    groups = row.pop("participants")
    return Meeting(
        day=today + timedelta(days=row.pop("days")),
        participants=tuple((role, person) for role, group in groups.items() for person in group),
        agenda=_items(row.pop("agenda")),
        **row,
    )


def _items(rows: list[dict[str, Any]], above: str = "") -> tuple[Item, ...]:
    return tuple(
        Item(number=f"{above}{n}", items=_items(row.pop("items", []), f"{above}{n}."), **row)
        for n, row in enumerate(rows, start=1)
    )

"""What a table of people and posts says, row by row, and what it would change."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.intake import tables
from meetings.intake.fold import words_of
from meetings.models import Body, Person, Post
from meetings.organisation.keeping.queries import bodies
from meetings.organisation.queries import people
from meetings.organisation.rosters.queries import (
    NEW,
    SKIPPED,
    Certainty,
    Change,
    Found,
    Register,
    Rows,
    choice_in,
    name_in,
)
from meetings.policy import Asker

COLUMNS: tables.Names = {
    "name": ("tên", "họ tên", "họ và tên", "name", "full name"),
    "post": ("chức danh", "chức vụ", "post"),
    "body": ("cơ quan", "cơ quan đơn vị", "đơn vị", "đơn vị công tác", "tổ chức", "unit", "body"),
    "rank": ("thứ tự", "xếp thứ tự", "thứ tự lễ tân", "place in protocol order"),
    "since": ("từ ngày", "ngày bổ nhiệm", "giữ chức vụ từ ngày", "since"),
    "until": ("đến ngày", "đến hết ngày", "ngày thôi giữ chức vụ", "until"),
}
LAST = 9999
"""The rank of whom protocol does not place."""

Problems = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Line:
    """A row: what it says, who is meant, and what that changes."""

    number: int
    said: Mapping[str, str]
    found: Found
    chosen: str = ""
    person: Person | None = None
    body: Body | None = None
    post: Post | None = None
    since: date | None = None
    until: date | None = None
    rank: int = LAST
    change: Change = Change.OPEN
    problems: Problems = ()
    """The field and what is wrong there, in a word."""

    @property
    def title(self) -> str:
        """Return the post as it is written."""
        return self.said.get("post", "")

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells rows apart: a person, or a new name, and a post."""
        who = str(self.person.id) if self.person else name_in(self.said.get("name", ""))
        return who, str(self.body.id if self.body else ""), words_of(self.title)


@dataclass(frozen=True)
class _Standing:
    """What a table is compared with."""

    register: Register
    bodies: Mapping[str, Sequence[Body]]
    posts: Mapping[UUID, Sequence[Post]]

    def told(self, found: Found) -> list[tuple[str, ...]]:
        """Return what those who may be meant hold so far, so that a change of it is noticed."""
        people = [one.person.id for one in found.candidates]
        return [
            (str(person), *(f"{post.id} {post.until}" for post in self.posts.get(person, ())))
            for person in people
        ]


def plan_of(session: Session, text: str, choices: Mapping[int, str], *, by: Asker) -> Rows[Line]:
    """Return what a table changes; by the number of a row somebody says who is meant."""
    table = tables.read(text, COLUMNS)
    standing = _standing(session, by=by)
    read = [_line(number, table.said(row), choices, standing) for number, row in table.lines]
    lines = list(_without_doubles(read))
    rests = repr([text, [(line.found.certainty, standing.told(line.found)) for line in lines]])
    return Rows(table, lines, hashlib.sha256(rests.encode()).hexdigest())


def _standing(session: Session, *, by: Asker) -> _Standing:
    known = people(session, by=by)
    named: dict[str, list[Body]] = defaultdict(list)
    for body in bodies(session, by=by):
        named[words_of(body.name)].append(body)
    posts: dict[UUID, list[Post]] = defaultdict(list)
    held = select(Post).where(Post.person_id.in_([one.person.id for one in known]))
    for post in session.scalars(held.order_by(Post.since)):
        posts[post.person_id].append(post)
    return _Standing(Register(known), named, posts)


def _line(
    number: int, said: Mapping[str, str], choices: Mapping[int, str], standing: _Standing
) -> Line:
    found = standing.register.found(
        said.get("name", ""), body=said.get("body", ""), post=said.get("post", "")
    )
    chosen, listed = _chosen(found, choices.get(number))
    named = standing.bodies.get(words_of(said.get("body", "")), ())
    since, until = (tables.day_of(said.get(name, "")) for name in ("since", "until"))
    line = Line(
        number=number,
        said=said,
        found=found,
        chosen=chosen,
        person=listed,
        body=named[0] if len(named) == 1 else None,
        since=since,
        until=until,
        rank=_rank(said.get("rank", "")) or LAST,
        problems=_problems(said, len(named), since, until),
    )
    line = replace(line, post=_held(line, standing))
    return replace(line, change=_change_of(line))


def _chosen(found: Found, asked: str | None) -> tuple[str, Person | None]:
    """Return the choice for a row: somebody known, or a new person where nobody is."""
    unknown = found.certainty is Certainty.NOBODY
    chosen, listed = choice_in(found, asked)
    if asked == NEW or (unknown and not chosen):
        return NEW, None
    return chosen, listed.person if listed else None


def _problems(
    said: Mapping[str, str], named: int, since: date | None, until: date | None
) -> Problems:
    """Return the fields that are wrong, each with the first thing that is wrong with it."""
    missing = [
        (name, "missing") for name in ("name", "post", "body", "since") if not said.get(name)
    ]
    checks = {
        ("body", "unknown"): named == 0,
        ("body", "several"): named > 1,
        ("since", "day"): since is None,
        ("until", "day"): bool(said.get("until")) and until is None,
        ("until", "before"): bool(since and until and until < since),
        ("rank", "number"): bool(said.get("rank")) and _rank(said["rank"]) is None,
    }
    lacking = {name for name, _what in missing}
    wrong = [one for one, found in checks.items() if found and one[0] not in lacking]
    return (*missing, *wrong)


def _rank(said: str) -> int | None:
    number = said.removesuffix(".0")
    is_number = number.isascii() and number.isdigit() and len(number) <= len(str(LAST))
    return int(number) if is_number and int(number) else None


def _held(line: Line, standing: _Standing) -> Post | None:
    """Return the post of the row if its person holds it already, the latest of them."""
    if line.person is None or line.body is None:
        return None
    same = [
        post
        for post in standing.posts.get(line.person.id, ())
        if post.body_id == line.body.id and words_of(post.title) == words_of(line.title)
    ]
    begun = [post for post in same if post.until is None or post.since == line.since]
    return begun[-1] if begun else None


def _change_of(line: Line) -> Change:
    if line.chosen == SKIPPED:
        return Change.SKIPPED
    if line.problems:
        return Change.WRONG
    if line.person is None:
        return Change.ADDED if line.chosen == NEW else Change.OPEN
    if line.post is None:
        return Change.POSTED
    ends = line.until is not None and line.post.until is None
    return Change.ENDED if ends else Change.SAME


def _without_doubles(lines: Sequence[Line]) -> Iterator[Line]:
    """Let no post stand in two rows of one person: the later one is wrong."""
    seen: dict[tuple[str, ...], int] = {}
    for line in lines:
        if line.change in (Change.SKIPPED, Change.OPEN):
            yield line
        elif line.key in seen:
            twice = ("post", str(seen[line.key]))
            yield replace(line, change=Change.WRONG, problems=(*line.problems, twice))
        else:
            seen[line.key] = line.number
            yield line

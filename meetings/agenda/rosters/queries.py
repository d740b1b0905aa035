"""What a table of participants says, row by row, and what it would change."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import clock
from meetings.agenda.participants.queries import items_of_parts
from meetings.agenda.queries import numbered_items, participants_of
from meetings.intake import tables
from meetings.intake.fold import words_of
from meetings.models import Meeting, Participant, ParticipantRole, Person, Post
from meetings.organisation.queries import people
from meetings.organisation.rosters.queries import SKIPPED, Change, Found, Register, Rows, choice_in
from meetings.policy import Asker

COLUMNS: tables.Names = {
    "name": ("tên", "đại biểu", "họ tên", "họ và tên", "họ và tên đại biểu", "full name", "name"),
    "post": ("chức danh", "chức vụ", "post"),
    "body": ("cơ quan", "cơ quan đơn vị", "đơn vị", "đơn vị công tác", "unit", "body"),
    "role": (
        "thành phần",
        "tư cách dự họp",
        "tham dự với tư cách",
        "vai trò",
        "vai trò dự họp",
        "takes part as",
    ),
    "items": ("mục", "nội dung được dự", "mục được dự", "items"),
}
ROLES = {
    words_of(spelling): role
    for role, spellings in {
        ParticipantRole.CHAIR: ("chủ trì", "chủ tọa", "đồng chủ trì", "chair"),
        ParticipantRole.MEETING_SECRETARY: ("thư ký", "thư ký cuộc họp", "secretary"),
        ParticipantRole.VOTING_DELEGATE: (
            *("đại biểu chính thức", "chính thức", "thành viên", "ủy viên", "uỷ viên"),
            *("dự họp", "voting delegate"),
        ),
        ParticipantRole.INVITED_DELEGATE: (
            *("đại biểu mời", "khách mời", "mời", "được mời", "mời dự", "invited delegate"),
        ),
        ParticipantRole.PRESENTER: ("báo cáo viên", "người trình bày", "trình bày", "presenter"),
    }.items()
    for spelling in spellings
}
WHOLE = frozenset(map(words_of, ("tất cả", "toàn bộ", "cả cuộc họp", "toàn bộ cuộc họp", "all")))


@dataclass(frozen=True)
class Line:
    """A row: what it says, who is meant, and what that changes."""

    number: int
    said: Mapping[str, str]
    found: Found
    chosen: str = ""
    person: Person | None = None
    part: Participant | None = None
    role: ParticipantRole = ParticipantRole.VOTING_DELEGATE
    items: frozenset[UUID] | None = None
    change: Change = Change.OPEN
    problems: tuple[tuple[str, str], ...] = ()
    """The field and what is wrong there, in a word."""


@dataclass(frozen=True)
class Plan(Rows[Line]):
    """All that a table of participants would change."""

    numbers: Mapping[UUID, str] = field(default_factory=dict)

    def numbers_of(self, line: Line) -> list[str]:
        """Return the numbers of the items that a row is about, in the order of the agenda."""
        return [number for item, number in self.numbers.items() if item in (line.items or ())]


@dataclass(frozen=True)
class _Standing:
    """What a table is compared with."""

    register: Register
    parts: Mapping[UUID, Participant]
    items_of: Mapping[UUID, set[UUID]]
    items: Mapping[str, UUID]
    otherwise: ParticipantRole

    def told(self, found: Found) -> list[tuple[object, ...]]:
        """Return what those who may be meant are so far, so that a change of it is noticed."""
        people = [one.person.id for one in found.candidates]
        return [(str(one), self._held(self.parts.get(one))) for one in people]

    def _held(self, part: Participant | None) -> object:
        return part and (part.role.value, sorted(map(str, self.items_of.get(part.id, ()))))


@dataclass(frozen=True)
class Present:
    """Somebody who takes part, as a row of a table."""

    name: str
    post: str
    body: str
    role: ParticipantRole
    numbers: Sequence[str]


def present(session: Session, meeting: Meeting, *, by: Asker) -> list[Present]:
    """Return those who take part, as a table would name them."""
    day = clock.local(meeting.starts_at).date()
    posts = {one.person.id: one.posts for one in people(session, by=by, on=day)}
    parts = participants_of(session, meeting)
    items_of = items_of_parts(session, parts)
    items = numbered_items(session, meeting)
    return [
        Present(
            part.person.full_name,
            *_post_of(posts.get(part.person_id, ())),
            part.role,
            [number for number, item in items if item.id in items_of.get(part.id, ())],
        )
        for part in parts
    ]


def _post_of(posts: Sequence[Post]) -> tuple[str, str]:
    return (posts[0].title, posts[0].body.name) if posts else ("", "")


def plan_of(
    session: Session,
    meeting: Meeting,
    text: str,
    choices: Mapping[int, str],
    *,
    by: Asker,
    otherwise: ParticipantRole,
) -> Plan:
    """Return what a table changes; by the number of a row somebody says who is meant."""
    table = tables.read(text, COLUMNS)
    if "name" not in table.columns:
        return Plan(table)
    day = clock.local(meeting.starts_at).date()
    parts = participants_of(session, meeting)
    numbers = {item.id: number for number, item in numbered_items(session, meeting)}
    standing = _Standing(
        Register(people(session, by=by, on=day)),
        {part.person_id: part for part in parts},
        items_of_parts(session, parts),
        {number.rstrip("."): item for item, number in numbers.items()},
        otherwise,
    )
    read = [_line(number, table.said(row), choices, standing) for number, row in table.lines]
    lines = list(_without_doubles(read))
    known = [standing.told(line.found) for line in lines]
    rests = repr([text, otherwise.value, sorted(standing.items.items()), known])
    return Plan(table, lines, hashlib.sha256(rests.encode()).hexdigest(), numbers)


def _line(
    number: int, said: Mapping[str, str], choices: Mapping[int, str], standing: _Standing
) -> Line:
    found = standing.register.found(
        said.get("name", ""), body=said.get("body", ""), post=said.get("post", "")
    )
    chosen, listed = choice_in(found, choices.get(number))
    person = listed.person if listed else None
    part = standing.parts.get(person.id) if person else None
    role, items, problems = _asked(said, part, standing)
    line = Line(number, said, found, chosen, person, part, role, items, problems=problems)
    return replace(line, change=_change_of(line, standing))


def _asked(
    said: Mapping[str, str], part: Participant | None, standing: _Standing
) -> tuple[ParticipantRole, frozenset[UUID] | None, tuple[tuple[str, str], ...]]:
    """Return as what and in what a row lets somebody take part; what it does not say stays."""
    called = words_of(said.get("role", ""))
    role = ROLES.get(called) or (part.role if part else standing.otherwise)
    items, unknown = _items(said, part, standing)
    wrong = {
        "name": "missing" if not said.get("name") else "",
        "role": "unknown" if called and called not in ROLES else "",
        "items": "unknown" if unknown else "",
    }
    return role, items, tuple((name, what) for name, what in wrong.items() if what)


def _items(
    said: Mapping[str, str], part: Participant | None, standing: _Standing
) -> tuple[frozenset[UUID] | None, bool]:
    if "items" not in said:
        kept = standing.items_of.get(part.id) if part else None
        return None if kept is None else frozenset(kept), False
    if not said["items"] or words_of(said["items"]) in WHOLE:
        return None, False
    asked = [one.strip().rstrip(".") for one in said["items"].replace(";", ",").split(",")]
    known = frozenset(standing.items[one] for one in asked if one in standing.items)
    return known, any(one and one not in standing.items for one in asked) or not known


def _change_of(line: Line, standing: _Standing) -> Change:
    if line.chosen == SKIPPED:
        return Change.SKIPPED
    if line.problems:
        return Change.WRONG
    if line.person is None:
        return Change.OPEN
    if line.part is None:
        return Change.ADDED
    held = standing.items_of.get(line.part.id)
    same = line.part.role is line.role and (None if held is None else frozenset(held)) == line.items
    return Change.SAME if same else Change.CHANGED


def _without_doubles(lines: Sequence[Line]) -> Iterator[Line]:
    """Let nobody stand in two rows: the later one is wrong."""
    seen: dict[UUID, int] = {}
    for line in lines:
        if line.person is None or line.change is Change.SKIPPED:
            yield line
        elif line.person.id in seen:
            twice = ("name", str(seen[line.person.id]))
            yield replace(line, change=Change.WRONG, problems=(*line.problems, twice))
        else:
            seen[line.person.id] = line.number
            yield line

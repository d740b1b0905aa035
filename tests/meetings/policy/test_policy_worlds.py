"""Random worlds: the policy's answer about documents against a second, plain Python definition."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from meetings import clock, policy
from meetings.models import (
    AccessLevel,
    Issue,
    IssueBody,
    IssueDraft,
    IssueReader,
    ItemReader,
    MeetingState,
    PaperReader,
    Reach,
    Role,
)
from meetings.policy import Permission
from tests import factories

pytestmark = pytest.mark.long
WORLDS = 1000 if os.environ.get("LONG_TESTS") else 100
FEW = st.integers(0, 2)
NAMES = st.one_of(st.just(set()), st.sets(FEW))
HOURS = st.sampled_from([None, None, -2, -1, 1, 2])

worlds = st.fixed_dictionaries(
    {
        "parents": st.tuples(st.none(), st.sampled_from([None, 0]), st.sampled_from([None, 0, 1])),
        "roles": st.sets(st.tuples(FEW, st.sampled_from(Role), FEW), max_size=5),
        "clearance": st.tuples(*[st.sampled_from(AccessLevel)] * 3),
        "meetings": st.lists(
            st.tuples(FEW, st.sampled_from(MeetingState), st.sets(FEW), NAMES, st.booleans()),
            min_size=1,
            max_size=3,
        ),
        "documents": st.lists(
            st.tuples(FEW, st.sampled_from(AccessLevel), st.booleans()), min_size=1, max_size=4
        ),
        "papers": st.dictionaries(
            st.tuples(FEW, st.integers(0, 3)),
            st.tuples(st.sampled_from(["draft", "released", "recalled"]), HOURS, HOURS, NAMES),
            max_size=6,
        ),
        "posts": st.sets(st.tuples(FEW, FEW, st.booleans()), max_size=4),
        "issues": st.dictionaries(
            st.integers(0, 3),
            st.tuples(st.sampled_from(Reach), st.sets(FEW), st.sets(FEW), st.none() | FEW),
            max_size=3,
        ),
    }
)


def covers(world: dict[str, Any], person: int, role: Role, body: int | None) -> bool:
    if body is None:
        return False
    held = (person, role, body) in world["roles"]
    return held or covers(world, person, role, world["parents"][body])


def lies_before(world: dict[str, Any], person: int, document: int) -> bool:
    for meeting, paper in out(world, document):
        _, meeting_state, participants, named, _ = world["meetings"][meeting]
        takes_part = person in participants and meeting_state is not MeetingState.PLANNED
        on_lists = all(person in names for names in (named, paper[3]) if names)
        if takes_part and in_time(paper) and on_lists:
            return True
    return False


def out(world: dict[str, Any], document: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the released papers of a document with their meetings."""
    for (meeting, laid), paper in world["papers"].items():
        if laid == document and paper[0] == "released" and meeting < len(world["meetings"]):
            yield meeting, paper


def in_time(paper: tuple[Any, ...]) -> bool:
    _, start, end, _ = paper
    return (start is None or start < 0) and (end is None or end > 0)


def may_find(world: dict[str, Any], person: int, document: int) -> bool:
    body, _, archived = world["documents"][document]
    open_to_all = all(
        in_time(paper) and not paper[3] and not world["meetings"][meeting][3]
        for meeting, paper in out(world, document)
    )
    issue = world["issues"].get(document)
    at_large = issue is None or issue[0] is Reach.PARTY
    is_draft = document in drafts(world)
    return (
        archived
        and at_large
        and not is_draft
        and open_to_all
        and covers(world, person, Role.RESEARCHER, body)
    )


def may_read(world: dict[str, Any], person: int, document: int) -> bool:
    body, level, _ = world["documents"][document]
    if level > world["clearance"][person]:
        return False
    return (
        covers(world, person, Role.CLERK, body)
        or may_find(world, person, document)
        or lies_before(world, person, document)
        or circulates(world, person, document)
    )


def drafts(world: dict[str, Any]) -> dict[int, int]:
    """Return of which document each draft is one."""
    count = len(world["documents"])
    found: dict[int, int] = {}
    for issued, (*_, draft) in world["issues"].items():
        if issued < count and draft is not None and draft < count:
            found.setdefault(draft, issued)
    return found


def serves(world: dict[str, Any], person: int, body: int) -> bool:
    """Tell whether a person serves in a body or in one below it."""
    children = [child for child, parent in enumerate(world["parents"]) if parent == body]
    own = (person, body, True) in world["posts"]
    return own or any(serves(world, person, child) for child in children)


def circulates(world: dict[str, Any], person: int, document: int) -> bool:
    reach, bodies, people, _ = world["issues"].get(document, (None, (), (), None))
    manages = any((person, Role.ADMINISTRATOR, body) in world["roles"] for body in range(3))
    return {
        Reach.PARTY: not manages and any(serves(world, person, body) for body in range(3)),
        Reach.BODIES: not manages and any(serves(world, person, body) for body in bodies),
        Reach.PEOPLE: person in people,
    }.get(reach, False)


def issue(session: Session, world: dict[str, Any], people: list[Any], rows: list[Any]) -> None:
    """Give out posts and issue documents; `rows` are the bodies, then the documents."""
    bodies, documents = rows
    for who, body, today in world["posts"]:
        until = None if today else clock.today() - timedelta(days=1)
        factories.post(session, people[who].person, bodies[body], until=until)
    issued = {}
    for document, (reach, named_bodies, named, _) in world["issues"].items():
        if document < len(documents):
            row = Issue(document_id=documents[document].id, reach=reach)
            issued[document] = factories.add(session, row).id
            name(session, IssueReader, [people[who] for who in named], issue_id=row.id)
            for body in named_bodies:
                factories.add(session, IssueBody(issue_id=row.id, body_id=bodies[body].id))
    for draft, of in drafts(world).items():
        factories.add(session, IssueDraft(draft_id=documents[draft].id, issue_id=issued[of]))


def build(session: Session, world: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    bodies: list[Any] = []
    for parent in world["parents"]:
        bodies.append(factories.body(session, None if parent is None else bodies[parent]))
    people = [
        factories.user(
            session,
            *[(role, bodies[body]) for who, role, body in world["roles"] if who == number],
            clearance=clearance,
        )
        for number, clearance in enumerate(world["clearance"])
    ]
    moment = clock.now()
    documents = [
        factories.document(
            session, bodies[body], access_level=level, archived_at=moment if archived else None
        )
        for body, level, archived in world["documents"]
    ]
    for number, (body, state, participants, named, below) in enumerate(world["meetings"]):
        meeting = factories.meeting(session, bodies[body], state=state)
        item = factories.item(session, meeting)
        name(session, ItemReader, [people[who] for who in named], item_id=item.id)
        if below:
            item = factories.item(session, meeting, parent_id=item.id)
        for who in participants:
            factories.participant(session, meeting, people[who].person)
        for (at, document), (paper_state, start, end, readers) in world["papers"].items():
            if at == number and document < len(documents):
                paper = factories.paper(
                    session,
                    item,
                    documents[document],
                    released_at=None if paper_state == "draft" else moment,
                    recalled_at=moment if paper_state == "recalled" else None,
                    readable_from=away(moment, start),
                    readable_until=away(moment, end),
                )
                name(session, PaperReader, [people[who] for who in readers], paper_id=paper.id)
    issue(session, world, people, [bodies, documents])
    return people, documents


def name(session: Session, table: type[Any], named: list[Any], **place: Any) -> None:
    for user in named:
        factories.add(session, table(person_id=user.person_id, **place))


def away(moment: datetime, hours: int | None) -> datetime | None:
    return None if hours is None else moment + timedelta(hours=hours)


@given(world=worlds)
@settings(
    max_examples=WORLDS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_list_question_and_plain_definition_agree(session: Session, world: dict[str, Any]):
    people, documents = build(session, world)
    try:
        for number, person in enumerate(people):
            expected = {
                document.id for d, document in enumerate(documents) if may_read(world, number, d)
            }
            listed = {row.id for row in session.scalars(policy.readable_documents(person))}
            asked = {
                document.id
                for document in documents
                if policy.allows(session, person, Permission.DOCUMENT_READ, document)
            }
            assert listed == asked == expected
    finally:
        session.rollback()

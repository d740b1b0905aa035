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
from meetings.models import AccessLevel, ItemReader, MeetingState, PaperReader, Role
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
    return archived and open_to_all and covers(world, person, Role.RESEARCHER, body)


def may_read(world: dict[str, Any], person: int, document: int) -> bool:
    body, level, _ = world["documents"][document]
    if level > world["clearance"][person]:
        return False
    return (
        covers(world, person, Role.CLERK, body)
        or may_find(world, person, document)
        or lies_before(world, person, document)
    )


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

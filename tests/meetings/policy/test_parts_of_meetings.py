"""Who sees which item: the policy's answers against a second, plain Python definition."""

from dataclasses import dataclass
from itertools import product

import pytest

from meetings import policy
from meetings.models import ItemReader, MeetingState, ParticipantItem
from meetings.policy import Permission
from tests import factories

HERE, ABOVE, ELSEWHERE = "this item", "the one above", "another item"


@dataclass(frozen=True)
class Case:
    """How somebody takes part, and what is said of an item that lies in another."""

    whole: bool
    part: str
    closed: bool
    closed_above: bool
    named: bool
    named_above: bool

    @property
    def is_invited_here(self) -> bool:
        return self.whole or self.part in {HERE, ABOVE}

    @property
    def is_seen(self) -> bool:
        hidden = self.closed and not self.named
        hidden_above = self.closed_above and not self.named_above
        return self.is_invited_here and not hidden and not hidden_above

    @property
    def lists_let(self) -> bool:
        """Tell whether each list that names anybody names them; the others name a stranger."""
        return self.named and self.named_above

    @property
    def is_read(self) -> bool:
        return self.is_seen and self.lists_let


CASES = [
    Case(*facts)
    for facts in product(
        (True, False),
        (HERE, ABOVE, ELSEWHERE),
        (True, False),
        (True, False),
        (True, False),
        (True, False),
    )
]


@pytest.fixture
def stage(session, world):
    """Make an item for every case, with a person of its own and a paper that lies before it."""
    stranger = factories.person(session)
    meeting = factories.meeting(session, world.office)
    elsewhere = factories.item(session, meeting)
    made = {}
    for case in CASES:
        above = factories.item(session, meeting, closed=case.closed_above)
        item = factories.item(session, meeting, parent_id=above.id, closed=case.closed)
        user = factories.user(session)
        part = factories.participant(session, meeting, user.person, whole=case.whole)
        if not case.whole:
            place = {HERE: item, ABOVE: above, ELSEWHERE: elsewhere}[case.part]
            session.add(ParticipantItem(participant_id=part.id, item_id=place.id))
        for at, named in ((item, case.named), (above, case.named_above)):
            session.add(ItemReader(item_id=at.id, person_id=stranger.id))
            if named:
                session.add(ItemReader(item_id=at.id, person_id=user.person_id))
        document = factories.document(session, world.office)
        factories.paper(session, item, document)
        made[case] = (user, item, document)
    session.flush()
    return meeting, made


def test_every_way_to_take_part_opens_what_it_says_and_nothing_else(session, stage):
    _, made = stage
    for case, (user, item, document) in made.items():
        seen = policy.allows(session, user, Permission.AGENDA_ITEM_NOTE, item)
        assert seen == case.is_seen, case
        read = policy.allows(session, user, Permission.DOCUMENT_READ, document)
        assert read == case.is_read, case


def test_the_list_of_items_agrees_with_the_single_answers(session, stage):
    _, made = stage
    for case, (user, item, _document) in made.items():
        listed = item in session.scalars(policy.visible_items(user)).all()
        assert listed == case.is_seen, case


def test_nothing_is_seen_of_a_meeting_that_is_not_open(session, stage):
    meeting, made = stage
    meeting.state = MeetingState.PLANNED
    session.flush()
    for user, item, document in made.values():
        assert not policy.allows(session, user, Permission.AGENDA_ITEM_NOTE, item)
        assert not policy.allows(session, user, Permission.DOCUMENT_READ, document)


def test_the_office_sees_every_item_whatever_is_said_of_it(session, world, stage):
    _, made = stage
    listed = set(session.scalars(policy.visible_items(world.clerk)).all())
    assert {item for _, item, _ in made.values()} <= listed

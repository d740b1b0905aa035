from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from meetings.demo.province import bodies, meetings, people
from meetings.models import (
    AccessLevel,
    BodyKind,
    ItemKind,
    MeetingKind,
    MeetingState,
    ParticipantRole,
    Role,
)

TODAY = date(2026, 11, 25)
RUNNING, TOMORROW = "so-ket-cai-cach-hanh-chinh", "thuong-vu-cuoi-nam"


def values(kind):
    return {member.value for member in kind}


def persona(name):
    (person,) = [each for each in people().values() if each.persona == name]
    return person


def takes_part(person, meeting):
    return person.key in {key for _, key in meeting.participants}


# --- bodies


def test_every_body_has_a_known_kind_and_stands_after_its_parent():
    seen = set()
    for body in bodies().values():
        assert body.kind in values(BodyKind)
        assert body.parent in seen or (body.parent == "" and not seen)
        seen.add(body.key)


def test_the_province_has_the_bodies_that_the_journeys_meet():
    kinds = Counter(body.kind for body in bodies().values())
    assert kinds["commune_committee"] >= 4
    assert kinds["advisory_body"] >= 3
    assert kinds["state_body"] >= 3
    for one in ("provincial", "executive", "standing"):
        assert kinds[f"{one}_committee"] == 1
    for one in ("standing_members", "party_office", "inspection_commission"):
        assert kinds[one] == 1


def test_names_are_for_pages_and_headings_for_print():
    for body in bodies().values():
        assert body.heading == body.heading.upper()
        assert body.name != body.name.upper()
        assert "uỷ" not in body.name.lower(), "pages write ủy"


def test_the_state_and_the_party_are_told_apart():
    assert bodies()["ubnd-tinh"].is_state
    assert not bodies()["tinh-uy"].is_state


# --- people


def test_thirty_people_have_names_accounts_and_ranks_of_their_own():
    assert len(people()) == 30
    for fact in ("name", "account", "rank"):
        assert len({getattr(person, fact) for person in people().values()}) == 30


def test_people_stand_by_protocol_rank_and_know_their_access():
    ranks = [person.rank for person in people().values()]
    assert ranks == sorted(ranks)
    levels = {level.name.lower() for level in AccessLevel}
    assert {person.clearance for person in people().values()} == levels


def test_every_post_and_role_names_a_body_and_a_time():
    for person in people().values():
        assert person.posts
        for post in person.posts:
            assert post.since >= bodies()[post.body].opened_on
            assert post.until is None or post.since < post.until
        for role, body in person.roles:
            assert role in values(Role)
            assert body in bodies()


def test_a_post_is_held_from_its_first_to_its_last_day():
    former = people()["ha-trong-khiem"].posts[1]
    assert former.until is not None
    day = timedelta(days=1)
    assert [former.held_on(former.since - day), former.held_on(former.since)] == [False, True]
    assert [former.held_on(former.until), former.held_on(former.until + day)] == [True, False]
    assert people()["ha-trong-khiem"].posts[0].held_on(date(2030, 1, 1))


def test_five_personas_have_the_rights_of_their_journeys():
    assert persona("secretary").roles == (("clerk", "tinh-uy"),)
    assert persona("searcher").roles == (("researcher", "tinh-uy"),)
    assert persona("admin").roles == (("administrator", "tinh-uy"),)
    assert persona("delegate").roles == persona("outsider").roles == ()
    assert sum(bool(person.persona) for person in people().values()) == 5


def test_the_delegate_sits_in_today_and_tomorrow_and_the_outsider_nowhere():
    plan = meetings(TODAY)
    assert takes_part(persona("delegate"), plan[RUNNING])
    assert takes_part(persona("delegate"), plan[TOMORROW])
    assert not any(takes_part(persona("outsider"), meeting) for meeting in plan.values())
    assert bodies()[persona("outsider").posts[0].body].kind == "commune_committee"


# --- meetings


@pytest.mark.parametrize("today", [TODAY, date(2027, 1, 1), date(2028, 2, 29)])
def test_six_meetings_lie_around_the_day_of_loading(today):
    plan = meetings(today)
    assert len(plan) == 6
    assert plan[RUNNING].day == today
    assert plan[TOMORROW].day == today + timedelta(days=1)
    states = {meeting.state for meeting in plan.values() if meeting.day < today}
    assert states == {"archived"}
    assert plan[RUNNING].state == "in_session"
    assert plan[TOMORROW].state == "released"
    assert max(plan.values(), key=lambda meeting: meeting.day).state == "planned"


def test_meetings_use_the_words_of_the_models():
    for meeting in meetings(TODAY).values():
        assert meeting.kind in values(MeetingKind)
        assert meeting.state in values(MeetingState)
        assert {role for role, _ in meeting.participants} <= values(ParticipantRole)
        assert {item.kind for item in meeting.items} <= values(ItemKind)


def test_every_meeting_has_a_body_one_chair_and_nobody_twice():
    for meeting in meetings(TODAY).values():
        assert meeting.body in bodies()
        roles = Counter(role for role, _ in meeting.participants)
        assert (roles["chair"], roles["meeting_secretary"]) == (1, 1)
        attending = [person for _, person in meeting.participants]
        assert len(attending) == len(set(attending))
        assert set(attending) <= people().keys()


def test_agendas_are_numbered_nested_and_presented_by_participants():
    for meeting in meetings(TODAY).values():
        numbers = [item.number for item in meeting.agenda]
        assert numbers == [str(n + 1) for n in range(len(numbers))]
        attending = {person for _, person in meeting.participants}
        for item in meeting.items:
            assert item.presenter in attending | {""}
            assert item.minutes > 0
    assert any(item.items for meeting in meetings(TODAY).values() for item in meeting.agenda)


def test_parts_of_an_item_are_numbered_under_it_and_fit_its_time():
    for meeting in meetings(TODAY).values():
        for item in meeting.agenda:
            expected = [f"{item.number}.{n + 1}" for n in range(len(item.items))]
            assert [part.number for part in item.items] == expected
            assert sum(part.minutes for part in item.items) <= item.minutes


def test_every_agenda_fits_between_start_and_end():
    for meeting in meetings(TODAY).values():
        minutes = sum(item.minutes for item in meeting.agenda)
        length = meeting.ends.hour * 60 + meeting.ends.minute
        assert minutes <= length - meeting.starts.hour * 60 - meeting.starts.minute


def test_items_lists_an_item_before_its_parts():
    numbers = [item.number for item in meetings(TODAY)[RUNNING].items]
    assert numbers[numbers.index("4") : numbers.index("5")] == ["4", "4.1", "4.2"]
    assert all(a != b for a, b in pairwise(numbers))


def test_a_presenter_is_introduced_by_the_first_post():
    assert people()["mac-dinh-khoi"].introduction == "Mạc Đình Khôi, Giám đốc Sở Nội vụ"

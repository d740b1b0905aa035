"""The state of a member on any day follows from the events, however they were recorded."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.members.life.kinds import IN_THE_PARTY, KINDS, Way
from meetings.members.life.replay import Happening, State, Wrong, after, refusal, state_on, valid
from meetings.models import EventKind, Standing
from meetings.models.base import new_id

K = EventKind
HERE, THERE = new_id(), new_id()
FIRST = date(1990, 1, 1)


def happening(number: int, kind: EventKind, days: int, **rest) -> Happening:
    return Happening(number, kind, FIRST + timedelta(days=days), **rest)


def life(*kinds: EventKind, **facts: str) -> list[Happening]:
    """Return events a year apart, each in the body that it needs."""
    bodies = {Way.ENTERS: HERE, Way.MOVES: THERE}
    return [
        happening(number, kind, number * 365, body=bodies.get(KINDS[kind].way), facts=facts)
        for number, kind in enumerate(kinds, start=1)
    ]


FULL_LIFE = (K.REGISTERED, K.ADMITTED, K.MADE_OFFICIAL)


@pytest.mark.parametrize(
    ("kinds", "standing", "body"),
    [
        ((), Standing.APPLICANT, None),
        ((K.REGISTERED,), Standing.APPLICANT, HERE),
        (FULL_LIFE[:2], Standing.PROBATIONARY, HERE),
        (FULL_LIFE, Standing.FULL, HERE),
        ((*FULL_LIFE, K.MOVED), Standing.FULL, THERE),
        ((*FULL_LIFE, K.TRANSFERRED_OUT), Standing.FULL, None),
        ((*FULL_LIFE, K.TRANSFERRED_OUT, K.TRANSFERRED_IN), Standing.FULL, HERE),
        ((*FULL_LIFE, K.TRANSFERRED_OUT, K.RECEIVED_THERE), Standing.FULL, None),
        ((*FULL_LIFE, K.EXEMPTED), Standing.EXEMPT, HERE),
        ((*FULL_LIFE, K.STRUCK_OFF), Standing.STRUCK_OFF, None),
        ((*FULL_LIFE, K.LEFT), Standing.LEFT, None),
        ((*FULL_LIFE, K.EXPELLED, K.RESTORED), Standing.FULL, HERE),
        ((*FULL_LIFE, K.DIED), Standing.DIED, None),
    ],
)
def test_a_life_ends_in_a_standing_and_a_body(kinds, standing, body):
    events = life(*kinds)
    assert refusal(events) is None
    state = state_on(events, date(2026, 1, 1))
    assert (state.standing, state.body) == (standing, body)
    assert state.counts == (body is not None and standing in IN_THE_PARTY)


@pytest.mark.parametrize(
    ("kinds", "wrong"),
    [
        ((K.MADE_OFFICIAL,), Wrong.STANDING),
        ((*FULL_LIFE, K.ADMITTED), Wrong.STANDING),
        ((*FULL_LIFE, K.DIED, K.RATED), Wrong.STANDING),
        ((*FULL_LIFE, K.DIED, K.RESTORED), Wrong.STANDING),
        ((K.REGISTERED, K.RESTORED), Wrong.STANDING),
        ((*FULL_LIFE, K.TRANSFERRED_IN), Wrong.HAS_A_BODY),
        ((*FULL_LIFE, K.REGISTERED), Wrong.HAS_A_BODY),
        ((*FULL_LIFE, K.RECEIVED_THERE), Wrong.HAS_A_BODY),
        ((*FULL_LIFE, K.TRANSFERRED_OUT, K.MOVED), Wrong.HAS_NO_BODY),
        ((*FULL_LIFE, K.TRANSFERRED_OUT, K.TRANSFERRED_OUT), Wrong.HAS_NO_BODY),
        ((*FULL_LIFE, K.MOVED, K.MOVED), Wrong.SAME_BODY),
        ((*FULL_LIFE, K.POST_ENDED), Wrong.NO_SUCH_POST),
    ],
)
def test_what_cannot_have_happened_is_refused(kinds, wrong):
    refused = refusal(life(*kinds, post="Bí thư chi bộ"))
    assert refused is not None
    assert (refused.happening.kind, refused.wrong) == (kinds[-1], wrong)


def test_a_day_sees_only_what_had_happened_by_its_end():
    events = life(*FULL_LIFE, K.MOVED)
    seen = [state_on(events, one.on) for one in events]
    eve = [state_on(events, one.on - timedelta(days=1)) for one in events]
    assert [s.standing.value for s in seen] == ["applicant", "probationary", "full", "full"]
    assert eve[1:] == seen[:-1]
    assert eve[0] == State()


def test_a_correction_stands_in_for_the_event_and_keeps_its_place():
    events = life(*FULL_LIFE)
    late = happening(4, K.ADMITTED, 500, corrects=2)
    state = state_on([*events, late], date(2026, 1, 1))
    assert state.admitted_on == FIRST + timedelta(days=500)
    again = happening(5, K.ADMITTED, 600, corrects=2)
    assert [one.number for one in valid([*events, late, again])] == [1, 5, 3]


def test_a_corrected_name_was_always_so():
    first = happening(1, K.REGISTERED, 0, body=HERE, facts={"full_name": "Lò Van A"})
    better = happening(2, K.REGISTERED, 0, body=HERE, facts={"full_name": "Lò Văn A"}, corrects=1)
    assert state_on([first, better], FIRST).facts["full_name"] == "Lò Văn A"


def test_posts_are_held_from_their_giving_to_their_end():
    posts = [
        happening(9, K.POST_GIVEN, 9000, facts={"post": "Chi ủy viên"}),
        happening(10, K.POST_GIVEN, 9100, facts={"post": "Bí thư chi bộ"}),
        happening(11, K.POST_ENDED, 9200, facts={"post": "Chi ủy viên"}),
    ]
    events = [*life(*FULL_LIFE), *posts]
    assert refusal(events) is None
    assert state_on(events, posts[1].on).posts == ("Chi ủy viên", "Bí thư chi bộ")
    assert state_on(events, posts[2].on).posts == ("Bí thư chi bộ",)
    left = [*events, happening(12, K.TRANSFERRED_OUT, 9300, facts={"elsewhere": "Tỉnh khác"})]
    assert state_on(left, date(2026, 1, 1)).posts == ()


def test_days_outside_the_party_are_counted_until_somebody_is_taken_in_again():
    events = life(*FULL_LIFE, K.STRUCK_OFF, K.ADMITTED)
    state = state_on(events, date(2026, 1, 1))
    assert state.days_out == 365
    assert state.admitted_on == events[1].on, "the first admission counts"


STEPS = st.lists(st.sampled_from([k for k in K if k is not K.REGISTERED]), max_size=25)


@given(STEPS, st.randoms(use_true_random=False), st.integers(0, 3000))
def test_the_state_on_any_day_equals_the_replay_however_the_events_are_ordered(steps, chance, day):
    """A hundred lives: what cannot happen is left out, the rest is shuffled and asked."""
    events = life(K.REGISTERED)
    for kind in steps:
        way = KINDS[kind].way
        body = chance.choice([HERE, THERE]) if way in {Way.ENTERS, Way.MOVES} else None
        when = events[-1].on - FIRST + timedelta(days=chance.randrange(90))
        wanted = happening(len(events) + 1, kind, when.days, body=body, facts={"post": "Bí thư"})
        if refusal([*events, wanted]) is None:
            events.append(wanted)
    shuffled = events.copy()
    chance.shuffle(shuffled)
    on, expected = FIRST + timedelta(days=day), State()
    for event in events:
        if event.on <= on:
            expected = after(expected, event)
    assert state_on(shuffled, on) == expected
    assert expected.body is None or expected.keeper == expected.body
    assert expected.counts == (expected.body is not None and expected.standing in IN_THE_PARTY)

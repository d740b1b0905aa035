"""Form 1 balances whatever happened, and each of its lines is explained by an event."""

from datetime import date, timedelta
from random import Random

import pytest

from meetings.members.life.kinds import KINDS
from meetings.members.life.movements import (
    CHANGING,
    COMES,
    GAINS,
    GOES,
    LOSSES,
    Line,
    belongs,
    stay,
)
from meetings.members.life.replay import Happening, refusal, state_on
from meetings.models import EventKind
from meetings.models.base import new_id

K = EventKind
OURS, ALSO_OURS, THEIRS = new_id(), new_id(), new_id()
BODIES = frozenset({OURS, ALSO_OURS})
PLACES = (OURS, ALSO_OURS, THEIRS)
FIRST = date(2020, 1, 1)
HISTORIES, LIVES, STEPS, DAYS = 1_000, 3, 9, 1_500


def on(days: int) -> date:
    return FIRST + timedelta(days=days)


def life(*kinds: EventKind | tuple[EventKind, object]) -> list[Happening]:
    """Return events ten days apart, in our body where none is named."""
    told = [one if isinstance(one, tuple) else (one, OURS) for one in kinds]
    return [
        Happening(number, kind, on(10 * number), body if KINDS[kind].places else None)
        for number, (kind, body) in enumerate(told, start=1)
    ]


MEMBER = (K.REGISTERED, K.ADMITTED, K.MADE_OFFICIAL)
AWAY = (K.REGISTERED, THEIRS)


@pytest.mark.parametrize(
    ("kinds", "line"),
    [
        (MEMBER, Line.ADMITTED),
        ((K.ADMITTED, K.REGISTERED), Line.ADMITTED),
        ((AWAY, *MEMBER[1:], K.TRANSFERRED_OUT, K.TRANSFERRED_IN), Line.RECEIVED),
        ((AWAY, *MEMBER[1:], K.MOVED), Line.RECEIVED),
        ((AWAY, *MEMBER[1:], K.LEFT, K.RESTORED), Line.RESTORED),
    ],
)
def test_who_comes_is_told_by_the_event_that_brings_them(kinds, line):
    found = stay(life(*kinds), BODIES, FIRST, on(100))
    assert [step.line for step in found.steps] == [line]
    assert not belongs(found.opening, BODIES)
    assert belongs(found.closing, BODIES)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (K.TRANSFERRED_OUT, Line.SENT),
        ((K.MOVED, THEIRS), Line.SENT),
        (K.EXPELLED, Line.EXPELLED),
        (K.STRUCK_OFF, Line.STRUCK_OFF),
        (K.LEFT, Line.LEFT),
        (K.DIED, Line.DIED),
    ],
)
def test_who_goes_is_told_by_the_event_that_takes_them(kind, line):
    found = stay(life(*MEMBER, kind), BODIES, on(30), on(100))
    assert [step.line for step in found.steps] == [line]
    assert found.steps[0].happening.on == on(40)
    assert (found.steps[0].before, found.steps[0].sign) == (OURS, -1)


def test_a_member_for_longer_is_entered_and_not_admitted():
    admitted_before = [
        Happening(1, K.ADMITTED, on(-9_000)),
        Happening(2, K.REGISTERED, on(10), OURS),
    ]
    (step,) = stay(admitted_before, BODIES, FIRST, on(100)).steps
    assert step.line is Line.ENTERED


def test_who_was_put_out_and_is_admitted_again_is_admitted():
    again = life(*MEMBER, K.STRUCK_OFF, K.ADMITTED, K.REGISTERED)
    assert [step.line for step in stay(again, BODIES, on(45), on(100)).steps] == [Line.ADMITTED]


def test_a_move_inside_is_neither_a_gain_nor_a_loss():
    inside = life(*MEMBER, (K.MOVED, ALSO_OURS))
    assert stay(inside, BODIES, on(30), on(100)).steps == []
    assert [s.line for s in stay(inside, frozenset({OURS}), on(30), on(100)).steps] == [Line.SENT]


def test_who_comes_and_goes_in_the_same_time_is_in_both_lines():
    found = stay(life(*MEMBER, K.DIED), BODIES, FIRST, on(100))
    assert [step.line for step in found.steps] == [Line.ADMITTED, Line.DIED]
    assert belongs(found.opening, BODIES) == belongs(found.closing, BODIES)


def test_the_day_before_does_not_count_and_the_last_day_does():
    gone = life(*MEMBER, K.DIED)
    assert stay(gone, BODIES, on(40), on(100)).steps == []
    assert len(stay(gone, BODIES, on(39), on(40)).steps) == 1
    assert stay(gone, BODIES, on(20), on(39)).steps == []


def test_a_correction_moves_the_step_to_its_right_day():
    late = Happening(5, K.DIED, on(70), corrects=4)
    told = [*life(*MEMBER, K.DIED), late]
    assert stay(told, BODIES, on(30), on(60)).steps == []
    assert [step.happening.on for step in stay(told, BODIES, on(60), on(80)).steps] == [on(70)]


def test_every_kind_that_may_bring_or_take_somebody_has_a_line():
    assert set(COMES) | set(GOES) <= CHANGING
    placing = {kind for kind in K if KINDS[kind].places}
    assert placing <= set(COMES)
    assert set(GAINS) | set(LOSSES) == set(Line)
    assert not set(GAINS) & set(LOSSES)


def random_life(chance: Random) -> list[Happening]:
    """Return a life of which every event can have happened, some of them corrected later."""
    events: list[Happening] = []
    for _try in range(STEPS):
        kind = chance.choice(sorted(CHANGING))
        body = chance.choice(PLACES) if KINDS[kind].places else None
        corrects = chance.choice([one.number for one in events]) if events else None
        wanted = Happening(len(events) + 1, kind, on(chance.randrange(DAYS)), body)
        if corrects and chance.random() < 0.2:
            first = events[corrects - 1]
            if first.corrects is None:
                wanted = Happening(
                    wanted.number, first.kind, wanted.on, first.body, corrects=corrects
                )
        if refusal([*events, wanted]) is None:
            events.append(wanted)
    return events


def test_form_1_balances_for_a_thousand_random_histories():
    """What was there and all steps come to what is there; both as the register says."""
    seen = set()
    for number in range(HISTORIES):
        chance = Random(number)
        lives = [random_life(chance) for _ in range(LIVES)]
        first, middle, last = sorted(on(chance.randrange(DAYS)) for _ in range(3))
        stays = [stay(one, BODIES, first, last) for one in lives]
        opening = sum(belongs(state_on(one, first), BODIES) for one in lives)
        closing = sum(belongs(state_on(one, last), BODIES) for one in lives)
        steps = [step for one in stays for step in one.steps]
        assert sum(belongs(one.opening, BODIES) for one in stays) == opening, number
        assert sum(belongs(one.closing, BODIES) for one in stays) == closing, number
        assert opening + sum(step.sign for step in steps) == closing, number
        assert all(first < step.happening.on <= last for step in steps), number
        halves = [
            step.happening
            for one in lives
            for between in ((first, middle), (middle, last))
            for step in stay(one, BODIES, *between).steps
        ]
        assert halves == [step.happening for step in steps], number
        seen |= {step.line for step in steps}
    assert seen == set(Line), "the histories have every line"

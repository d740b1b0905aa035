from collections import Counter
from datetime import date
from uuid import UUID

import pytest

from meetings import clock
from meetings.demo.crowd import lives
from meetings.demo.crowd.bodies import AGENCIES, COMMUNES, bodies
from meetings.demo.crowd.dice import Dice
from meetings.demo.crowd.lives import GONE, Place, life
from meetings.members.life.replay import Happening, refusal, state_on
from meetings.models import BodyKind, EventKind

CELL, BESIDE, PROVINCE = (UUID(int=number) for number in (1, 2, 3))
PLACE = Place(CELL, [BESIDE])


def happenings(number: int, day: date) -> list[Happening]:
    return [
        Happening(place, draft.kind, draft.on, draft.body, draft.facts)
        for place, draft in enumerate(life(number, PLACE, day), start=1)
    ]


@pytest.mark.parametrize("day", [date(2026, 11, 28), date(2028, 2, 29), date(2031, 1, 1)])
def test_every_life_can_be_and_ends_as_its_number_says(day: date):
    for number in range(1, 400):
        told = happenings(number, day)
        assert refusal(told) is None
        assert all(one.on <= day for one in told)
        assert state_on(told, day).counts == (number % GONE != 0)


def test_a_life_is_the_same_at_every_run_and_no_two_are_alike():
    day = date(2026, 11, 28)
    assert life(7, PLACE, day) == life(7, PLACE, day)
    cards = Counter(
        one.facts["card_number"]
        for number in range(1, 400)
        for one in happenings(number, day)
        if one.kind is EventKind.CARD_ISSUED
    )
    assert max(cards.values()) == 1


def test_ten_years_bring_what_a_province_has():
    kinds = Counter(
        one.kind for number in range(1, 2000) for one in life(number, PLACE, clock.today())
    )
    expected = {
        EventKind.REGISTERED,
        EventKind.ADMITTED,
        EventKind.MADE_OFFICIAL,
        EventKind.CARD_ISSUED,
        EventKind.RATED,
        EventKind.BADGE_AWARDED,
        EventKind.MOVED,
        EventKind.COMMENDED,
        EventKind.DISCIPLINED,
        EventKind.TRANSFERRED_OUT,
        EventKind.STRUCK_OFF,
        EventKind.DIED,
    }
    assert expected <= kinds.keys()
    assert kinds[EventKind.RATED] > 9_000
    assert lives.YEARS == 10


def test_the_bodies_of_a_province_are_told_apart_where_they_lie():
    made = bodies(PROVINCE)
    assert len(made) == 4503
    kinds = Counter(body.kind for body in made)
    assert kinds[BodyKind.COMMUNE_COMMITTEE] == COMMUNES
    assert {body.name for body in made} >= set(AGENCIES)
    assert len({(body.parent_id, body.name) for body in made}) == len(made)
    known = {PROVINCE}
    for body in made:
        assert body.parent_id in known, "each after its parent"
        known.add(body.id)


def test_dice_fall_as_their_seed_says_and_inside_their_sides():
    one, same, other = Dice(1, 5), Dice(1, 5), Dice(1, 6)
    thrown = [one.of(6) for _ in range(60)]
    assert thrown == [same.of(6) for _ in range(60)]
    assert thrown != [other.of(6) for _ in range(60)]
    assert set(thrown) == set(range(6))
    first, last = date(2020, 1, 1), date(2020, 1, 3)
    assert {Dice(1, n).day(first, last) for n in range(20)} == {first, date(2020, 1, 2)}
    assert Dice(1, 1).day(first, first) == first

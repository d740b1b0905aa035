"""Reports replay only who changed since a day, and say what replaying everybody would say."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest

from meetings import clock
from meetings.members.life.kinds import KINDS
from meetings.members.life.movements import CHANGING, Line, belongs, stay
from meetings.members.life.party_age import years_later
from meetings.members.life.replay import Happening, State, after, refusal, state_on, valid
from meetings.members.records import services as records
from meetings.members.records.queries import events_of, happenings
from meetings.members.records.services import Draft
from meetings.members.reports.attention import queries as attention
from meetings.members.reports.attention.queries import Matter
from meetings.members.reports.lives.queries import bodies_of, lives_since, names_of
from meetings.members.reports.movements.queries import ledger_of
from meetings.members.reports.structure.queries import profiles_on
from meetings.models import EventKind, Standing
from tests import factories

K = EventKind
MEMBERS, TRIES, SPANS = 60, 12, 12
DAY = timedelta(days=1)
TODAY = clock.today()
BEGINNING = date(2020, 1, 1)
AFTERWARDS = (
    *sorted(CHANGING - {K.REGISTERED}),
    *(K.SUPPLEMENTED, K.SUPPLEMENTED, K.RATED, K.RECEIVED_THERE),
)
THEORIES = ("none", "elementary", "intermediate", "advanced")


@dataclass(frozen=True)
class Life:
    """A member as the tests know them: all that happened, in the order of recording."""

    member: UUID
    told: tuple[Happening, ...]


def some_day(chance: Random) -> date:
    return BEGINNING + timedelta(days=chance.randrange((TODAY - BEGINNING).days))


def facts_of(kind: EventKind, chance: Random) -> dict[str, str]:
    given = {
        "full_name": f"Lò Văn {chance.randrange(1000)}",
        "birth_date": "1980-05-19",
        "theory": chance.choice(THEORIES),
        "elsewhere": "Đảng bộ tỉnh Nghệ An",
        "period": "2025",
        "rating": "good",
    }
    return {name: given[name] for name in KINDS[kind].fields if name in given}


def draft(kind: EventKind, on: date, places, chance: Random) -> Draft:
    body = chance.choice(places) if KINDS[kind].places else None
    return Draft(kind, on, body, "12-QĐ/ĐU", facts_of(kind, chance))


def possible(drafts: list[Draft]) -> bool:
    told = [
        Happening(number, one.kind, one.on, one.body, one.facts)
        for number, one in enumerate(drafts, start=1)
    ]
    return refusal(told) is None


def random_drafts(chance: Random, places) -> list[Draft]:
    """Return what happened to somebody, recorded in no order of its days."""
    drafts = [draft(K.REGISTERED, some_day(chance), places, chance)]
    if chance.random() < 0.8:
        drafts.append(draft(K.ADMITTED, some_day(chance), places, chance))
    for _try in range(TRIES):
        wanted = draft(chance.choice(AFTERWARDS), some_day(chance), places, chance)
        if possible([*drafts, wanted]):
            drafts.append(wanted)
    return drafts


@pytest.fixture
def lives(session, commune) -> list[Life]:
    """Many members of two cells and of a body elsewhere, some with a corrected event."""
    elsewhere = factories.body(session, name="Chi bộ xã khác")
    places = (commune.cell.id, commune.other_cell.id, elsewhere.id)
    return [entered(session, commune, places, Random(number)) for number in range(MEMBERS)]


def entered(session, commune, places, chance: Random) -> Life:
    drafts = random_drafts(chance, places)
    member = records.enter(session, commune.key, drafts, by=commune.keeper)
    events = list(events_of(session, member))
    if chance.random() < 0.3:
        first = chance.choice(events)
        other = Draft(first.kind, some_day(chance), first.body_id, "9-QĐ/ĐU", first.facts)
        try:
            events.append(
                records.record(
                    session, commune.key, member, other, by=commune.keeper, corrects=first
                )
            )
        except records.Impossible:
            session.refresh(member)
    return Life(member.id, tuple(happenings(events)))


def spans() -> list[tuple[date, date]]:
    chance = Random(7)
    ends = [sorted((some_day(chance), some_day(chance))) for _ in range(SPANS)]
    return [(first, last) for first, last in ends] + [(BEGINNING - DAY, TODAY), (TODAY, TODAY)]


def test_form_1_is_that_of_every_life_replayed(session, commune, lives):
    seen = set()
    for body in (commune.commune, commune.cell, commune.other_cell):
        bodies = bodies_of(session, body, by=commune.keeper)
        for first, last in spans():
            found = ledger_of(session, body, first, last, by=commune.keeper)
            stays = {one.member: stay(one.told, bodies, first, last) for one in lives}
            assert found.opening == sum(belongs(s.opening, bodies) for s in stays.values())
            assert found.closing == sum(belongs(s.closing, bodies) for s in stays.values())
            assert found.opening + sum(t.step.sign for t in found.steps) == found.closing
            told = sorted((t.member, t.step.line, t.step.happening.on) for t in found.steps)
            assert told == sorted(
                (member, step.line, step.happening.on)
                for member, one in stays.items()
                for step in one.steps
            )
            seen |= {t.step.line for t in found.steps}
    assert seen >= {Line.ADMITTED, Line.RECEIVED, Line.SENT, Line.DIED, Line.ENTERED}


def test_the_members_of_a_day_are_those_of_every_life_replayed(session, commune, lives):
    bodies = bodies_of(session, commune.commune, by=commune.keeper)
    most = 0
    for day in {day for span in spans() for day in span}:
        found = profiles_on(session, commune.commune, day, by=commune.keeper)
        told = {one.member: (one.standing, one.facts.get("theory", "")) for one in found}
        assert len(told) == len(found), "nobody is counted twice"
        states = {one.member: state_on(one.told, day) for one in lives}
        assert told == {
            member: (state.standing, state.facts.get("theory", ""))
            for member, state in states.items()
            if belongs(state, bodies)
        }
        most = max(most, len(told))
    assert most > MEMBERS / 6


def admission(life: Life) -> date:
    return max(one.on for one in valid(life.told) if one.kind is K.ADMITTED)


def latest(life: Life, *kinds: EventKind) -> date:
    return max((one.on for one in valid(life.told) if one.kind in kinds), default=date.min)


def waits(matter: Matter, life: Life, state: State) -> bool:
    """Tell in plain words whether a matter is about a life."""
    in_party = state.standing in {Standing.PROBATIONARY, Standing.FULL, Standing.EXEMPT}
    if matter is Matter.PROBATION:
        soon = years_later(TODAY + attention.SOON, -1)
        return state.counts and state.standing is Standing.PROBATIONARY and admission(life) <= soon
    if matter is Matter.SENT:
        sent = latest(life, K.TRANSFERRED_OUT)
        return in_party and state.body is None and sent > latest(life, K.RECEIVED_THERE)
    return state.counts and latest(life, K.REGISTERED, K.SUPPLEMENTED) <= years_later(TODAY, -1)


@pytest.mark.parametrize("matter", list(Matter))
def test_what_waits_is_what_every_life_says(session, commune, lives, matter):
    bodies = bodies_of(session, commune.commune, by=commune.keeper)
    leaf = attention.waiting(
        session, commune.commune, matter, 1, by=commune.keeper, size=10 * MEMBERS
    )
    states = {one.member: state_on(one.told, TODAY) for one in lives}
    expected = {
        one.member
        for one in lives
        if states[one.member].keeper in bodies and waits(matter, one, states[one.member])
    }
    assert {one.member.id for one in leaf.rows} == expected
    assert leaf.total == len(expected)
    counted = attention.counts(session, commune.commune, by=commune.keeper)
    assert counted[matter] == len(expected)


def test_only_who_changed_since_is_replayed(session, commune, enter):
    before, later = date(2024, 5, 19), date(2026, 5, 19)
    admitted = Draft(K.ADMITTED, before, decision="1")
    enter(admitted, full_name="Lò Văn Yên")
    moved = Draft(K.MOVED, later, commune.other_cell.id, "2")
    changed = enter(admitted, moved, full_name="Cà Văn Chuyển")
    rated = Draft(K.RATED, later, facts={"period": "2026", "rating": "good"})
    enter(admitted, rated, full_name="Vì Văn Xếp")
    found = dict(lives_since(session, commune.commune, later - DAY, by=commune.keeper))
    assert list(found) == [changed.id]
    assert [one.kind for one in found[changed.id]] == [K.REGISTERED, K.ADMITTED, K.MOVED]
    assert dict(lives_since(session, commune.commune, later, by=commune.keeper)) == {}


def test_a_correction_knows_which_version_it_stands_in_for(session, commune, enter):
    member = enter(Draft(K.ADMITTED, date(2026, 5, 19), decision="1"))
    [admitted] = [one for one in events_of(session, member) if one.kind is K.ADMITTED]
    better = Draft(K.ADMITTED, date(2026, 6, 1), decision="2")
    records.record(session, commune.key, member, better, by=commune.keeper, corrects=admitted)
    (told,) = dict(
        lives_since(session, commune.commune, date(2026, 1, 1), by=commune.keeper)
    ).values()
    assert [one.corrects for one in told] == [None, None, 2]
    assert state_on(told, TODAY).admitted_on == date(2026, 6, 1)


def test_names_are_of_those_whom_the_bodies_had(session, commune, enter):
    elsewhere = factories.body(session)
    gone = enter(
        Draft(K.ADMITTED, date(2024, 5, 19), decision="1"),
        Draft(K.MOVED, date(2025, 5, 19), elsewhere.id, "2"),
        full_name="Lò Văn Đi",
    )
    never = enter(cell=elsewhere, full_name="Người xã khác")
    named = names_of(session, [gone.id, never.id], by=commune.keeper)
    assert {member.full_name for member in named.values()} == {"Lò Văn Đi"}
    secretary = names_of(session, [gone.id, never.id], by=commune.secretary)
    assert set(secretary) == {gone.id}
    stranger = factories.user(session)
    assert names_of(session, [gone.id], by=stranger) == {}


def test_the_replay_of_the_tests_is_that_of_the_product():
    """A state is what its events make of nothing, one after the other."""
    told = [
        Happening(number, one.kind, one.on, one.body, one.facts)
        for number, one in enumerate(random_drafts(Random(3), (UUID(int=1), UUID(int=2))), start=1)
    ]
    state = State()
    for one in valid(told):
        state = after(state, one)
    assert state == state_on(told, TODAY)
    assert replace(state, posts=()) == state

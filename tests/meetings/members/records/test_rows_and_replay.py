"""Whatever happened, the row of a member is what the replay of the events says, on any day."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from meetings import clock
from meetings.members.life.kinds import KINDS
from meetings.members.life.replay import Happening, lived, refusal, state_on
from meetings.members.records import services
from meetings.members.records.services import Draft
from meetings.models import EventKind

CELLS = [UUID(int=number) for number in range(1, 4)]
WHO = SimpleNamespace(id=UUID(int=9))
FIRST = date(1990, 1, 1)
VALUES = {"full_name": ["Lò Thị Ánh", "Lò Thị Anh"], "badge": ["30", "40"], "post": ["Bí thư"]}

steps = st.lists(
    st.tuples(
        st.sampled_from(sorted(EventKind)),
        st.integers(0, 12_000),
        st.sampled_from(CELLS),
        st.integers(0, 1),
    ),
    max_size=25,
)


def draft(kind: EventKind, days: int, cell: UUID, which: int) -> Draft:
    shape = KINDS[kind]
    facts = {
        name: VALUES.get(name, [f"{name} {days}"])[which % len(VALUES.get(name, [""]))]
        for name in shape.fields[:3]
    }
    body = cell if shape.places else None
    return Draft(kind, FIRST + timedelta(days=days), body, "1-QĐ", facts)


def happenings(drafts: list[Draft]) -> list[Happening]:
    return [
        Happening(number, one.kind, one.on, one.body, services.open_facts(one))
        for number, one in enumerate(drafts, start=1)
    ]


def possible(chosen: list[tuple[EventKind, int, UUID, int]]) -> list[Draft]:
    """Return the events, in the order of recording, of which none contradicts the others."""
    kept = [draft(EventKind.REGISTERED, 0, CELLS[0], 0)]
    for one in chosen:
        more = [*kept, draft(*one)]
        if refusal(happenings(more)) is None:
            kept = more
    return kept


@settings(max_examples=150, deadline=None)
@given(steps)
def test_the_row_of_a_member_is_the_state_of_today(chosen):
    life = possible(chosen)
    row = services.made(bytes(32), life, by=WHO).member
    state = state_on(happenings(life), clock.today())
    assert (row["body_id"], row["present"]) == (state.keeper, state.counts)
    assert (row["standing"], row["badges"]) == (state.standing, list(state.badges))
    assert (row["admitted_on"], row["official_on"]) == (state.admitted_on, state.official_on)
    assert row["counted_from"] == state.counted_from
    assert row["full_name"] == state.facts.get("full_name", "")
    assert row["facts"]["post"] == "; ".join(state.posts)


@settings(max_examples=150, deadline=None)
@given(steps, st.integers(0, 12_000))
def test_the_state_of_a_day_knows_nothing_of_later_events(chosen, days):
    life, day = happenings(possible(chosen)), FIRST + timedelta(days=days)
    until = [one for one in life if one.on <= day]
    assert state_on(life, day) == state_on(until, date.max)
    assert lived(life, day) == state_on(life, day)

"""Two keepers who record for one member at once: both events are kept, one after the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from meetings.members.records import queries, services
from meetings.members.records.services import Draft, Impossible
from meetings.models import EventKind, Member
from tests.meetings.members.conftest import admitted, official

AT_ONCE = 4


@pytest.fixture
def at_once(session, installation, commune, enter):
    """Return what lets several keepers record for one member in the same moment."""
    member = enter(admitted()).id
    session.commit()

    def run(*drafts: Draft) -> list[str]:
        together = Barrier(len(drafts))

        def one(draft: Draft) -> str:
            together.wait()
            try:
                installation.database.write(
                    lambda writing: services.record(
                        writing,
                        commune.key,
                        writing.get_one(Member, member),
                        draft,
                        by=commune.keeper,
                    )
                )
            except Impossible:
                return "refused"
            return "kept"

        with ThreadPoolExecutor(len(drafts)) as keepers:
            return sorted(keepers.map(one, drafts))

    def numbers() -> list[int]:
        with installation.database.reading() as reading:
            events = queries.events_of(reading, reading.get_one(Member, member))
            return [event.number for event in events]

    return run, numbers


def test_each_event_has_a_number_of_its_own(at_once):
    run, numbers = at_once
    rated = [
        Draft(EventKind.COMMENDED, date(2000 + year, 1, 6), facts={"summary": f"Lần {year}"})
        for year in range(AT_ONCE)
    ]
    assert run(*rated) == ["kept"] * AT_ONCE
    assert numbers() == list(range(1, AT_ONCE + 3))


def test_what_can_happen_once_is_recorded_once(at_once):
    run, numbers = at_once
    assert run(official(), official()) == ["kept", "refused"]
    assert numbers() == [1, 2, 3]


def test_who_died_is_entered_as_dead_once(at_once):
    run, numbers = at_once
    died = Draft(EventKind.DIED, date(2021, 1, 1))
    assert run(died, died, died) == ["kept", "refused", "refused"]
    assert numbers() == [1, 2, 3]

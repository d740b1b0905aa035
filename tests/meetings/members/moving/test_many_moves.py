"""Many who move at once move as each of them would alone."""

from datetime import date

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.members.life.replay import state_on
from meetings.members.moving import services
from meetings.members.records import queries as records_of
from meetings.members.records import services as records
from meetings.members.records.services import Draft
from meetings.models import EventKind, Member, Standing
from tests import factories
from tests.meetings.members.conftest import admitted, official

DAY, DECISION = date(2026, 7, 1), "99-NQ/TU"
COLUMNS = ("present", "standing", "full_name", "admitted_on", "official_on", "badges", "facts")
LIVES = {
    "full": (admitted(), official()),
    "new": (admitted(),),
    "with a post": (
        admitted(),
        official(),
        Draft(EventKind.POST_GIVEN, date(2024, 1, 5), decision="1", facts={"post": "Bí thư"}),
    ),
    "with a badge": (
        admitted(),
        official(),
        Draft(EventKind.BADGE_AWARDED, date(2024, 2, 3), decision="1", facts={"badge": "30"}),
    ),
    "exempt": (admitted(), official(), Draft(EventKind.EXEMPTED, date(2024, 5, 5), decision="1")),
    "applicant": (),
}


@pytest.fixture
def there(session, commune):
    return factories.body(session, commune.commune, name="Chi bộ bản Huổi Lóng")


@pytest.fixture
def move(session, commune, there):
    def go(on: date = DAY):
        at = clock.now()
        went = services.move(
            session,
            {commune.cell.id: there.id},
            on=on,
            decision=DECISION,
            at=at,
            by=commune.keeper,
        )
        session.expire_all()
        return at, went

    return go


@pytest.mark.parametrize("name", list(LIVES))
def test_a_row_is_the_same_as_by_an_event_of_its_own(session, commune, enter, there, move, name):
    one, other = (enter(*LIVES[name]) for _ in range(2))
    session.commit()
    alone = Draft(EventKind.MOVED, DAY, there.id, DECISION)
    records.record(session, commune.key, one, alone, by=commune.keeper)
    move()
    told = [
        [getattr(member, column) for column in COLUMNS] + [member.body_id]
        for member in (one, other)
    ]
    assert told[0] == told[1]
    lives = [records_of.events_of(session, member)[-1] for member in (one, other)]
    for column in ("kind", "number", "happened_on", "decision", "body_id", "facts", "recorded_by"):
        assert getattr(lives[0], column) == getattr(lives[1], column)
    state = state_on(records_of.happenings(records_of.events_of(session, other)), DAY)
    assert (state.body, state.standing) == (there.id, other.standing)


@pytest.mark.parametrize(
    "end",
    [
        Draft(EventKind.DIED, date(2025, 1, 1)),
        Draft(EventKind.LEFT, date(2025, 1, 1), decision="1"),
        Draft(
            EventKind.TRANSFERRED_OUT, date(2025, 1, 1), decision="1", facts={"elsewhere": "Hà Nội"}
        ),
    ],
    ids=lambda draft: draft.kind.value,
)
def test_who_is_no_longer_there_stays_with_the_dossier(session, commune, enter, there, move, end):
    gone, here = enter(admitted(), official(), end), enter(admitted())
    _at, went = move()
    assert dict(went) == {commune.cell.id: [here.id]}
    assert (gone.body_id, here.body_id) == (commune.cell.id, there.id)
    assert len(records_of.events_of(session, gone)) == 4


def test_nobody_moves_from_an_empty_body(session, commune, enter, move):
    elsewhere = enter(admitted(), cell=commune.other_cell)
    _at, went = move()
    assert dict(went) == {}
    assert elsewhere.body_id == commune.other_cell.id
    assert services.counted(session, [commune.cell.id]) == {}


def test_who_moved_is_counted_before_and_comes_back_after(session, commune, enter, there, move):
    members = [enter(*life) for life in LIVES.values()]
    enter(admitted(), Draft(EventKind.DIED, date(2025, 1, 1)))
    enter(admitted(), cell=commune.other_cell)
    asked = [commune.cell.id, commune.other_cell.id]
    counted = services.counted(session, asked)
    assert counted == {commune.cell.id: len(LIVES), commune.other_cell.id: 1}
    at, went = move()
    touched = members[0]
    draft = Draft(EventKind.COMMENDED, DAY, decision="3-QĐ/ĐU", facts={"award": "Giấy khen"})
    records.record(session, commune.key, touched, draft, by=commune.keeper)
    back = services.move_back(session, went, on=DAY, decision="Hủy", moved_at=at, by=commune.keeper)
    session.expire_all()
    assert back == len(LIVES) - 1
    assert touched.body_id == there.id
    for member in members[1:]:
        assert member.body_id == commune.cell.id
        life = records_of.happenings(records_of.events_of(session, member))
        state = state_on(life, clock.today())
        assert (state.keeper, state.counts) == (member.body_id, member.present)


def test_an_applicant_moves_and_is_admitted_there(session, commune, enter, there):
    applicant = enter()
    assert applicant.standing is Standing.APPLICANT
    moved = Draft(EventKind.MOVED, DAY, there.id, "1")
    records.record(session, commune.key, applicant, moved, by=commune.keeper)
    records.record(session, commune.key, applicant, admitted(date(2026, 8, 1)), by=commune.keeper)
    assert (applicant.body_id, applicant.present) == (there.id, True)
    assert session.scalars(select(Member).where(Member.body_id == there.id)).all() == [applicant]

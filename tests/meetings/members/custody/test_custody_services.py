from datetime import date, timedelta

import pytest

from meetings import clock
from meetings.members.custody import queries, services
from meetings.members.custody.queries import Way
from meetings.members.custody.services import Closed, Ended, Nowhere, SameBody
from meetings.members.life.replay import state_on
from meetings.members.records import queries as records_of
from meetings.members.records import services as records
from meetings.members.records.services import Draft, Sealed
from meetings.models import EventKind, Outcome
from tests import factories
from tests.meetings.members.conftest import admitted

RATED = Draft(
    EventKind.COMMENDED, date(2022, 1, 6), decision="3-QĐ/ĐU", facts={"award": "Giấy khen"}
)


def record(journey, commune) -> None:
    records.record(journey.session, commune.key, journey.member, RATED, by=commune.keeper)


def test_a_received_dossier_takes_the_member_along(session, commune, journey):
    custody = journey.sent()
    services.receive(session, commune.key, custody, by=journey.receiver)
    member = journey.member
    assert (member.body_id, member.present) == (journey.there.id, True)
    assert custody.outcome is Outcome.RECEIVED
    assert custody.closed_by == journey.receiver.id
    events = records_of.events_of(session, member)
    moved = events[-1]
    assert (moved.kind, moved.decision) == (EventKind.MOVED, "DVC-118")
    state = state_on(records_of.happenings(events), clock.today())
    assert (state.body, state.facts["full_name"]) == (member.body_id, member.full_name)
    assert not records_of.is_sealed(session, member)


@pytest.mark.parametrize("sent", [False, True])
def test_while_it_is_sealed_nothing_is_recorded(session, commune, journey, sent):
    custody = journey.sent() if sent else journey.sealed()
    first = records_of.events_of(session, journey.member)[0]
    for corrects in (None, first):
        with pytest.raises(Sealed):
            records.record(
                session, commune.key, journey.member, RATED, by=commune.keeper, corrects=corrects
            )
    assert len(records_of.events_of(session, journey.member)) == 3
    services.withdraw(session, custody, by=commune.keeper)
    record(journey, commune)
    assert len(records_of.events_of(session, journey.member)) == 4


def test_a_refused_dossier_stays_where_it_was(session, commune, journey):
    before = journey.member.body_id
    custody = journey.sent()
    services.refuse(session, custody, "Thiếu phiếu đảng viên", by=journey.receiver)
    assert (custody.outcome, custody.reason) == (Outcome.REFUSED, "Thiếu phiếu đảng viên")
    assert journey.member.body_id == before
    record(journey, commune)
    assert journey.sealed().outcome is None


def test_a_dossier_goes_one_way_at_a_time_and_never_nowhere(session, commune, journey, enter):
    journey.sealed()
    with pytest.raises(Sealed):
        journey.sealed(commune.other_cell)
    other = enter(admitted())
    gone = enter(admitted(), Draft(EventKind.DIED, date(2021, 1, 1)))
    journey.there.closed_on = clock.today() - timedelta(days=1)
    way = {"reference": "DVC-119", "papers": ["Lý lịch"], "by": commune.keeper}
    with pytest.raises(Nowhere):
        services.start(session, gone, commune.other_cell, **way)
    with pytest.raises(Nowhere):  # an applicant belongs to the Party not yet
        services.start(session, enter(), commune.other_cell, **way)
    with pytest.raises(SameBody):
        services.start(session, other, commune.cell, **way)
    with pytest.raises(Closed):
        services.start(session, other, journey.there, **way)


def test_a_body_that_closed_meanwhile_receives_nothing(session, commune, journey):
    custody = journey.sent()
    journey.there.closed_on = clock.today() - timedelta(days=1)
    session.flush()
    with pytest.raises(Closed):
        services.receive(session, commune.key, custody, by=journey.receiver)
    assert custody.closed_at is None


def test_a_way_ends_once(session, commune, journey):
    custody = journey.sent()
    with pytest.raises(Ended):
        services.send(session, custody)
    services.withdraw(session, custody, by=commune.keeper)
    with pytest.raises(Ended):
        services.receive(session, commune.key, custody, by=journey.receiver)
    with pytest.raises(Ended):
        services.refuse(session, custody, "Muộn", by=journey.receiver)
    assert custody.outcome is Outcome.WITHDRAWN


def test_late_is_what_was_sent_and_not_received_in_time(session, commune, journey):
    fresh = journey.sent()
    fresh.sent_at = clock.now() - timedelta(days=31)
    foreign = factories.member(session, factories.body(session))
    factories.custody(session, foreign, factories.body(session), commune.keeper)
    session.flush()
    by = commune.keeper
    assert queries.listed(session, Way.LATE, 30, by=by) == [fresh]
    assert queries.listed(session, Way.LATE, 40, by=by) == []
    assert queries.is_late(fresh, 30)
    services.refuse(session, fresh, "Thiếu giấy", by=journey.receiver)
    assert queries.listed(session, Way.LATE, 30, by=by) == []
    assert queries.listed(session, Way.OPEN, 30, by=by) == []
    assert queries.listed(session, Way.CLOSED, 30, by=by) == [fresh]
    assert not queries.is_late(fresh, 30)


def test_places_are_found_without_accents_and_told_apart(session, commune, journey):
    found = queries.places(session, "nam so", by=commune.keeper)
    assert found == {str(journey.there.id): "Chi bộ bản Nậm Sơ (Đảng bộ xã Mường Khoa)"}
    assert queries.places(session, "", by=commune.keeper) == {}
    assert queries.places(session, "nam so xyz", by=commune.keeper) == {}


def test_the_inventory_begins_with_what_was_decided(session, journey):
    names = {EventKind.ADMITTED: "Kết nạp", EventKind.MADE_OFFICIAL: "Chính thức"}
    assert queries.inventory(session, journey.member, names) == [
        "Kết nạp: 12-QĐ/HU, 19/05/1990",
        "Chính thức: 15-QĐ/HU, 19/05/1991",
    ]

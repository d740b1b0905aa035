from datetime import timedelta

import pytest
from sqlalchemy import func, select

from meetings import clock
from meetings.members.life.replay import state_on
from meetings.members.records import queries as records_of
from meetings.members.records import services as records
from meetings.members.records.services import Draft
from meetings.members.reform import queries, services
from meetings.members.reform.queries import Choice, Way
from meetings.members.reform.services import Blocked, Ended
from meetings.models import Dissolution, EventKind, Member, MemberEvent
from meetings.organisation.queries import tree
from tests import factories

ROW = ("body_id", "present", "standing", "full_name", "admitted_on", "official_on", "card_number")


def merged(district) -> dict:
    return {district.cells[0]: Choice(Way.INTO, district.second.id)}


def bodies(session, district) -> dict[str, object]:
    session.expire_all()
    return {name: member.body_id for name, member in district.members.items()}


def agrees(session, member: Member) -> None:
    """Hold the row of a member against the replay of the events."""
    session.refresh(member)
    life = records_of.happenings(records_of.events_of(session, member))
    state = state_on(life, clock.today())
    assert (member.body_id, member.present) == (state.keeper, state.counts)
    assert (member.standing, member.admitted_on) == (state.standing, state.admitted_on)


def test_the_plan_counts_who_moves_and_changes_nothing(session, district):
    before = bodies(session, district)
    plan = district.plan(merged(district))
    told = {step.body.name: (step.closes, step.choice.to, step.members) for step in plan.steps}
    assert told == {
        "Huyện ủy Mường Khoa": (True, district.first.id, 1),
        "Chi bộ Nậm Sơ": (True, district.second.id, 3),
        "Tổ đảng Nậm Sơ": (False, district.second.id, 0),
        "Chi bộ Pá Ma": (False, district.first.id, 0),
        "Chi bộ Tà Hốc": (False, district.first.id, 0),
    }
    assert plan.members == 4
    assert (plan.later, plan.underway, plan.twins) == (0, 0, [])
    assert bodies(session, district) == before
    assert session.scalars(select(Dissolution)).all() == []


def test_bodies_and_members_go_where_they_were_sent(session, district):
    before = bodies(session, district)
    done = district.dissolve(district.plan(merged(district)))
    after = bodies(session, district)
    assert after == before | {
        "in a cell": district.second.id,
        "new in a cell": district.second.id,
        "applicant": district.second.id,
        "of the district": district.first.id,
    }
    for member in district.members.values():
        agrees(session, member)
    yesterday = clock.today() - timedelta(days=1)
    assert (district.body.closed_on, district.cells[0].closed_on) == (yesterday, yesterday)
    assert district.cells[1].closed_on is None
    assert [cell.parent_id for cell in district.cells[1:]] == [district.first.id] * 2
    assert district.lower.parent_id == district.second.id
    assert district.post.until == yesterday
    moved = records_of.events_of(session, district.members["in a cell"])[-1]
    assert (moved.kind, moved.decision) == (EventKind.MOVED, "99-NQ/TU")
    ledger = {step.body.name: len(step.moved) for step in queries.steps_of(session, done)}
    assert ledger["Chi bộ Nậm Sơ"] == 3
    assert sum(ledger.values()) == 4


def test_until_it_is_confirmed_all_can_be_put_back(session, district):
    before, until = bodies(session, district), clock.today() + timedelta(days=90)
    district.post.until = until
    parents = {cell.id: cell.parent_id for cell in (*district.cells, district.lower)}
    done = district.dissolve(district.plan(merged(district)))
    count = services.undo(session, done, decision="Hủy", by=district.administrator)
    assert count == 4
    assert bodies(session, district) == before
    for member in district.members.values():
        agrees(session, member)
    assert (district.body.closed_on, district.cells[0].closed_on) == (None, None)
    assert {cell.id: cell.parent_id for cell in (*district.cells, district.lower)} == parents
    assert district.post.until == until
    life = records_of.events_of(session, district.members["in a cell"])
    assert [event.kind for event in life[-2:]] == [EventKind.MOVED] * 2, "nothing is taken away"
    with pytest.raises(Ended):
        services.undo(session, done, decision="Hủy", by=district.administrator)


def test_what_changed_since_stays_as_it_is(session, commune, district):
    done = district.dissolve(district.plan(merged(district)))
    died = Draft(EventKind.DIED, clock.today())
    gone, moved = district.members["in a cell"], district.cells[1]
    records.record(session, commune.key, gone, died, by=commune.keeper)
    moved.parent_id = district.second.id
    session.flush()
    assert services.undo(session, done, decision="Hủy", by=district.administrator) == 3
    agrees(session, gone)
    assert gone.body_id == district.second.id
    assert moved.parent_id == district.second.id


def test_what_is_confirmed_stays(session, district):
    done = district.dissolve(district.plan())
    services.confirm(session, done)
    for end in (
        lambda: services.undo(session, done, decision="Hủy", by=district.administrator),
        lambda: services.confirm(session, done),
    ):
        with pytest.raises(Ended):
            end()
    assert district.body.closed_on is not None


def test_a_later_event_or_a_dossier_on_its_way_stands_against_it(session, district):
    member = district.members["in a cell"]
    day = clock.today() - timedelta(days=400)
    factories.member_event(
        session, member, district.administrator, number=9, happened_on=clock.today()
    )
    late = district.plan(merged(district), day)
    assert (late.later, late.underway) == (1, 0)
    way = factories.custody(session, member, district.first, district.administrator)
    sent = district.plan(merged(district))
    assert (sent.later, sent.underway) == (0, 1)
    events = session.scalar(select(func.count()).select_from(MemberEvent))
    for plan in (late, sent):
        with pytest.raises(Blocked):
            district.dissolve(plan)
    assert session.scalar(select(func.count()).select_from(MemberEvent)) == events
    assert district.body.closed_on is None
    way.closed_at = clock.now()
    session.flush()
    assert district.plan(merged(district)).underway == 0


def test_names_that_would_lie_beside_each_other_are_told(session, district):
    factories.body(session, district.first, name="Chi bộ Tà Hốc")
    factories.body(session, district.second, name="Chi bộ Pá Ma")
    assert district.plan().twins == ["Chi bộ Tà Hốc"]


def test_who_takes_over_lies_outside_and_is_open(session, district):
    today, by = clock.today(), district.administrator
    district.second.closed_on = today - timedelta(days=1)
    session.flush()
    wanted = [district.cells[0].id, district.body.id, district.first.id, district.second.id]
    chosen = queries.chosen(session, district.body, wanted, today, by=by)
    assert list(chosen) == [district.first.id]
    for words, found in (("chieng lan", [district.first.id]), ("bo sai", []), ("nam so", [])):
        named = queries.successors(session, district.body, words, today, by=by)
        assert list(named) == found, words


def test_the_tree_of_a_day_before_is_the_one_of_that_day(session, district):
    def under(day) -> set[str]:
        roots = tree(session, by=district.administrator, on=day)
        return {
            f"{branch.body.name} > {lower.body.name}" for branch in roots for lower in branch.below
        }

    yesterday = clock.today() - timedelta(days=1)
    before = under(yesterday)
    done = district.dissolve(district.plan())
    session.expire_all()
    assert "Huyện ủy Mường Khoa > Chi bộ Tà Hốc" in before
    assert under(yesterday) == before
    assert "Đảng bộ xã Chiềng Lạn > Chi bộ Tà Hốc" in under(clock.today())
    services.undo(session, done, decision="Hủy", by=district.administrator)
    session.expire_all()
    assert under(clock.today()) == before

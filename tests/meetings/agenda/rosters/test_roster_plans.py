"""What a table of participants would change, row by row; and all of it or nothing."""

import pytest
from sqlalchemy import select

from meetings.agenda.participants.queries import items_of_parts
from meetings.agenda.participants.services import change_part
from meetings.agenda.queries import participants_of
from meetings.agenda.rosters import queries
from meetings.agenda.rosters.queries import ROLES, plan_of
from meetings.agenda.rosters.services import Wish, take_in
from meetings.intake.tables import text_of
from meetings.models import AccessLevel, AuditEntry, ParticipantRole, Widening
from meetings.organisation.rosters.queries import Change, ChangedMeanwhileError
from tests import factories

HEAD = ["STT", "Đơn vị", "Họ và tên", "Vai trò dự họp", "Mục được dự", "Chức vụ"]
VOTING, INVITED = ParticipantRole.VOTING_DELEGATE, ParticipantRole.INVITED_DELEGATE


@pytest.fixture
def mai(session, world):
    person = factories.person(session, full_name="Lò Thị Mai")
    factories.post(session, person, world.commune, title="Bí thư")
    session.commit()
    return person


@pytest.fixture
def planned(session, world):
    """Return a maker of plans from rows below the usual headings."""

    def plan(*rows, head=HEAD, otherwise=VOTING, **choices):
        text = text_of([head, *rows])
        chosen = {int(row.removeprefix("row")): str(who) for row, who in choices.items()}
        made = plan_of(session, world.meeting, text, chosen, by=world.clerk, otherwise=otherwise)
        return made, Wish(text, chosen, otherwise, made.mark)

    return plan


def row(name, role="", items="", body="Đảng ủy xã Suối Ngân", post=""):
    return ["1", body, name, role, items, post]


def roles_in(session, meeting):
    return {part.person_id: part.role for part in participants_of(session, meeting)}


def test_who_is_known_by_name_and_unit_is_added_and_the_audit_says_how_many(
    session, world, mai, planned
):
    plan, wish = planned(row("Lò Thị Mai", "Đại biểu mời", "1"))
    assert [line.change for line in plan.lines] == [Change.ADDED]
    take_in(session, world.meeting, wish, by=world.clerk)
    assert roles_in(session, world.meeting)[mai.id] is INVITED
    [part] = [one for one in participants_of(session, world.meeting) if one.person_id == mai.id]
    assert items_of_parts(session, [part]) == {part.id: {world.item.id}}
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry.action == "meeting:prepare"
    assert entry.detail["rows"]["added"] == 1


def test_who_takes_part_is_changed_or_the_same_and_what_is_not_said_stays(session, world, planned):
    one, other = world.delegate.person.full_name, world.other_delegate.person.full_name
    plan, wish = planned(row(one, "Chủ trì", body=""), row(other, body=""))
    assert [line.change for line in plan.lines] == [Change.CHANGED, Change.SAME]
    taken = take_in(session, world.meeting, wish, by=world.clerk)
    assert (taken.added, taken.changed) == ([], [one])
    assert roles_in(session, world.meeting) == {
        world.delegate.person_id: ParticipantRole.CHAIR,
        world.other_delegate.person_id: VOTING,
    }


def test_without_a_column_of_items_those_that_somebody_has_stay(session, world, planned):
    [part, *_others] = participants_of(session, world.meeting)
    change_part(session, part, VOTING, by=world.clerk, items={world.item.id})
    name = part.person.full_name
    plan, _wish = planned([name], head=["Họ tên"])
    assert plan.lines[0].change is Change.SAME
    plan, _wish = planned([name, ""], head=["Họ tên", "Mục được dự"])
    assert plan.lines[0].change is Change.CHANGED
    assert plan.lines[0].items is None


def test_a_role_that_the_table_does_not_name_is_the_one_that_was_chosen(mai, planned):
    plan, _wish = planned(row("Lò Thị Mai"), otherwise=INVITED)
    assert plan.lines[0].role is INVITED


@pytest.mark.parametrize(
    ("wrong", "problems"),
    [
        (row("", "Đại biểu mời"), (("name", "missing"),)),
        (row("Lò Thị Mai", "Vua"), (("role", "unknown"),)),
        (row("Lò Thị Mai", "", "9"), (("items", "unknown"),)),
        (row("Lò Thị Mai", "", "1, 9"), (("items", "unknown"),)),
        (row("Lò Thị Mai", "Vua", ","), (("role", "unknown"), ("items", "unknown"))),
    ],
)
def test_a_wrong_row_names_its_fields_and_keeps_the_whole_table_out(
    session, world, mai, planned, wrong, problems
):
    known = row(world.delegate.person.full_name, "Chủ trì", body="")
    plan, wish = planned(known, wrong)
    assert plan.lines[1].problems == problems
    assert plan.unsettled == [plan.lines[1]]
    before = roles_in(session, world.meeting)
    with pytest.raises(ChangedMeanwhileError):
        take_in(session, world.meeting, wish, by=world.clerk)
    assert roles_in(session, world.meeting) == before


def test_nobody_stands_in_two_rows_unless_one_is_left_out(mai, planned):
    rows = (row("Lò Thị Mai"), row("lò thị mai", "Đại biểu mời", body=""))
    plan, _wish = planned(*rows)
    assert [line.change for line in plan.lines] == [Change.ADDED, Change.WRONG]
    assert plan.lines[1].problems == (("name", "2"),)
    plan, _wish = planned(*rows, row3="skip")
    assert [line.change for line in plan.lines] == [Change.ADDED, Change.SKIPPED]
    assert plan.is_ready


def test_who_is_not_found_or_one_of_two_waits_for_a_choice(session, world, mai, planned):
    twin = factories.person(session, full_name="Lò Thị Mai")
    session.commit()
    rows = (row("Lò Thị Mai", body=""), row("Giàng A Páo"))
    plan, _wish = planned(*rows)
    assert [line.change for line in plan.lines] == [Change.OPEN, Change.OPEN]
    plan, wish = planned(*rows, row2=twin.id, row3="skip")
    take_in(session, world.meeting, wish, by=world.clerk)
    assert twin.id in roles_in(session, world.meeting)
    assert mai.id not in roles_in(session, world.meeting)


def test_somebody_who_was_not_offered_is_not_taken(world, mai, planned):
    plan, _wish = planned(row("Giàng A Páo"), row2=world.outsider.person_id)
    assert plan.lines[0].change is Change.OPEN


def test_what_another_clerk_changed_since_is_looked_at_again(session, world, mai, planned):
    rows = (row(world.delegate.person.full_name, "Chủ trì", body=""), row("Lò Thị Mai"))
    _plan, wish = planned(*rows)
    factories.participant(session, world.meeting, mai, role=INVITED)
    with pytest.raises(ChangedMeanwhileError):
        take_in(session, world.meeting, wish, by=world.clerk)
    assert roles_in(session, world.meeting)[world.delegate.person_id] is VOTING
    _plan, wish = planned(*rows)
    take_in(session, world.meeting, wish, by=world.clerk)
    assert roles_in(session, world.meeting)[mai.id] is INVITED


def test_a_choice_alone_needs_no_second_look_but_another_table_does(session, world, mai, planned):
    _plan, seen = planned(row("Lò Thị Mai"), row("Giàng A Páo"))
    _plan, chosen = planned(row("Lò Thị Mai"), row("Giàng A Páo"), row3="skip")
    assert chosen.seen == seen.seen
    _plan, other = planned(row("Lò Thị Mai"))
    assert other.seen != seen.seen


def test_restricted_papers_make_those_of_a_table_wait(session, world, mai, planned):
    restricted = factories.document(session, world.office, access_level=AccessLevel.RESTRICTED)
    factories.paper(session, world.item, restricted)
    session.commit()
    _plan, wish = planned(row("Lò Thị Mai"))
    taken = take_in(session, world.meeting, wish, by=world.clerk)
    assert (taken.added, taken.waiting) == ([], [mai])
    assert mai.id not in roles_in(session, world.meeting)
    assert len(session.scalars(select(Widening)).all()) == 1


def test_a_table_without_names_has_no_rows(planned):
    plan, _wish = planned(["Bí thư"], head=["Chức vụ"])
    assert (plan.lines, plan.is_ready) == ((), False)


def test_those_who_take_part_are_told_as_a_table_and_come_back_the_same(
    session, world, mai, planned
):
    factories.participant(session, world.meeting, mai, role=INVITED)
    present = queries.present(session, world.meeting, by=world.clerk)
    assert {one.name: (one.post, one.body) for one in present}["Lò Thị Mai"] == (
        "Bí thư",
        world.commune.name,
    )
    names = {role: spelling for spelling, role in ROLES.items()}
    plan, _wish = planned(
        *(row(one.name, names[one.role], "", one.body, one.post) for one in present)
    )
    assert {line.change for line in plan.lines} == {Change.SAME}

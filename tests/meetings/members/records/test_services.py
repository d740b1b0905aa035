from datetime import date

import pytest
from sqlalchemy import select

from meetings.members.life.replay import Wrong, state_on
from meetings.members.records import queries, services
from meetings.members.records.services import Draft, Impossible
from meetings.models import EventKind, Member, MemberEvent, Standing
from storage import WrongKey
from tests.meetings.members.conftest import admitted, official

FAITH, STORY = "Tin lành", "Từng đi làm ăn xa"


def test_the_row_of_a_member_is_what_the_events_say(session, commune, enter):
    card = Draft(EventKind.CARD_ISSUED, date(2004, 2, 3), facts={"card_number": "81004217"})
    member = enter(admitted(), official(), card, home_village="Mường Lay")
    assert (member.body_id, member.present) == (commune.cell.id, True)
    assert (member.standing, member.admitted_on) == (Standing.FULL, date(1990, 5, 19))
    assert member.official_on == date(1991, 5, 19)
    assert member.card_number == "81004217"
    assert "lo thi anh" in member.words
    assert "81004217" in member.words
    state = state_on(queries.happenings(queries.events_of(session, member)), date(2026, 1, 1))
    assert state.facts["home_village"] == member.facts["home_village"] == "Mường Lay"


def test_sensitive_facts_are_nowhere_in_the_database_but_encrypted(session, commune, enter):
    penalty = {"penalty": "warning", "reason": "Vi phạm quy định"}
    member = enter(admitted(), religion=FAITH, history=STORY)
    services.record(
        session,
        commune.key,
        member,
        Draft(EventKind.DISCIPLINED, date(2021, 5, 5), decision="7-QĐ/UBKT", facts=penalty),
        by=commune.keeper,
    )
    rows = [
        *session.execute(select(Member.__table__)),
        *session.execute(select(MemberEvent.__table__)),
    ]
    kept = repr(rows)
    assert not [text for text in (FAITH, STORY, "warning", "Vi phạm") if text in kept]
    events = queries.events_of(session, member)
    opened = [queries.facts_of(commune.key, event) for event in events]
    assert opened[0]["religion"] == FAITH
    assert opened[2] == penalty
    with pytest.raises(WrongKey):
        queries.facts_of(bytes(32), events[0])


def test_what_is_sealed_for_one_event_opens_for_no_other(session, commune, enter):
    one, other = (queries.events_of(session, enter(religion=FAITH))[0] for _ in range(2))
    other.sealed = one.sealed
    with pytest.raises(WrongKey):
        queries.facts_of(commune.key, other)


def test_what_cannot_have_happened_changes_nothing(session, commune, enter):
    member = enter(admitted())
    draft = Draft(EventKind.EXEMPTED, date(2021, 1, 1), decision="3-NQ/CB")
    with pytest.raises(Impossible) as refused:
        services.record(session, commune.key, member, draft, by=commune.keeper)
    assert refused.value.refused.wrong is Wrong.STANDING
    session.flush()
    assert len(queries.events_of(session, member)) == 2
    assert member.standing is Standing.PROBATIONARY


def test_a_member_who_leaves_stays_with_the_dossier_but_counts_no_more(session, commune, enter):
    member = enter(admitted(), official())
    move = Draft(EventKind.MOVED, date(2022, 1, 1), commune.other_cell.id, "5-TB/ĐU")
    services.record(session, commune.key, member, move, by=commune.keeper)
    assert (member.body_id, member.present) == (commune.other_cell.id, True)
    away = Draft(EventKind.TRANSFERRED_OUT, date(2023, 1, 1), None, "9", {"elsewhere": "Hà Nội"})
    services.record(session, commune.key, member, away, by=commune.keeper)
    assert (member.body_id, member.present) == (commune.other_cell.id, False)


def test_a_correction_is_a_version_and_the_one_before_stays(session, commune, enter):
    member = enter(admitted())
    first = queries.events_of(session, member)[0]
    better = {"full_name": "Lò Thị Anh", "birth_date": "1966"}
    draft = Draft(EventKind.REGISTERED, first.happened_on, commune.cell.id, "8-CV/ĐU", better)
    once = services.record(session, commune.key, member, draft, by=commune.keeper, corrects=first)
    again = services.record(session, commune.key, member, draft, by=commune.keeper, corrects=once)
    assert once.corrects_id == again.corrects_id == first.id
    assert first.facts["full_name"] == "Lò Thị Ánh"
    assert member.full_name == "Lò Thị Anh"
    record = queries.record_of(session, member, date(2026, 1, 1), by=commune.keeper)
    line = record.lines[-1] if record.lines[-1].before else record.lines[0]
    assert [one.number for one in line.before] == [3, 1]
    assert line.event.number == 4


def test_a_member_needs_a_body(session, commune):
    with pytest.raises(ValueError, match="body"):
        services.enter(session, commune.key, [admitted()], by=commune.keeper)


def test_cards_and_namesakes_are_told_among_the_members_one_may_see(session, commune, enter):
    card = Draft(EventKind.CARD_ISSUED, date(2004, 2, 3), facts={"card_number": "81004217"})
    member = enter(admitted(), card)
    other = enter(birth_date="1970")
    gone = enter(admitted(), card, Draft(EventKind.DIED, date(2020, 2, 2)))
    by = commune.keeper
    assert queries.same_card(session, "81004217", by=by) == [member]
    assert queries.same_card(session, "81004217", by=by, but=member) == []
    assert queries.same_card(session, "", by=by) == ()
    found = queries.namesakes(session, "Lò Thị Ánh", "1966-11-25", by=by)
    assert {one.id for one in found} == {member.id, gone.id}
    assert other not in found
    assert queries.namesakes(session, "Lò Thị Ánh", "1966-11-25", by=commune.secretary) != []


def test_masked_facts_have_no_value_before_a_key_is_given(session, commune, enter):
    member = enter(admitted(), religion=FAITH)
    masked = queries.record_of(session, member, date(2026, 1, 1), by=commune.keeper)
    shown = {one.name: one for group in masked.groups.values() for one in group}
    assert (shown["religion"].value, shown["religion"].sealed) == ("", True)
    assert shown["full_name"].value == "Lò Thị Ánh"
    opened = queries.record_of(
        session, member, date(2026, 1, 1), by=commune.keeper, key=commune.key
    )
    told = {one.name: one.value for group in opened.groups.values() for one in group}
    assert told["religion"] == FAITH
    assert "family" not in told
    before = queries.record_of(session, member, date(1980, 1, 1), by=commune.keeper)
    assert before.groups == {}
    assert before.lines == []

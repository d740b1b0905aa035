"""A tablet tries itself before the meeting, and the office sees which ones are ready."""

import json

import pytest

from meetings.models import TabletTrial
from meetings.reader.trial.queries import Part, State, trials_of
from meetings.reader.trial.services import Unreadable, found_in, note_trial
from meetings.reader.trial.views import SAMPLE_BYTES
from tests import factories

GOOD = {part.value: State.GOOD.value for part in Part}


def test_the_page_names_each_part_and_what_to_measure_with(sign_in, world):
    client, at = sign_in(world.delegate), f"/meetings/{world.meeting.id}"
    page = client.get(f"{at}/trial").text
    for part in Part:
        assert f'data-part="{part}"' in page
    assert f"{at}/trial/sample" in page
    assert f"{at}/trial" in client.get(at).text
    answer = client.get(f"{at}/trial/sample")
    assert len(answer.data) == SAMPLE_BYTES
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data != client.get(f"{at}/trial/sample").data


def test_the_office_sees_who_is_ready_and_what_is_not(installation, sign_in, world):
    at = f"/meetings/{world.meeting.id}"
    found = json.dumps(GOOD | {"speed": "bad", "store": "weak"})
    answer = sign_in(world.delegate).submit(f"{at}/trial", found=found)
    assert answer.status_code == 204
    page = sign_in(world.clerk).get(f"{at}/readiness").text
    assert world.delegate.person.full_name in page
    for words in ("Tốc độ mạng", "Chỗ trống để giữ tài liệu", "Chưa thử"):
        assert words in page
    assert "Đồng hồ" not in page
    with installation.database.reading() as session:
        told = {one.name: one for one in trials_of(session, world.meeting, by=world.clerk)}
    mine = told[world.delegate.person.full_name]
    assert mine.problems == [Part.STORE, Part.SPEED]
    assert told[world.other_delegate.person.full_name].tried_at is None
    assert not told[world.other_delegate.person.full_name].problems


def test_a_tablet_tried_again_has_one_line_and_another_tablet_its_own(session, world):
    for tablet, found in (("iPad", GOOD | {"clock": "weak"}), ("iPad", GOOD), ("Android", GOOD)):
        note_trial(session, world.meeting, found, tablet=tablet, by=world.delegate)
    rows = session.query(TabletTrial).order_by(TabletTrial.tablet).all()
    assert [(row.tablet, row.found) for row in rows] == [("Android", GOOD), ("iPad", GOOD)]


@pytest.mark.parametrize(
    "told",
    ["", "no", "[]", "null", "{}", json.dumps(GOOD | {"clock": "late"}), "[" * 3000],
)
def test_what_is_no_result_is_refused(installation, sign_in, world, told):
    answer = sign_in(world.delegate).submit(f"/meetings/{world.meeting.id}/trial", found=told)
    assert answer.status_code == 422
    with installation.database.reading() as session:
        assert not session.query(TabletTrial).count()


def test_more_than_is_asked_is_not_kept():
    assert found_in(json.dumps(GOOD | {"camera": "good"})) == GOOD
    with pytest.raises(Unreadable):
        found_in(json.dumps({"store": "good"}))


@pytest.mark.parametrize("way", ["", "/sample"])
def test_who_does_not_take_part_tries_nothing(sign_in, world, way):
    at = f"/meetings/{world.meeting.id}/trial{way}"
    assert sign_in(world.outsider).get(at).status_code == 404
    planned = f"/meetings/{world.planned_meeting.id}/trial{way}"
    assert sign_in(world.delegate).get(planned).status_code == 404


def test_the_name_of_a_tablet_is_kept_short(session, world):
    note_trial(session, world.meeting, GOOD, tablet="x" * 500, by=world.delegate)
    assert len(session.query(TabletTrial).one().tablet) == 80


def test_whose_account_is_closed_is_not_waited_for(session, world):
    closed = factories.user(session, active=False)
    factories.participant(session, world.meeting, closed.person)
    names = {one.name for one in trials_of(session, world.meeting, by=world.clerk)}
    assert closed.person.full_name not in names

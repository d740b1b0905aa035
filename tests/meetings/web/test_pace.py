"""Pace: nobody takes papers out or asks costly things faster than a person can read."""

import pytest

from meetings.policy import Permission
from meetings.web import pace
from meetings.web.pace import Pace


@pytest.fixture
def slow(monkeypatch):
    """Paces that a test can use up, and a clock that it moves."""
    monkeypatch.setattr(pace, "PACES", dict.fromkeys(pace.PACES, Pace(3, 60)))
    moment = [1000.0]
    monkeypatch.setattr(pace.time, "monotonic", lambda: moment[0])
    return moment


def statuses(client, address, times):
    return [client.get(address).status_code for _ in range(times)]


def test_who_searches_too_often_waits_and_goes_on(slow, sign_in, world):
    client = sign_in(world.delegate)
    assert statuses(client, "/archive", 4) == [200] * 3 + [429]
    answer = client.get("/archive")
    assert answer.headers["Retry-After"] == "61"
    assert "Quá nhiều yêu cầu" in answer.get_data(as_text=True)
    slow[0] += 60
    assert statuses(client, "/archive", 1) == [200]


def test_a_second_sign_in_of_the_same_person_brings_no_more(slow, sign_in, world):
    statuses(sign_in(world.delegate), "/archive", 3)
    assert statuses(sign_in(world.delegate), "/archive", 1) == [429]
    assert statuses(sign_in(world.other_delegate), "/archive", 1) == [200]


def test_too_much_feedback_is_not_kept(slow, installation, sign_in, world):
    client = sign_in(world.delegate)
    answers = [client.submit("/feedback", text="x").status_code for _ in range(4)]
    assert answers == [303] * 3 + [429]


def test_other_pages_have_no_pace(slow, sign_in, world):
    assert statuses(sign_in(world.delegate), "/meetings", 8) == [200] * 8


def test_whatever_carries_papers_out_has_a_pace():
    assert {
        Permission.ARCHIVE_SEARCH,
        Permission.DOCUMENT_DOWNLOAD,
        Permission.DOCUMENT_KEY,
        Permission.DOCUMENT_ORIGINAL,
        Permission.DOCUMENT_PRINT,
        Permission.MEETING_PACK,
        Permission.PAGE_READ,
        Permission.FEEDBACK_SEND,
    } <= set(pace.PACES)

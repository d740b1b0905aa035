"""Refusals: each leaves a line in the log that says how and where, never what was typed."""

import logging

import pytest

LOGGER = "meetings.web.refusals"


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.WARNING, LOGGER)
    return lambda: [r.getMessage() for r in caplog.records if r.name == LOGGER]


def test_refused_input_is_noted_with_its_person_and_without_its_text(lines, sign_in, world):
    client = sign_in(world.delegate)
    assert client.submit("/feedback", text="bí mật" * 1000).status_code == 422
    [line] = lines()
    assert line == f"refused='not valid' at=help.feedback user={world.delegate.id} from=127.0.0.1"


def test_a_form_without_its_token_and_one_from_elsewhere_are_noted(lines, sign_in, world):
    client = sign_in(world.delegate)
    client.post("/feedback", data={"text": "x"})
    client.post("/feedback", data={"text": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert [line.split(" at=")[0] for line in lines()] == ["refused='forbidden'"] * 2


def test_strangers_and_wrong_methods_are_noted(lines, client):
    client.submit("/sign-in", username="", password="")
    client.delete("/sign-in")
    assert [line.split(" from=")[0] for line in lines()] == [
        "refused='not valid' at=accounts.sign_in user=-",
        "refused='method' at=- user=-",
    ]


def test_what_was_taken_leaves_no_such_line(lines, sign_in, world):
    sign_in(world.delegate).get("/meetings")
    assert lines() == []

"""Whatever goes wrong, a program is told a status it knows and a sentence for people."""

import json

import pytest

from meetings.web import problems


@pytest.fixture(autouse=True)
def _asked(app):
    with app.test_request_context("/api/v1/meetings"):
        yield


def told(code: int) -> dict[str, object]:
    answer = problems.answer(code)
    assert answer.mimetype == problems.MEDIA_TYPE
    read = json.loads(answer.data)
    assert read["status"] == answer.status_code
    return read


@pytest.mark.parametrize("code", sorted(problems.SENTENCES))
def test_a_known_status_keeps_its_own_sentence(code: int):
    assert told(code)["status"] == code
    others = {told(one)["title"] for one in problems.SENTENCES if one != code}
    assert told(code)["title"] not in others


@pytest.mark.parametrize(("code", "nearest"), [(402, 400), (415, 400), (418, 400), (501, 500)])
def test_an_unknown_status_is_told_as_the_nearest_known(code: int, nearest: int):
    assert told(code) == told(nearest)

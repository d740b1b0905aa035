import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.intake import Limits, Reason, Verdict

verdicts = st.builds(
    Verdict,
    media_type=st.none() | st.text(),
    reason=st.none() | st.sampled_from(Reason),
    pages=st.integers(0, 3000),
    has_text=st.booleans(),
    title=st.text(),
)


@given(verdicts)
def test_a_verdict_survives_json(verdict):
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict


@given(verdicts)
def test_a_file_is_accepted_exactly_when_no_reason_speaks_against_it(verdict):
    assert verdict.accepted == (verdict.reason is None)


@pytest.mark.parametrize(
    "values",
    [
        {"reason": "because"},
        {"reason": []},
        {"pages": None},
        {"pages": "many"},
        {"pages": float("inf")},
        ["pages"],
        None,
    ],
)
def test_what_is_no_verdict_is_refused(values):
    with pytest.raises(ValueError, match=r"."):
        Verdict.from_json(values)


def test_the_usual_limits_are_those_of_the_security_notes():
    limits = Limits()
    assert (limits.bytes, limits.pages) == (200 * 1024**2, 3000)
    assert (limits.cpu_seconds, limits.wall_seconds) == (20, 60)
    assert limits.address_space == 1024**3

"""A finding goes through JSON and comes back the same."""

import pytest

from meetings.intake.prepared import Box
from meetings.intake.secrecy import Evidence, Finding, Level

FOUND = Finding(
    level=Level.S2, page=3, box=Box(0.1, 0.2, 0.3, 0.1), evidence=Evidence.PICTURE, confidence=0.9
)


def test_a_finding_comes_back():
    assert Finding.from_json(FOUND.to_json()) == FOUND


@pytest.mark.parametrize(
    "wrong", [{}, {**FOUND.to_json(), "level": "S9"}, {**FOUND.to_json(), "box": 4}, "S1"]
)
def test_what_is_no_finding_is_refused(wrong):
    with pytest.raises(ValueError, match=r".+"):
        Finding.from_json(wrong)

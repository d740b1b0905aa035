from datetime import timedelta
from uuid import UUID

import pytest

from meetings import clock
from meetings.members.reform.forms import plan_form
from meetings.members.reform.queries import Choice, Way
from meetings.models import Body, BodyKind

FIRST, SECOND, CELL, OTHER = (UUID(int=number) for number in range(1, 5))
SUCCESSORS = {FIRST: "Đảng bộ xã Chiềng Lạn", SECOND: "Đảng bộ xã Bó Sại"}
BELOW = [
    Body(id=CELL, kind=BodyKind.CELL, name="Chi bộ Nậm Sơ"),
    Body(id=OTHER, kind=BodyKind.CELL, name="Chi bộ Tà Hốc"),
]
GOOD = {
    "decision": "99-NQ/TU",
    "day": "28/11/2026",
    "default": str(FIRST),
    f"body_{CELL}": f"into:{SECOND}",
    f"body_{OTHER}": f"under:{FIRST}",
}


@pytest.fixture
def form(app):
    def make(**fields):
        with app.test_request_context(method="POST", data=fields):
            made = plan_form(BELOW, SUCCESSORS)()
            made.validate()
            return made, set(made.errors) - {"csrf_token"}

    return make


def test_each_body_goes_where_it_was_sent(form):
    made, errors = form(**GOOD)
    assert errors == set()
    assert made.choices() == {CELL: Choice(Way.INTO, SECOND), OTHER: Choice(Way.UNDER, FIRST)}
    assert [str(field.label.text) for field in made.of_bodies()] == [body.name for body in BELOW]


def test_at_first_all_go_under_the_first_one_unchanged(app):
    with app.test_request_context():
        made = plan_form(BELOW, SUCCESSORS)()
        assert set(made.choices().values()) == {Choice(Way.UNDER, FIRST)}
        words = [str(word) for _value, word in next(made.of_bodies()).choices]
        assert len(words) == 4
        assert sum("Đảng bộ xã Bó Sại" in word for word in words) == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("decision", ""),
        ("decision", "x" * 201),
        ("day", ""),
        ("day", "31/02/2026"),
        ("day", (clock.today() + timedelta(days=1)).isoformat()),
        ("default", ""),
        ("default", str(CELL)),
        (f"body_{CELL}", ""),
        (f"body_{CELL}", f"into:{CELL}"),
        (f"body_{CELL}", f"away:{FIRST}"),
        (f"body_{OTHER}", "into"),
    ],
)
def test_what_was_not_offered_is_told_at_its_field(form, name: str, value: str):
    _made, errors = form(**GOOD | {name: value})
    assert errors == {name}

import pytest

from meetings.documents.pages.forms import edits_of, order_of
from meetings.intake.edits import Join, Keep, Rotate, edited


def test_an_order_moves_turns_and_drops():
    edits = edits_of("3:90 1:0", 3)
    assert edits == [Keep(((3, 3), (1, 1))), Rotate((1,), 90)]
    assert [(page.number, page.turned) for page in edited([3], edits)] == [(3, 90), (1, 0)]


def test_joined_pages_follow():
    assert edits_of("1:0", 1, joined=True)[-1] == Join(2)


@pytest.mark.parametrize("order", ["", "4:0", "0:0", "1:45", "một", "1:0:0", "1"])
def test_an_order_that_cannot_be_is_refused(order):
    with pytest.raises(ValueError, match=r"."):
        edits_of(order, 3)


def test_the_plain_form_means_the_same():
    fields = {
        "position-1": "2",
        "turn-1": "0",
        "position-2": "1.5",
        "turn-2": "180",
        "position-3": "3",
        "drop-3": "on",
        "csrf_token": "x",
    }
    assert order_of(fields) == "2:180 1:0"

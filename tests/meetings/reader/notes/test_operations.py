"""Changes that a tablet sends: read whole, or refused whole."""

import json
from uuid import uuid4

import pytest

from meetings.models import NoteKind
from meetings.reader.notes import operations

GOOD = {"op": str(uuid4()), "mark": str(uuid4()), "kind": "text", "text": " Hỏi lại \x00số liệu "}


def test_a_change_is_read_with_its_place_and_without_what_no_page_can_show():
    document = uuid4()
    sent = GOOD | {"document": str(document), "page": 3, "base": 2, "shape": {"x": 1}}
    [one] = operations.read(json.dumps([sent]))
    assert (one.kind, one.text, one.base) == (NoteKind.TEXT, "Hỏi lại số liệu", 2)
    assert (one.place.document, one.place.page, one.place.version) == (document, 3, None)
    assert not one.deleted


@pytest.mark.parametrize(
    "sent",
    [
        "nonsense",
        "{}",
        "[1]",
        "[{}]",
        json.dumps([GOOD | {"kind": "film"}]),
        json.dumps([GOOD | {"mark": "x"}]),
        json.dumps([GOOD | {"page": "one"}]),
        json.dumps([GOOD | {"text": 7}]),
        json.dumps([GOOD | {"shape": [1]}]),
        json.dumps([GOOD | {"shape": {"x": "y" * 70_000}}]),
        json.dumps([GOOD] * 201),
        "[" * 100_000,
    ],
)
def test_what_is_no_list_of_changes_is_refused(sent: str):
    with pytest.raises(operations.Unreadable):
        operations.read(sent)


def test_texts_are_cut_at_their_length():
    [one] = operations.read(json.dumps([GOOD | {"text": "x" * 9000, "quote": "y" * 9000}]))
    assert (len(one.text), len(one.quote)) == (5000, 2000)

"""Web annotations: each note once, well formed, and nothing a person may not take along."""

import json
from datetime import datetime, timedelta

import pytest

from meetings import clock
from meetings.models import AgendaPaper, NoteKind, Taking
from tests import factories

TITLE = "Đề án sắp xếp đơn vị hành chính cấp xã giai đoạn 2025-2030 " * 3
QUOTE, WORDS, OTHERS = "dôi dư 412 người", "Phương án bố trí?", "Của người khác"


@pytest.fixture
def document(session, world):
    """A released paper with a long title."""
    document = factories.document(session, world.office, title=TITLE.strip())
    factories.paper(session, world.item, document)
    return document


@pytest.fixture
def note(session, world, document):
    """A highlight with words of its own, beside the note of a colleague on the same page."""
    shape = {"rects": [[1, 2, 3, 4]], "prefix": "sau sắp xếp", "suffix": "cần bố trí"}
    marked = {"kind": NoteKind.HIGHLIGHT, "page": 7, "quote": QUOTE, "shape": shape}
    note = factories.note(session, world.delegate, document_id=document.id, text=WORDS, **marked)
    factories.note(session, world.other_delegate, document_id=document.id, page=7, text=OTHERS)
    session.commit()
    return note


def taken(client) -> list[dict]:
    """Return the annotations, having looked at what is around them."""
    answer = client.get("/notes/annotations")
    assert answer.status_code == 200
    assert 'filename="ghi-chu.jsonld"' in answer.headers["Content-Disposition"]
    found = json.loads(answer.data)
    assert found["first"]["startIndex"] == 0
    assert found["total"] == len(found["first"]["items"])
    assert OTHERS not in answer.data.decode()
    return found["first"]["items"]


def test_a_highlight_carries_its_words_its_page_and_what_stands_around(sign_in, world, note):
    [one] = taken(sign_in(world.delegate))
    assert one["id"] == f"urn:uuid:{note.mark}"
    assert one["type"] == "Annotation"
    assert one["motivation"] == "highlighting"
    assert one["body"] == {"type": "TextualBody", "value": WORDS, "format": "text/plain"}
    assert one["target"]["source"] == f"urn:uuid:{note.document_id}"
    page, quote = one["target"]["selector"]
    assert page["type"] == "FragmentSelector"
    assert page["value"] == "page=7"
    around = {"prefix": "sau sắp xếp", "suffix": "cần bố trí"}
    assert quote == {"type": "TextQuoteSelector", "exact": QUOTE, **around}
    for moment in ("created", "modified"):
        assert datetime.fromisoformat(one[moment]).utcoffset() == timedelta(0)


@pytest.mark.parametrize("cause", ["recalled", "over", "only read", "destroyed place"])
def test_what_may_not_be_taken_leaves_neither_quotation_nor_its_surroundings(
    session, sign_in, world, document, note, cause: str
):
    change = {
        "recalled": {"recalled_at": clock.now()},
        "over": {"readable_until": clock.now() - timedelta(seconds=1)},
        "only read": {"taking": Taking.READ},
        "destroyed place": {"released_at": None},
    }[cause]
    session.query(AgendaPaper).update(change)
    session.commit()
    [one] = taken(sign_in(world.delegate))
    assert one["body"]["value"] == WORDS
    told = json.dumps(one, ensure_ascii=False)
    for gone in (QUOTE, "sau sắp xếp", "cần bố trí", "Đề án"):
        assert gone not in told
    assert ("page=7" in told) is (cause == "only read")


def test_a_highlight_without_words_goes_with_its_paper(session, sign_in, world, note):
    session.merge(note).text = ""
    session.commit()
    client = sign_in(world.delegate)
    [one] = taken(client)
    assert "body" not in one
    session.query(AgendaPaper).update({"recalled_at": clock.now()})
    session.commit()
    assert taken(client) == []


def test_strokes_of_the_pen_and_deleted_notes_are_left_out(session, sign_in, world, document, note):
    lines = {"lines": [[10, 10, 5, 5]]}
    stroke = {"kind": NoteKind.INK, "text": "", "shape": lines, "page": 2}
    factories.note(session, world.delegate, document_id=document.id, **stroke)
    gone = factories.note(session, world.delegate, text="Bỏ", deleted_at=clock.now())
    session.commit()
    marks = [one["id"] for one in taken(sign_in(world.delegate))]
    assert marks == [f"urn:uuid:{note.mark}"]
    assert str(gone.mark) not in marks


def test_a_note_at_an_item_points_to_it_without_a_page(session, sign_in, world, note):
    session.merge(note).deleted_at = clock.now()
    factories.note(session, world.delegate, item_id=world.item.id, text=WORDS)
    session.commit()
    [one] = taken(sign_in(world.delegate))
    assert one["motivation"] == "commenting"
    assert one["target"] == {"source": f"urn:uuid:{world.item.id}", "selector": []}


@pytest.mark.parametrize("text", ['"}]}', "</script><b>", "một\nhai", "𝄞 ⛔", "\\u0000"])
def test_whatever_was_written_comes_back_as_it_was(session, sign_in, world, note, text: str):
    session.merge(note).text = text
    session.commit()
    [one] = taken(sign_in(world.delegate))
    assert one["body"]["value"] == text


def test_who_wrote_nothing_gets_an_empty_collection_and_a_stranger_none(sign_in, world, note):
    for reader in (world.outsider, world.clerk, world.administrator):
        assert taken(sign_in(reader)) == []
    answer = sign_in(None).get("/notes/annotations")
    assert answer.status_code in {302, 303}
    assert QUOTE not in answer.text


def test_the_newest_comes_first_and_each_once(session, sign_in, world, document, note):
    moment = clock.now() + timedelta(hours=1)
    other = factories.meeting(session, world.office)
    factories.participant(session, other, world.delegate.person)
    factories.paper(session, factories.item(session, other), document)
    at = {"item_id": world.item.id}
    later = factories.note(session, world.delegate, text="Sau", updated_at=moment, **at)
    session.commit()
    marks = [one["id"] for one in taken(sign_in(world.delegate))]
    assert marks == [f"urn:uuid:{later.mark}", f"urn:uuid:{note.mark}"]

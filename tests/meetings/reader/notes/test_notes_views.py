"""The pages of notes, and what a tablet sends and gets: one's own, and nobody else's."""

import json
from uuid import uuid4

import pytest

from meetings.agenda import services as agenda
from tests import factories, papers

STRANGERS = ("other_delegate", "clerk", "administrator", "outsider")


@pytest.fixture
def document(installation, session, world):
    """A released paper of the world's meeting, with another delegate's note on it."""
    document = session.merge(papers.prepared(installation, world.office))
    factories.paper(session, world.item, document)
    factories.note(session, world.other_delegate, document_id=document.id, text="Của người khác")
    session.commit()
    return document


def change(document, **more) -> dict:
    place = {"document": str(document.id), "page": 1}
    words = {"text": "Cần làm rõ", "quote": "số giải ngân", "kind": "highlight"}
    return {"op": str(uuid4()), "mark": str(uuid4())} | place | words | more


def send(client, *changes: dict):
    return client.submit("/notes/operations", operations=json.dumps(changes))


def test_what_a_tablet_sends_comes_back_to_its_owner_alone(sign_in, world, document):
    client, sent = sign_in(world.delegate), change(document, shape={"rects": [[1, 2, 3, 4]]})
    assert send(client, sent).json == {"done": [sent["op"]]}
    assert send(client, sent).json == {"done": [sent["op"]]}
    [note] = client.get(f"/documents/{document.id}/notes").json["notes"]
    assert (note["mark"], note["text"], note["revision"]) == (sent["mark"], "Cần làm rõ", 1)
    assert note["shape"] == {"rects": [[1, 2, 3, 4]]}
    assert not note["deleted"]
    other = sign_in(world.other_delegate).get(f"/documents/{document.id}/notes").json["notes"]
    assert [note["text"] for note in other] == ["Của người khác"]


def test_nonsense_is_refused(sign_in, world):
    client = sign_in(world.delegate)
    for sent in ("", "nonsense"):
        assert client.submit("/notes/operations", operations=sent).status_code == 422


def test_the_list_shows_words_quotation_and_the_way_to_the_page(sign_in, world, document):
    client = sign_in(world.delegate)
    assert "Cần làm rõ" not in client.get("/notes").get_data(as_text=True)
    send(client, change(document))
    page = client.get("/notes").get_data(as_text=True)
    for words in ("Cần làm rõ", "số giải ngân", f"/documents/{document.id}?page=1"):
        assert words in page
    assert "Của người khác" not in page


def test_a_note_at_an_item_without_paper_is_written_changed_and_deleted(sign_in, world):
    client, at = sign_in(world.delegate), f"/items/{world.item.id}/notes"
    assert client.submit(at, text="").status_code == 422
    assert client.submit(at, text="Hỏi về kinh phí").status_code == 303
    page = client.get(at).get_data(as_text=True)
    assert "Hỏi về kinh phí" in page
    found = {part.split('"')[0] for part in page.split('href="')[1:] if "/notes/" in part[:8]}
    [address] = [one for one in found if not one.endswith("/send")]
    assert client.submit(address, text="").status_code == 422
    assert client.submit(address, text="Hỏi về đất").status_code == 303
    assert "Hỏi về đất" in client.get("/notes").get_data(as_text=True)
    assert client.submit(f"{address}/delete").status_code == 303
    assert "Hỏi về đất" not in client.get(at).get_data(as_text=True)


@pytest.mark.parametrize("who", STRANGERS)
def test_a_note_is_nowhere_for_everybody_else(installation, session, sign_in, world, who: str):
    note = factories.note(session, world.delegate, item_id=world.item.id, text="Riêng tư")
    session.commit()
    client = sign_in(getattr(world, who))
    assert client.get(f"/notes/{note.id}").status_code == 404
    assert client.submit(f"/notes/{note.id}/delete").status_code == 404
    assert "Riêng tư" not in client.get("/notes").get_data(as_text=True)
    answer = client.get(f"/items/{world.item.id}/notes")
    assert answer.status_code == (404 if who in {"administrator", "outsider"} else 200)
    assert "Riêng tư" not in answer.get_data(as_text=True)


def test_a_note_stays_with_its_author_but_tells_no_more_of_a_meeting_that_closed_to_them(
    session, sign_in, world
):
    factories.note(session, world.delegate, item_id=world.item.id, text="Lời của tôi")
    session.commit()
    client = sign_in(world.delegate)
    assert world.item.title in client.get("/notes").text
    agenda.uninvite(session, world.meeting, world.delegate.person)
    session.commit()
    page = client.get("/notes").text
    assert "Lời của tôi" in page
    assert world.item.title not in page

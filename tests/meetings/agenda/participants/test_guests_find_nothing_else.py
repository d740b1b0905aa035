"""Whoever is a guest of the third item finds no trace of another one, wherever they look."""

import io
from types import SimpleNamespace

import pypdfium2
import pytest
from icalendar import Calendar

from meetings.agenda import services
from meetings.agenda.access.services import set_closed
from meetings.agenda.participants import services as participants
from meetings.archive import tasks
from meetings.jobs import Run
from meetings.models import ParticipantRole, new_id
from tests import factories, papers

INVITED = ParticipantRole.INVITED_DELEGATE
TITLES = ("Công tác cán bộ", "Phân bổ ngân sách", "Đề án nhà ở xã hội")


@pytest.fixture
def shelf(installation, session, world):
    """Three items, each with a paper that is found; the outsider is the guest of the third."""
    factories.paper(session, world.item, factories.document(session, world.office))
    items = [factories.item(session, world.meeting, title=f"Nội dung {t}") for t in TITLES]
    documents = [papers.laid_out(session, installation, world.office, title=t) for t in TITLES]
    laid = [factories.paper(session, i, d) for i, d in zip(items, documents, strict=True)]
    part = services.invite(
        session, world.meeting, world.outsider.person, INVITED, items={items[2].id}
    )
    session.commit()
    for document in documents:
        tasks.renew(Run(installation, new_id(), {"document": str(document.id)}))
    return SimpleNamespace(items=items, documents=documents, papers=laid, part=part)


@pytest.fixture
def guest(world, sign_in):
    return sign_in(world.outsider)


def told(client, address):
    """Return which of the three titles a page names."""
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    return [title for title in TITLES if title in text]


ONLY_THEIRS = [TITLES[2]]


@pytest.mark.parametrize("path", ["", "/book"])
def test_the_pages_of_the_meeting_name_their_item_only(world, shelf, guest, sign_in, path):
    address = f"/meetings/{world.meeting.id}{path}"
    assert told(sign_in(world.delegate), address) == list(TITLES)
    assert told(guest, address) == ONLY_THEIRS


def test_today_names_their_paper_only(world, shelf, guest):
    assert [title for title in told(guest, "/") if title != TITLES[2]] == []


def test_a_search_finds_their_paper_and_no_other(world, shelf, guest, sign_in):
    delegate = sign_in(world.delegate)

    def found(client, words):
        page = client.get("/archive", query_string={"q": words}).get_data(as_text=True)
        return [
            title for title, one in zip(TITLES, shelf.documents, strict=True) if str(one.id) in page
        ]

    assert found(delegate, "436-KL/TU") == list(TITLES)
    for words in ("436-KL/TU", "phân bổ ngân sách", "cán bộ"):
        assert set(found(guest, words)) <= {TITLES[2]}
    assert found(guest, "436-KL/TU") == ONLY_THEIRS


@pytest.mark.parametrize(
    "path", ["", "/manifest", "/key", "/original", "/find", "/facts", "/copy", "/outline"]
)
def test_the_reader_and_the_pack_of_a_tablet_open_no_other_paper(shelf, guest, path):
    for document, paper in zip(shelf.documents[:2], shelf.papers[:2], strict=True):
        address = f"/documents/{document.id}{path}"
        assert guest.get(address).status_code == 404
        for place in (paper, shelf.papers[2]):
            assert guest.get(address, query_string={"paper": place.id}).status_code == 404
    assert guest.get(f"/documents/{shelf.documents[2].id}").status_code == 200


def test_their_own_paper_leads_to_no_neighbour(shelf, guest):
    own = f"/documents/{shelf.documents[2].id}?paper={shelf.papers[2].id}"
    page = guest.get(own).get_data(as_text=True)
    for document in shelf.documents[:2]:
        assert str(document.id) not in page


def test_what_they_take_along_is_their_paper_alone(world, shelf, guest, sign_in):
    named = []
    for client in (guest, sign_in(world.delegate)):
        with client.get(f"/meetings/{world.meeting.id}/pack") as answer:
            bound = pypdfium2.PdfDocument(io.BytesIO(answer.data))
        text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in bound)
        named.append([title for title in TITLES if title in text])
    assert named == [ONLY_THEIRS, list(TITLES)]


def test_their_calendar_names_the_meeting_and_no_item(world, shelf, guest):
    [event] = Calendar.from_ical(
        guest.get(f"/meetings/{world.meeting.id}/calendar-entry").get_data()
    ).walk("VEVENT")
    entry = event.to_ical().decode()
    assert not [title for title in TITLES if title in entry]


def test_another_item_taken_over_opens_its_paper_and_shuts_the_one_before(
    session, world, shelf, guest
):
    participants.change_part(
        session, shelf.part, INVITED, by=world.clerk, items={shelf.items[1].id}
    )
    session.commit()
    assert told(guest, f"/meetings/{world.meeting.id}") == [TITLES[1]]
    opened = [guest.get(f"/documents/{document.id}").status_code for document in shelf.documents]
    assert opened == [404, 200, 404]


def test_their_item_closed_to_others_leaves_them_the_meeting_without_its_items(
    session, world, shelf, guest
):
    set_closed(session, shelf.items[2], closed=True, by=world.clerk)
    session.commit()
    for path in ("", "/book"):
        assert told(guest, f"/meetings/{world.meeting.id}{path}") == []
    assert guest.get(f"/documents/{shelf.documents[2].id}").status_code == 404
    assert guest.get(f"/documents/{shelf.documents[2].id}/key").status_code == 404
    page = guest.get("/archive", query_string={"q": "436-KL/TU"}).get_data(as_text=True)
    assert str(shelf.documents[2].id) not in page


def test_who_is_taken_off_finds_nothing_at_once(session, world, shelf, guest):
    assert guest.get(f"/documents/{shelf.documents[2].id}").status_code == 200
    participants.take_off(session, world.meeting, shelf.part)
    session.commit()
    assert guest.get(f"/documents/{shelf.documents[2].id}").status_code == 404
    assert guest.get(f"/meetings/{world.meeting.id}/book").status_code == 404
    assert guest.get(f"/meetings/{world.meeting.id}/pack").status_code == 404

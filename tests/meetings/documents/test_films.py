"""A film is kept, its page plays it, and any range of it is given to those who may read it."""

from io import BytesIO

import pytest
from sqlalchemy import select

from meetings.documents.queries import current_version
from meetings.models import AuditEntry, Document, TrayFile, VersionState
from tests import factories, papers
from tests.papers import FILM


@pytest.fixture
def film(session, installation, sign_in, world) -> Document:
    """A film that a clerk declared, prepared and laid before the participants."""
    clerk, at = sign_in(world.clerk), f"/meetings/{world.meeting.id}"
    data = {"csrf_token": clerk.csrf_token(), "files": [(BytesIO(FILM), "Phóng sự.mp4")]}
    session.rollback()
    (told,) = clerk.post(f"{at}/tray", data=data, headers={"Accept": "application/json"}).json[
        "files"
    ]
    clerk.submit(f"{at}/declarations", file=told["waits"], answer="clear")
    papers.work(installation)
    document = session.get_one(Document, session.scalar(select(TrayFile.document_id)))
    factories.paper(session, world.item, document)
    session.commit()
    return document


def test_a_declared_film_needs_no_pages_to_be_ready(session, film):
    version = current_version(session, film)
    assert (version.state, version.page_count) == (VersionState.READY, 0)


def test_a_delegate_plays_a_film(sign_in, world, film):
    page = sign_in(world.delegate).get(f"/documents/{film.id}").text
    assert f'<video src="/documents/{film.id}/film"' in page
    assert "controls" in page


@pytest.mark.parametrize(
    ("asked", "status", "given"),
    [
        (None, 200, FILM),
        ("bytes=0-", 206, FILM),
        ("bytes=4-7", 206, FILM[4:8]),
        ("bytes=-5", 206, FILM[-5:]),
        ("bytes=9999-", 416, None),
    ],
)
def test_a_player_gets_the_range_it_asks_for(sign_in, world, film, asked, status, given):
    headers = {"Range": asked} if asked else {}
    answer = sign_in(world.delegate).get(f"/documents/{film.id}/film", headers=headers)
    assert answer.status_code == status
    assert given is None or (answer.data, answer.mimetype) == (given, "video/mp4")
    answer.close()


def test_playing_is_recorded_once_and_not_for_every_range(installation, sign_in, world, film):
    delegate, place = sign_in(world.delegate), f"/documents/{film.id}"
    delegate.get(place)
    for _ in range(3):
        delegate.get(f"{place}/film", headers={"Range": "bytes=0-3"}).close()
    with installation.database.reading() as reading:
        actions = reading.scalars(select(AuditEntry.action)).all()
    assert actions.count("document:read") == 1
    assert actions.count("document:play") == 0


def test_a_film_plays_for_nobody_else_and_a_paper_is_no_film(
    sign_in, world, film, session, receive
):
    paper = receive(b"content", "a.pdf")
    session.commit()
    assert sign_in(world.outsider).get(f"/documents/{film.id}/film").status_code == 404
    assert sign_in(world.clerk).get(f"/documents/{paper.id}/film").status_code == 404

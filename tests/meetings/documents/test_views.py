import re
from datetime import date
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.documents.queries import current_version
from meetings.models import AccessLevel, AuditEntry, Document, Job
from tests import factories

CONTENT = bytes(range(256)) * 4
FILLED = {
    "title": "Báo cáo quý III",
    "doc_type": "report",
    "symbol": "12-BC/VP",
    "issued_on": "25/11/2026",
    "issuer": "Văn phòng Tỉnh ủy",
    "signer": "Trần Văn An",
    "access_level": "1",
}


@pytest.fixture
def document(session, receive):
    document = receive(CONTENT, "Báo cáo quý.pdf")
    session.commit()
    return document


def stored(installation, document):
    with installation.database.reading() as session:
        return session.get_one(Document, document.id)


def lines(installation, action):
    with installation.database.reading() as session:
        query = select(AuditEntry.decision).where(AuditEntry.action == action)
        return session.scalars(query).all()


def test_the_form_shows_what_is_known(sign_in, world, session, document):
    document.symbol, document.issued_on = "99-QĐ/TU", date(2026, 5, 19)
    session.commit()
    answer = sign_in(world.clerk).get(f"/documents/{document.id}/edit")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    for known in ("Báo cáo quý", "99-QĐ/TU", "2026-05-19"):
        assert known in text


def test_a_level_above_the_clerks_clearance_is_not_even_offered(sign_in, world, document):
    text = sign_in(world.clerk).get(f"/documents/{document.id}/edit").get_data(as_text=True)
    assert '<option selected value="1"' in text or 'value="1" selected' in text
    assert 'value="2"' not in text


def test_what_the_clerk_records_is_kept_and_found(installation, sign_in, world, document):
    answer = sign_in(world.clerk).submit(f"/documents/{document.id}/edit", **FILLED)
    assert (answer.status_code, answer.location) == (303, f"/documents/{document.id}")
    kept = stored(installation, document)
    assert (kept.title, kept.symbol) == ("Báo cáo quý III", "12-BC/VP")
    assert kept.issued_on == date(2026, 11, 25)
    with installation.database.reading() as session:
        queued = session.scalars(select(Job.dedupe_key).where(Job.kind == "archive.index")).all()
    assert queued == [f"index:{document.id}"]
    assert lines(installation, "document:prepare") == ["allowed"]


@pytest.mark.parametrize(
    ("wanted", "place"),
    [("/meetings", "/meetings"), ("https://elsewhere.vn/", None), ("//elsewhere.vn", None)],
)
def test_the_clerk_returns_to_a_page_of_this_site_only(sign_in, world, document, wanted, place):
    answer = sign_in(world.clerk).submit(f"/documents/{document.id}/edit", next=wanted, **FILLED)
    assert answer.location == (place or f"/documents/{document.id}")


@pytest.mark.parametrize(
    "wrong", [{"issued_on": "31/02/2026"}, {"title": " "}, {"access_level": "2"}]
)
def test_a_mistake_changes_nothing_and_loses_nothing_typed(
    installation, sign_in, world, document, wrong
):
    at = f"/documents/{document.id}/edit"
    answer = sign_in(world.clerk).submit(at, **FILLED | wrong)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Văn phòng Tỉnh ủy" in text
    assert wrong.get("issued_on", "") in text
    kept = stored(installation, document)
    assert (kept.symbol, kept.access_level) == ("", AccessLevel.INTERNAL)


def test_those_who_do_not_keep_a_document_cannot_tell_it_exists(
    session, installation, sign_in, world, document
):
    factories.paper(session, world.item, document)
    session.commit()
    at = f"/documents/{document.id}/edit"
    for person in (world.delegate, world.researcher, world.outsider, world.administrator):
        client = sign_in(person)
        assert client.get(at).status_code == client.submit(at, **FILLED).status_code == 404
    assert stored(installation, document).symbol == ""


@pytest.mark.parametrize("page", ["edit", "original"])
def test_a_stranger_is_asked_to_sign_in(sign_in, document, page):
    answer = sign_in(None).get(f"/documents/{document.id}/{page}")
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


def test_the_original_comes_back_bit_for_bit_under_its_name(installation, sign_in, world, document):
    answer = sign_in(world.clerk).get(f"/documents/{document.id}/original")
    assert answer.data == CONTENT
    assert answer.mimetype == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert unquote(answer.headers["Content-Disposition"]).endswith("''Báo cáo quý.pdf")
    assert lines(installation, "document:original") == ["allowed"]


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: x=1.pdf", 'a";b.pdf', "gpj.\u202efdp", "a\0b"])
def test_a_hostile_name_stays_inside_its_header(session, sign_in, world, receive, name):
    document = receive(name=name)
    session.commit()
    answer = sign_in(world.clerk).get(f"/documents/{document.id}/original")
    told = answer.headers["Content-Disposition"]
    assert told.isprintable()
    assert told.isascii()
    assert unquote(told.rpartition("''")[2]) == name


def test_any_range_of_the_original_can_be_taken(sign_in, world, document):
    client, at = sign_in(world.clerk), f"/documents/{document.id}/original"
    part = client.get(at, headers={"Range": "bytes=100-299"})
    assert (part.status_code, part.data) == (206, CONTENT[100:300])
    assert part.headers["Content-Range"] == f"bytes 100-299/{len(CONTENT)}"
    beyond = client.get(at, headers={"Range": "bytes=5000-"})
    assert beyond.status_code == 416


def test_an_original_known_already_is_not_sent_again(sign_in, world, document):
    client, at = sign_in(world.clerk), f"/documents/{document.id}/original"
    etag = client.get(at).headers["ETag"]
    assert client.get(at, headers={"If-None-Match": etag}).status_code == 304


def test_a_researcher_takes_the_original_from_the_archive_and_a_delegate_never(
    session, installation, sign_in, world, document
):
    researcher, delegate = sign_in(world.researcher), sign_in(world.delegate)
    at = f"/documents/{document.id}/original"
    factories.paper(session, world.item, document)
    session.commit()
    assert researcher.get(at).status_code == 404
    row = session.get_one(Document, document.id)
    row.archived_at = clock.now()
    session.commit()
    assert researcher.get(at).data == CONTENT
    assert delegate.get(at).status_code == 404
    row.archived_at = None
    session.commit()
    assert researcher.get(at).status_code == 404
    assert sign_in(world.outsider).get(at).status_code == 404
    found = lines(installation, "document:original")
    assert found == ["refused", "allowed", "refused", "refused", "refused"]


def test_a_document_without_a_file_has_no_original(session, sign_in, world, document):
    bare = factories.document(session, world.office)
    current_version(session, document).superseded_at = clock.now()
    session.commit()
    client = sign_in(world.clerk)
    for without in (bare, document):
        assert client.get(f"/documents/{without.id}/original").status_code == 404


def open_page(client, document, times=1):
    for _ in range(times):
        assert client.get(f"/documents/{document.id}").status_code == 200


@pytest.fixture
def released(session, installation, world, document):
    """The document before the item of a meeting, beside one that others open."""
    factories.paper(session, world.item, document)
    noise = factories.document(session, world.office)
    factories.version(session, installation.keys, installation.store, noise, b"%PDF")
    factories.paper(session, world.item, noise)
    session.commit()
    return noise


def test_the_clerk_sees_who_opened_a_document_and_how_often(sign_in, world, document, released):
    address = f"/documents/{document.id}/readers"
    clerk = sign_in(world.clerk)
    assert "Chưa có ai mở" in clerk.get(address).get_data(as_text=True)
    open_page(sign_in(world.delegate), document, times=3)
    open_page(sign_in(world.other_delegate), released)
    assert sign_in(world.outsider).get(f"/documents/{document.id}").status_code == 404
    page = clerk.get(address).get_data(as_text=True)
    main = page.split("<main")[1]
    assert world.delegate.person.full_name in main
    assert re.search(r">\s*3\s*<", main)
    for other in (world.other_delegate, world.outsider):
        assert other.person.full_name not in main


@pytest.mark.parametrize("who", ["delegate", "outsider", "administrator", "researcher"])
def test_nobody_else_sees_who_opened_it(sign_in, world, document, released, who):
    client = sign_in(getattr(world, who))
    assert client.get(f"/documents/{document.id}/readers").status_code == 404

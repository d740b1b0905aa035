"""The page of a document: facts, versions, circulation, meetings, by who asks."""

from datetime import date

import pytest

from meetings import clock
from meetings.documents.issuing.queries import Circulation
from meetings.documents.issuing.services import Facts, issue
from meetings.models import Document, DocumentType, Reach
from tests import factories

FACTS = Facts("436-KL/TU", date(2023, 11, 24), "Hà Trọng Khiêm")


@pytest.fixture
def document(session, installation, world) -> Document:
    made = factories.document(
        session,
        world.office,
        title="Kết luận về cải cách hành chính",
        doc_type=DocumentType.CONCLUSION,
        in_force_until=date(2030, 12, 31),
    )
    factories.paper(session, world.item, made)
    keys, store = installation.keys, installation.store
    gone = {"superseded_at": clock.now(), "file_name": "ban-cu.pdf"}
    factories.version(session, keys, store, made, b"%PDF 1", number=1, **gone)
    factories.version(session, keys, store, made, b"%PDF 2", number=2, file_name="ban-moi.pdf")
    factories.document(session, world.office, title="Giấy mời của văn phòng")
    session.commit()
    return made


def page(client, document: Document) -> str:
    return client.get(f"/documents/{document.id}/record").text


def test_it_tells_facts_versions_and_meetings(sign_in, world, document):
    html = page(sign_in(world.delegate), document)
    for said in ("Kết luận", "ban-moi.pdf", "ban-cu.pdf", "hiện hành", world.meeting.title):
        assert said in html
    assert html.index("ban-moi.pdf") < html.index("ban-cu.pdf")
    assert "Giấy mời của văn phòng" not in html
    assert "Chưa xác định hiệu lực" in html, "without a day of issue"


def test_the_office_gets_its_ways_and_nobody_else(sign_in, world, document):
    ways = [f"/documents/{document.id}/{part}" for part in ("issue", "relations", "edit")]
    office, delegate = page(sign_in(world.clerk), document), page(sign_in(world.delegate), document)
    for way in ways:
        assert way in office
        assert way not in delegate


@pytest.mark.parametrize("reach", list(Reach))
def test_it_names_whom_it_goes_to(session, sign_in, world, document, reach):
    row = session.get_one(Document, document.id)
    person = world.other_delegate.person
    circle = Circulation(reach, frozenset({world.commune.id}), frozenset({person.id}))
    issue(session, row, FACTS, circle, by=world.clerk)
    session.commit()
    html = page(sign_in(world.clerk), document)
    assert (world.commune.name in html) == (reach is Reach.BODIES)
    assert (person.full_name in html) == (reach is Reach.PEOPLE)
    assert "Còn hiệu lực" in html
    assert "436-KL/TU" in html
    assert "Sửa phạm vi phổ biến" in html


def test_a_report_has_no_validity(session, sign_in, world):
    report = factories.document(session, world.office, doc_type=DocumentType.REPORT)
    session.commit()
    html = page(sign_in(world.clerk), report)
    assert "hiệu lực" not in html.split("<table")[0].replace("Quan hệ và hiệu lực", "")

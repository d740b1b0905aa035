import pytest
from sqlalchemy import select

from meetings.agenda.services import lay_paper
from meetings.models import (
    AccessLevel,
    AuditEntry,
    Document,
    DocumentType,
    TrayEdit,
    TrayFile,
    new_id,
)
from tests import factories


@pytest.fixture
def files(session, installation, world, items):
    """Three files of the tray, by their ids."""
    made = []
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        row = factories.document(session, world.office, title=name, issuer="Cũ")
        store = installation.store
        factories.version(session, installation.keys, store, row, name.encode())
        file = TrayFile(
            meeting_id=world.planned_meeting.id, document_id=row.id, file_name=name, size=3
        )
        session.add(file)
        session.flush()
        made.append(str(file.id))
    session.commit()
    return made


@pytest.fixture
def clerk(sign_in, world):
    return sign_in(world.clerk)


@pytest.fixture
def at(world):
    return f"/meetings/{world.planned_meeting.id}/tray/many"


@pytest.fixture
def send(session, clerk, at, files):
    """Return what sends the form for the first two files; what is not named stays as it is."""
    empty = {"doc_type": "", "issued_on": "", "issuer": "", "access_level": "", "item": ""}
    session.rollback()

    def post(**fields):
        return clerk.submit(at, **empty | {"files": files[:2]} | fields)

    return post


def documents(session):
    session.rollback()
    found = session.scalars(select(Document).order_by(Document.title)).all()
    session.rollback()
    return found


def said(session, name):
    query = select(getattr(Document, name)).order_by(Document.title)
    found = list(session.scalars(query))
    session.rollback()
    return found


def test_a_preview_changes_nothing(session, send):
    page = send(doc_type="submission", issuer="Sở Tài chính")
    assert page.status_code == 200
    for words in ("Sửa 2 văn bản", "<del>Cũ</del>", "<ins>Sở Tài chính</ins>", "Tờ trình"):
        assert words in page.text
    assert said(session, "issuer") == ["Cũ"] * 3


def test_what_was_filled_in_is_the_same_in_all_chosen_files(session, send):
    sent = {"doc_type": "report", "issuer": "Sở Y tế", "issued_on": "2026-11-05"}
    assert send(sure="1", **sent).status_code == 303
    assert said(session, "issuer") == ["Sở Y tế", "Sở Y tế", "Cũ"]
    assert said(session, "doc_type")[:2] == [DocumentType.REPORT] * 2
    assert str(said(session, "issued_on")[0]) == "2026-11-05"


def test_one_step_is_taken_back_where_nothing_was_changed_since(session, clerk, at, send):
    send(sure="1", issuer="Sở Y tế", access_level="1")
    row = session.scalars(select(Document).where(Document.title == "a.pdf")).one()
    row.issuer = "Sửa tay"
    session.commit()
    assert clerk.submit(f"{at}/undo").status_code == 303
    assert said(session, "issuer") == ["Sửa tay", "Cũ", "Cũ"]
    assert said(session, "access_level") == [AccessLevel.NORMAL] * 3
    assert session.scalars(select(TrayEdit)).all() == []
    session.rollback()
    assert clerk.submit(f"{at}/undo").status_code == 303


def test_files_are_laid_before_an_item_and_back(session, clerk, at, items, send):
    place = str(items[1].id)
    session.rollback()
    assert "Tờ trình về dự toán" in send(item=place).text
    send(sure="1", item=place)
    query = select(TrayFile.item_id).order_by(TrayFile.file_name)
    assert [str(one) for one in session.scalars(query)] == [place, place, "None"]
    session.rollback()
    clerk.submit(f"{at}/undo")
    assert list(session.scalars(query)) == [None] * 3


def test_every_changed_document_has_its_line_in_the_ledger(session, send):
    send(sure="1", issuer="Sở Y tế")
    query = select(AuditEntry.subject_id).where(AuditEntry.action == "document:prepare")
    assert len(set(session.scalars(query))) == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"files": []}, "Chọn ít nhất một tệp"),
        ({"issuer": ""}, "Hãy điền mục cần sửa"),
        ({"issued_on": "32/13/2026"}, "Hãy viết ngày"),
    ],
)
def test_what_means_nothing_is_asked_again(clerk, at, send, fields, words):
    assert send(sure="1", **fields).status_code == 303
    page = clerk.get(at.removesuffix("/many")).text
    assert "notice-warn" in page


def test_one_file_from_elsewhere_among_the_chosen_changes_none(session, files, send):
    was = said(session, "issuer")
    for stranger in (new_id(), "x", ""):
        send(sure="1", issuer="Sở Y tế", files=[*files[:1], str(stranger)])
        assert said(session, "issuer") == was
    send(sure="1", issuer="Sở Y tế", files=files[:1])
    assert said(session, "issuer") != was


def test_a_lower_level_of_a_restricted_paper_waits_for_a_second_person(session, world, send):
    for row in session.scalars(select(Document)):
        row.access_level = AccessLevel.RESTRICTED
    world.clerk.clearance = AccessLevel.RESTRICTED
    session.commit()
    send(sure="1", access_level="0")
    assert said(session, "access_level") == [AccessLevel.RESTRICTED] * 3


def test_the_tray_offers_it_to_the_office_alone(sign_in, world, clerk, at, send, session):
    assert "Sửa nhiều tệp cùng lúc" in clerk.get(at.removesuffix("/many")).text
    outsider = sign_in(world.outsider)
    session.rollback()
    assert outsider.submit(at).status_code == 404
    assert outsider.submit(f"{at}/undo").status_code == 404


def test_an_appendix_stands_behind_its_paper(session, sign_in, world):
    papers = [
        lay_paper(session, world.item, factories.document(session, world.office, title=title))
        for title in ("Văn bản chính", "Văn bản khác", "Biểu số liệu")
    ]
    session.commit()
    main, other, last = (str(paper.id) for paper in papers)
    client, meeting = sign_in(world.clerk), str(world.meeting.id)
    session.rollback()
    assert client.get(f"/papers/{last}/appendix").status_code == 200
    assert client.submit(f"/papers/{last}/appendix", main=main).status_code == 303
    page = client.get(f"/meetings/{meeting}/prepare").text
    assert page.index(f"paper-{main}") < page.index(f"paper-{last}") < page.index(f"paper-{other}")
    assert "Phụ lục · " in page
    assert client.submit(f"/papers/{main}/appendix", main=last).status_code == 422
    assert client.submit(f"/papers/{main}/appendix", main=other).status_code == 303
    assert client.submit(f"/papers/{last}/appendix", main="").status_code == 303

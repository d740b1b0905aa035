"""The issued document is found by whom it goes to; its draft stays with the meeting's people."""

import re

import pytest
from sqlalchemy import select

from meetings.documents import services
from meetings.documents.issuing.queries import circulation_of
from meetings.models import (
    AccessLevel,
    AuditEntry,
    Document,
    IssueBody,
    IssueDraft,
    Reach,
    Role,
    Widening,
)
from tests import factories, papers

WORDS = "Kết luận về phòng họp không giấy tờ của tỉnh"
LINKS = re.compile(r'href="/documents/([0-9a-f-]+)\?page')


@pytest.fixture
def people(session, world):
    """A searcher of an advisory board who attends nothing, and a colleague of another board."""
    board = factories.body(session, world.province, name="Ban Dân vận Tỉnh ủy")
    other = factories.body(session, world.province, name="Ban Nội chính Tỉnh ủy")
    searcher = factories.user(session, (Role.RESEARCHER, board))
    stranger = factories.user(session)
    factories.post(session, searcher.person, board)
    factories.post(session, stranger.person, other)
    session.commit()
    return {"board": board, "searcher": searcher, "stranger": stranger}


@pytest.fixture
def draft(installation, world) -> Document:
    return taken(installation, world, "Dự thảo " + WORDS)


@pytest.fixture
def signed(installation, world) -> Document:
    return taken(installation, world, WORDS)


def taken(installation, world, title: str) -> Document:
    content = papers.pdf(title, "Phòng họp không giấy tờ")
    document = papers.taken_in(installation, world.office, content=content)

    def lay(session) -> None:
        row = session.get_one(Document, document.id)
        row.title = title
        if title.startswith("Dự thảo"):
            factories.paper(session, world.item, row)
        services.find_anew(session, row)

    installation.database.write(lay)
    papers.work(installation)
    return document


def issue(client, document: Document, **changes):
    facts = {
        "symbol": "436-KL/TU",
        "issued_on": "24/11/2023",
        "signer": "Hà Trọng Khiêm",
        "reach": "bodies",
    }
    return client.submit(f"/documents/{document.id}/issue", **facts | changes)


def found(client) -> list[str]:
    return LINKS.findall(client.get("/archive?q=khong+giay").get_data(as_text=True))


def test_who_is_in_the_circulation_finds_the_document_and_no_draft(
    installation, sign_in, world, people, draft, signed
):
    for who in (people["searcher"], people["stranger"]):
        assert found(sign_in(who)) == []
    answer = issue(
        sign_in(world.clerk), signed, bodies=[str(people["board"].id)], drafts=[str(draft.id)]
    )
    assert answer.status_code == 303
    searcher, stranger = sign_in(people["searcher"]), sign_in(people["stranger"])
    assert found(searcher) == [str(signed.id)]
    assert found(stranger) == []
    for client, document, status in (
        (searcher, signed, 200),
        (searcher, draft, 404),
        (stranger, signed, 404),
        (stranger, draft, 404),
        (sign_in(world.delegate), draft, 200),
        (sign_in(world.delegate), signed, 404),
        (sign_in(world.researcher), draft, 404),
    ):
        for page in ("", "/record", "/timeline"):
            assert client.get(f"/documents/{document.id}{page}").status_code == status
    html = searcher.get(f"/documents/{signed.id}/record").get_data(as_text=True)
    assert str(draft.id) not in html
    assert world.meeting.title not in html


def test_the_draft_stands_folded_under_the_document(sign_in, world, people, draft, signed):
    clerk = sign_in(world.clerk)
    issue(clerk, signed, bodies=[str(people["board"].id)], drafts=[str(draft.id)])
    assert found(clerk) == [str(signed.id)]
    html = clerk.get("/archive?q=khong+giay").get_data(as_text=True)
    assert f"/documents/{draft.id}/record" in html
    record = clerk.get(f"/documents/{draft.id}/record").get_data(as_text=True)
    assert "Đây là bản dự thảo" in record
    assert "436-KL/TU" in record
    again = clerk.get(f"/documents/{signed.id}/record").get_data(as_text=True)
    assert world.meeting.title in again, "where its draft was discussed"


def test_the_form_comes_filled_with_what_was_read(installation, sign_in, world, people, signed):
    def read(session) -> None:
        version = session.get_one(Document, signed.id)
        said = {"recipients": "- Ban Dân vận Tỉnh uỷ,\n- Lưu Văn phòng Tỉnh uỷ."}
        from meetings.documents.queries import current_version

        current_version(session, version).header = {"metadata": said, "citations": []}

    installation.database.write(read)
    html = sign_in(world.clerk).get(f"/documents/{signed.id}/issue").get_data(as_text=True)
    assert "Ban Dân vận Tỉnh uỷ," in html
    board = people["board"].id
    assert re.search(rf'<input checked[^>]*value="{board}"|value="{board}"[^>]*checked', html)


@pytest.mark.parametrize(
    ("reach", "list_", "told"),
    [("bodies", {}, "ít nhất một cơ quan"), ("people", {}, "ít nhất một người")],
)
def test_a_circulation_to_nobody_is_asked_again(sign_in, world, signed, reach, list_, told):
    answer = issue(sign_in(world.clerk), signed, reach=reach, **list_)
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)


def test_named_persons_and_the_whole_party(installation, sign_in, session, world, people, signed):
    clerk, stranger = sign_in(world.clerk), people["stranger"]
    issue(clerk, signed, reach="people", people=[str(stranger.person_id)])
    assert found(sign_in(stranger)) == [str(signed.id)]
    assert found(sign_in(people["searcher"])) == []
    issue(clerk, signed, reach="party", people=[str(stranger.person_id)])
    for who in (stranger, people["searcher"]):
        assert found(sign_in(who)) == [str(signed.id)]
    assert found(sign_in(world.outsider)) == [], "without a post in the Party's bodies"
    issue(clerk, signed, reach="archivists")
    assert found(sign_in(stranger)) == []
    with installation.database.reading() as reading:
        assert circulation_of(reading, signed).reach is Reach.ARCHIVISTS
        lines = reading.scalars(
            select(AuditEntry).where(
                AuditEntry.action == "document:issue", AuditEntry.subject_id == str(signed.id)
            )
        ).all()
    assert len(lines) == 3


def test_only_the_office_issues(sign_in, world, people, signed):
    for who in (world.delegate, world.researcher, world.administrator, people["searcher"]):
        assert issue(sign_in(who), signed).status_code == 404


def test_issuing_again_exchanges_lists_and_drafts(
    installation, sign_in, world, people, draft, signed
):
    clerk = sign_in(world.clerk)
    issue(clerk, signed, bodies=[str(people["board"].id)], drafts=[str(draft.id)])
    issue(clerk, signed, bodies=[str(world.province.id)])
    with installation.database.reading() as reading:
        assert reading.scalars(select(IssueBody.body_id)).all() == [world.province.id]
        assert reading.scalars(select(IssueDraft)).all() == []


def test_a_restricted_paper_goes_to_more_only_by_two_persons(
    installation, sign_in, session, world, people
):
    clerks = [
        factories.user(session, (Role.CLERK, world.province), clearance=AccessLevel.RESTRICTED)
        for _ in range(2)
    ]
    document = factories.document(
        session, world.office, title=WORDS, access_level=AccessLevel.RESTRICTED
    )
    people["searcher"].clearance = AccessLevel.RESTRICTED
    session.add(people["searcher"])
    session.commit()
    first, second = (sign_in(clerk) for clerk in clerks)
    board = people["board"]
    issue(first, document, bodies=[str(board.id)])
    searcher = sign_in(people["searcher"])
    address = f"/documents/{document.id}/record"
    assert searcher.get(address).status_code == 404
    with installation.database.reading() as reading:
        [wish] = reading.scalars(select(Widening)).all()
    waiting = second.get("/widenings").get_data(as_text=True)
    assert board.name in waiting
    assert first.submit(f"/widenings/{wish.id}/agree").status_code == 404
    assert second.submit(f"/widenings/{wish.id}/agree").status_code == 303
    assert searcher.get(address).status_code == 200
    issue(first, document, reach="archivists")
    assert searcher.get(address).status_code == 404, "what narrows holds at once"


def test_the_second_person_reads_the_names_and_the_whole_party(sign_in, session, world, people):
    clerks = [
        factories.user(session, (Role.CLERK, world.province), clearance=AccessLevel.RESTRICTED)
        for _ in range(2)
    ]
    documents = [
        factories.document(session, world.office, access_level=AccessLevel.RESTRICTED)
        for _ in range(2)
    ]
    session.commit()
    first, second = (sign_in(clerk) for clerk in clerks)
    issue(first, documents[0], reach="people", people=[str(people["stranger"].person_id)])
    issue(first, documents[1], reach="party")
    html = second.get("/widenings").get_data(as_text=True)
    assert people["stranger"].person.full_name in html
    assert "Toàn Đảng bộ tỉnh" in html

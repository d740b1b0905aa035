"""The reader sees his own pages and is told what the office sees; the office sees no more."""

import pytest

from meetings.documents.queries import current_version
from meetings.models import Document
from tests import factories, papers


@pytest.fixture
def document(installation, session, world) -> Document:
    """A released paper of three pages."""
    document = papers.prepared(installation, world.office)
    factories.paper(session, world.item, document)
    session.commit()
    return document


def html(answer) -> str:
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def version_of(installation, document: Document) -> str:
    with installation.database.reading() as session:
        return str(current_version(session, document).id)


def test_from_the_first_page_seen_to_the_last(installation, sign_in, world, document):
    reader, clerk = sign_in(world.delegate), sign_in(world.clerk)
    version, at = version_of(installation, document), f"/documents/{document.id}"
    assert "<span data-seen-count>0/3</span>" in html(reader.get(at))
    for list_at in (f"{at}/readiness", f"/meetings/{world.meeting.id}/readiness"):
        assert "Chưa mở" in html(clerk.get(list_at))
    for page in (1, 3):
        reader.submit(f"{at}/position", page=page, version=version)
    shown = html(reader.get(at))
    assert "<span data-seen-count>2/3</span>" in shown
    assert 'data-seen="1,3"' in shown
    seen = html(clerk.get(f"{at}/readiness"))
    assert seen.count('class="chip chip-info"') == 1
    assert world.delegate.person.full_name in seen
    reader.submit(f"{at}/position", page=2, version=version)
    assert 'class="chip chip-good"' in html(clerk.get(f"{at}/readiness"))
    assert "<span data-seen-count>0/3</span>" in html(sign_in(world.other_delegate).get(at))


def test_both_sides_are_told_what_the_office_sees(sign_in, world, document):
    reader, clerk = sign_in(world.delegate), sign_in(world.clerk)
    for address in (f"/documents/{document.id}", f"/meetings/{world.meeting.id}"):
        assert "không thấy đã xem trang nào" in html(reader.get(address))
    assert "đều được báo" in html(clerk.get(f"/meetings/{world.meeting.id}/readiness"))


def test_only_the_office_of_a_meeting_sees_how_far_others_are(sign_in, world, document):
    for user in (world.delegate, world.outsider, world.administrator, world.researcher):
        client = sign_in(user)
        assert client.get(f"/documents/{document.id}/readiness").status_code == 404
        assert client.get(f"/meetings/{world.meeting.id}/readiness").status_code == 404


def test_without_papers_the_lists_say_so(installation, session, sign_in, world):
    alone = papers.prepared(installation, world.office)
    clerk = sign_in(world.clerk)
    assert "Chưa phát hành tài liệu nào" in html(
        clerk.get(f"/meetings/{world.planned_meeting.id}/readiness")
    )
    assert "chưa đặt trước ai" in html(clerk.get(f"/documents/{alone.id}/readiness"))


@pytest.mark.parametrize("version", ["x", "1234", "../.."])
def test_a_version_that_is_no_name_is_refused(sign_in, world, document, version: str):
    answer = sign_in(world.delegate).submit(
        f"/documents/{document.id}/position", page=1, version=version
    )
    assert answer.status_code == 422

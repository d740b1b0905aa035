import pytest

from meetings import clock, vault
from meetings.agenda.services import lay_paper, release_paper
from meetings.documents.changes import queries
from meetings.documents.facts.queries import versions_of
from meetings.models import Document
from tests import factories

OLD = "Điều 1. Dự toán chi năm 2026 là 120 tỷ đồng.\nĐiều 2. Giao Sở Tài chính thực hiện."
NEW = "Điều 1. Dự toán chi năm 2026 là 150 tỷ đồng.\nĐiều 3. Nghị quyết có hiệu lực ngay."


@pytest.fixture
def document(session, installation, world):
    """A released paper with two versions; its later one came after the release."""
    made = factories.document(session, world.office, title="Tờ trình dự toán")
    versions = []
    for number, text in enumerate((OLD, NEW), 1):
        if versions:
            versions[0].superseded_at = clock.now()
        version = factories.version(
            session, installation.keys, installation.store, made, text.encode(), number=number
        )
        session.refresh(version)
        key = vault.storage_key(installation.keys, version)
        stored = installation.store.put_bytes(text.encode(), key=key).digest
        reading = vault.reading_key(installation.keys, version)
        words = installation.store.put_bytes(b"[]", key=reading).digest
        factories.page(session, version, text=stored, words=words)
        versions.append(version)
        paper = lay_paper(session, world.item, made)
        release_paper(session, paper, by=world.clerk)
    session.commit()
    identity = made.id
    session.rollback()
    return identity


def address(document, **asked):
    return f"/documents/{document}/changes?" + "&".join(f"{k}={v}" for k, v in asked.items())


def test_the_page_tells_words_paragraphs_and_pages(sign_in, world, document):
    page = sign_in(world.clerk).get(address(document)).text
    assert "<del><strong>120</strong></del>" in page
    assert "<ins><strong>150</strong></ins>" in page
    for words in ("Đã sửa: 1", "Thêm mới: 1", "Bỏ đi: 1", f"/documents/{document}?page=1"):
        assert words in page
    assert "/image/1600" in page


def test_a_delegate_is_led_there_from_the_reader_and_not_to_old_pages(sign_in, world, document):
    client = sign_in(world.delegate)
    assert f"/documents/{document}/changes" in client.get(f"/documents/{document}").text
    page = client.get(address(document)).text
    assert "<ins><strong>150</strong></ins>" in page
    assert "/image/1600" not in page


def test_the_list_of_versions_leads_there(sign_in, world, document):
    page = sign_in(world.clerk).get(f"/documents/{document}/facts").text
    assert "changes?old=1&amp;new=2" in page


@pytest.mark.parametrize(
    "asked", [{"old": 2, "new": 1}, {"old": 1, "new": 1}, {"old": 7}, {"new": 9}]
)
def test_versions_that_are_no_pair_are_absent(sign_in, world, document, asked):
    assert sign_in(world.clerk).get(address(document, **asked)).status_code == 404


def test_a_paper_with_one_version_has_no_changes(session, installation, sign_in, world):
    alone = factories.document(session, world.office)
    factories.version(session, installation.keys, installation.store, alone, b"%PDF")
    session.commit()
    assert sign_in(world.clerk).get(address(alone.id)).status_code == 404


@pytest.mark.parametrize("who", ["outsider", "administrator"])
def test_nobody_else_learns_what_changed(sign_in, world, document, who):
    assert sign_in(getattr(world, who)).get(address(document)).status_code == 404


@pytest.mark.parametrize("longest", [0, None])
def test_what_is_too_long_or_not_read_is_not_compared(
    session, installation, sign_in, world, document, monkeypatch, longest
):
    client = sign_in(world.clerk)
    if longest is None:
        new, _old = versions_of(session, session.get_one(Document, document), by=world.clerk)
        session.delete(queries.pages_of(session, new)[0])
        session.commit()
    else:
        monkeypatch.setattr(queries, "LONGEST", longest)
    assert "chưa so sánh được" in client.get(address(document)).text.lower()


def test_versions_with_the_same_words_differ_in_none(
    session, installation, sign_in, world, document
):
    client = sign_in(world.clerk)
    new, old = versions_of(session, session.get_one(Document, document), by=world.clerk)
    pages = [queries.pages_of(session, version)[0] for version in (new, old)]
    key = vault.storage_key(installation.keys, new)
    pages[0].text = installation.store.put_bytes(OLD.encode(), key=key).digest
    session.commit()
    assert "Không có chữ nào thay đổi" in client.get(address(document)).text

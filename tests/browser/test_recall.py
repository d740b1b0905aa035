"""Recall in a real browser: an open reader closes by itself, and the tablet keeps nothing."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from meetings.agenda import services as agenda
from meetings.models import AgendaPaper, KeptPack
from tests import papers
from tests.browser.test_notes import FILES, LINE, document, draw, open_reader, page, tool, write

__all__ = ["document", "page"]
pytestmark = pytest.mark.browser
WITHIN = 2_000
KEPT = """async () => new Promise((resolve) => {
  const opening = indexedDB.open("nghi-su");
  opening.onsuccess = () => {
    const rows = opening.result.transaction("packs").objectStore("packs").getAll();
    rows.onsuccess = () => { opening.result.close(); resolve(rows.result.length); };
  };
})"""


def recall(installation, document) -> None:
    def change(session) -> None:
        query = select(AgendaPaper).where(AgendaPaper.document_id == document.id)
        agenda.recall_paper(session, session.scalars(query).one(), by=None)

    installation.database.write(change)


def dropped(installation) -> list:
    with installation.database.reading() as reading:
        return [row.dropped_at for row in reading.scalars(select(KeptPack))]


@pytest.fixture
def kept(page, world, document, installation):
    """The paper on the tablet, told to the office."""
    page.goto(f"/meetings/{world.meeting.id}")
    expect(page.locator(".keep-state")).to_have_text("Đã tải về máy")
    page.wait_for_timeout(1500)
    assert dropped(installation) == [None]
    return document


def wait_until_dropped(page, installation) -> None:
    """Wait until every tablet told that it let go of what it kept; a busy machine takes longer."""
    for _ in range(100):
        if None not in dropped(installation):
            return
        page.wait_for_timeout(150)
    raise AssertionError(dropped(installation))


def test_an_open_reader_closes_by_itself(page, kept, world, installation, accessible):
    paper = str(kept.id)
    page.goto(f"/meetings/{world.meeting.id}")
    page.locator(f"main a[href*='/documents/{paper}']").first.click()
    expect(page.locator(".reader-marks")).to_be_attached()
    write(page, "Hỏi lại số liệu", 0.3)
    expect(page.locator(".note-state")).to_have_text("Đã lưu mọi ghi chú")
    recall(installation, kept)
    expect(page.locator(".reader-closed")).to_be_visible(timeout=WITHIN)
    expect(page.locator("doc-reader")).to_have_count(0)
    accessible(page)
    wait_until_dropped(page, installation)
    assert page.evaluate(FILES) == []
    assert page.evaluate(KEPT) == 0
    page.get_by_role("link", name="Về chương trình họp").click()
    page.wait_for_url(f"**/meetings/{world.meeting.id}*")
    page.goto("/notes")
    expect(page.locator("main")).to_contain_text("Hỏi lại số liệu")
    papers.work(installation)


def test_a_tablet_without_network_closes_when_it_comes_back(page, kept, installation):
    open_reader(page, kept)
    page.context.set_offline(True)
    open_reader(page, kept)
    recall(installation, kept)
    page.wait_for_timeout(500)
    expect(page.locator("doc-reader")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".reader-closed")).to_be_visible()
    wait_until_dropped(page, installation)
    assert page.evaluate(KEPT) == 0


def test_what_is_kept_goes_on_any_page_once_there_is_a_network(page, kept, installation):
    page.context.set_offline(True)
    recall(installation, kept)
    page.context.set_offline(False)
    page.goto("/notes")
    wait_until_dropped(page, installation)
    assert page.evaluate(KEPT) == 0


def test_what_was_dropped_is_told_on_the_next_page_when_the_first_is_left_at_once(
    page, kept, installation
):
    page.route("**/tablet/packs", lambda route: route.abort())
    recall(installation, kept)
    page.goto("/notes")
    page.wait_for_function(f"async () => await ({KEPT})() === 0")
    assert dropped(installation) == [None]
    page.unroute("**/tablet/packs")
    page.goto("/help")
    wait_until_dropped(page, installation)


def test_a_new_version_is_told_quietly_and_nobody_is_taken_away(
    page, document, installation, accessible
):
    page.goto(f"/documents/{document.id}?page=2")
    expect(page.locator(".reader-marks")).to_be_attached()
    page.wait_for_timeout(500)
    papers.replaced(installation, document, papers.pdf("Bản mới: 150 tỷ đồng", *papers.TEXTS[1:]))
    strip = page.locator(".reader-news")
    expect(strip).to_contain_text("Có bản mới", timeout=5_000)
    expect(strip).to_contain_text("150")
    expect(page.locator(".reader-count")).to_have_text("2/3")
    accessible(page)
    strip.get_by_role("button", name="Để sau").click()
    expect(strip).to_be_hidden()
    page.reload()
    expect(page.locator(".reader-marks")).to_be_attached()
    expect(strip).to_be_hidden()
    expect(page.locator(".reader-count")).to_have_text("2/3")


def test_notes_go_with_their_words_to_the_new_version(page, document, installation):
    open_reader(page, document)
    across, down = page.evaluate(LINE)
    tool(page, "highlight")
    draw(page, "pen", across, down)
    expect(page.locator(".mark-highlight")).to_have_count(1)
    tool(page, "pen")
    draw(page, "pen", 0.4, 0.9)
    expect(page.locator(".note-state")).to_have_text("Đã lưu mọi ghi chú")
    first = f"Tờ trình của Văn phòng: {papers.TEXTS[0]}"
    papers.replaced(installation, document, papers.pdf(first, *papers.TEXTS[1:]))
    open_reader(page, document)
    expect(page.locator(".mark-highlight")).to_have_count(1)
    expect(page.locator(".mark-ink")).to_have_count(0)
    page.get_by_role("link", name="1 nét ở bản cũ").click()
    expect(page.locator(".note-sketch")).to_be_visible()

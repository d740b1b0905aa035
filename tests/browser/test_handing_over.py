"""A tablet that goes to somebody else has nothing of the person before, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from meetings.accounts.devices import services
from meetings.models import User
from tests import factories, papers
from tests.serving import served
from tests.tablets import PIN

pytestmark = pytest.mark.browser
TITLE = "Báo cáo riêng về công tác cán bộ quý III"
KEPT = """async () => ({
  databases: (await indexedDB.databases()).map((one) => one.name).sort(),
  caches: (await caches.keys()).sort(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  words: localStorage.length + sessionStorage.length,
})"""
PATIENCE = 90_000
HAND_OVER = "Trao máy"
FILES = "async () => (await (await caches.open('files')).keys()).length"
NOTHING = {"databases": [], "caches": [], "workers": 0, "words": 0}


@pytest.fixture
def document(installation, session, world):
    """A released paper of the world's meeting."""
    document = session.merge(papers.prepared(installation, world.office))
    document.title = TITLE
    factories.paper(session, world.item, document)
    session.commit()
    return document


@pytest.fixture
def tablet(browser, app, installation, world, document) -> Iterator[Page]:
    """A tablet that its delegate enrolled and opened with the PIN."""
    code = installation.database.write(
        lambda session: services.issue_code(session, session.get_one(User, world.delegate.id))
    )
    with served(app) as server:
        address = f"http://localhost:{server.port}"
        context = browser.new_context(base_url=address, locale="vi-VN")
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"/enrol#{code}")
        page.fill("[name=pin]", PIN)
        page.fill("[name=again]", PIN)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{address}/")
        yield page
        context.close()


def kept_files(page: Page) -> int:
    """Return how many files are on the tablet, once it has all of the meeting's papers."""
    expect(page.locator(".keep-state")).to_have_text("Đã tải về máy")
    return int(page.evaluate(FILES))


def press(page: Page, word: str, field: str) -> None:
    page.locator("summary", has=page.locator(".menu-person")).click()
    page.get_by_role("button", name=word).click()
    if word == HAND_OVER:  # it says first which papers go
        leave = page.locator("dialog[open]").get_by_role("button", name="Rời máy")
        leave.click(timeout=PATIENCE)  # the browser empties itself before it goes on
    expect(page.locator(f"[name={field}]")).to_be_visible()


def test_a_locked_tablet_keeps_its_papers_and_comes_back_to_the_same_page(tablet, world):
    tablet.goto(f"/meetings/{world.meeting.id}")
    files = kept_files(tablet)
    assert files > 0
    press(tablet, "Khóa máy", "pin")
    assert tablet.evaluate(FILES) >= files, "what is on the tablet stays there"
    tablet.wait_for_load_state("networkidle")
    tablet.fill("[name=pin]", PIN)
    tablet.keyboard.press("Enter")
    tablet.wait_for_url(f"**/meetings/{world.meeting.id}*")


def test_handing_over_leaves_nothing_behind_not_even_for_the_back_button(tablet, document, world):
    tablet.goto(f"/meetings/{world.meeting.id}")
    assert kept_files(tablet) > 0
    tablet.goto(f"/documents/{document.id}")
    expect(tablet.get_by_text(TITLE).first).to_be_attached()
    kept = tablet.evaluate(KEPT)
    assert len(kept["databases"]) == 2, "the key of the tablet; what it keeps of papers and notes"
    assert (kept["caches"], kept["workers"]) == (["code", "files"], 1)
    tablet.goto("/")
    press(tablet, HAND_OVER, "password")
    assert tablet.evaluate(KEPT) == NOTHING
    for _ in range(4):
        tablet.go_back()
        expect(tablet.locator("[name=password]")).to_be_visible()
        assert TITLE not in tablet.content()
    for address in ("/pin", f"/documents/{document.id}", "/reader/offline"):
        tablet.goto(address)
        assert TITLE not in tablet.content()
    assert tablet.evaluate(KEPT) == NOTHING, "going back brought nothing with it"

"""Without a network: read, annotate, return, and nothing is lost; the disk holds no plain word."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_journeys import picture_is_shown
from tests.browser.test_notes import draw, tool

pytestmark = pytest.mark.browser
DISK = """async () => {
  const cache = await caches.open("files");
  const parts = [];
  for (const request of (await cache.keys()).slice(0, 40)) {
    const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
    parts.push(new TextDecoder("latin1").decode(bytes));
  }
  const database = await new Promise((resolve) => {
    const asked = indexedDB.open("nghi-su");
    asked.onsuccess = () => resolve(asked.result);
  });
  for (const store of database.objectStoreNames) {
    const rows = await new Promise((resolve) => {
      const asked = database.transaction(store).objectStore(store).getAll();
      asked.onsuccess = () => resolve(asked.result);
    });
    parts.push(JSON.stringify(rows, (name, value) => {
      if (value instanceof CryptoKey) return value.extractable ? "EXTRACTABLE" : "key";
      if (value instanceof ArrayBuffer) value = new Uint8Array(value);
      if (value instanceof Uint8Array) return new TextDecoder("latin1").decode(value);
      return value;
    }));
  }
  return parts;
}"""


@pytest.fixture
def meeting(open_page, browser_name="chromium"):
    """A delegate whose tablet keeps the papers of the meeting of today."""
    page = open_page("delegate")
    page.locator("main a[href*='/meetings/']").first.click()
    expect(page.locator(".keep-words")).to_have_text(re.compile("Đã tải đủ"), timeout=120_000)
    return page


def kept(page: Page) -> str:
    """Return the address of a paper that the tablet keeps."""
    paper = page.locator("[data-keep]:has(.keep-state[data-state=keep-done])").first
    return paper.get_attribute("href")


def test_every_paper_says_how_it_stands_and_the_page_stays_accessible(meeting, accessible):
    states = meeting.locator(".keep-state").all_text_contents()
    assert states
    assert set(states) == {"Đã tải về máy"}
    accessible(meeting)


def test_without_a_network_one_reads_and_writes_and_nothing_is_lost(meeting, accessible):
    address = kept(meeting)
    meeting.evaluate("caches.open('code').then(cache => cache.match('/reader/offline'))")
    shell_is_kept(meeting)
    meeting.context.set_offline(True)
    meeting.goto(address)
    picture_is_shown(meeting)
    expect(meeting.locator(".chip", has_text="Không có mạng")).to_be_visible()
    accessible(meeting)
    meeting.keyboard.press("ArrowRight")
    expect(meeting).to_have_url(re.compile("page=2"))
    picture_is_shown(meeting)
    tool(meeting, "note")
    draw(meeting, "touch")
    meeting.locator("#note-dialog textarea").fill("Viết khi mất mạng")
    meeting.locator("#note-dialog [value=keep]").click()
    expect(meeting.locator(".note-state")).to_contain_text("chờ mạng")
    meeting.reload()
    picture_is_shown(meeting)
    expect(meeting.locator(".note-pin", has_text="Viết khi mất mạng")).to_be_visible()
    meeting.context.set_offline(False)
    meeting.reload()
    picture_is_shown(meeting)
    expect(meeting.locator(".note-pin", has_text="Viết khi mất mạng")).to_be_visible()
    meeting.wait_for_timeout(1500)
    meeting.goto("/notes")
    expect(meeting.locator("main")).to_contain_text("Viết khi mất mạng")


def shell_is_kept(page: Page) -> None:
    deadline = time.monotonic() + 20
    while not page.evaluate("caches.match('/reader/offline').then(Boolean)"):
        assert time.monotonic() < deadline
        page.wait_for_timeout(100)


def test_what_the_tablet_keeps_says_nothing_without_its_keys(meeting):
    titles = meeting.locator("[data-keep]").evaluate_all("all => all.map(a => a.dataset.title)")
    parts = meeting.evaluate(DISK)
    everything = "\n".join(parts)
    assert parts[0].startswith("NGHISU")
    for plain in ("RIFF", "WEBP", '"text"', "EXTRACTABLE", *titles):
        assert plain not in everything
        assert plain.encode().decode("latin1") not in everything


def test_who_leaves_the_tablet_leaves_nothing_readable_on_it(meeting):
    address = kept(meeting)
    shell_is_kept(meeting)
    meeting.evaluate("document.querySelector('form[action$=\"/sign-out\"]').requestSubmit()")
    meeting.wait_for_url(re.compile("sign-in"))
    assert meeting.evaluate("indexedDB.databases().then(all => all.length)") == 0
    assert meeting.evaluate("caches.keys().then(all => all.length)") == 0
    meeting.goto(address)
    expect(meeting).to_have_url(re.compile("sign-in"))

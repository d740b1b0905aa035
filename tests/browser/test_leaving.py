"""Leaving a tablet in a real browser: what was written without a network is not lost unasked."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_notes import document, open_reader, page, write

__all__ = ["document", "page"]
pytestmark = pytest.mark.browser
LEAVE = """() => {
  const form = document.querySelector("form[action$='/sign-out']");
  form.querySelector("button").click();
}"""

UNSENT = """() => {
  const real = globalThis.fetch;
  globalThis.fetch = (to, how) =>
    String(to).includes("/notes/operations") ? Promise.reject(new TypeError()) : real(to, how);
}"""


@pytest.fixture
def written(page, world, document):
    """A note that was written without a network, and the network is back on another page."""
    page.goto(f"/meetings/{world.meeting.id}")
    expect(page.locator(".keep-state")).to_have_text("Đã tải về máy")
    page.wait_for_timeout(2000)
    page.context.set_offline(True)
    open_reader(page, document)
    write(page, "Viết khi mất mạng", 0.7)
    expect(page.locator(".note-state")).to_contain_text("chờ mạng")


def test_the_note_is_sent_before_its_author_leaves(page, written, world, sign_in, accessible):
    page.context.set_offline(False)
    page.goto("/help")
    page.evaluate(LEAVE)
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("1 tài liệu")
    expect(dialog).not_to_contain_text("ghi chú")
    accessible(page)
    dialog.get_by_role("button", name="Ở lại").click()
    expect(dialog).to_have_count(0)
    page.evaluate(LEAVE)
    dialog.get_by_role("button", name="Rời máy").click()
    expect(page.locator("[name=password]")).to_be_visible()
    assert "Viết khi mất mạng" in sign_in(world.delegate).get("/notes").text


def test_who_has_nothing_on_the_tablet_leaves_at_once(page, world):
    page.goto("/help")
    page.evaluate(LEAVE)
    expect(page.locator("[name=password]")).to_be_visible()


def test_a_note_that_cannot_be_sent_keeps_its_author(page, written, accessible):
    page.context.set_offline(False)
    page.goto("/help")
    page.evaluate(UNSENT)
    page.evaluate(LEAVE)
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("1 ghi chú chưa gửi được")
    accessible(page)
    expect(dialog.get_by_role("button", name="Ở lại")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page).to_have_url(re.compile("/help"))

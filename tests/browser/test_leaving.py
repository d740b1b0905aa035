"""Leaving a tablet in a real browser: what was written without a network is not lost unasked."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_notes import document, open_reader, page, write

__all__ = ["document", "page"]
pytestmark = pytest.mark.browser
LEAVE = """() => {
  const form = document.querySelector("form[action$='/sign-out']");
  form.querySelector("button").click();
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


def test_the_note_is_sent_before_its_author_leaves(page, written, world, sign_in):
    page.context.set_offline(False)
    page.goto("/help")
    page.evaluate(LEAVE)
    expect(page.locator("[name=password]")).to_be_visible()
    assert "Viết khi mất mạng" in sign_in(world.delegate).get("/notes").text

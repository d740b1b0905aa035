"""The keyboard in a tray of several pages, in a real browser."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from meetings.models import Certainty, TrayFile
from tests import factories
from tests.serving import served

pytestmark = pytest.mark.browser
FILES = 60


@pytest.fixture
def tray(app, browser, sign_in, session, world):
    """Open a tray of sixty files for the clerk."""
    meeting = world.meeting
    for number in range(FILES):
        of = factories.document(session, meeting.body, title=f"Văn bản {number}")
        facts = {"document_id": of.id, "file_name": f"{number:02}.pdf", "size": 1000}
        session.add(TrayFile(meeting_id=meeting.id, by_hand=True, **facts))
    session.commit()
    place = meeting.id
    session.rollback()
    cookie = sign_in(world.clerk).get_cookie("sid")
    with served(app) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        context = browser.new_context(locale="vi-VN")
        context.set_default_timeout(30_000)
        context.add_cookies([{"name": "sid", "value": cookie.value, "url": address}])
        page = context.new_page()
        page.goto(f"{address}/meetings/{place}/tray")
        yield page
        context.close()


def test_arrows_go_over_the_edge_of_a_page_and_digits_leave_the_focus_in_its_place(
    tray, session, world
):
    rows, focused = tray.locator("[data-file]"), tray.locator("[data-file]:focus")
    expect(rows).to_have_count(50)
    rows.last.focus()
    tray.keyboard.press("ArrowDown")
    expect(focused).to_have_attribute("data-name", "50.pdf")
    expect(rows).to_have_count(10)
    tray.keyboard.press("ArrowUp")
    expect(focused).to_have_attribute("data-name", "49.pdf")
    rows.nth(3).focus()
    tray.keyboard.press("1")
    expect(focused).to_have_attribute("data-name", "04.pdf")
    query = select(TrayFile.item_id, TrayFile.certainty).where(TrayFile.file_name == "03.pdf")
    assert session.execute(query).one() == (world.item.id, Certainty.SURE)

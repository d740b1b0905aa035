"""An agenda is put in order with the keyboard and by dragging, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.serving import served

pytestmark = pytest.mark.browser


@pytest.fixture
def agenda(app, browser, sign_in, session, world):
    """Open the agenda of a meeting with four items for the clerk."""
    meeting = factories.meeting(session, world.office)
    for position, title in enumerate("ABCD", 1):
        factories.item(session, meeting, title=title, position=position, planned_minutes=10)
    session.commit()
    place = meeting.id
    session.rollback()
    cookie = sign_in(world.clerk).get_cookie("sid")
    with served(app) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 1600})
        context.set_default_timeout(30_000)
        context.add_cookies([{"name": "sid", "value": cookie.value, "url": address}])
        page = context.new_page()
        page.goto(f"{address}/meetings/{place}/arrange")
        yield page
        context.close()


def in_order(page, titles):
    """Wait until the items stand in an order."""
    lines = page.locator("[data-arranging] h3")
    expect(lines).to_have_text([re.compile(rf"{n}\.\s+{t}") for n, t in enumerate(titles, 1)])


def test_keys_put_items_in_order_and_keep_the_focus(agenda):
    in_order(agenda, "ABCD")
    agenda.locator("[data-title=C]").focus()
    agenda.keyboard.press("ArrowUp")
    in_order(agenda, "ACBD")
    expect(agenda.locator("[data-item]:focus")).to_have_attribute("data-title", "C")
    agenda.keyboard.press("ArrowDown")
    in_order(agenda, "ABCD")
    expect(agenda.locator("[data-title=A] .agenda-time")).not_to_have_text("")


def test_an_item_that_is_dragged_stands_where_it_was_let_go(agenda):
    in_order(agenda, "ABCD")
    handle = agenda.locator("[data-title=D] [data-handle]")
    handle.drag_to(agenda.locator("[data-title=B]"), target_position={"x": 40, "y": 6})
    in_order(agenda, "ADBC")
    handle = agenda.locator("[data-title=A] [data-handle]")
    low = agenda.locator("[data-title=C]").bounding_box()["height"] - 6
    handle.drag_to(agenda.locator("[data-title=C]"), target_position={"x": 40, "y": low})
    in_order(agenda, "DBCA")

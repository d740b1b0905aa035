"""Pages of the office renew themselves, and what was in view counts as seen."""

import pytest

pytestmark = pytest.mark.browser

BOARD = '<section id="board" data-board="/stream">{}</section>'
NOTICES = (
    '<meta name="csrf-token" content="t">'
    '<div data-seen="/notices/seen" data-until="1795820537.5"></div>'
)


@pytest.fixture
def open_page(stage, page, address):
    def opened(body, script):
        stage.body = f'{body}<script type="module" src="/static/js/{script}"></script>'
        page.goto(address)
        page.wait_for_load_state("load")
        return page

    return opened


def test_a_board_shows_what_the_office_hears_of(stage, open_page):
    page = open_page(BOARD.format("before"), "board.js")
    stage.body = BOARD.format("after")
    stage.news.put("event: opinion\ndata: {}\n\n")
    page.wait_for_function("document.querySelector('#board').textContent === 'after'")


def test_nothing_moves_under_somebody_s_hands(stage, open_page):
    held = "<details open><summary>read</summary>{}</details>"
    page = open_page(BOARD.format(held.format("before")), "board.js")
    stage.body = BOARD.format(held.format("after"))
    with page.expect_response(lambda answer: "/stream" not in answer.url):
        stage.news.put("event: answer\ndata: {}\n\n")
    assert "before" in page.inner_text("#board")
    page.click("summary")
    page.evaluate("document.activeElement.blur()")
    stage.news.put("event: answer\ndata: {}\n\n")
    page.wait_for_function("document.querySelector('#board').textContent.includes('after')")


def test_what_was_in_view_for_a_moment_is_marked_as_seen(stage, open_page):
    stage.answers["/notices/seen"] = (204, "text/html", "")
    page = open_page(NOTICES, "notices.js")
    with page.expect_request("**/notices/seen"):
        pass
    page.wait_for_timeout(100)
    [(_, body)] = stage.posted
    assert b"1795820537.5" in body

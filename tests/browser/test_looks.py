"""Ways to read a page in a real browser: without margins, in large type, by its headings."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from meetings.documents.queries import current_version
from meetings.models import Document
from tests import factories, papers
from tests.browser.test_notes import draw, tablet, tool
from tests.serving import served

pytestmark = pytest.mark.browser
TEXTS = (
    "I. TÌNH HÌNH<br>" + "Thu ngân sách nhà nước trên địa bàn đạt kế hoạch đề ra. " * 12,
    "Kết luận 436-KL/TU về phòng họp không giấy tờ",
    "II. NHIỆM VỤ<br>" + "Đẩy mạnh cải cách hành chính, chuyển đổi số trong các cơ quan. " * 12,
)
WIDE = "document.querySelector('.reader-page img').getBoundingClientRect().width"
PICTURES = re.compile(r"/pages/[^/]+/(image/|light)")
SEEN = """() => {
  const frame = document.querySelector(".reader-frame").getBoundingClientRect();
  const word = [...document.querySelectorAll(".reader-words text")][0].getBoundingClientRect();
  return [word.left - frame.left, word.top - frame.top];
}"""


@pytest.fixture
def document(installation, session, world) -> Document:
    """A released paper of three pages."""
    made = papers.prepared(installation, world.office, content=papers.pdf(*TEXTS))
    document = session.merge(made)
    factories.paper(session, world.item, document)
    session.commit()
    return document


@pytest.fixture
def page(browser, app, installation, world) -> Iterator[Page]:
    """A delegate's tablet."""
    with served(app) as server:
        address = f"http://localhost:{server.port}"
        yield from tablet(address, browser, app, installation, world, width=768, height=1024)


def read(page: Page, document: Document, number: int = 1) -> None:
    page.goto(f"/documents/{document.id}?page={number}")
    expect(page.locator(".find-open")).to_be_visible()


def test_margins_are_cut_until_somebody_wants_them(page, document, accessible):
    read(page, document)
    assert page.evaluate(WIDE) > 768 * 1.1
    across, _ = page.evaluate(SEEN)
    assert 0 <= across < 60, "the text begins at the edge, and is not cut"
    page.locator(".type-open").click()
    expect(page.locator(".crop-press")).to_have_attribute("aria-pressed", "true")
    accessible(page)
    tool(page, "pen")
    draw(page, "pen", across=0.01)
    page.locator("[data-tool=done]").click()
    page.locator(".crop-press").click()
    assert page.evaluate(WIDE) == 768
    page.wait_for_timeout(300)  # the choice is kept meanwhile
    page.reload()
    page.locator(".type-open").click()
    expect(page.locator(".crop-press")).to_have_attribute("aria-pressed", "false")
    assert page.evaluate(WIDE) == 768
    page.locator(".crop-press").click()
    assert page.evaluate(WIDE) > 768
    frame = "document.querySelector('.reader-frame').getBoundingClientRect().left"
    mark = "document.querySelector('.mark-ink').getBoundingClientRect().left"
    assert page.evaluate(f"{mark} >= {frame}"), "what was drawn into the margin is seen"


def test_the_text_is_read_in_large_type_and_by_its_headings(page, document, accessible):
    read(page, document)
    page.locator(".type-open").click()
    page.locator(".type-strip [data-type=larger]").click()
    sheet = page.locator(".large-type")
    expect(sheet).to_contain_text("không phải bản gốc")
    expect(sheet.locator("h2")).to_have_text("Trang 1")
    expect(sheet.locator("p", has_text="TÌNH HÌNH")).to_have_text("I. TÌNH HÌNH")
    expect(sheet.locator(".large-type-text")).to_contain_text("đạt kế hoạch đề ra. Thu ngân sách")
    expect(page.locator(".reader-page:visible")).to_have_count(0)
    expect(page.locator(".reader-watermark")).to_be_visible()
    accessible(page)
    page.locator(".reader-next").click()
    expect(sheet.locator("h2")).to_have_text("Trang 2")
    expect(sheet).to_contain_text("436-KL/TU")
    page.reload()
    expect(sheet).to_contain_text("436-KL/TU")
    page.locator(".outline-open").click()
    headings = page.locator(".outline a")
    expect(headings).to_have_count(2)
    expect(headings.first).to_have_attribute("aria-current", "true")
    accessible(page)
    headings.nth(1).click()
    expect(sheet.locator("h2")).to_have_text("Trang 3")
    expect(sheet).to_contain_text("Đẩy mạnh cải cách")
    sheet.get_by_role("button", name="Xem trang gốc").click()
    expect(page.locator(".reader-page").first).to_be_visible()
    expect(page.locator(".reader-count")).to_have_text("3/3")
    page.keyboard.press("o")
    expect(page.locator("#outline")).to_be_visible()
    expect(headings.nth(1)).to_have_attribute("aria-current", "true")


def until_told_poor(page: Page) -> None:
    """Wait until the server has marked this tablet's network."""
    for _ in range(100):
        if "poor" in [cookie["value"] for cookie in page.context.cookies()]:
            return
        page.wait_for_timeout(100)


def test_pages_are_turned_read_in_pairs_and_light_where_the_network_is_poor(page, document):
    page.set_viewport_size({"width": 1180, "height": 820})
    read(page, document)
    figure, beside = page.locator(".reader-page").first, page.locator(".reader-beside")
    page.locator(".type-open").click()
    page.locator(".pair-press").click()
    expect(beside.locator(".reader-words text").first).to_have_text(re.compile("Kết"))
    page.keyboard.press("ArrowRight")
    expect(page.locator(".reader-count")).to_have_text("3/3")
    expect(beside).to_be_hidden()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".reader-count")).to_have_text("1/3")
    page.keyboard.press("d")
    with page.expect_request("**/position"):
        page.locator(".turn-press").click()
    expect(figure).to_have_attribute("data-turn", "1")
    across, down = page.evaluate(SEEN)
    assert across > down >= 0, "the first word stands at the top on the right"
    page.wait_for_timeout(500)  # the server hears it meanwhile
    page.reload()
    expect(figure).to_have_attribute("data-turn", "1")
    page.locator(".type-open").click()
    page.locator(".light-press").click()
    until_told_poor(page)
    page.reload()
    expect(figure.locator("img[data-light]")).to_have_count(1)
    page.locator(".type-open").click()
    page.locator(".light-press").click()
    expect(figure.locator("img:not([data-light])")).to_have_count(1)


def test_a_page_of_a_version_that_was_replaced_says_so(page, installation, document):
    read(page, document)
    page.route(PICTURES, lambda route: route.abort())
    page.evaluate("document.querySelector('doc-reader').show(3)")
    page.evaluate("document.querySelector('doc-reader').pictures.clear()")
    page.evaluate("document.querySelector('doc-reader').show(2)")
    expect(page.locator(".reader-problem")).to_be_visible()
    expect(page.locator(".reader-replaced")).to_be_hidden()
    papers.replaced(installation, document, papers.pdf("Bản mới", "Trang hai"))
    with installation.database.reading() as session:
        assert current_version(session, session.merge(document)).page_count == 2
    page.locator(".reader-retry").click()
    expect(page.locator(".reader-replaced")).to_contain_text("bản đã được thay")
    expect(page.locator(".reader-problem")).to_be_hidden()
    page.unroute(PICTURES)
    page.locator(".reader-replaced a").click()
    expect(page.locator(".reader-count")).to_have_text(re.compile("2/2"))


def test_a_tap_at_the_edge_leads_down_the_page_and_then_on(page, document):
    page.set_viewport_size({"width": 1024, "height": 600})
    read(page, document)
    stage = page.locator(".reader-stage")
    top = "document.querySelector('.reader-stage').scrollTop"
    box = stage.bounding_box()
    right, left = (box["x"] + box["width"] * part for part in (0.97, 0.03))
    middle = box["y"] + box["height"] / 2
    page.touchscreen.tap(right, middle)
    assert page.evaluate(top) > 100
    expect(page.locator(".reader-count")).to_have_text("1/3")
    taps = 0
    while page.locator(".reader-count").inner_text() == "1/3" and taps < 6:
        page.touchscreen.tap(right, middle)
        taps += 1
    expect(page.locator(".reader-count")).to_have_text("2/3")
    assert page.evaluate(top) == 0
    page.touchscreen.tap(left, middle)
    expect(page.locator(".reader-count")).to_have_text("1/3")
    assert page.evaluate(top) > 100, "back at the end of the page before"
    page.locator("body").press("Space")
    expect(page.locator(".reader-count")).to_have_text("2/3")
    page.locator("body").press("Shift+Space")
    expect(page.locator(".reader-count")).to_have_text("1/3")

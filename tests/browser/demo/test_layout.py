"""What a narrow screen, large letters and paper do to the pages."""

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser
PLACES_AND_MENUS = ".header > .brand, .header summary"


def prefer(page: Page, cookie: str) -> None:
    address = page.url
    page.context.add_cookies([{"name": "preferences", "value": cookie, "url": address}])
    page.goto(address)


@pytest.mark.parametrize("size", ["100", "125", "150"])
def test_the_header_of_a_telephone_is_one_line_at_every_size_of_text(open_page, size: str):
    page = open_page("delegate", "phone")
    prefer(page, f"light.{size}.vi")
    boxes = [one.bounding_box() for one in page.locator(PLACES_AND_MENUS).all()]
    middles = {round(box["y"] + box["height"] / 2) for box in boxes}
    assert max(middles) - min(middles) <= 2
    expect(page.locator(".header summary").last).to_have_accessible_name("Khúc Thị Thanh Nhàn")


@pytest.mark.parametrize("screen", ["phone", "tablet-portrait"])
def test_the_largest_text_keeps_the_readers_buttons_on_the_screen(open_page, screen: str):
    page = open_page("delegate", screen)
    page.locator("main a[href*='/documents/']").first.click()
    page.wait_for_url("**/documents/**")
    prefer(page, "night.150.vi")
    for name in ("Trang sau", "Trang trước", "Quay lại"):
        expect(page.get_by_role("link", name=name)).to_be_in_viewport(ratio=1)
    expect(page.locator(".reader-thumbs summary")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".reader-turn").bounding_box()["height"] < 130, "no label is broken"


def test_a_printed_agenda_names_its_papers(open_page):
    page = open_page("delegate")
    page.get_by_role("link", name="Mở chương trình").click()
    paper = page.locator(".paper-link-text > span").first
    symbol = paper.locator("xpath=../span[2]/span").inner_text()
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert symbol in "".join(sheet.extract_text() for sheet in printed.pages)


def test_the_tree_of_bodies_is_indented_and_each_body_is_a_target_for_a_finger(open_page):
    page = open_page("delegate", "phone")
    page.goto("/bodies")
    top = page.locator(".tree > li > .tree-line a").first.bounding_box()
    below = page.locator(".tree .tree .tree-line a").first.bounding_box()
    assert below["x"] > top["x"]
    assert min(top["height"], below["height"]) >= 48

"""A delegate's tablet in a real browser: enrolled with the office's code, locked, handed over."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.tablets import PIN

pytestmark = pytest.mark.browser
OFFICE, DELEGATE = "secretary", "delegate"


@pytest.fixture
def enrolment(open_page, product):
    """The address that the office's picture holds, for the delegate's account."""
    desk = open_page(OFFICE, "desktop")
    desk.goto("/meetings")
    for link in desk.locator("main .card-title a").all():
        desk.goto(f"{link.get_attribute('href')}/prepare")
        tablet = desk.locator("tr", has_text=name_of(open_page)).get_by_role(
            "link", name="Máy bảng"
        )
        if tablet.count():
            break
    tablet.first.click()
    desk.get_by_role("button", name=re.compile("Ghi danh máy bảng|Mã khác")).click()
    return f"/enrol#{desk.locator('code.secret').inner_text()}"


def name_of(open_page) -> str:
    page = open_page(DELEGATE)
    return page.locator(".menu-person").inner_text()


@pytest.fixture
def tablet(open_page, accessible, enrolment) -> Page:
    page = open_page(None)
    page.goto(enrolment)
    expect(page.locator("[name=code]")).to_have_value(re.compile(r"\S{14}"))
    accessible(page)
    page.fill("[name=pin]", PIN)
    page.fill("[name=again]", PIN)
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_contain_text("Hội nghị hôm nay")
    return page


def press(page: Page, word: str) -> None:
    page.locator("summary", has=page.locator(".menu-person")).click()
    page.get_by_role("button", name=word).click()


def test_a_locked_tablet_comes_back_to_the_same_page(tablet: Page, accessible):
    tablet.goto("/archive?q=cai+cach")
    press(tablet, "Khóa máy")
    expect(tablet.locator("[name=pin]")).to_be_focused()
    accessible(tablet)
    tablet.go_back()
    expect(tablet.locator("[name=pin]")).to_be_visible()
    tablet.fill("[name=pin]", "998877")
    tablet.keyboard.press("Enter")
    expect(tablet.get_by_text("Còn 4 lần thử")).to_be_visible()
    tablet.fill("[name=pin]", PIN)
    tablet.keyboard.press("Enter")
    tablet.wait_for_url("**/archive?q=cai+cach")

"""The three journeys of the product's people, at the four sizes of screen they hold."""

import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfWriter

from tests.browser.demo.conftest import ROOT, SCREENS

pytestmark = pytest.mark.browser
REAL_PDF = ROOT.parent / "shared/data/pdf-born-digital/pdf-d02.pdf"
A_PAPER = """
import sys
from meetings.press.pdf import typeset
body = "".join(f"<p>Đoạn {n}: kiểm tra việc nhận tài liệu của hội nghị.</p>" for n in range(90))
html = f"<html lang=vi><title>Thử</title><body>{body}</body></html>"
sys.stdout.buffer.write(typeset(html))
"""
PICTURE = "[...document.images].some(i => i.src.includes('/pages/') && i.naturalWidth > 250)"
every_screen = pytest.mark.parametrize("screen", SCREENS)


@pytest.fixture(scope="session")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real document where the real ones are at hand, else one that we typeset."""
    if REAL_PDF.exists():
        return REAL_PDF
    made = subprocess.run([sys.executable, "-c", A_PAPER], capture_output=True, check=True)
    target = tmp_path_factory.mktemp("pdf") / "thu.pdf"
    target.write_bytes(made.stdout)
    return target


def picture_is_shown(page: Page) -> None:
    """Ask again and again; the page's own policy forbids a script to wait inside it."""
    page.wait_for_url(re.compile("/documents/"))
    deadline = time.monotonic() + 20
    while not page.evaluate(PICTURE):
        assert time.monotonic() < deadline, page.url
        page.wait_for_timeout(50)


@every_screen
def test_a_delegate_is_on_the_page_of_a_paper_with_one_tap(open_page, accessible, screen: str):
    page = open_page("delegate", screen)
    expect(page.locator("h1")).to_contain_text("Hội nghị hôm nay")
    accessible(page)
    page.locator("main a[href*='/documents/']").first.click()
    picture_is_shown(page)
    accessible(page)
    assert page.url.count("/documents/") == 1


def test_a_delegate_turns_pages_with_keys_taps_and_swipes_and_comes_back_to_the_place(open_page):
    page = open_page("delegate")
    links = page.locator("main a[href*='/documents/']")
    address = links.first.get_attribute("href").split("?")[0]
    page.goto(f"{address}?page=1")
    picture_is_shown(page)
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"[?&]page=2"))
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"[?&]page=1"))
    with page.expect_response(lambda r: r.url.endswith("/position") and r.status < 300):
        page.keyboard.press("ArrowRight")
    page.goto(address)
    picture_is_shown(page)
    expect(page.locator("body")).to_contain_text(re.compile(r"2\s*/\s*\d+"))


def test_a_page_that_does_not_arrive_says_so_and_comes_when_asked_again(open_page):
    page = open_page("delegate")
    address = page.locator("main a[href*='/documents/']").first.get_attribute("href")
    pictures = re.compile(r"/pages/[^/]+/(image/|light)")
    page.route(pictures, lambda route: route.abort())
    page.goto(address)
    problem = page.locator(".reader-problem")
    expect(problem).to_be_in_viewport()
    page.unroute(pictures)
    problem.locator("button").click()
    picture_is_shown(page)
    expect(problem).to_be_hidden()
    page.locator(".reader-thumbs summary").click()
    expect(page.locator(".reader-thumbs [aria-current=page]")).to_have_count(1)


@every_screen
@pytest.mark.parametrize("words", ["436-KL/TU", "nghi quyet cai cach"])
def test_a_searcher_stands_on_the_marked_page_with_one_more_click(
    open_page, accessible, screen: str, words: str
):
    page = open_page("searcher", screen)
    page.goto("/archive")
    accessible(page)
    page.fill("main [name=q]", words)
    with page.expect_navigation():  # the page before it lists documents too
        page.keyboard.press("Enter")
    results = page.locator("main a[href*='/documents/']")
    expect(results.first).to_be_visible()
    accessible(page)
    results.first.click()
    picture_is_shown(page)
    expect(page.locator(".hit, mark").first).to_be_visible()
    accessible(page)


def test_the_picture_of_the_readme_shows_the_product(open_page, tmp_path: Path):
    """Take the picture; `PICTURES=1 make test` lays it where the README shows it."""
    page = open_page("searcher", "tablet-landscape")
    page.goto("/archive?q=436-KL/TU")
    page.locator("main a[href*='/documents/']").first.click()
    picture_is_shown(page)
    target = ROOT / "docs/images" if os.environ.get("PICTURES") else tmp_path
    target.mkdir(exist_ok=True)
    page.screenshot(path=target / "reader.png")
    assert (target / "reader.png").stat().st_size > 20_000


def test_the_document_searched_by_its_number_comes_first(open_page):
    page = open_page("searcher")
    for words in ("436-KL/TU", "436 kl tu", "ket luan 436"):
        page.goto(f"/archive?q={words}")
        first = page.locator("main .cards li").first
        expect(first).to_contain_text("436-KL/TU")


@every_screen
def test_the_clerk_drops_a_file_fills_it_in_and_releases_it(
    open_page, accessible, product, pdf: Path, screen: str
):
    page = open_page("secretary", screen)
    meeting = tomorrow(page)
    page.goto(f"{meeting}/prepare")
    accessible(page)
    title = f"Báo cáo thử {screen}"
    drop(page, pdf, screen)
    row = page.locator("li.paper", has_text=pdf_title(screen))
    expect(row.last).to_be_visible(timeout=90_000)
    paper = page.locator(
        f"#{row.last.get_attribute('id')}"
    )  # once it was read, its title is better
    product.wait_for_papers()
    page.reload()
    paper.locator("a[href*='/edit']").click()
    accessible(page)
    page.fill("[name=title]", title)
    page.fill("[name=symbol]", "77-BC/TU")
    page.select_option("[name=doc_type]", "report")
    page.fill("[name=issued_on]", "2026-11-24")
    page.locator("form:has([name=title]) button[type=submit]").click()
    filed = page.locator("li.paper", has_text=title)
    filed.last.locator("form[action$='/release'] button").click()
    expect(filed.last.locator("form[action$='/recall']")).to_be_visible()
    product.wait_for_papers()
    delegate = open_page("delegate", screen)
    delegate.goto(meeting)
    delegate.locator("main a[href*='/documents/']", has_text=title).first.click()
    picture_is_shown(delegate)


def pdf_title(screen: str) -> str:
    return f"Tệp của văn thư {screen}"


def drop(page: Page, pdf: Path, screen: str) -> None:
    """Lay a file of its own before an agenda item, as if chosen from the disk."""
    writer = PdfWriter(clone_from=pdf)
    writer.add_metadata({"/Title": pdf_title(screen)})
    content = io.BytesIO()
    writer.write(content)
    chooser = page.locator("input[type=file]").nth(list(SCREENS).index(screen))
    file = {"mimeType": "application/pdf", "buffer": content.getvalue()}
    chooser.set_input_files({"name": f"{screen}.pdf", **file})
    page.wait_for_timeout(500)


def tomorrow(page: Page) -> str:
    """Return the address of tomorrow's meeting of the demo."""
    page.goto("/meetings")
    link = page.locator("main a[href*='/meetings/']", has_text="ngân sách, bảo vệ rừng").first
    return link.get_attribute("href").split("?")[0]


def test_an_outsider_gets_404_for_every_address_and_finds_nothing(open_page):
    delegate = open_page("delegate")
    seen = {a.get_attribute("href") for a in delegate.locator("main a").all()}
    secret = {a for a in seen if a and ("/documents/" in a or "/meetings/" in a)}
    outsider = open_page("outsider")
    for address in secret:
        answer = outsider.goto(address)
        assert answer.status == 404, address
    outsider.goto("/archive?q=436-KL/TU")
    assert outsider.locator("main a[href*='/documents/']").count() == 0


def test_every_page_of_the_administrator_is_accessible(open_page, accessible):
    page = open_page("admin", "desktop")
    for address in ("/", "/users", "/system", "/bodies", "/people", "/help", "/account/sign-ins"):
        page.goto(address)
        accessible(page)

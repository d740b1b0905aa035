"""An open reader takes up the pages that were made after its paper was opened."""

import json

import pytest

pytestmark = pytest.mark.browser

READER = (
    '<div class="reader" data-document="d" data-growing>'
    '<figure class="reader-page">{}</figure>'
    '<div class="reader-thumbs"><ol><li><a data-page="1" href="?page=1">1</a></li></ol></div></div>'
    '<script type="module">import {{ takeUp }} from "/static/js/reading/growing.js";'
    'globalThis.taken = takeUp(document.querySelector(".reader"));</script>'
)
PICTURE = '<img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'
PAGES = [{"id": f"p{n}", "number": n, "width": 595, "height": 842} for n in (1, 2)]


@pytest.fixture
def manifest(page):
    """Return what decides how the server answers for the list of pages."""

    def answer(status, pages=()):
        body = json.dumps({"version": "v", "pages": list(pages)})
        page.route(
            "**/documents/d/manifest",
            lambda route: route.fulfill(status=status, content_type="application/json", body=body),
        )

    return answer


def test_the_new_pages_can_be_turned_to_and_the_one_in_view_stays(stage, page, address, manifest):
    stage.body = READER.format(PICTURE)
    manifest(200, PAGES)
    page.goto(address)
    assert page.evaluate("globalThis.taken") is True
    reader = page.locator(".reader")
    assert reader.evaluate("(reader) => reader.pages.map((page) => page.n)") == [1, 2]
    assert reader.evaluate("(reader) => reader.pages[1].w") == 595
    assert reader.get_attribute("data-growing") is None
    links = page.locator(".reader-thumbs a")
    assert links.evaluate_all("(all) => all.map((one) => one.dataset.page)") == ["1", "2"]
    assert links.nth(1).get_attribute("href").endswith("?page=2")


def test_a_page_that_is_still_missing_opens_by_itself(stage, page, address, manifest):
    stage.body = READER.format("")
    manifest(200, PAGES)
    with page.expect_navigation(wait_until="commit"):
        page.goto(address, wait_until="commit")
        stage.body = "the page is there"
    page.wait_for_selector("text=the page is there")


def test_without_an_answer_the_reader_goes_on_waiting(stage, page, address, manifest):
    stage.body = READER.format("")
    manifest(404)
    page.goto(address)
    assert page.evaluate("globalThis.taken") is False
    assert page.locator("[data-growing]").count() == 1

"""The archive answers while somebody types, and the arrow keys walk through the answer."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

BOX = """<form role="search" action="/archive"><input type="search" id="q" name="q"></form>
<section id="answer">{}</section>"""
SCRIPT = '<script type="module" src="/static/js/typing.js"></script>'


def titles(*names):
    return "".join(f'<h2 class="card-title"><a href="/d/{name}">{name}</a></h2>' for name in names)


@pytest.fixture
def box(stage, page, address):
    """Return the box of a page on which nothing was asked yet."""
    stage.body = BOX.format(titles("newest")) + SCRIPT
    page.goto(address)
    page.wait_for_load_state("load")
    stage.body = BOX.format(titles("first", "second"))
    return page.locator("#q")


def test_the_answer_is_exchanged_when_the_text_rests(box, page):
    box.press_sequentially("nghị quy")
    expect(page.locator("#answer a")).to_have_text(["first", "second"])
    assert "q=ngh" in page.url
    assert "typing" not in page.url
    expect(box).to_be_focused()
    expect(box).to_have_value("nghị quy")


def test_an_emptied_box_leaves_no_question_in_the_address(box, page):
    box.fill("x")
    expect(page.locator("#answer a")).to_have_text(["first", "second"])
    box.fill("")
    page.wait_for_function("location.search === ''")


def test_the_arrow_keys_walk_down_and_up_and_stop_at_the_ends(box, page):
    box.fill("x")
    links = page.locator("#answer a")
    expect(links).to_have_count(2)
    for key, focused in [
        ("ArrowUp", box),
        ("ArrowDown", links.nth(0)),
        ("ArrowDown", links.nth(1)),
        ("ArrowDown", links.nth(1)),
        ("ArrowUp", links.nth(0)),
        ("a", links.nth(0)),
        ("ArrowUp", box),
    ]:
        page.keyboard.press(key)
        expect(focused).to_be_focused()


def test_a_page_without_a_box_is_left_alone(stage, page, address):
    stage.body = titles("only") + SCRIPT
    page.goto(address)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.tagName") == "BODY"

"""Notes in a real browser: pen, finger, highlighter, words, eraser, undo; kept and private."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_journeys import picture_is_shown

pytestmark = pytest.mark.browser
STROKE = """([kind, across, down]) => {
  const page = document.querySelector(".reader-page");
  const box = page.getBoundingClientRect();
  const fire = (name, step) => page.dispatchEvent(new PointerEvent(name, {
    pointerId: 7, pointerType: kind, bubbles: true, cancelable: true, isPrimary: true,
    clientX: box.left + box.width * (across + step * 0.05), clientY: box.top + box.height * down,
  }));
  fire("pointerdown", 0);
  for (let step = 1; step <= 6; step += 1) fire("pointermove", step);
  fire("pointerup", 6);
}"""
LINE = """() => {
  const words = [...document.querySelectorAll(".reader-words text")];
  const box = document.querySelector(".reader-page").getBoundingClientRect();
  const one = words[Math.min(3, words.length - 1)].getBoundingClientRect();
  return [(one.left + 2 - box.left) / box.width, (one.top + one.height / 2 - box.top) / box.height];
}"""


@pytest.fixture
def reading(open_page):
    """A delegate with a paper open, without notes."""
    page = open_page("delegate")
    address = page.locator("main a[href*='/documents/']").first.get_attribute("href")
    page.goto(f"{address.split('?')[0]}?page=1")
    picture_is_shown(page)
    page.wait_for_function("document.querySelector('doc-reader').notes?.words.length > 0")
    for mark in page.evaluate("[...document.querySelector('doc-reader').notes.book.notes.keys()]"):
        remove(page, mark)
    return page


def remove(page: Page, mark: str) -> None:
    page.evaluate("mark => document.querySelector('doc-reader').notes.book.remove(mark)", mark)


def tool(page: Page, name: str) -> None:
    if not page.locator(".note-strip").is_visible():
        page.locator(".note-open").click()
    page.locator(f".note-tool[data-tool={name}]").click()


def draw(page: Page, kind: str, across: float = 0.3, down: float = 0.5) -> None:
    page.evaluate(STROKE, [kind, across, down])


def come_back(page: Page) -> None:
    expect(page.locator(".note-state")).to_have_text("Đã lưu mọi ghi chú")
    page.reload()
    picture_is_shown(page)


def test_a_pen_writes_at_once_and_then_the_finger_draws_no_more(reading, accessible):
    draw(reading, "pen")
    expect(reading.locator(".mark-ink")).to_have_count(1)
    expect(reading.locator("[data-tool=pen]")).to_have_attribute("aria-pressed", "true")
    draw(reading, "touch", down=0.6)
    expect(reading.locator(".mark-ink")).to_have_count(1)
    assert "page=1" in reading.url, "a hand that rests on the glass turns no page"
    accessible(reading)
    come_back(reading)
    expect(reading.locator(".mark-ink")).to_have_count(1)


def test_without_a_pen_a_finger_draws_when_the_pen_is_chosen_and_undo_takes_it_back(reading):
    draw(reading, "touch")
    expect(reading.locator(".mark-ink")).to_have_count(0)
    tool(reading, "pen")
    draw(reading, "touch")
    expect(reading.locator(".mark-ink")).to_have_count(1)
    tool(reading, "undo")
    expect(reading.locator(".mark-ink")).to_have_count(0)
    tool(reading, "done")
    expect(reading.locator(".note-strip")).to_be_hidden()


def test_a_second_finger_ends_the_stroke_for_it_wants_to_zoom(reading):
    tool(reading, "pen")
    reading.evaluate(
        """() => {
        const page = document.querySelector(".reader-page");
        const fire = (name, id) => page.dispatchEvent(new PointerEvent(name,
          {pointerId: id, pointerType: "touch", bubbles: true, clientX: 300, clientY: 400}));
        fire("pointerdown", 1); fire("pointermove", 1);
        fire("pointerdown", 2); fire("pointerup", 1);
        }"""
    )
    expect(reading.locator(".mark-ink")).to_have_count(0)


def test_the_highlighter_snaps_to_words_and_the_eraser_takes_it_away(reading, accessible):
    across, down = reading.evaluate(LINE)
    tool(reading, "highlight")
    draw(reading, "touch", across, down)
    expect(reading.locator(".mark-highlight rect").first).to_be_attached()
    quoted = reading.evaluate(
        "[...document.querySelector('doc-reader').notes.book.notes.values()]"
        ".filter(note => !note.deleted).map(note => note.quote)"
    )
    assert len(quoted) == 1
    words = reading.locator(".reader-words").text_content().split()
    assert set(quoted[0].split()) <= set(words)
    accessible(reading)
    come_back(reading)
    expect(reading.locator(".mark-highlight")).to_have_count(1)
    tool(reading, "eraser")
    draw(reading, "touch", across, down)
    expect(reading.locator(".mark-highlight")).to_have_count(0)
    tool(reading, "undo")
    expect(reading.locator(".mark-highlight")).to_have_count(1)


def test_a_typed_note_says_whose_it_is_is_changed_deleted_and_seen_by_nobody_else(
    reading, open_page, accessible
):
    tool(reading, "note")
    draw(reading, "touch")
    dialog = reading.locator("#note-dialog")
    expect(dialog).to_contain_text("Chỉ mình đồng chí thấy")
    accessible(reading)
    dialog.locator("textarea").fill("Cần làm rõ số giải ngân")
    dialog.locator("[value=keep]").click()
    expect(reading.locator(".note-pin")).to_have_text("Cần làm rõ số giải ngân")
    come_back(reading)
    clerk = open_page("secretary")
    clerk.goto(reading.url)
    picture_is_shown(clerk)
    clerk.wait_for_load_state("networkidle")
    expect(clerk.locator(".note-pin")).to_have_count(0)
    reading.locator(".note-pin").click()
    expect(dialog.locator("textarea")).to_have_value("Cần làm rõ số giải ngân")
    dialog.locator("[value=delete]").click()
    expect(reading.locator(".note-pin")).to_have_count(0)

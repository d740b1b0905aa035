"""Reading in a real browser: find every hit, jump and come back, leaf from paper to paper."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from meetings.documents.queries import current_version
from meetings.models import FruitlessSearch, ReadPages
from tests import factories, papers
from tests.browser.test_notes import tablet
from tests.serving import served

pytestmark = pytest.mark.browser
VOICE = """(() => {
  const said = (globalThis.said = []);
  globalThis.voices = [{ lang: "en-GB", name: "Kate" }];
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const speech = new EventTarget();
  speech.getVoices = () => globalThis.voices;
  speech.speak = (one) => said.push(one);
  speech.cancel = () => said.push(null);
  Object.defineProperty(globalThis, "speechSynthesis", { value: speech });
})()"""
NEW_VOICE = """() => {
  globalThis.voices.push({ lang: "vi-VN", name: "Linh" });
  speechSynthesis.dispatchEvent(new Event("voiceschanged"));
}"""


@pytest.fixture
def shelf(installation, session, world) -> list:
    """Two papers of three pages before one item."""
    made = [papers.prepared(installation, world.office) for _ in range(2)]
    laid = [
        factories.paper(session, world.item, session.merge(one), position=place)
        for place, one in enumerate(made)
    ]
    session.commit()
    return laid


@pytest.fixture
def page(browser, app, installation, world) -> Iterator[Page]:
    """A delegate's tablet."""
    with served(app) as server:
        address = f"http://localhost:{server.port}"
        yield from tablet(address, browser, app, installation, world, width=768, height=1024)


def shows(page: Page, number: int) -> None:
    expect(page.locator(".reader-count")).to_have_text(f"{number}/3")


def find(page: Page, words: str) -> None:
    if not page.locator("#find").is_visible():
        page.locator(".find-open").click()
    page.fill("#find", words)
    page.press("#find", "Enter")


def test_a_book_is_leafed_searched_and_noted_as_seen(page, shelf, installation, world, accessible):
    first, second = shelf
    page.goto(f"/meetings/{world.meeting.id}/book")
    accessible(page)
    page.locator("ol.cards a").first.click()
    shows(page, 1)
    find(page, "436-kl/tu")
    expect(page.locator(".find-count")).to_have_text("Chỗ 1/1, trang 2")
    shows(page, 2)
    expect(page.locator(".reader-words .hit")).to_have_count(1)
    expect(page.locator(".reader-title")).to_be_in_viewport()
    accessible(page)
    find(page, "về cải")
    shows(page, 1)
    expect(page.locator(".reader-words .hit")).to_have_count(2)
    page.locator(".reader-next").click()
    shows(page, 2)  # where one of the words stands alone
    expect(page.locator(".reader-words .hit")).to_have_count(0)
    find(page, "khôngcóchữnày")
    expect(page.locator(".find-count")).to_contain_text("Không tìm thấy")
    page.press("#find", "Escape")
    expect(page.locator("#find")).to_be_hidden()
    page.locator(".reader-previous").click()
    shows(page, 1)
    page.wait_for_timeout(900)  # a page counts as seen after a moment in view
    page.fill("#goto", "3")
    page.press("#goto", "Enter")
    shows(page, 3)
    page.locator(".reader-return").click()
    shows(page, 1)
    page.locator(".reader-next").click()
    page.wait_for_timeout(900)
    page.keyboard.press("End")
    shows(page, 3)
    page.locator(".reader-thumbs summary").click()
    expect(page.locator("[data-seen-count]")).to_have_text("3/3")
    accessible(page)
    page.locator(".reader-thumbs summary").click()
    page.locator(".reader-next").click()
    page.wait_for_url(re.compile(str(second.document_id)))
    shows(page, 1)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile(str(first.document_id)))
    shows(page, 3)
    with installation.database.reading() as session:
        rows = {row.user_id: row for row in session.query(ReadPages).all() if row.ended_at}
    assert rows[world.delegate.id].pages == [1, 2, 3]


def test_a_cited_number_opens_its_document(page, shelf, session, accessible):
    first, second = shelf
    second.document.symbol = "436-KL/TU"
    session.commit()
    page.goto(f"/documents/{first.document_id}?page=2&paper={first.id}")
    link = page.locator(".cite-link")
    expect(link).to_have_count(1)
    expect(link).to_have_accessible_name(re.compile("Mở 436-KL/TU"))
    accessible(page)
    page.locator(".reader-next").click()
    shows(page, 3)
    expect(link).to_have_count(0)
    page.locator(".reader-previous").click()
    link.click()
    page.wait_for_url(re.compile(str(second.document_id)))


def test_a_search_leads_by_keys_and_taps_from_document_to_document(page, shelf, accessible):
    page.goto("/archive?q=cải+cách")
    titles = page.locator("#answer .card-title a")
    expect(titles).to_have_count(2)
    opened = [one.get_attribute("href").split("?")[0] for one in titles.all()]
    titles.first.click()
    place = page.locator(".hit-place")
    for key, number in (("n", 2), ("p", 1), ("p", 1)):
        expect(page.locator(".reader-words .hit").first).to_be_attached()
        expect(page.locator(".find-open")).to_be_visible()  # the scripts are there
        page.keyboard.press(key)
        expect(place).to_contain_text(f"Văn bản {number} trên 2")
        page.wait_for_url(re.compile(opened[number - 1]))
    accessible(page)
    bar, stage, turn = (
        page.locator(part).bounding_box()
        for part in (".hit-strip", ".reader-stage", ".reader-turn")
    )
    assert bar["y"] + bar["height"] <= stage["y"] + 1
    assert stage["y"] + stage["height"] <= turn["y"] + 1
    find(page, "về cải")
    page.keyboard.press("n")  # is a letter in the box
    expect(place).to_contain_text("Văn bản 1 trên 2")
    page.locator(".hit-strip [data-hit-key=n]").tap()
    page.wait_for_url(re.compile(opened[1]))
    place.click()
    expect(titles).to_have_count(2)


def test_an_answer_that_stays_empty_is_told_once(page, shelf, installation):
    page.clock.install()
    page.goto("/archive?q=zzqx")
    expect(page.locator("[data-vain]")).to_be_attached()
    with page.expect_response("**/archive/not-found") as told:
        page.clock.fast_forward(5000)
    assert told.value.status == 204
    page.locator("main input[type=search]").fill("zzqxy")
    with page.expect_response("**/archive?q=zzqxy&typing=1"):
        page.clock.fast_forward(1000)
    page.locator("main input[type=search]").fill("cải cách")
    page.clock.fast_forward(1000)
    expect(page.locator("[data-vain]")).to_have_count(0)
    page.clock.fast_forward(9000)
    with installation.database.reading() as session:
        assert [row.count for row in session.query(FruitlessSearch)] == [1], (
            "typing on is no search"
        )


def test_a_page_is_read_aloud_only_by_a_vietnamese_voice(page, shelf, accessible):
    page.add_init_script(VOICE)
    page.goto(f"/documents/{shelf[0].document_id}?page=2")
    button = page.locator(".aloud")
    expect(page.locator(".find-open")).to_be_visible()
    expect(button).to_be_hidden()
    page.evaluate(NEW_VOICE)
    expect(button).to_be_visible()
    accessible(page)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    spoken = page.evaluate("said.map((one) => one.text).join(' ')")
    assert "436-KL/TU" in spoken
    assert page.evaluate("said[0].voice.name") == "Linh"
    page.evaluate("said.at(-1).onend()")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    page.locator(".reader-next").click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("said.at(-1)") is None


def test_without_a_network_the_tablet_finds_words_citations_and_headings_itself(
    page, shelf, session, installation, world
):
    shelf[1].document.symbol = "436-KL/TU"
    session.commit()
    page.goto(f"/meetings/{world.meeting.id}")
    expect(page.locator(".keep-words")).to_contain_text("Đã tải đủ")
    page.wait_for_timeout(3000)
    page.context.set_offline(True)
    page.goto(f"/documents/{shelf[0].document_id}")
    shows(page, 1)
    expect(page.locator(".find-open")).to_be_visible()
    page.wait_for_timeout(900)  # a page counts as seen after a moment in view
    find(page, "436 kl")
    expect(page.locator(".find-count")).to_contain_text("Không tìm thấy")
    find(page, "ket luan")
    expect(page.locator(".find-count")).to_have_text("Chỗ 1/1, trang 2")
    shows(page, 2)
    expect(page.locator(".reader-words .hit")).to_have_count(2)
    page.locator(".outline-open").click()
    expect(page.locator("#outline")).to_contain_text("Phụ lục")
    page.keyboard.press("Escape")
    page.wait_for_timeout(900)
    page.locator(".cite-link").click()
    page.wait_for_url(re.compile(str(shelf[1].document_id)))
    shows(page, 1)
    page.context.set_offline(False)
    page.goto("/help")
    page.wait_for_timeout(1500)
    with installation.database.reading() as reading:
        version = current_version(reading, reading.merge(shelf[0].document))
        assert reading.get_one(ReadPages, (world.delegate.id, version.id)).pages == [1, 2]

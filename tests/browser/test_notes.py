"""Notes in a real browser, with and without a network: kept, private, and nothing is lost."""

import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from meetings.web.visitors import token_hash
from tests import factories, papers
from tests.serving import served

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
  const one = words[3].getBoundingClientRect();
  return [(one.left + 2 - box.left) / box.width, (one.top + one.height / 2 - box.top) / box.height];
}"""
FILES = """async () => {
  const cache = await caches.open("files");
  const files = await Promise.all((await cache.keys()).map((one) => cache.match(one)));
  return Promise.all(files.map(async (one) =>
    new TextDecoder("latin1").decode(await one.arrayBuffer())));
}"""


@pytest.fixture
def document(installation, session, world):
    """A released paper of the world's meeting."""
    document = session.merge(papers.prepared(installation, world.office))
    factories.paper(session, world.item, document)
    session.commit()
    return document


@pytest.fixture
def page(browser, app, installation, sign_in, world) -> Iterator[Page]:
    """A delegate's tablet."""
    with served(app) as server:
        yield from tablet(f"http://localhost:{server.port}", browser, app, installation, world)


def tablet(address, browser, app, installation, world, *, width=820, height=1180) -> Iterator[Page]:
    screen = {"width": width, "height": height}
    context = browser.new_context(base_url=address, viewport=screen, has_touch=True)
    token = secrets.token_urlsafe(32)
    installation.database.write(
        lambda session: factories.sign_in(session, world.delegate, token_hash=token_hash(token))
    )
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    sid = client.get_cookie("sid").value
    context.add_cookies([{"name": "sid", "value": sid, "url": address}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def tool(page: Page, name: str) -> None:
    if not page.locator(".note-strip").is_visible():
        page.locator(".note-open").click()
    page.locator(f".note-tool[data-tool={name}]").click()


def draw(page: Page, kind: str, across: float = 0.3, down: float = 0.5) -> None:
    page.evaluate(STROKE, [kind, across, down])


def write(page: Page, words: str, down: float) -> None:
    tool(page, "note")
    draw(page, "pen", down=down)
    page.locator("#note-dialog textarea").fill(words)
    page.locator("#note-dialog [value=keep]").click()


def open_reader(page: Page, document) -> None:
    page.goto(f"/documents/{document.id}")
    expect(page.locator(".reader-marks")).to_be_attached()
    page.wait_for_timeout(1500)


def test_pen_highlighter_typed_note_eraser_and_undo_are_kept(page, document, accessible):
    open_reader(page, document)
    draw(page, "touch")
    expect(page.locator(".mark-ink")).to_have_count(0)
    draw(page, "pen")
    draw(page, "touch", down=0.6)
    expect(page.locator(".mark-ink")).to_have_count(1)
    across, down = page.evaluate(LINE)
    tool(page, "highlight")
    draw(page, "pen", across, down)
    expect(page.locator(".mark-highlight")).to_have_count(1)
    write(page, "Cần làm rõ số giải ngân", 0.3)
    expect(page.locator(".note-strip")).to_contain_text("Chỉ mình đồng chí thấy")
    expect(page.locator(".note-state")).to_have_text("Đã lưu mọi ghi chú")
    accessible(page)
    open_reader(page, document)
    expect(page.locator(".note-pin")).to_have_text("Cần làm rõ số giải ngân")
    expect(page.locator(".mark-highlight")).to_have_count(1)
    tool(page, "eraser")
    draw(page, "touch")
    expect(page.locator(".mark-ink")).to_have_count(0)
    tool(page, "undo")
    expect(page.locator(".mark-ink")).to_have_count(1)


def test_without_a_network_one_reads_and_writes_and_nothing_is_lost(page, world, document):
    page.goto(f"/meetings/{world.meeting.id}")
    expect(page.locator(".keep-words")).to_contain_text("Đã tải đủ")
    expect(page.locator(".keep-state")).to_have_text("Đã tải về máy")
    page.wait_for_timeout(3000)
    files = page.evaluate(FILES)
    assert len(files) == 6
    assert all(file.startswith("NGHISU") and "WEBP" not in file for file in files)
    page.context.set_offline(True)
    open_reader(page, document)
    expect(page.locator("h1").first).to_have_text(document.title)
    assert page.evaluate("document.images[0].naturalWidth") > 250
    write(page, "Viết khi mất mạng", 0.7)
    expect(page.locator(".note-state")).to_contain_text("chờ mạng")
    open_reader(page, document)
    expect(page.locator(".note-pin")).to_have_text("Viết khi mất mạng")
    page.context.set_offline(False)
    open_reader(page, document)
    page.goto("/notes")
    expect(page.locator("main")).to_contain_text("Viết khi mất mạng")

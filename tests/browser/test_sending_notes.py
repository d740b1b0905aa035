"""A note goes from one tablet to a colleague's in a real browser, with titles of full length."""

import pytest
from playwright.sync_api import Page, expect

from meetings.models import MeetingState
from tests import factories, papers
from tests.serving import served

pytestmark = pytest.mark.browser
SCREEN = {"width": 820, "height": 1180}
PEN = """(down) => {
  const page = document.querySelector(".reader-page");
  const box = page.getBoundingClientRect();
  for (const name of ["pointerdown", "pointerup"]) page.dispatchEvent(new PointerEvent(name, {
    pointerId: 7, pointerType: "pen", bubbles: true, cancelable: true, isPrimary: true,
    clientX: box.left + box.width * 0.3, clientY: box.top + box.height * down,
  }));
}"""
MEETING = (
    "Hội nghị Ban Chấp hành Đảng bộ tỉnh lần thứ mười chín, nhiệm kỳ 2025-2030, thảo luận và "
    "cho ý kiến về tình hình kinh tế - xã hội, quốc phòng - an ninh chín tháng đầu năm"
)
PAPER = (
    "Báo cáo tổng kết việc thực hiện Nghị quyết số 03-NQ/TU về cải cách hành chính, sắp xếp tổ "
    "chức bộ máy và phương hướng, nhiệm vụ trọng tâm của giai đoạn tiếp theo"
)
WORDS = "Đề nghị làm rõ số liệu giải ngân vốn đầu tư công ở phụ lục"


@pytest.fixture
def document(installation, session, world):
    """A released paper with a long title at a meeting with a long one."""
    document = session.merge(papers.prepared(installation, world.office))
    document.title = PAPER
    session.merge(world.meeting).title = MEETING
    factories.paper(session, world.item, document)
    for family in ("Nguyễn Thị Phương", "Hoàng Phủ Ngọc"):
        colleague = factories.user(session, person=factories.person(session, full_name=family))
        factories.participant(session, world.meeting, colleague.person)
    session.commit()
    return document


@pytest.fixture
def tablets(app, browser, sign_in, document):
    """Return what opens a tablet for a person."""
    contexts = []
    with served(app) as server:
        address = f"http://localhost:{server.server_port}"

        def open_for(who) -> Page:
            cookie = sign_in(who).get_cookie("sid")
            screen = {"base_url": address, "viewport": SCREEN, "has_touch": True}
            contexts.append(browser.new_context(locale="vi-VN", **screen))
            contexts[-1].set_default_timeout(30_000)
            contexts[-1].add_cookies([{"name": "sid", "value": cookie.value, "url": address}])
            return contexts[-1].new_page()

        yield open_for
        for context in contexts:
            context.close()


def open_reader(page: Page, document) -> None:
    page.goto(f"/documents/{document.id}")
    expect(page.locator(".reader-marks")).to_be_attached()
    expect(page.locator(".note-open")).to_be_visible()


def write(page: Page, words: str, press: str) -> None:
    """Write a note on the page in view and press a button of its dialog."""
    if not page.locator(".note-strip").is_visible():
        page.locator(".note-open").click()
    page.locator("[data-tool=note]").click()
    page.evaluate(PEN, 0.4)
    page.locator("#note-dialog textarea").fill(words)
    page.locator(f"#note-dialog [value={press}]").click()


def test_a_note_is_sent_from_the_page_read_by_a_colleague_and_then_stays(
    tablets, world, document, accessible
):
    sender, receiver = tablets(world.delegate), tablets(world.other_delegate)
    colleague = world.other_delegate.person.display_name
    open_reader(sender, document)
    write(sender, WORDS, "send")
    sender.wait_for_url("**/notes/*/send")
    expect(sender.locator("main")).to_contain_text(WORDS)
    accessible(sender)
    sender.get_by_label(colleague).check()
    sender.get_by_role("button", name="Gửi", exact=True).click()
    sender.wait_for_url("**/notes/sent")
    expect(sender.locator(".card .chips")).to_have_text("Đã gửi, chưa đọc")
    accessible(sender)
    receiver.goto("/notes/received")
    expect(receiver.locator("main")).not_to_contain_text(WORDS)
    accessible(receiver)
    receiver.get_by_role("button", name="Đọc ghi chú").click()
    expect(receiver.locator(".note-text")).to_have_text(WORDS)
    accessible(receiver)
    receiver.get_by_role("link", name=PAPER).click()
    expect(receiver.locator(".reader-page").first).to_be_visible()
    late = sender.get_by_role("button", name="Thu hồi")
    expect(late).to_be_visible()  # the page is older than the reading
    late.click()
    expect(sender.locator(".notice, .flash").first).to_contain_text("không thu hồi được")
    expect(sender.locator(".card .chips")).to_contain_text("Đã đọc lúc")
    expect(sender.get_by_role("button", name="Thu hồi")).to_have_count(0)


def test_the_tool_sends_at_once_what_was_written_a_moment_ago(tablets, world, document):
    page = tablets(world.delegate)
    open_reader(page, document)
    held = []

    def hold(route):
        held.append(route)

    page.route("**/notes/operations", hold)
    with page.expect_request("**/notes/operations"):
        write(page, WORDS, "keep")
    page.locator("[data-tool=send]").click()
    page.wait_for_timeout(100)
    for route in held:
        route.continue_()
    page.wait_for_url("**/notes/send?page=1*")
    expect(page.locator(".card")).to_contain_text(WORDS)
    page.get_by_role("link", name="Gửi bản sao").click()
    page.wait_for_url("**/notes/*/send")


def test_without_a_network_nothing_is_sent_and_that_is_said(tablets, world, document):
    page = tablets(world.delegate)
    open_reader(page, document)
    page.context.set_offline(True)
    write(page, WORDS, "send")
    expect(page.locator(".note-state")).to_contain_text("Không có mạng")
    page.context.set_offline(False)
    expect(page.locator(".note-state")).to_have_text("Đã lưu mọi ghi chú")
    page.locator("[data-tool=send]").click()
    page.wait_for_url("**/notes/send?page=1*")
    page.get_by_role("link", name="Gửi bản sao").click()
    page.locator("[name=receivers]").first.check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.locator(".no-network")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".no-network")).to_be_hidden()
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_url("**/notes/sent")
    expect(page.locator(".card .chips")).to_have_count(1)


def test_the_list_of_a_meeting_is_handed_over_from_one_page(
    tablets, session, world, document, accessible
):
    meeting = session.merge(world.meeting)
    meeting.state, meeting.closed_at = MeetingState.CLOSED, factories.clock.now()
    for number in range(3):
        words = f"{number + 1}. {WORDS}"
        factories.note(session, world.delegate, document_id=document.id, page=2, text=words)
    session.commit()
    page = tablets(world.delegate)
    page.goto(f"/meetings/{world.meeting.id}/notes")
    expect(page.locator("main .card")).to_have_count(3)
    accessible(page)
    page.get_by_role("button", name="văn phòng").dblclick()
    page.wait_for_url("**/notes/sent")
    expect(page.locator("main .card")).to_have_count(1)

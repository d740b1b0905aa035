"""A delegate comments on the page in view in a real browser; the office sees it and answers."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from meetings.models import AgendaPaper
from tests import factories, papers
from tests.serving import served

pytestmark = pytest.mark.browser
TABLET = {"width": 810, "height": 1080}
PAPER = (
    "Báo cáo tổng kết việc thực hiện Nghị quyết số 03-NQ/TU về cải cách hành chính, sắp xếp tổ "
    "chức bộ máy và phương hướng, nhiệm vụ trọng tâm của giai đoạn tiếp theo"
)
WORDS = "Đề nghị bổ sung thời hạn hoàn thành và cơ quan chịu trách nhiệm"


@pytest.fixture
def paper(installation, session, world) -> AgendaPaper:
    """A released paper with a long title, open for comments."""
    document = session.merge(papers.prepared(installation, world.office))
    document.title = PAPER
    paper = factories.paper(session, world.item, document)
    factories.comment_round(session, paper)
    session.commit()
    return paper


@pytest.fixture
def tablets(app, browser, sign_in, paper):
    """Return what opens a tablet for a person."""
    contexts = []
    with served(app) as server:
        address = f"http://localhost:{server.server_port}"

        def open_for(who) -> Page:
            cookie = sign_in(who).get_cookie("sid")
            screen = {"base_url": address, "viewport": TABLET, "has_touch": True}
            contexts.append(browser.new_context(locale="vi-VN", **screen))
            contexts[-1].set_default_timeout(30_000)
            contexts[-1].add_cookies([{"name": "sid", "value": cookie.value, "url": address}])
            return contexts[-1].new_page()

        yield open_for
        for context in contexts:
            context.close()


def looked_at(page: Page, name: str) -> None:
    """Keep a picture where somebody asks for them."""
    folder = os.environ.get("LOOKS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_comment_goes_from_the_page_in_view_to_the_office_and_back(
    tablets, accessible, world, paper
):
    office, delegate = tablets(world.clerk), tablets(world.delegate)
    office.goto(f"/papers/{paper.id}/comments")
    expect(office.get_by_text("Chưa có góp ý")).to_be_visible()
    looked_at(office, "office-empty")
    accessible(office)
    delegate.goto(f"/documents/{paper.document_id}?page=1&paper={paper.id}")
    delegate.locator(".reader-next").tap()
    expect(delegate.locator("#goto")).to_have_value("2")
    way = delegate.get_by_role("link", name="Góp ý", exact=True)
    looked_at(delegate, "reader")
    assert way.bounding_box()["height"] >= 44
    way.tap()
    delegate.wait_for_url(f"**/papers/{paper.id}/comment?page=2")
    looked_at(delegate, "write")
    accessible(delegate)
    delegate.get_by_label("Góp ý vào").select_option(index=1)
    delegate.get_by_label("Nội dung góp ý").fill(WORDS)
    send = delegate.get_by_role("button", name="Gửi đến Văn phòng")
    assert send.bounding_box()["height"] >= 64
    send.tap()
    expect(delegate.get_by_text("Đã gửi góp ý đến Văn phòng")).to_be_visible()
    looked_at(delegate, "written")
    expect(office.get_by_text(WORDS)).to_be_visible()
    expect(office.get_by_text(papers.TEXTS[1])).to_be_visible()
    looked_at(office, "office")
    accessible(office)
    office.get_by_role("link", name="Trả lời", exact=True).tap()
    office.get_by_label("Giải trình").check()
    looked_at(office, "answer")
    accessible(office)
    office.get_by_label("Trả lời", exact=False).last.fill("Đã nêu tại Điều 5 của dự thảo")
    office.get_by_role("button", name="Lưu trả lời").tap()
    expect(office.get_by_text("Đã nêu tại Điều 5")).to_be_visible()
    office.goto(f"/papers/{paper.id}/comments/opening")
    looked_at(office, "opening")
    accessible(office)
    delegate.goto("/comments")
    expect(delegate.get_by_text("Đã nêu tại Điều 5")).to_be_visible()
    looked_at(delegate, "mine")
    accessible(delegate)

"""Files sent by a real browser over a connection that breaks, to a server that restarts."""

import hashlib
import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask, request
from playwright.sync_api import Page, expect
from pypdf import PdfWriter
from sqlalchemy import select

from meetings.app import create_app
from meetings.documents.uploads import services
from meetings.models import DocumentVersion, TrayFile
from tests.serving import served

pytestmark = pytest.mark.browser
LINES = 9 * 1024
WAITS = "Đang chờ kết nối"
PATIENCE = 60_000


@dataclass
class Port:
    """A port behind which the application stands, and may be replaced by a new one."""

    app: Flask

    def __post_init__(self) -> None:
        self.number = 0
        self.reached, self.go_on = threading.Event(), threading.Event()
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.number}"

    def start(self) -> None:
        self.serving = served(self.app, port=self.number)
        self.number = self.serving.__enter__().server_port

    def stop(self) -> None:
        self.go_on.set()
        self.serving.__exit__(None, None, None)

    def hold_second_chunk(self) -> None:
        """Let the second chunk wait before it is read."""

        @self.app.before_request
        def hold() -> None:
            if request.args.get("offset") == str(services.CHUNK) and not self.reached.is_set():
                self.reached.set()
                self.go_on.wait(30)


@pytest.fixture
def port(app: Flask) -> Iterator[Port]:
    port = Port(app)
    port.hold_second_chunk()
    yield port
    port.stop()


@pytest.fixture
def page(port: Port, browser, sign_in, world) -> Iterator[Page]:
    context = browser.new_context(locale="vi-VN")
    context.set_default_timeout(30_000)
    cookie = sign_in(world.clerk).get_cookie("sid")
    context.add_cookies([{"name": "sid", "value": cookie.value, "url": port.address}])
    page = context.new_page()
    page.goto(f"{port.address}/meetings/{world.meeting.id}/prepare")
    yield page
    context.close()


@pytest.fixture(scope="module")
def paper() -> bytes:
    """A paper of three chunks."""
    writer, target = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.add_metadata({"/Subject": "".join(f"{line:01024}" for line in range(LINES))})
    writer.write(target)
    return target.getvalue()


def send(page: Page, port: Port, paper: bytes) -> None:
    """Choose the paper and wait until its second chunk is on its way."""
    file = {"name": "bao-cao.pdf", "mimeType": "application/pdf", "buffer": paper}
    page.locator("input[type=file]").first.set_input_files([file])
    while not port.reached.is_set():
        page.wait_for_timeout(50)


def arrived(installation) -> list[str]:
    with installation.database.reading() as session:
        return list(session.scalars(select(DocumentVersion.plain_sha256)))


def test_a_file_goes_on_where_the_connection_broke(page, port, paper, installation):
    chunks = []
    page.on("request", lambda sent: "/chunks" in sent.url and chunks.append(sent.url))
    send(page, port, paper)
    page.context.set_offline(True)
    port.go_on.set()
    expect(page.locator("[data-files]").first).to_contain_text(WAITS, timeout=PATIENCE)
    page.context.set_offline(False)
    expect(page.locator("[data-files] li")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator("li.paper", has_text="bao-cao")).to_have_count(1, timeout=PATIENCE)
    assert arrived(installation) == [hashlib.sha256(paper).hexdigest()]
    assert sum("offset=0" in url for url in chunks) == 1


def test_a_restarted_server_gets_the_file_from_its_beginning(
    page, port, paper, installation, settings
):
    beginnings = []
    page.on("request", lambda sent: sent.url.endswith("/uploads") and beginnings.append(sent.url))
    send(page, port, paper)
    port.stop()
    page.context.set_offline(True)
    expect(page.locator("[data-files]").first).to_contain_text(WAITS, timeout=PATIENCE)
    port.app = create_app(settings)
    port.start()
    page.context.set_offline(False)
    expect(page.locator("[data-files] li")).to_have_count(0, timeout=PATIENCE)
    assert arrived(installation) == [hashlib.sha256(paper).hexdigest()]
    assert len(beginnings) == 2
    port.app.extensions["installation"].close()


def test_a_folder_comes_into_the_tray_with_the_names_of_its_folders(
    page, port, world, installation, tmp_path
):
    inner = tmp_path / "Họp tháng 11" / "2. Ngân sách"
    inner.mkdir(parents=True)
    (inner / "Tờ trình.txt").write_text("Nội dung", encoding="utf-8")
    (inner / ".DS_Store").write_text("litter")
    page.goto(f"{port.address}/meetings/{world.meeting.id}/tray")
    page.locator("#tray-folder").set_input_files(inner.parent)
    expect(page.locator("[data-file]")).to_have_count(1, timeout=PATIENCE)
    with installation.database.reading() as session:
        (file,) = session.scalars(select(TrayFile))
        assert (file.folder, file.file_name) == ("Họp tháng 11/2. Ngân sách", "Tờ trình.txt")

"""pdf.js on the same files: served with ranges, its code at hand, the page as large."""

import contextlib
import re
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any, ClassVar

from playwright.sync_api import Browser

from bench.reader.tablet import FAST, SCREEN, SLOW, Line, Tablet

ROUNDS = 3
RANGE = re.compile(r"bytes=(\d+)-(\d*)")
PAGE = """<!doctype html><title>pdf.js</title><canvas></canvas>
<script type="module">
import * as pdfjs from "/code/build/pdf.min.mjs";
pdfjs.GlobalWorkerOptions.workerSrc = "/code/build/pdf.worker.min.mjs";
const asked = new URLSearchParams(location.search);
const open = { url: asked.get("file"), disableAutoFetch: true, disableStream: true };
const file = await pdfjs.getDocument(open).promise;
const page = await file.getPage(Number(asked.get("page")));
const scale = WIDTH * devicePixelRatio / page.getViewport({ scale: 1 }).width;
const viewport = page.getViewport({ scale });
const canvas = document.querySelector("canvas");
Object.assign(canvas, { width: viewport.width, height: viewport.height });
await page.render({ canvas, canvasContext: canvas.getContext("2d"), viewport }).promise;
await new Promise(requestAnimationFrame);
globalThis.firstPage = performance.now();
</script>""".replace("WIDTH", str(SCREEN["width"]))


class Files(SimpleHTTPRequestHandler):
    """Gives out a page, the code of pdf.js, and ranges of two files."""

    protocol_version = "HTTP/1.1"

    roots: ClassVar[dict[str, Path]] = {}

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with the page, a file or a range of it."""
        path = self.path.partition("?")[0]
        _, root, rest = [*path.split("/", 2), "", ""][:3]
        if root not in self.roots:
            self._give(200, PAGE.encode(), "text/html")
            return
        content = (self.roots[root] / rest).read_bytes()
        asked = RANGE.match(self.headers.get("Range", ""))
        if root == "code":
            self._give(200, content, "text/javascript", "max-age=9999, immutable")
        elif not asked:
            self._give(200, content, "application/pdf")
        else:
            first, last = int(asked[1]), int(asked[2] or len(content) - 1)
            span = f"bytes {first}-{last}/{len(content)}"
            self._give(206, content[first : last + 1], "application/pdf", span=span)

    def _give(
        self, status: int, body: bytes, kind: str, keep: str = "no-store", span: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", keep)
        if span:
            self.send_header("Content-Range", span)
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """Says nothing when a browser closes a connection that it kept for later."""

    def handle_error(self, *_: Any) -> None:
        """Say nothing."""


def first_pages(browser: Browser, papers: Path, code: Path | None) -> dict[tuple[str, Line], float]:
    """Return the milliseconds to a first page by paper and line; nothing without pdf.js."""
    if code is None:
        return {}
    with _served(code, papers) as address:
        return {
            (name, line): median(
                _first(browser, f"{address}/?file=/papers/{name}.pdf&page={number}", line)
                for number in range(1, ROUNDS + 1)
            )
            for name in ("text", "scan")
            for line in (FAST, SLOW)
        }


@contextlib.contextmanager
def _served(code: Path, papers: Path) -> Iterator[str]:
    Files.roots.update(code=code, papers=papers)
    server = Server(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _first(browser: Browser, address: str, line: Line) -> float:
    context = browser.new_context(
        viewport={"width": SCREEN["width"], "height": SCREEN["height"]}, device_scale_factor=2
    )
    try:
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.goto(address)  # the code is at hand afterwards
        inside = context.new_cdp_session(page)
        inside.send("Network.enable")
        one = Tablet(page, inside)
        one.wait_for("globalThis.firstPage")
        one.connect(line)
        return one.first_page(address)
    finally:
        context.close()

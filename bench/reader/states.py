"""What the reader weighs, and whether everybody can use each of its states."""

import gzip
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, Page, Response

from bench.reader.library import Library
from bench.reader.tablet import SCREEN, tablet

Row = tuple[str, str, str]
KINDS = (".js", ".css", ".svg")
CHECK = "axe.run().then((found) => found.violations.map((one) => one.id))"
STATES = {
    "reading": (),
    "finding": (".find-open",),
    "notes": (".note-open",),
    "all pages": (".reader-thumbs summary",),
    "headings": (".outline-open",),
    "large type": (".type-open", ".type-strip [data-type=larger]"),
}
AS_IT_IS = "document.querySelector(\".type-strip [data-type='']\").click()"
THEMES = ("light", "night", "sepia")


def code(browser: Browser, library: Library) -> list[Row]:
    """Return what a delegate's pages load beside the papers: HTML, styles and scripts."""
    weights: dict[str, int] = {}

    def weigh(answer: Response) -> None:
        path = answer.url.partition("?")[0]
        is_code = path.endswith(KINDS) or path.endswith(("/reader/offline", "service-worker.js"))
        if answer.ok and (is_code or path == f"{library.product.address}/"):
            weights[path] = len(gzip.compress(answer.body()))

    with tablet(browser, library) as one:
        one.page.on("response", weigh)
        for path in ("/", f"/documents/{library.text}", "/reader/offline", "/service-worker.js"):
            one.page.goto(path, wait_until="networkidle" if path == "/" else "load")
            one.page.wait_for_timeout(1000)
    total = sum(weights.values()) / 1000
    return [("delegate code, gzip", f"{total:.0f} KB in {len(weights)} files", "goal <= 60 KB")]


def barriers(browser: Browser, library: Library) -> list[Row]:
    """Return how many rules of accessibility the states of the reader break, in every look."""
    source = next(Path(axe_playwright_python.__file__ or "").parent.rglob("axe.min.js"))
    script, found, looks = source.read_text(encoding="utf-8"), [], 0
    with tablet(browser, library) as one:
        for zoom in (1, 2):
            size = {side: length // zoom for side, length in SCREEN.items()}
            one.page.set_viewport_size({"width": size["width"], "height": size["height"]})
            for theme in THEMES:
                for state, presses in STATES.items():
                    _open(one.page, library, theme, presses)
                    one.page.evaluate(script)
                    broken = one.page.evaluate(CHECK)
                    found += [f"{state}/{theme}/{zoom}: {rule}" for rule in broken]
                    looks += 1
                    one.page.evaluate(AS_IT_IS)
    value = f"{len(found)} in {looks} states"
    return [("axe violations", "; ".join([value, *found]), "goal 0")]


def _open(page: Page, library: Library, theme: str, presses: tuple[str, ...]) -> None:
    page.goto(f"/documents/{library.text}?page=2")
    page.wait_for_selector(".find-open")
    page.evaluate("(theme) => document.documentElement.dataset.theme = theme", theme)
    for press in presses:
        page.click(press)

"""What the tests in a real browser share."""

from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page


@pytest.fixture(scope="session")
def accessible() -> Callable[[Page], None]:
    """Return a check that the page in view breaks no rule of accessibility and fits its screen."""
    source = next(Path(axe_playwright_python.__file__ or "").parent.rglob("axe.min.js"))
    script = source.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        page.evaluate(script)
        found = page.evaluate("axe.run().then(result => result.violations)")
        report = [(v["id"], [node["html"][:200] for node in v["nodes"]]) for v in found]
        assert report == [], page.url
        width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert width <= 0, f"{page.url} is {width} px too wide"

    return check

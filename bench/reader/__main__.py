"""Print the reader's table: each figure beside its goal."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.reader import away, finding, hall, moved, rival, states, turning
from bench.reader.library import Library, served

CHROMIUM = "/usr/bin/chromium"
Rows = list[tuple[str, str, str]]


def main() -> None:
    """Measure one part after the other and print each line as it comes.

    The first argument is a folder that keeps the library for the next run; MEASURE names the
    parts that are wanted, PDFJS the folder of an unpacked pdf.js to stand beside.
    """
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(sys.argv[1] if sys.argv[1:] else passing)
        with served(folder.resolve()) as library, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            try:
                for rows in _parts(browser, library):
                    for name, value, goal in rows:
                        print(f"{name:<66} {value:>36}   {goal}", flush=True)
            finally:
                browser.close()


def _parts(browser: Browser, library: Library) -> Iterator[Rows]:
    wanted = os.environ.get("MEASURE", "").split()
    parts: dict[str, Callable[[], Rows]] = {
        "first": lambda: turning.first_pages(browser, library, _rivals(browser, library)),
        "turns": lambda: turning.turns(browser, library),
        "sizes": lambda: turning.sizes(library),
        "away": lambda: away.measure(browser, library),
        "find": lambda: finding.measure(library),
        "hall": lambda: hall.measure(library),
        "moved": moved.measure,
        "code": lambda: states.code(browser, library),
        "barriers": lambda: states.barriers(browser, library),
    }
    for name, part in parts.items():
        if not wanted or name in wanted:
            yield part()


def _rivals(browser: Browser, library: Library) -> dict[tuple[str, rival.Line], float]:
    code = os.environ.get("PDFJS", "")
    return rival.first_pages(browser, library.folder, Path(code) if code else None)


if __name__ == "__main__":
    main()

"""A meeting of thirty papers on the tablet: fetched, opened without a network, written on."""

import time
from statistics import median, quantiles

from playwright.sync_api import Browser

from bench.reader.library import PAPER_PAGES, PAPERS, Library
from bench.reader.tablet import FAST, Tablet, tablet

Row = tuple[str, str, str]
ROUNDS, STROKES, POINTS = 5, 10, 20
TABLETS, WIRELESS = 53, 100e6
MEGABYTE = 1_000_000
ALL_KEPT = "document.querySelectorAll('[data-state=keep-done]').length === {count}"
KEPT_BYTES = """async () => {
  const cache = await caches.open("files");
  const files = await Promise.all((await cache.keys()).map((one) => cache.match(one)));
  const sizes = await Promise.all(files.map(async (one) => (await one.blob()).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}"""
DRAW = """async ([points]) => {
  const page = document.querySelector(".reader-page");
  const box = page.getBoundingClientRect();
  const fire = (name, step) => page.dispatchEvent(new PointerEvent(name, {
    pointerId: 7, pointerType: "pen", bubbles: true, cancelable: true, isPrimary: true,
    clientX: box.left + box.width * (0.2 + step * 0.02), clientY: box.top + 200 + step % 3,
  }));
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const times = [];
  fire("pointerdown", 0);
  for (let step = 1; step <= points; step += 1) {
    await painted();
    const start = performance.now();
    fire("pointermove", step);
    await painted();
    times.push(performance.now() - start);
  }
  fire("pointerup", points);
  const start = performance.now();
  const { notes } = document.querySelector("doc-reader");
  while (notes.book.waiting.length) await new Promise((resolve) => setTimeout(resolve, 5));
  return { times, sent: performance.now() - start };
}"""


def measure(browser: Browser, library: Library) -> list[Row]:
    """Return what keeping a meeting costs, opening it without a network, and writing."""
    with tablet(browser, library) as one:
        one.connect(FAST)
        rows = _strokes(one, library)
        one.connect(None, slower=1)
        rows += _kept(one, library)
        rows += _offline(one)
    return rows


def _strokes(one: Tablet, library: Library) -> list[Row]:
    one.page.goto(f"/documents/{library.text}?page=1")
    one.page.wait_for_selector(".reader-marks", state="attached")
    time.sleep(2)
    one.page.click(".note-open")
    one.page.click("[data-tool=pen]")
    drawn = [one.ask(DRAW, POINTS) for _ in range(STROKES)]
    times = [value for stroke in drawn for value in stroke["times"]]
    ends = f"{median(times):.0f} ms, p95 {quantiles(times, n=20)[-1]:.0f} ms"
    sent = median(stroke["sent"] for stroke in drawn)
    return [
        ("pen, from the movement to the frame", ends, "two frames"),
        (f"a stroke, until the server has it, {FAST}", f"{sent:.0f} ms", ""),
    ]


def _kept(one: Tablet, library: Library) -> list[Row]:
    start = time.perf_counter()
    one.page.goto(f"/meetings/{library.meeting}")
    one.wait_for(ALL_KEPT.format(count=PAPERS))
    seconds, size = time.perf_counter() - start, one.page.evaluate(KEPT_BYTES)
    light = one.page.text_content(".keep-light") or ""
    rate = size / seconds
    wireless = size * TABLETS * 8 / WIRELESS
    label = f"{PAPERS} papers, {PAPERS * PAPER_PAGES} pages, kept by one tablet"
    whole = f"pack of {PAPERS * PAPER_PAGES} pages to {TABLETS} tablets"
    return [
        (label, f"{seconds:.0f} s, {size / MEGABYTE:.0f} MB", f"{rate / MEGABYTE:.1f} MB/s, local"),
        (f"  {whole}, 100 Mbit/s", f"{wireless / 60:.1f} min", "goal <= 6 min (computed)"),
        ("  the same pack in four greys", light.strip(), "goal <= 25 MB"),
    ]


def _offline(one: Tablet) -> list[Row]:
    """Open kept papers with the network gone."""
    one.page.wait_for_timeout(3000)  # the shell is kept meanwhile
    papers = one.page.eval_on_selector_all("[data-keep]", "all => all.map((a) => a.dataset.keep)")
    one.page.context.set_offline(True)
    times = [one.first_page(f"/documents/{paper}?page=1") for paper in papers[:ROUNDS]]
    return [("first page without a network", f"{median(times):.0f} ms", "goal <= 500 ms")]

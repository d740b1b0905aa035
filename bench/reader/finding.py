"""Words looked for in a paper of two hundred pages."""

import time
from statistics import median
from urllib.parse import quote

from bench.reader.library import TEXT_PAGES, Library

Row = tuple[str, str, str]
ASKED = ("c", "cải", "cải cách", "Kế hoạch số", "không có ở đâu")


def measure(library: Library) -> list[Row]:
    """Return the milliseconds from a question to all its hits."""
    visitor = library.product.visitor("delegate")
    times = []
    for text in ASKED * 2:
        start = time.perf_counter()
        visitor.get(f"/documents/{library.text}/find?q={quote(text)}")
        times.append((time.perf_counter() - start) * 1000)
    value = f"{median(times):.0f} ms, most {max(times):.0f} ms"
    return [(f"find in a paper of {TEXT_PAGES} pages", value, "goal <= 200 ms")]

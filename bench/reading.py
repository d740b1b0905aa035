"""What lies between the tap on a released paper and its first page."""

import re
import time
from collections.abc import Callable
from statistics import median

from bench.product import Product

ROUNDS = 9


def measure(product: Product) -> list[tuple[str, str, str]]:
    """Return the bytes and milliseconds of a document's page and its first picture."""
    delegate = product.visitor("delegate")
    today = delegate.get("/").decode()
    found = re.search(r'href="(/documents/[^"]+)"', today)
    address = found[1].replace("&amp;", "&") if found else "/"
    figures = [tap(delegate.get, address) for _ in range(ROUNDS)]
    size, milliseconds = (median(column) for column in zip(*figures, strict=True))
    return [("first page after the tap", f"{size / 1024:.0f} KB, {milliseconds:.0f} ms", "local")]


def tap(get: Callable[[str], bytes], address: str) -> tuple[int, float]:
    """Fetch the page and its picture; return bytes and milliseconds."""
    start = time.perf_counter()
    page = get(address)
    picture = re.search(r'src="(/pages/[^"]+/image/1200)"', page.decode())
    image = get(picture[1]) if picture else b""
    return len(page) + len(image), (time.perf_counter() - start) * 1000

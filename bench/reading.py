"""What lies between the tap on a released paper and its first page."""

import re
import time
from collections.abc import Callable
from contextlib import closing
from statistics import median
from uuid import UUID

from bench.product import Product
from meetings import vault
from meetings.installation import Installation
from meetings.models import Page
from meetings.settings import Settings

ROUNDS = 9


def measure(product: Product) -> list[tuple[str, str, str]]:
    """Return the bytes and milliseconds of a document's page and its first picture."""
    delegate = product.visitor("delegate")
    today = delegate.get("/").decode()
    found = re.search(r'href="(/documents/[^"]+)"', today)
    address = found[1].replace("&amp;", "&") if found else "/"
    figures = [tap(delegate.get, address) for _ in range(ROUNDS)]
    size, milliseconds = (median(column) for column in zip(*figures, strict=True))
    picture = picture_of(delegate.get(address))
    whole, ciphering = request_time(delegate.get, picture), ciphering_time(product, picture)
    return [
        ("first page after the tap", f"{size / 1024:.0f} KB, {milliseconds:.0f} ms", "local"),
        (
            "encryption, share of a picture's request",
            f"{ciphering / whole:.1%}",
            "goal <= 5 %",
        ),
    ]


def request_time(get: Callable[[str], bytes], address: str) -> float:
    """Return the median seconds of a request."""
    return median(timed(lambda: get(address)) for _ in range(5 * ROUNDS))


def ciphering_time(product: Product, picture: str) -> float:
    """Return the median seconds that decrypting a picture takes beyond reading as many bytes."""
    identity = UUID(picture.split("/")[2])
    with closing(Installation(Settings(instance=product.instance))) as installation:
        with installation.database.reading() as session:
            page = session.get_one(Page, identity)
            key = vault.reading_key(installation.keys, page.version)
        store = installation.store
        path = next(installation.settings.blobs_folder.rglob(page.small_image))
        decrypted = median(
            timed(lambda: store.read(page.small_image, key=key)) for _ in range(5 * ROUNDS)
        )
        plain = median(timed(path.read_bytes) for _ in range(5 * ROUNDS))
    return decrypted - plain


def timed(act: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def picture_of(page: bytes) -> str:
    """Return the address of the first picture on a reader's page."""
    found = re.search(r'src="(/pages/[^"]+/image/1200)"', page.decode())
    return found[1] if found else "/"


def tap(get: Callable[[str], bytes], address: str) -> tuple[int, float]:
    """Fetch the page and its picture; return bytes and milliseconds."""
    start = time.perf_counter()
    page = get(address)
    image = get(picture_of(page))
    return len(page) + len(image), (time.perf_counter() - start) * 1000

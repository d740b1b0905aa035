"""Requests a second of the agenda page, beside a bare Flask under the same server."""

import http.client
import threading
import time
from statistics import median
from urllib.parse import urlsplit

from bench.product import Product, bare_flask

SECONDS = 3.0
CLIENTS = 4
ROUNDS = 3


def rate(address: str, path: str, headers: dict[str, str]) -> float:
    """Return the requests a second that a few clients get answered over kept connections."""
    answered = [0] * CLIENTS
    stop = time.perf_counter() + SECONDS

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection(urlsplit(address).netloc)
        while time.perf_counter() < stop:
            connection.request("GET", path, headers=headers)
            connection.getresponse().read()
            answered[number] += 1
        connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered) / SECONDS


def measure(product: Product) -> list[tuple[str, str, str]]:
    """Return the shares of the full and of the unchanged agenda page."""
    delegate = product.visitor("delegate")
    path = agenda_path(delegate.get("/").decode())
    cookie = {"Cookie": delegate.cookie}
    etag = {"If-None-Match": tag_of(product.address, path, cookie)}
    with bare_flask() as yardstick:
        figures = [
            (
                rate(yardstick, "/", {}),
                rate(product.address, path, cookie),
                rate(product.address, path, cookie | etag),
            )
            for _ in range(ROUNDS)
        ]
    hello, full, same = (median(column) for column in zip(*figures, strict=True))
    return [
        ("bare Flask, requests/s", f"{hello:.0f}", "yardstick"),
        ("agenda page, share of bare Flask", f"{full / hello:.1%} ({full:.0f}/s)", "goal >= 10 %"),
        ("unchanged agenda (304), share", f"{same / hello:.1%} ({same:.0f}/s)", "goal >= 35 %"),
    ]


def agenda_path(today: str) -> str:
    """Return the address of the first meeting on the page of today."""
    start = today.index('href="/meetings/') + len('href="')
    return today[start : today.index('"', start)].split("?", maxsplit=1)[0]


def tag_of(address: str, path: str, headers: dict[str, str]) -> str:
    """Return the entity tag of a page."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer.getheader("ETag") or ""

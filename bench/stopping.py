"""How long the product takes to stop with every tablet's stream open."""

import signal
import socket
import time
from urllib.parse import urlsplit

from bench.agenda import agenda_path
from bench.product import Product

STREAMS = 500


def measure(product: Product) -> list[tuple[str, str, str]]:
    """Open the streams, stop the product, return the seconds."""
    delegate = product.visitor("delegate")
    path = agenda_path(delegate.get("/").decode())
    streams = [
        open_stream(product.address, f"{path}/live", delegate.cookie) for _ in range(STREAMS)
    ]
    start = time.perf_counter()
    product.process.send_signal(signal.SIGTERM)
    product.process.wait()
    seconds = time.perf_counter() - start
    ended = sum(drained(stream) for stream in streams)
    return [(f"stopping with {ended} streams open", f"{seconds:.2f} s", "goal < 3 s")]


def open_stream(address: str, path: str, cookie: str) -> socket.socket:
    """Return a connection on which events come."""
    host, port = urlsplit(address).netloc.split(":")
    stream = socket.create_connection((host, int(port)))
    request = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\n\r\n"
    stream.sendall(request.encode())
    stream.recv(4096)
    return stream


def drained(stream: socket.socket) -> bool:
    """Tell whether the server ended the stream, having said all it had to say."""
    stream.settimeout(5)
    while chunk := stream.recv(4096):
        if b"500" in chunk[:20]:
            return False
    stream.close()
    return True

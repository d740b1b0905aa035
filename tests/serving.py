"""The application behind a real port, for browsers and for other programs."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server


@contextmanager
def served(app: Flask, *, port: int = 0) -> Iterator[BaseWSGIServer]:
    """Serve an application on the loopback, on any free port by default."""
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = make_server("127.0.0.1", port, closing(app), threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def closing(app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Close every answer: this server forgets to where a browser resets the connection."""

    def call(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return parts(app(environ, start_response))

    def parts(answer: Iterable[bytes]) -> Iterator[bytes]:
        try:
            yield from answer
        finally:
            getattr(answer, "close", lambda: None)()

    return call

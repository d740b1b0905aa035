"""Addresses that a request may send a person on to: pages of this site only."""

from urllib.parse import urlsplit

from flask import request


def own_page(address: str | None, default: str = "/") -> str:
    """Return an address if it is a path of this site, else the default."""
    if not address or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return default
    if not address.isprintable() or "\\" in address:
        return default
    parts = urlsplit(address)
    return default if parts.scheme or parts.netloc else address


def next_page(default: str = "/") -> str:
    """Return where the request leads on to, said by the form if it is one, else by the address."""
    given = request.form if request.method == "POST" else request.args
    return own_page(given.get("next"), default)

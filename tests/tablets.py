"""A tablet as the server knows it: a browser with a cookie and a key of its own."""

from base64 import b64encode
from html.parser import HTMLParser

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from werkzeug.test import TestResponse

PIN = "270413"


class Tablet:
    """Signs as its script does (static/js/device_key.js)."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.key = ec.generate_private_key(ec.SECP256R1())

    @property
    def public_key(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, challenge: str) -> bytes:
        message = f"nghi-su device: {challenge}".encode()
        r, s = decode_dss_signature(self.key.sign(message, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32) + s.to_bytes(32)

    def proof(self, path: str) -> dict[str, str]:
        """Fetch a page and return what its script would send along."""
        hidden = Hidden()
        hidden.feed(self.client.get(path).get_data(as_text=True))
        challenge = hidden.values.get("challenge", "")
        return {
            "challenge": challenge,
            "signature": b64encode(self.sign(challenge)).decode(),
            "public_key": b64encode(self.public_key).decode(),
        }

    def enrol(self, code: str, **changes: str) -> TestResponse:
        typed = {"code": code, "pin": PIN, "again": PIN}
        return self.client.submit("/enrol", **self.proof("/enrol") | typed | changes)

    def open(self, pin: str = PIN, **changes: str) -> TestResponse:
        return self.client.submit("/pin", **self.proof("/pin") | {"pin": pin} | changes)

    def lock(self, page: str = "/") -> TestResponse:
        return self.client.submit("/lock", next=page)


class Hidden(HTMLParser):
    """The hidden fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("type") == "hidden":
            self.values[found.get("name") or ""] = found.get("value") or ""

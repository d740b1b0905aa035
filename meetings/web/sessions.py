"""The signed cookie of a session: its signature is checked once, not at each of many requests."""

from copy import deepcopy
from functools import cache, lru_cache, partial
from time import time
from typing import Any, cast

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, URLSafeTimedSerializer

KEPT = 2048


class Seen:
    """A serializer that knows the cookies it has seen lately: what was signed stays signed.

    What a cookie may still do is asked of the database each time; this only spares the sums.
    """

    def __init__(self, serializer: URLSafeTimedSerializer) -> None:
        self._checked = lru_cache(KEPT)(partial(serializer.loads, return_timestamp=True))
        self.dumps = serializer.dumps

    def loads(self, value: str, max_age: int) -> Any:
        """Return what a cookie holds; raise BadSignature, also of one that is too old."""
        content, signed_at = self._checked(value)
        if time() - signed_at.timestamp() > max_age:
            message = "the cookie is too old"
            raise SignatureExpired(message, payload=content, date_signed=signed_at)
        return deepcopy(content)


class Sessions(SecureCookieSessionInterface):
    """Flask's own sessions; the key of an application never changes while it runs."""

    def __init__(self) -> None:
        self._of = cache(self._make)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs and reads the cookies of an application, if it has a key."""
        return self._of(app)

    def _make(self, app: Flask) -> URLSafeTimedSerializer | None:
        serializer = super().get_signing_serializer(app)
        return cast("URLSafeTimedSerializer", Seen(serializer)) if serializer else None

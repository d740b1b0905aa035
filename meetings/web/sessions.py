"""The signed cookie of a session, read by a signer that stays: Flask makes one a request."""

from functools import cache

from flask.sessions import SecureCookieSessionInterface


class Sessions(SecureCookieSessionInterface):
    """Flask's own sessions; the key of an application never changes while it runs."""

    get_signing_serializer = cache(SecureCookieSessionInterface.get_signing_serializer)

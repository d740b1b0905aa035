"""The device: a random cookie by which the throttle tells one that was let in before."""

import secrets

from flask import Response, g

from meetings.web.cookies import keep_cookie, read_cookie

AGE = 400 * 24 * 3600  # the longest that browsers keep a cookie (RFC 6265bis)
COOKIE = "device"


def device_token(*, new: bool = False) -> str:
    """Return the token of the device that asks, or a new one where one is wanted, else nothing."""
    known = read_cookie(COOKIE)
    if known or not new:
        return known
    if "device" not in g:
        g.device = secrets.token_urlsafe(32)
    return str(g.device)


def remember_device(response: Response, token: str) -> Response:
    """Have the device keep its token."""
    keep_cookie(response, COOKIE, token, age=AGE)
    return response

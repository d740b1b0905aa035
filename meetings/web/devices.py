"""The device: a random cookie by which the throttle tells one that was let in before."""

import secrets

from flask import Response, current_app, g, request

AGE = 400 * 24 * 3600  # the longest that browsers keep a cookie (RFC 6265bis)


def _name() -> str:
    return "__Host-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"


def device_token(*, new: bool = False) -> str:
    """Return the token of the device that asks, or a new one where one is wanted, else nothing."""
    known = request.cookies.get(_name(), "")
    if known or not new:
        return known
    if "device" not in g:
        g.device = secrets.token_urlsafe(32)
    return str(g.device)


def remember_device(response: Response, token: str) -> Response:
    """Have the device keep its token."""
    response.set_cookie(
        _name(),
        token,
        max_age=AGE,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response

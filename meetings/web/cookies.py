"""Cookies of our own: for this host alone where https is spoken, out of reach of scripts."""

from flask import current_app, request
from werkzeug.wrappers import Response


def cookie_name(name: str) -> str:
    """Return what a cookie is called here; browsers hold `__Host-` to https and to one host."""
    return f"__Host-{name}" if current_app.config["SESSION_COOKIE_SECURE"] else name


def read_cookie(name: str) -> str:
    """Return what a browser brought back, or nothing."""
    return request.cookies.get(cookie_name(name), "")


def keep_cookie(response: Response, name: str, value: str, *, age: int) -> None:
    """Have the browser keep a value for some seconds."""
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=age,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )

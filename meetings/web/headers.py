"""Security headers on every answer."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "require-trusted-types-for 'script'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
WHOLE = frozenset({200, 206, 304})
HSTS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
KEPT_ENDPOINTS = frozenset({"web.static_file", "reader.blob"})
"""Whose whole answers a cache may keep: the same for everybody, or nothing without a key."""


def install(app: Flask) -> None:
    """Keep every private answer of an application out of caches."""
    app.after_request(_keep_private)


def added_to(answer: "WSGIApplication", *, production: bool) -> "WSGIApplication":
    """Return an application that adds every header which an answer does not bring itself."""
    fixed = HEADERS | HSTS if production else HEADERS
    lines = [(name.lower(), (name, value)) for name, value in fixed.items()]

    def serve(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        def start_with_headers(
            status: str, given: list[tuple[str, str]], *error: Any
        ) -> Callable[[bytes], object]:
            own = {name.lower() for name, _ in given}
            return start(status, given + [line for name, line in lines if name not in own], *error)

        return answer(environ, start_with_headers)

    return serve


def _keep_private(response: Response) -> Response:
    """Let no cache keep an answer that depends on who asked."""
    if request.endpoint not in KEPT_ENDPOINTS or response.status_code not in WHOLE:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response

"""Security headers on every answer."""

from flask import Flask, Response, request

from meetings.settings import Settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
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
HSTS = "max-age=31536000; includeSubDomains"
KEPT_ENDPOINTS = frozenset({"web.static_file", "reader.blob"})
"""Whose whole answers a cache may keep: the same for everybody, or nothing without a key."""


def install(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer of an application."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.production:
            response.headers["Strict-Transport-Security"] = HSTS
        if request.endpoint not in KEPT_ENDPOINTS or response.status_code not in WHOLE:
            _keep_private(response)
        return response


def _keep_private(response: Response) -> None:
    """Let no cache keep an answer that depends on who asked."""
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Cookie")

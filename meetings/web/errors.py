"""Errors as pages that say what happened and what to do."""

import logging

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from meetings import log
from storage import NoSpace

PAGES = frozenset({403, 404, 413, 422, 500, 503, 507})

logger = logging.getLogger(__name__)


class InsufficientStorage(HTTPException):
    """The disk is too full to take the request (RFC 4918, 11.5)."""

    code = 507
    description = "Insufficient Storage"


def install(app: Flask) -> None:
    """Answer every error of an application with a page, or JSON where JSON was asked for."""
    app.register_error_handler(HTTPException, show)
    app.register_error_handler(CSRFError, lambda _error: answer(403))
    app.register_error_handler(NoSpace, lambda _error: answer(InsufficientStorage.code))
    app.register_error_handler(Exception, fail)


def show(error: HTTPException) -> ResponseReturnValue:
    """Answer an HTTP error; those without a page of their own borrow one."""
    if error.response is not None:
        return error.response
    code = error.code or InternalServerError.code
    body, status = answer(code)
    return body, status, _extra_headers(error)


def fail(error: Exception) -> ResponseReturnValue:
    """Log what nobody foresaw and answer 500."""
    logger.error("unforeseen %s", type(error).__name__, exc_info=error)
    return answer(500)


def answer(code: int) -> tuple[object, int]:
    """Return the error page, or its JSON twin, with its status."""
    page = code if code in PAGES else 404 if code < InternalServerError.code else 500
    if request.accept_mimetypes.best == "application/json":
        return jsonify(error=code, request=log.request_id.get()), code
    return render_template(f"errors/{page}.html", request_id=log.request_id.get()), code


def _extra_headers(error: HTTPException) -> list[tuple[str, str]]:
    return [item for item in error.get_headers() if item[0] in {"Allow", "Retry-After"}]

"""Errors as pages that say what happened and what to do."""

import logging
import traceback
from typing import Any

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    SecurityError,
    ServiceUnavailable,
)
from werkzeug.wrappers import Response as BaseResponse

from meetings import log
from meetings.web import problems, programs
from storage import NoSpace

KEPT_HEADERS = frozenset({"Allow", "Retry-After", "WWW-Authenticate"})
PAGES = frozenset({403, 404, 413, 422, 429, 500, 503, 507})

logger = logging.getLogger(__name__)


class InsufficientStorage(HTTPException):
    """The disk is too full to take the request (RFC 4918, 11.5)."""

    code = 507
    description = "Insufficient Storage"


def install(app: Flask) -> None:
    """Answer every error of an application with a page, or JSON where JSON was asked for."""
    app.register_error_handler(HTTPException, show)
    app.register_error_handler(CSRFError, lambda _error: answer(403))
    app.register_error_handler(SecurityError, lambda _error: ("This host name is unknown.", 400))
    app.register_error_handler(NoSpace, lambda _error: answer(InsufficientStorage.code))
    app.register_error_handler(OperationalError, fail_at_database)
    app.register_error_handler(PoolTimeout, lambda _error: answer(ServiceUnavailable.code))
    app.register_error_handler(Exception, fail)


def show(error: HTTPException) -> ResponseReturnValue:
    """Answer an HTTP error; those without a page of their own borrow one."""
    if isinstance(error.response, BaseResponse):
        return error.response
    response = answer(error.code or InternalServerError.code)
    for name, value in error.get_headers():
        if name in KEPT_HEADERS:
            response.headers[name] = value
    return response


def fail_at_database(error: OperationalError) -> ResponseReturnValue:
    """Answer 507 where the disk had no room for what was to be written, else 500."""
    full: bool = current_app.extensions["installation"].database.dialect.is_full(error)
    return answer(InsufficientStorage.code) if full else fail(error)


def fail(error: Exception) -> ResponseReturnValue:
    """Log what nobody foresaw and answer 500."""
    # without its message: that may quote a document, or a statement's parameters
    frames = traceback.extract_tb(error.__traceback__)
    places = " > ".join(f"{frame.filename}:{frame.lineno}" for frame in frames)
    logger.error("unforeseen %s at %s", type(error).__name__, places)
    return answer(500)


def answer(code: int, **facts: Any) -> Response:
    """Return the error page, told some facts, or its JSON twin, with its status."""
    if programs.asks():
        return problems.answer(code)
    page = code if code in PAGES else 404 if code < InternalServerError.code else 500
    if request.accept_mimetypes.best == "application/json":
        return make_response(jsonify(error=code, request=log.request_id.get()), code)
    html = render_template(f"errors/{page}.html", request_id=log.request_id.get(), **facts)
    return make_response(html, code)

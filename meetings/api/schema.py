"""The OpenAPI description of what programs may ask, made from the views and their shapes."""

import inspect
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from flask import Flask, Response
from werkzeug.routing import Rule

from meetings.api import shapes, views
from meetings.web.problems import MEDIA_TYPE
from meetings.web.programs import ROOT

PARAMETER = re.compile(r"<uuid:(\w+)>")
REFERENCE = "#/components/schemas/{name}"
ABOUT = {
    "title": "Nghị Sự",
    "version": "1",
    "description": (
        "Meetings, their agendas and papers, as the person who gave the token may see them; "
        "in the vocabulary of OParl 1.1. Everything is read; nothing can be changed."
    ),
}
PAGE = {
    "name": "page",
    "in": "query",
    "description": "Which page of the list, from 1; past the last it is the last.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 10**views.LONGEST_NUMBER - 1},
}
KNOWN = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of the answer that the program has already.",
    "schema": {"type": "string"},
}
ALWAYS = (401, 403, 429, 500, 503)


def openapi() -> dict[str, Any]:
    """Return the description of every address under which programs ask."""
    rules = sorted(_rules(), key=lambda pair: pair[0].rule)
    told = [_told(view) for _rule, view in rules]
    kinds = dict.fromkeys(kind for kind in told if kind is not Response)
    _, components = msgspec.json.schema_components([*kinds, shapes.Problem], ref_template=REFERENCE)
    return {
        "openapi": "3.1.0",
        "info": ABOUT,
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": {_path(rule): {"get": _operation(rule, view)} for rule, view in rules},
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _rules() -> Iterator[tuple[Rule, Any]]:
    """Give the addresses of programs, each with the view behind the guard."""
    app = Flask("api", static_folder=None)
    views.pages.register(app)
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(ROOT):
            yield rule, app.view_functions[rule.endpoint]


def _told(view: Any) -> Any:
    return get_type_hints(inspect.unwrap(view))["return"]


def _path(rule: Rule) -> str:
    return PARAMETER.sub(r"{\1}", rule.rule)


def _operation(rule: Rule, view: Any) -> dict[str, Any]:
    shape, scope = _told(view), view.scope
    listed, alone = get_origin(shape) is shapes.Listing, bool(rule.arguments)
    errors = (*ALWAYS, *((404,) if alone else ()), *((422,) if listed else ()))
    return {
        "operationId": rule.endpoint.removeprefix("api."),
        "summary": inspect.getdoc(view),
        "tags": [scope.value if scope else "every token"],
        "parameters": [
            *map(_parameter, PARAMETER.findall(rule.rule)),
            *([PAGE] if listed else ()),
            *([KNOWN] if shape is not Response else ()),
        ],
        "responses": _success(shape) | {str(code): _problem(code) for code in sorted(errors)},
    }


def _parameter(name: str) -> dict[str, Any]:
    schema = {"type": "string", "format": "uuid"}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _success(shape: Any) -> dict[str, Any]:
    if shape is Response:
        whole = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}
        return {"200": {"description": "The copy.", "content": whole}}
    content = {"application/json": {"schema": {"$ref": REFERENCE.format(name=_name(shape))}}}
    return {
        "200": {"description": "The answer.", "content": content},
        "304": {"description": "The program has the answer already."},
    }


def _name(shape: Any) -> str:
    """Return what the components call a shape; a list is named after what it holds."""
    held = get_args(shape)
    return f"Listing_{held[0].__name__}_" if held else str(shape.__name__)


def _problem(code: int) -> dict[str, Any]:
    schema = {"$ref": REFERENCE.format(name=shapes.Problem.__name__)}
    return {"description": HTTPStatus(code).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}

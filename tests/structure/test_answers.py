"""House rules of answers: each says what it is, none opens to another site or tells too much."""

import json
import re
import socket

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests import factories, papers
from tests.client import CheckingClient, outline
from tests.structure.addresses import crawled, filled_rules

BEGINS = {
    "text/html": b"<!DOCTYPE html>",
    "application/json": b"{",
    "application/ld+json": b"{",
    "application/problem+json": b"{",
    "image/webp": b"RIFF",
    "application/pdf": b"%PDF-",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": b"PK",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": b"PK",
    "text/calendar": b"BEGIN:VCALENDAR",
}
ELSE = {"text/css", "text/javascript", "font/woff2", "image/svg+xml", "image/png", "image/x-icon"}
ELSE |= {"text/event-stream", "application/octet-stream", "application/x-x509-ca-cert"}
ELSE |= {"application/manifest+json"}
EVIL = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
JSON_FIELDS = {
    "/health": {"status"},
    "/ready": {"status", "wanting"},
}


@pytest.fixture
def furnished(installation, session, world):
    document = papers.prepared(installation, world.office)
    factories.paper(session, world.item, document)
    session.commit()
    return world


@pytest.fixture(params=["clerk", "delegate", "administrator", None])
def everything(request, app: Flask, installation, sign_in, furnished, monkeypatch):
    """Every answer that one person reads by following all addresses, and who asked."""

    def called(*_rest: object) -> None:
        pytest.fail("a page called another server")

    monkeypatch.setattr(socket.socket, "connect", called)
    user = getattr(furnished, request.param) if request.param else None
    client = sign_in(user)
    return client, crawled(app, installation, client, user or furnished.outsider)


def test_every_answer_says_truly_what_it_is_and_names_no_secret_and_no_other_site(everything):
    client, answers = everything
    secrets = {client.get_cookie("sid").value, client.csrf_token()}
    assert len(answers) > 10
    for address, answer in answers.items():
        check_kind(address, answer)
        assert not [name for name in dict(answer.headers) if name.startswith("Access-Control")]
        assert not [secret for secret in secrets if secret in address], address
        assert not re.search(r"(token|secret|password|pin|code|sid)=", address), address


def check_kind(address: str, answer: TestResponse) -> None:
    body = b"" if answer.mimetype == "text/event-stream" else answer.get_data()
    if not body or answer.status_code in {301, 302, 303, 308}:
        return
    kind = answer.mimetype
    assert kind in {*BEGINS, *ELSE}, f"{address}: {kind}"
    assert body.startswith(BEGINS.get(kind, b"")), f"{address}: {kind}"
    if kind.startswith("text/"):
        assert answer.mimetype_params.get("charset") == "utf-8", address
    if kind in {"application/json", "application/problem+json"}:
        json.loads(body)


def test_no_other_site_is_let_in_whatever_it_asks(app: Flask, sign_in, world):
    client = sign_in(world.clerk)
    for address in filled_rules(app):
        for method in ("GET", "OPTIONS"):
            answer = client.open(address, method=method, headers=EVIL)
            found = [name for name in dict(answer.headers) if name.startswith("Access-Control")]
            answer.close()
            assert found == [], f"{method} {address}"


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "DELETE", "PUT", "PATCH"])
def test_methods_that_nobody_needs_are_refused_everywhere(app: Flask, sign_in, world, method):
    client = sign_in(world.clerk)
    for address in filled_rules(app):
        answer = client.open(address, method=method)
        answer.close()
        assert answer.status_code in {403, 404, 405}, address


def test_json_answers_tell_their_fields_and_no_more(client):
    for address, fields in JSON_FIELDS.items():
        assert set(client.get(address).json) == fields


def test_passwords_and_codes_travel_in_bodies_alone(app: Flask, client: CheckingClient):
    fields = 0
    for address in ("/sign-in", "/activate", "/enrol"):
        page = outline(client.get(address).get_data(as_text=True))
        for form, controls in page.forms:
            hidden = [c for c in controls if c.get("type") == "password"]
            fields += len(hidden)
            assert not hidden or form["method"] == "post"
    assert fields >= 3

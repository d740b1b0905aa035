"""House rules of the routes, as tests."""

import re
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.routing import Rule

from meetings.policy import RULES, Permission
from meetings.web.pages import SAFE_METHODS, SUBJECTS
from meetings.web.programs import ROOT

OPEN_TO_STRANGERS = {
    "accounts.activate",
    "accounts.enrol",
    "accounts.give_code",
    "accounts.open_device",
    "accounts.sign_in",
    "agenda.calendar_feed",
    "help.index",
    "help.topic",
    "reader.web_manifest",
    "reader.worker",
    "tls.hand_out",
    "web.health",
    "web.preferences",
    "web.ready",
    "web.static_file",
}
FILES_BY_NAME = {"/manifest.webmanifest", "/service-worker.js"}
NOT_UUID = {"digest", "name", "secret", "width"}
PATH = re.compile(r"^(/|(/([a-z0-9]+(-[a-z0-9]+)*|<[^>]+>))+)$")


def rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def test_every_route_went_through_the_guard_and_names_its_permission(app: Flask):
    for rule in rules(app):
        view = app.view_functions[rule.endpoint]
        assert hasattr(view, "needs"), f"{rule.endpoint} was not registered by Pages"


def test_only_these_pages_are_open_to_strangers(app: Flask):
    views = app.view_functions
    opened = {rule.endpoint for rule in rules(app) if views[rule.endpoint].needs is None}
    assert opened == OPEN_TO_STRANGERS


def test_paths_are_kebab_case(app: Flask):
    for rule in rules(app):
        assert PATH.match(rule.rule) or rule.rule in FILES_BY_NAME, rule.rule


def test_parameters_are_ids_of_a_known_table(app: Flask):
    for rule in rules(app):
        for name in rule.arguments - NOT_UUID:
            assert name in SUBJECTS, f"{rule.rule}: {name}"
            assert f"<uuid:{name}>" in rule.rule


def test_a_route_about_a_row_asks_a_permission_about_that_table(app: Flask):
    for rule in rules(app):
        needs = app.view_functions[rule.endpoint].needs
        about = [SUBJECTS[name] for name in rule.arguments - NOT_UUID]
        if needs is not None:
            expected = [RULES[needs].table] if RULES[needs].table else []
            assert about == expected, f"{rule.rule} asks {needs}"


def test_every_permission_has_a_rule_and_is_asked_somewhere(app: Flask):
    asked = {app.view_functions[rule.endpoint].needs for rule in rules(app)}
    assert set(RULES) == set(Permission)
    listed = {
        Permission.FEEDBACK_READ,
        Permission.ARCHIVE_IMPORT,
        Permission.REGISTER_GAPS,
    }  # asked through their lists
    assert set(Permission) - asked <= listed


def example(rule: Rule) -> str:
    values = {name: UUID(int=7) for name in rule.arguments}
    values |= {"digest": "x", "name": "x", "secret": "x", "width": 240}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match[1]]), rule.rule)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stranger_gets_nowhere_but_to_the_sign_in(app: Flask, sign_in, method: str):
    client = sign_in(None)
    for rule in rules(app):
        if rule.endpoint in OPEN_TO_STRANGERS or method not in rule.methods:
            continue
        fields = {"csrf_token": client.csrf_token()} if method == "POST" else None
        answer = client.open(example(rule), method=method, data=fields)
        if rule.rule.startswith(ROOT):
            assert answer.status_code == 401, rule.rule
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
            continue
        assert answer.status_code == 303, rule.rule
        assert answer.location.startswith("/sign-in")


def test_each_address_of_programs_names_what_its_token_is_for(app: Flask):
    of_programs = {rule.endpoint for rule in rules(app) if rule.rule.startswith(ROOT)}
    scoped = {e for e, view in app.view_functions.items() if view.scope}
    assert len(of_programs) > 10
    assert of_programs - scoped == {"api.system"}
    assert scoped <= of_programs


def test_no_address_of_programs_takes_a_cookie_and_no_page_takes_a_token(app, sign_in, world):
    """Without a token or without a cookie, the very same client is a stranger."""
    client = sign_in(world.clerk)
    shown = {"Authorization": f"Bearer {client.bearer}"}
    client.bearer = ""
    stranger = sign_in(None)
    for rule in rules(app):
        if rule.endpoint in OPEN_TO_STRANGERS or "GET" not in rule.methods:
            continue
        if rule.rule.startswith(ROOT):
            assert client.get(example(rule)).status_code == 401, rule.rule
        else:
            assert stranger.get(example(rule), headers=shown).status_code == 303, rule.rule


def test_programs_change_nothing(app: Flask):
    for rule in rules(app):
        if rule.rule.startswith(ROOT):
            assert rule.methods <= SAFE_METHODS


def test_an_id_that_is_nowhere_answers_404(app: Flask, sign_in, world):
    client = sign_in(world.clerk)
    for rule in rules(app):
        if "GET" in rule.methods and rule.arguments - NOT_UUID:
            assert client.get(example(rule)).status_code == 404, rule.rule


def test_a_post_without_its_token_is_refused(app: Flask, sign_in, world):
    client = sign_in(world.clerk)
    for rule in rules(app):
        if "POST" in rule.methods:
            assert client.post(example(rule)).status_code == 403, rule.rule

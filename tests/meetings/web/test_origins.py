"""Origins: what changes something is taken from a page of this very site and from nowhere else."""

from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import force_locale, gettext
from sqlalchemy import select
from werkzeug.test import TestResponse

from meetings.app import create_app
from meetings.installation import Installation
from meetings.models import AuditEntry, Decision, Feedback, Meeting
from meetings.settings import Settings
from tests.client import BrowserClient, outline

HERE = "http://localhost"
OWN = {
    "a page of this site": {"Sec-Fetch-Site": "same-origin"},
    "a page of this site that names itself": {"Sec-Fetch-Site": "same-origin", "Origin": HERE},
    "an old browser": {"Origin": HERE},
}
FOREIGN = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "another site with our name": {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
    "a neighbour": {"Sec-Fetch-Site": "same-site", "Origin": HERE},
    "no page at all": {"Sec-Fetch-Site": "none", "Origin": HERE},
    "an empty word": {"Sec-Fetch-Site": "", "Origin": HERE},
    "two words": {"Sec-Fetch-Site": "same-origin, cross-site"},
    "other letters": {"Sec-Fetch-Site": "Same-Origin"},
    "another origin": {"Origin": "http://evil.example"},
    "a hidden origin": {"Origin": "null"},
    "an empty origin": {"Origin": ""},
    "another scheme": {"Origin": "https://localhost"},
    "another port": {"Origin": f"{HERE}:8080"},
    "a longer name": {"Origin": f"{HERE}.evil.example"},
    "a shorter name": {"Origin": "http://local"},
    "a path behind": {"Origin": f"{HERE}/"},
    "only a referrer": {"Referer": f"{HERE}/feedback"},
    "nothing at all": {},
}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE", "QUERY")


def send(client: BrowserClient, headers: dict[str, str], text: str = "Xin chào") -> TestResponse:
    """Send feedback with a valid token and nothing else that tells where it comes from."""
    client.tells_origin = False
    fields = {"csrf_token": client.csrf_token(), "text": text}
    return client.post("/feedback", data=fields, headers=headers)


def written(installation: Installation) -> list[str]:
    with installation.database.reading() as reading:
        return list(reading.scalars(select(Feedback.text)))


def refusals(installation: Installation) -> list[AuditEntry]:
    with installation.database.reading() as reading:
        chosen = select(AuditEntry).where(AuditEntry.decision == Decision.REFUSED)
        return list(reading.scalars(chosen))


def words(app: Flask, text: str) -> str:
    with app.test_request_context(), force_locale("vi"):
        return gettext(text)


@pytest.mark.parametrize("headers", OWN.values(), ids=OWN)
def test_what_a_page_of_this_site_sends_is_taken(installation, sign_in, world, headers):
    assert send(sign_in(world.delegate), headers).status_code == 303
    assert written(installation) == ["Xin chào"]
    assert refusals(installation) == []


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_what_comes_from_elsewhere_is_refused_in_spite_of_its_token(
    app, installation, sign_in, world, headers
):
    answer = send(sign_in(world.delegate), headers)
    assert answer.status_code == 403
    assert written(installation) == []
    assert words(app, "This came from somewhere else") in answer.get_data(as_text=True)
    [line] = refusals(installation)
    assert (line.action, line.actor_id) == ("feedback:send", world.delegate.id)
    assert line.detail == {"reason": "origin"}


@pytest.mark.parametrize("headers", [OWN["an old browser"], FOREIGN["another site"]])
def test_the_token_is_asked_for_beside_the_origin(installation, sign_in, world, headers):
    client = sign_in(world.delegate)
    answer = client.post("/feedback", data={"text": "Xin chào"}, headers=headers)
    assert answer.status_code == 403
    assert written(installation) == []


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_reading_is_open_wherever_the_link_stood(sign_in, world, headers):
    client = sign_in(world.delegate)
    assert client.get("/meetings", headers=headers).status_code == 200
    assert client.head("/health", headers=headers).status_code == 200
    assert client.options("/meetings", headers=headers).status_code == 200


@pytest.mark.parametrize("method", UNSAFE)
def test_every_method_that_may_change_something_is_asked(app, client, method):
    answer = client.open("/meetings", method=method, headers=FOREIGN["another site"])
    assert answer.status_code == 403
    assert client.open("/meetings", method=method).status_code == 405


def test_an_address_that_is_nowhere_tells_other_sites_nothing(client):
    assert client.post("/nowhere").status_code == 404
    assert client.post("/nowhere", headers=FOREIGN["another site"]).status_code == 403


def test_a_stranger_is_refused_without_a_line_in_the_ledger(installation, client):
    client.tells_origin = False
    for headers, status in ((FOREIGN["a neighbour"], 403), (OWN["an old browser"], 303)):
        fields = {"csrf_token": client.csrf_token(), "theme": "night"}
        assert client.post("/preferences", data=fields, headers=headers).status_code == status
    assert refusals(installation) == []


def test_the_line_names_the_permission_and_the_row_that_was_meant(installation, sign_in, world):
    address = f"/meetings/{world.planned_meeting.id}/release"
    client = sign_in(world.clerk)
    hostile = {"headers": FOREIGN["a neighbour"]}
    fields = {"csrf_token": client.csrf_token()}
    client.post(address, data=fields, **hostile)
    client.post("/preferences", data=fields, **hostile)
    client.post("/nowhere", data=fields, **hostile)
    lines = [(line.action, line.subject_type, line.subject_id) for line in refusals(installation)]
    meant = ("meeting:release", "Meeting", str(world.planned_meeting.id))
    assert lines == [meant, ("request:send", "", ""), ("request:send", "", "")]
    with installation.database.reading() as reading:
        meeting = reading.get_one(Meeting, world.planned_meeting.id)
        assert meeting.state == world.planned_meeting.state


def test_the_page_says_what_happened_and_what_to_do(app, sign_in, world):
    page = send(sign_in(world.delegate), FOREIGN["another site"]).get_data(as_text=True)
    assert outline(page).text["h1"] == "Yêu cầu này đến từ nơi khác"
    assert "chưa có gì thay đổi" in page
    assert "mở lại hệ thống từ địa chỉ của cơ quan" in page


def test_a_script_gets_the_refusal_as_json(client):
    accepts = {"Accept": "application/json"}
    answer = client.post("/preferences", headers=FOREIGN["another site"] | accepts)
    assert (answer.status_code, answer.json["error"]) == (403, 403)


@pytest.fixture
def proxied(app: Flask, settings: Settings):
    """Return what asks an installation behind a proxy that speaks TLS for it."""
    hosts = ("hop.example", "hop.example:8443")
    secure = create_app(replace(settings, https=True, trusted_hosts=hosts))
    secure.config["SESSION_COOKIE_SECURE"] = False  # the test's own client speaks plain http
    secure.config["WTF_CSRF_ENABLED"] = False

    def ask(host: str, headers: dict[str, str]) -> int:
        client = secure.test_client()
        return client.post("/preferences", headers={"Host": host} | headers).status_code

    yield ask
    secure.extensions["live"].close()
    secure.extensions["installation"].close()


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("hop.example", "https://hop.example", 303),
        ("hop.example:443", "https://hop.example", 303),
        ("hop.example:8443", "https://hop.example:8443", 303),
        ("hop.example", "http://hop.example", 403),
        ("hop.example:8443", "https://hop.example", 403),
        ("hop.example", "https://evil.example", 403),
        ("evil.example", "https://evil.example", 400),
    ],
)
def test_behind_a_proxy_the_origin_is_the_https_address(proxied, host, origin, status: int):
    assert proxied(host, {"Origin": origin}) == status


@pytest.mark.parametrize("headers", [{}, *OWN.values(), *FOREIGN.values()])
def test_at_an_address_that_nobody_trusts_nothing_is_of_our_own(proxied, headers):
    assert proxied("evil.example", headers) == 400

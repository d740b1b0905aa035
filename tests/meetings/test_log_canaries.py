"""A thousand secrets, passwords, names and texts on every path that may fail: none in the log."""

import io
import logging
import os
from collections.abc import Callable, Iterator

import pytest
from flask import Flask, request

from meetings import jobs, log
from meetings.models import Body, Role, User
from meetings.web.pages import Pages
from tests import factories, papers
from tests.client import BrowserClient

CANARIES = 1000 if os.environ.get("LONG_TESTS") else 100
JSON = {"Accept": "application/json"}


class Unforeseen(Exception):
    """What no handler expects."""


@pytest.fixture
def app(app: Flask) -> Flask:
    app.test_client_class = BrowserClient
    pages = Pages("failing", __name__)

    @pages.form("/failing", needs=None)
    def fail() -> str:
        given = request.values["secret"]
        try:
            return {"known": given}[given]
        except KeyError as error:
            raise Unforeseen(given) from error

    pages.register(app)
    return app


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that any part of the program logs, errors with all they know."""
    written, root = io.StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(written), root.level
    handler.addFilter(log.RequestId())
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(request_id)s %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def token(sign_in) -> Callable[[BrowserClient], str]:
    def take(client: BrowserClient) -> str:
        html = client.get("/help").get_data(as_text=True)
        return html.partition('name="csrf-token" content="')[2].partition('"')[0]

    return take


def document(canary: str) -> dict[str, object]:
    return {"files": (io.BytesIO(b"%PDF-1.7 " + canary.encode()), f"{canary}.pdf")}


def order_of_dossiers(canary: str) -> dict[str, str]:
    return {"member": canary, "code": canary, "purpose": canary}


def member_list(canary: str) -> dict[str, object]:
    rows = f"Họ và tên,Ngày sinh,Ngày vào Đảng\n{canary},{canary},1990\n"
    return {"files": (io.BytesIO(rows.encode()), f"{canary}.csv")}


@pytest.fixture
def keeper(session, installation, world) -> User:
    """Who keeps the records of members; the register is on."""
    factories.members_on(session, installation.keys)
    user = factories.user(session, (Role.RECORD_KEEPER, world.province))
    session.commit()
    return user


def ways(
    world, document_id, member_id, keeper
) -> list[tuple[str, User | None, str, Callable[[str], dict]]]:
    """Return each path that takes something secret: who, where, and the fields."""
    clerk, item = world.clerk, f"/agenda-items/{world.item.id}"
    office = f"/bodies/{world.office.id}/members"
    dossier = f"/members/{member_id}/dossier"
    return [
        ("password", None, "/sign-in", lambda c: {"username": "user1", "password": c}),
        ("name", None, "/sign-in", lambda c: {"username": c, "password": "x" * 12}),
        ("secret", None, "/activate", lambda c: activation("user1", c, "x" * 14)),
        ("new password", None, "/activate", lambda c: activation(c, "y", c)),
        ("old password", clerk, "/account/password", own_password),
        ("feedback", world.delegate, "/feedback", lambda c: {"text": c, "page": f"/{c}"}),
        ("title", clerk, f"{item}/edit", lambda c: {"title": c, "kind": c, "presenter": c}),
        ("file", clerk, f"{item}/papers", document),
        ("document", clerk, f"/documents/{document_id}/edit", lambda c: {"title": c, "signer": c}),
        ("error", None, "/failing", lambda c: {"secret": c}),
        ("member", keeper, f"{office}/new", lambda c: member(c, world.office)),
        ("unfit member", keeper, f"{office}/new", lambda c: {"full_name": c, "birth_date": c}),
        ("list of members", keeper, f"{office}/list", member_list),
        ("scan", keeper, dossier, document),
        ("kinds", keeper, f"{dossier}/kinds", lambda c: {"kind-1": c, "was-1": c}),
        ("package", keeper, f"/bodies/{world.office.id}/dossiers/packages", order_of_dossiers),
        ("member sought", keeper, f"{office}/search", lambda c: {"words": c, "standing": c}),
    ]


def member(canary: str, body: Body) -> dict[str, str]:
    names = dict.fromkeys(("full_name", "birth_name", "religion", "family", "citizen_id"), canary)
    own = {"on": "06/01/2020", "body": str(body.id), "birth_date": "1966", "same": "no"}
    return names | own


def activation(username: str, secret: str, password: str) -> dict[str, str]:
    return {"username": username, "secret": secret, "password": password, "again": password}


def own_password(canary: str) -> dict[str, str]:
    return {"current": canary, "password": f"{canary} mới", "again": f"{canary} mới"}


@pytest.mark.long
def test_no_secret_and_no_text_reaches_the_log(
    session, installation, world, keeper, sign_in, token, logged
):
    of_the_office = factories.member(session, world.office).id
    session.commit()
    paper = papers.prepared(installation, world.office)
    paths, statuses = ways(world, paper.id, of_the_office, keeper), set()
    clients = {who and who.id: sign_in(who) for _, who, _, _ in paths}
    tokens = {key: token(client) for key, client in clients.items()}
    for number in range(CANARIES):
        canary = f"hoàng-yến-{number:04}-bí-mật"
        name, who, address, fields = paths[number % len(paths)]
        client = clients[who and who.id]
        sent = {"csrf_token": tokens[who and who.id]} | fields(canary)
        headers = {"User-Agent": canary.encode().hex()} | (JSON if number % 2 else {})
        answer = client.post(f"{address}?note={canary}", data=sent, headers=headers)
        statuses.add((name, answer.status_code))
        answer.close()
        client.get(f"/archive?q={canary}", headers=headers).close()
        client.get(f"/failing?secret={canary}", headers=headers).close()
    text = logged.getvalue()
    assert text.count("unforeseen Unforeseen at") >= CANARIES
    assert "hoàng-yến" not in text
    assert "bí-mật" not in text
    assert "hoàng-yến".encode().hex() not in text
    assert {("error", 500), ("file", 200), ("file", 303)} & statuses
    assert {("member", 303), ("unfit member", 422), ("member sought", 303)} <= statuses
    assert {("scan", 422), ("kinds", 303), ("package", 422)} <= statuses
    print(
        f"{CANARIES} canaries on {len(paths) + 2} paths, {text.count(chr(10))} lines, 0 in the log"
    )


def test_a_step_that_fails_is_logged_by_its_kind_alone(installation, session, logged, monkeypatch):
    def fail(_run) -> None:
        text = "hoàng-yến bí-mật"
        raise Unforeseen(text)

    monkeypatch.setitem(jobs.HANDLERS, "canary", fail)
    jobs.enqueue(session, "canary", {"title": "hoàng-yến"}, key="canary:hoàng-yến")
    session.commit()
    papers.work(installation)
    assert "kind=canary problem=Unforeseen" in logged.getvalue()
    assert "hoàng" not in logged.getvalue()

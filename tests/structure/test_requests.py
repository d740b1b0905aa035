"""House rules of requests: no other site changes anything, and nobody does by reading."""

import hashlib
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Table, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from meetings import policy
from meetings.installation import Installation
from meetings.models import AuditEntry, Base, Decision, User
from meetings.policy import RULES, Audited
from meetings.web.pages import SAFE_METHODS, SUBJECTS
from tests import factories, papers
from tests.client import CheckingClient, outline

HOSTILE = {
    "cross-site": {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    "same-site": {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    "none": {"Sec-Fetch-Site": "none", "Origin": "http://localhost"},
    "foreign origin": {"Origin": "https://evil.example"},
    "hidden origin": {"Origin": "null"},
    "nothing": {},
}
LEDGER = "audit_entry"
RECORDED_BY_READING = {
    (LEDGER, None),  # who opened what, and what was refused
    ("taken_copy", None),  # whose copy it is that bears a code
    ("sign_in", "idle_until"),  # that the person is still there
    ("access_token", "used_at"),  # that the program is
}
VALUES = {"width": 240, "digest": "0" * 64, "name": "delegate", "secret": "x"}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
LINKING = (("a", "href"), ("form", "action"), ("img", "src"), ("link", "href"), ("script", "src"))


def digests(installation: Installation) -> dict[str, str]:
    """Return a digest of the rows of each table, without what reading may record."""
    with installation.database.reading() as reading:
        tables = [table for table in Base.metadata.sorted_tables if kept(table)]
        rows = {table.name: reading.execute(select(*kept(table))).all() for table in tables}
    return {
        name: hashlib.sha256("\n".join(sorted(map(repr, found))).encode()).hexdigest()
        for name, found in rows.items()
    }


def kept(table: Table) -> list:
    if (table.name, None) in RECORDED_BY_READING:
        return []
    return [c for c in table.columns if (table.name, c.name) not in RECORDED_BY_READING]


@pytest.fixture
def furnished(installation, session: Session, world):
    """The world with a prepared paper, so that most tables hold a row."""
    document = papers.prepared(installation, world.office)
    factories.paper(session, world.item, document)
    factories.paper(session, world.planned_item, document, released_at=None)
    factories.post(session, world.delegate.person, world.office)
    session.commit()
    return world


def examples(app: Flask, reading: Session, rule: Rule, user: User) -> list[str]:
    """Return the addresses of a rule with every row there is, first those a person may ask for."""
    names = [name for name in rule.arguments if name in SUBJECTS]
    if not names:
        return [filled(rule, VALUES)]
    [name] = names
    needs = app.view_functions[rule.endpoint].needs
    found = list(reading.scalars(select(SUBJECTS[name].id))) or [UUID(int=7)]
    found.sort(key=lambda row: policy.permitted(reading, user, needs, row) is None)
    return [filled(rule, VALUES | {name: row}) for row in found]


def filled(rule: Rule, values: dict) -> str:
    return PARAMETER.sub(lambda match: str(values[match[1]]), rule.rule)


def unsafe(app: Flask) -> list[tuple[Rule, str]]:
    rules = app.url_map.iter_rules()
    return [(rule, method) for rule in rules for method in rule.methods - SAFE_METHODS]


def refused(installation: Installation) -> int:
    with installation.database.reading() as reading:
        lines = reading.scalars(select(AuditEntry).where(AuditEntry.decision == Decision.REFUSED))
        return sum(line.detail == {"reason": "origin"} for line in lines)


def test_no_unsafe_route_takes_anything_from_another_site(app, installation, sign_in, furnished):
    client = sign_in(furnished.clerk)
    fields = {"csrf_token": client.csrf_token()}
    client.tells_origin = False
    before, routes = digests(installation), unsafe(app)
    assert len(routes) >= 20
    with installation.database.reading() as reading:
        for rule, method in routes:
            address = examples(app, reading, rule, furnished.clerk)[0]
            for name, headers in HOSTILE.items():
                answer = client.open(address, method=method, data=fields, headers=headers)
                assert answer.status_code == 403, f"{method} {address}: {name}"
                assert digests(installation) == before, f"{method} {address}: {name}"
    assert refused(installation) == len(routes) * len(HOSTILE)


def test_the_same_requests_from_this_site_are_refused_nowhere_for_their_origin(
    app, installation, sign_in, furnished
):
    """Without this, routes that refuse everybody would make the test above hold."""
    answers = set()
    with installation.database.reading() as reading:
        addresses = [
            (examples(app, reading, rule, furnished.clerk)[0], method)
            for rule, method in unsafe(app)
        ]
    for address, method in addresses:
        client = sign_in(furnished.clerk)  # one of the routes signs out
        fields = {"csrf_token": client.csrf_token()}
        answers.add(client.open(address, method=method, data=fields).status_code)
    assert {303, 422} <= answers
    assert refused(installation) == 0


def test_the_digests_notice_a_change_of_any_column(installation, session, world):
    before = digests(installation)
    world.item.presenter = "Người khác"
    session.merge(world.item)
    session.commit()
    after = digests(installation)
    assert {name for name in before if before[name] != after[name]} == {"agenda_item"}


def crawl(client: CheckingClient, start: list[str], check: Callable[[str], None]) -> set[str]:
    """Read every address and those that the pages lead to, and check after each."""
    waiting, seen = list(start), set()
    while waiting:
        address = waiting.pop()
        if address in seen or not address.startswith("/") or address.startswith("//"):
            continue
        seen.add(address)
        answer = client.get(address)  # a stream is asked for, and closed with its first byte unread
        if answer.mimetype == "text/html" and answer.status_code == 200:
            waiting += linked(answer.get_data(as_text=True), address)
        answer.close()
        check(address)
    return seen


def linked(html: str, address: str) -> list[str]:
    page, path = outline(html), address.partition("?")[0]
    found = [element[name] for tag, name in LINKING for element in page.all(tag) if name in element]
    found += [v for _, element in page.elements for k, v in element.items() if "data-" in k]
    without_place = [target.partition("#")[0] for target in found]
    return [path + target if target.startswith("?") else target for target in without_place]


@pytest.mark.parametrize("who", ["clerk", "delegate", "administrator", None])
def test_reading_changes_nothing(app, installation, sign_in, furnished, who: str | None):
    user = getattr(furnished, who) if who else None
    client, before = sign_in(user), {}
    asking = user or furnished.outsider
    readable = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    with installation.database.reading() as reading:
        start = [a for rule in readable for a in examples(app, reading, rule, asking)]
    before = digests(installation)

    def check(address: str) -> None:
        assert digests(installation) == before, address

    seen = crawl(client, start, check)
    assert len(seen) > len(set(start)), "links were followed"
    assert set(ledger(installation)) <= {
        need.value for need, rule in RULES.items() if rule.audited is Audited.EVERYTHING
    }


def ledger(installation: Installation) -> list[str]:
    with installation.database.reading() as reading:
        allowed = AuditEntry.decision == Decision.ALLOWED
        return list(reading.scalars(select(AuditEntry.action).where(allowed)))

"""A row that somebody may not see answers like one that is nowhere: status, words and headers.

Every route about a row, with every way to ask, by everybody who may not have it.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from meetings import clock, policy
from meetings.models import AccessLevel, Job, Role, SavedSearch, User
from meetings.web.pages import SUBJECTS
from tests import factories, papers
from tests.client import CheckingClient

NOWHERE = UUID("00000000-0000-7000-8000-000000000000")
LONG = bool(os.environ.get("LONG_TESTS"))
ROWS = None if LONG else 1
VALUES = {"width": 240, "digest": "0" * 64, "name": "delegate"}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
CHANCE = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # the id that was asked for
    r"|(?<=<code>)[0-9a-f]{12}|(?<=\"request\":\")[0-9a-f]{12}"  # the number of the request
    r"|I[jm][\w-]+\.[\w-]+\.[\w-]+"  # the token of a form
    r"|(?<=sid=)[^;]+"  # the visitor's signed cookie
)
KINDS = ("text/html", "application/json") if LONG else ("text/html",)


@dataclass(frozen=True)
class Question:
    """One way to ask for a row."""

    method: str
    rule: Rule
    accept: str

    def ask(self, client: CheckingClient, row: UUID, fields: dict[str, str]) -> TestResponse:
        values = VALUES | dict.fromkeys(set(self.rule.arguments) & set(SUBJECTS), row)
        address = PARAMETER.sub(lambda match: str(values[match[1]]), self.rule.rule)
        sent = fields if self.method == "POST" else None
        headers = {"Accept": self.accept}
        with client.open(address, method=self.method, data=sent, headers=headers) as answer:
            answer.get_data()
            return answer


def questions(app: Flask) -> Iterator[Question]:
    for rule in app.url_map.iter_rules():
        if set(rule.arguments) & set(SUBJECTS):
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                for accept in KINDS:
                    yield Question(method, rule, accept)


def all_of(answer: TestResponse) -> tuple[int, str, list[tuple[str, str]]]:
    """Return everything that an answer tells but what differs between any two of them."""
    headers = sorted((name, CHANCE.sub("", value)) for name, value in answer.headers)
    told = [(name, value) for name, value in headers if name != "Date"]
    return answer.status_code, CHANCE.sub("", answer.get_data(as_text=True)), told


@pytest.fixture
def hidden(installation, session: Session, world) -> dict[str, User]:
    """A row of every kind, and those who ask for it."""
    document = papers.prepared(installation, world.office)
    paper = factories.paper(session, world.item, document)
    factories.comment(session, paper, world.clerk)
    bin_document = factories.document(session, world.office, discarded_at=clock.now())
    factories.destruction(session, bin_document.id, world.clerk)
    factories.device(session, world.delegate)
    factories.widening(session, world.office, world.clerk)
    factories.sign_in(session, world.clerk)
    factories.access_token(session, world.clerk)
    factories.note(session, world.clerk)
    factories.template(session, world.office)
    factories.room(session, world.office)
    factories.bridge_point(session, world.meeting)
    factories.service(session, world.meeting)
    factories.sending(session, world.meeting, world.clerk)
    factories.taken_copy(session, world.clerk, document_id=document.id, version_number=1)
    factories.members_on(session)
    member = factories.member(session, world.office)
    factories.member_event(session, member, world.clerk)
    factories.custody(session, member, world.province, world.clerk)
    factories.dissolution(session, world.office, world.clerk)
    factories.dossier_page(session, factories.dossier_scan(session, member, world.clerk))
    factories.dossier_package(session, world.office, world.clerk)
    factories.add(session, SavedSearch(user_id=world.clerk.id, words="đất đai"))
    factories.add(session, Job(kind="x", payload={}, dedupe_key="x", due_at=clock.now()))
    clerk = factories.user(session, (Role.CLERK, world.commune), clearance=AccessLevel.RESTRICTED)
    reader = factories.user(session, (Role.RESEARCHER, world.commune))
    session.commit()
    names = ("outsider", "delegate", "researcher", "administrator")
    return {name: getattr(world, name) for name in names} | {"a clerk": clerk, "a reader": reader}


def forbidden(reading: Session, who: User, needs: policy.Permission, name: str) -> list[UUID]:
    rows = list(reading.scalars(select(SUBJECTS[name].id)))
    return [row for row in rows if policy.permitted(reading, who, needs, row) is None][:ROWS]


@pytest.mark.long
def test_a_row_that_is_hidden_answers_like_one_that_is_nowhere(app, installation, sign_in, hidden):
    pairs, asked = 0, set()
    for who in hidden.values():
        client = sign_in(who)
        fields = {"csrf_token": client.csrf_token()}
        for question in questions(app):
            [name] = set(question.rule.arguments) & set(SUBJECTS)
            needs = app.view_functions[question.rule.endpoint].needs
            with installation.database.reading() as reading:
                rows = forbidden(reading, who, needs, name)
            absent = all_of(question.ask(client, NOWHERE, fields)) if rows else None
            for row in rows:
                assert all_of(question.ask(client, row, fields)) == absent, question
                assert absent is None or absent[0] == 404
                pairs += 1
                asked.add(question.rule.endpoint)
    print(f"{pairs} pairs of answers alike, {len(asked)} routes")
    everybodys = {
        question.rule.endpoint
        for question in questions(app)
        if (policy.anyone,)
        in policy.RULES[app.view_functions[question.rule.endpoint].needs].clauses
    }
    assert asked | everybodys == {question.rule.endpoint for question in questions(app)}


def test_the_comparison_sees_a_difference_in_words_and_in_headers(sign_in, world):
    """Without this, a comparison of nothing would make the test above hold."""
    client = sign_in(world.clerk)
    client.csrf_token()  # the first answer alone sets the visitor's cookie
    page, other = client.get("/meetings"), client.get("/archive")
    assert all_of(page)[1] != all_of(other)[1]
    assert all_of(client.get("/help"))[2] != all_of(client.get("/nowhere"))[2]
    assert all_of(page) == all_of(client.get("/meetings"))

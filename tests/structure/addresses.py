"""Every address of the product, read as one person by following what the pages lead to."""

from uuid import UUID

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from meetings import policy
from meetings.installation import Installation
from meetings.models import User
from meetings.web.pages import SUBJECTS
from tests.client import CheckingClient, outline

VALUES = {"width": "1200", "digest": "0" * 64, "name": "delegate"}
LINKING = (("a", "href"), ("img", "src"), ("link", "href"), ("script", "src"))


def filled_rules(app: Flask) -> list[str]:
    """Return one address of each rule, of rows that are nowhere."""
    with app.test_request_context():
        return [address(app, rule, UUID(int=7)) for rule in app.url_map.iter_rules()]


def address(app: Flask, rule, row: UUID) -> str:
    given = {name: VALUES.get(name, row) for name in rule.arguments}
    given = {n: int(v) if n == "width" else v for n, v in given.items()}
    return app.url_map.bind("localhost").build(rule.endpoint, given, method=min(rule.methods))


def crawled(
    app: Flask, installation: Installation, client: CheckingClient, who: User
) -> dict[str, TestResponse]:
    """Return the answers of every rule's rows that a person may ask, and of all they lead to."""
    waiting = list(starts(app, installation, who))
    answers: dict[str, TestResponse] = {}
    while waiting:
        asked = waiting.pop()
        if asked in answers or not asked.startswith("/") or asked.startswith("//"):
            continue
        answers[asked] = answer = client.get(asked)
        if answer.mimetype != "text/event-stream":
            answer.get_data()
        answer.close()
        if answer.mimetype == "text/html" and answer.status_code == 200:
            page = outline(answer.get_data(as_text=True))
            found = [e[name] for tag, name in LINKING for e in page.all(tag) if name in e]
            path = asked.partition("?")[0]
            waiting += [path + f if f.startswith("?") else f.partition("#")[0] for f in found]
    return answers


def starts(app: Flask, installation: Installation, who: User) -> list[str]:
    found = []
    with installation.database.reading() as reading, app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" not in rule.methods:
                continue
            tables = [SUBJECTS[name] for name in rule.arguments if name in SUBJECTS]
            rows = list(reading.scalars(select(tables[0].id))) if tables else []
            needs = app.view_functions[rule.endpoint].needs
            open_rows = [r for r in rows if policy.permitted(reading, who, needs, r)]
            found += [address(app, rule, row) for row in open_rows or [UUID(int=7)]]
    return found

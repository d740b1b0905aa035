"""Asked by chance what its description allows and what it forbids, the product answers as it says.

Schemathesis makes the questions and holds the answers against the description.
"""

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from meetings.api.schema import openapi
from tests import factories, papers

TOLD, REFUSED = (200, 304), (401, 404)
EXAMPLES = 2000 if os.environ.get("LONG_TESTS") else 200
NOWHERE = "00000000-0000-7000-8000-000000000000"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ROWS = ("known", "hidden", "nowhere", "made up")


@pytest.fixture
def rows(installation, session, world) -> dict[str, dict[str, str]]:
    """For each parameter an id that the delegate may ask for, one that is hidden, one nowhere."""
    laid = papers.prepared(installation, world.office)
    factories.paper(session, world.item, laid)
    hidden = factories.document(session, world.office)
    known = {
        "body": world.office.id,
        "document": laid.id,
        "item": world.item.id,
        "meeting": world.meeting.id,
        "person": world.outsider.person_id,
    }
    closed = {
        "document": hidden.id,
        "item": world.planned_item.id,
        "meeting": world.planned_meeting.id,
    }
    session.commit()
    return {
        name: {"known": str(row), "hidden": str(closed.get(name, NOWHERE)), "nowhere": NOWHERE}
        for name, row in known.items()
    }


@pytest.fixture
def described(app) -> Any:
    """The description as it is asked of the application."""
    loaded = schemathesis.openapi.from_dict(openapi())
    loaded.app = app
    return loaded


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_question_fails_or_is_answered_in_a_way_that_is_not_described(
    rows, described, bearer, data
):
    operations = {one.ok().label: one.ok() for one in described.get_all_operations()}
    operation = operations[data.draw(st.sampled_from(sorted(operations)))]
    mode = data.draw(st.sampled_from(GenerationMode))
    case = data.draw(operation.as_strategy(generation_mode=mode))
    row = data.draw(st.sampled_from(ROWS))
    case.path_parameters |= {
        name: rows[name][row] for name in case.path_parameters if row in rows[name]
    }
    shown = data.draw(st.sampled_from((bearer, bearer, bearer, "x", "")))
    headers = {"Authorization": f"Bearer {shown}"} if shown else {}
    answer = case.call_and_validate(headers=headers, checks=CHECKS, buffered=True)
    if shown != bearer:
        assert answer.status_code in REFUSED
    elif mode is GenerationMode.POSITIVE and row == "known":
        assert answer.status_code in TOLD


@pytest.fixture
def bearer(sign_in, world, rows) -> str:
    return sign_in(world.delegate).bearer

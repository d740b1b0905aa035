"""The description of what programs may ask says what the product answers, and nothing else."""

import json
import re
from collections.abc import Iterator
from typing import Any, get_type_hints

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.api import shapes
from meetings.api.schema import openapi
from meetings.cli import main
from meetings.web.programs import ROOT
from tests import factories, papers
from tests.client import plain

SCHEMA = openapi()
PATHS = SCHEMA["paths"]
ROWS = ("known", "hidden", "nowhere")
NOWHERE = "00000000-0000-7000-8000-000000000000"
PAGES = st.one_of(
    st.integers(-3, 10**12).map(str), st.text(st.characters(codec="utf-8"), max_size=12)
)
SHOWN = st.sampled_from(("own", "own", "own", "", "Bearer x", "Basic YTpi"))
TAGS = st.one_of(st.none(), st.sampled_from(("*", '"x"', "x", 'W/"x", "y"', "\\")))
KINDS = {name: getattr(shapes, name) for name in dir(shapes)}


def references(part: Any) -> Iterator[str]:
    """Give what a description refers to."""
    if isinstance(part, dict):
        yield from ([part["$ref"]] if "$ref" in part else [])
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from references(each)


def shape_of(reference: str) -> Any:
    """Return the class of which a component was made."""
    name = reference.rpartition("/")[2]
    held = re.fullmatch(r"Listing_(\w+)_", name)
    return shapes.Listing[KINDS[held[1]]] if held else KINDS[name]


def check(answer, operation: dict[str, Any]) -> None:
    """Hold an answer against its description: status, kind and every field."""
    described = operation["responses"].get(str(answer.status_code))
    assert described, f"{answer.status_code} is not described"
    content = described.get("content")
    if not content:
        assert answer.data == b""
        return
    assert answer.mimetype in content
    schema = content[answer.mimetype]["schema"]
    if "$ref" in schema:
        msgspec.json.decode(answer.data, type=shape_of(schema["$ref"]))


def test_every_reference_leads_somewhere_and_every_component_is_used():
    found = {reference.rpartition("/")[2] for reference in references(SCHEMA)}
    assert found == set(SCHEMA["components"]["schemas"])
    assert SCHEMA["openapi"] == "3.1.0"


def test_every_address_of_programs_is_described_once_with_a_sentence(app):
    rules = {
        re.sub(r"<uuid:(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(ROOT)
    }
    assert set(PATHS) == rules
    operations = [methods["get"] for methods in PATHS.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for path, methods in PATHS.items():
        assert set(methods) == {"get"}
        assert methods["get"]["summary"].endswith(".")
        named = {p["name"] for p in methods["get"]["parameters"] if p["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))


def test_each_shape_is_described_with_all_its_fields():
    for name, component in SCHEMA["components"]["schemas"].items():
        shape = KINDS.get(name)
        if shape is not None and "properties" in component:
            fields = msgspec.structs.fields(shape)
            assert set(component["properties"]) == {field.encode_name for field in fields}
            assert set(component["required"]) == set(component["properties"])
            assert get_type_hints(shape)


def test_the_command_prints_the_description():
    printed = CliRunner().invoke(main, ["api", "schema"])
    assert printed.exit_code == 0
    assert json.loads(printed.output) == SCHEMA


def test_the_page_shows_every_address_and_is_for_those_who_are_signed_in(sign_in, world):
    client = sign_in(world.delegate)
    page = plain(client.get("/help/programs"))
    assert [path for path in PATHS if f"GET {path}</code>" not in page] == []
    assert [name for name in SCHEMA["components"]["schemas"] if name not in page] == []
    assert 'href="/help/programs"' in plain(client.get("/help"))
    assert 'href="/help/programs"' not in plain(sign_in(None).get("/help"))
    assert sign_in(None).get("/help/programs").status_code == 303


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


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_question_fails_or_is_answered_in_a_way_that_is_not_described(rows, kept_client, data):
    path = data.draw(st.sampled_from(sorted(PATHS)))
    operation, row = PATHS[path]["get"], data.draw(st.sampled_from(ROWS))
    address = re.sub(r"{(\w+)}", lambda found: rows[found[1]][row], path)
    listed = any(p["name"] == "page" for p in operation["parameters"])
    query = {"page": data.draw(PAGES)} if listed and data.draw(st.booleans()) else None
    shown, tag = data.draw(SHOWN), data.draw(TAGS)
    headers = {} if shown == "own" else {"Authorization": shown}
    headers |= {"If-None-Match": tag} if tag else {}
    with kept_client.get(address, query_string=query, headers=headers) as answer:
        answer.get_data()
        check(answer, operation)
        if shown != "own":
            assert answer.status_code == 401


@pytest.fixture
def kept_client(sign_in, world, rows):
    return sign_in(world.delegate)

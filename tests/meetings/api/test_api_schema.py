"""The description of what programs may ask says what the product answers, and nothing else."""

import json
import re
from collections.abc import Iterator
from typing import Any, get_type_hints

import msgspec
from click.testing import CliRunner

from meetings.api import shapes
from meetings.api.schema import openapi
from meetings.cli import main
from meetings.web.programs import ROOT
from tests.client import plain

SCHEMA = openapi()
PATHS = SCHEMA["paths"]
KINDS = {name: getattr(shapes, name) for name in dir(shapes)}


def references(part: Any) -> Iterator[str]:
    """Give what a description refers to."""
    if isinstance(part, dict):
        yield from ([part["$ref"]] if "$ref" in part else [])
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from references(each)


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

"""What scripts are answered: the fields that they need, named one by one, and no other."""

import json
from typing import Any
from uuid import uuid4

import pytest

from meetings.models import Document
from tests import factories, papers

FILE = {"name": str, "bytes": int}
FIELDS = {
    "manifest": {
        "version": str,
        "cited": [],
        "labels": [],
        "contents": type(None),
        "pages": [
            {
                "id": str,
                "number": int,
                "width": float,
                "height": float,
                "crop": [float],
                "pictures": {"240": FILE, "1200": FILE, "1600": FILE, "light": FILE},
                "words": FILE,
            }
        ],
    },
    "key": {"version": str, "key": str, "expires_at": str},
    "words": {
        "text": str,
        "words": [{"text": str, "x": float, "y": float, "w": float, "h": float}],
        "hits": [int],
        "links": [],
    },
    "find": {"pages": [{"page": int, "hits": [int]}]},
    "standing": {"version": str, "number": int, "ready": bool},
    "notes": {
        "notes": [
            {
                "mark": str,
                "version": type(None),
                "page": int,
                "kind": str,
                "shape": dict,
                "quote": str,
                "text": str,
                "revision": int,
                "deleted": bool,
            }
        ]
    },
    "sent": {"done": [str]},
    "refused": {"error": int},
    "health": {"status": str},
    "ready": {"status": str, "wanting": []},
}


def shape(value: Any) -> Any:
    """Return the names in an answer, at every depth; a list is the shape of its first part."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()} or dict
    if isinstance(value, list):
        return [shape(part) for part in value[:1]]
    return type(value)


@pytest.fixture
def document(installation, session, world) -> Document:
    """A released paper before the delegate."""
    document = session.merge(papers.prepared(installation, world.office))
    factories.paper(session, world.item, document)
    session.commit()
    return document


def test_every_answer_to_a_script_has_the_named_fields_and_no_other(world, sign_in, document):
    client = sign_in(world.delegate)
    at, name = f"/documents/{document.id}", str(document.id)
    page = client.get(f"{at}/manifest").json["pages"][0]["id"]
    word = client.get(f"/pages/{page}/words").json["words"][0]["text"]
    place = {"document": name, "page": 1, "kind": "highlight", "shape": {}}
    note = {"op": str(uuid4()), "mark": str(uuid4()), "text": "Hỏi", "quote": word} | place
    addresses = {
        "manifest": f"{at}/manifest",
        "key": f"{at}/key",
        "words": f"/pages/{page}/words?q={word}",
        "find": f"{at}/find?q={word}",
        "health": "/health",
        "ready": "/ready",
    }
    answers = {one: client.get(address).json for one, address in addresses.items()}
    answers["standing"] = client.get(f"/reader/standing?documents={name}").json[name]
    answers["sent"] = client.submit("/notes/operations", operations=json.dumps([note])).json
    answers["refused"] = client.submit("/notes/operations", operations="nonsense").json
    answers["notes"] = client.get(f"{at}/notes").json
    for one, fields in FIELDS.items():
        assert shape(answers[one]) == fields, one


def test_a_field_more_at_any_depth_is_noticed():
    assert shape({"pages": [{"id": "1"}]}) != shape({"pages": [{"id": "1", "owner": "2"}]})
    assert shape([{"a": 1}, {"b": 2}]) == [{"a": int}]
    assert shape({}) is dict

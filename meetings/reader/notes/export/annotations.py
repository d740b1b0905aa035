"""Notes in the words of the W3C: a Web Annotation collection, for any other reader."""

from collections.abc import Sequence
from typing import Any

from meetings.models import NoteKind
from meetings.reader.notes.export.queries import Taken

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PAGE_OF_PDF = "http://tools.ietf.org/rfc/rfc3778"


def collection_of(taken: Sequence[Taken]) -> dict[str, Any]:
    """Return notes as a collection of annotations on one page."""
    items = [_annotation(one) for one in taken]
    page = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    return {
        "@context": CONTEXT,
        "type": "AnnotationCollection",
        "total": len(items),
        "first": page,
    }


def _annotation(one: Taken) -> dict[str, Any]:
    note = one.note
    marks = note.kind is NoteKind.HIGHLIGHT
    made: dict[str, Any] = {
        "id": f"urn:uuid:{note.mark}",
        "type": "Annotation",
        "motivation": "highlighting" if marks else "commenting",
        "created": note.created_at.isoformat(),
        "modified": note.updated_at.isoformat(),
        "target": _target(one),
    }
    if note.text:
        made["body"] = {"type": "TextualBody", "value": note.text, "format": "text/plain"}
    return made


def _target(one: Taken) -> dict[str, Any]:
    named = one.note.document_id or one.note.item_id or one.note.id
    return {"source": f"urn:uuid:{named}", "selector": list(_selectors(one))}


def _selectors(one: Taken) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if one.place and one.note.page:
        page = f"page={one.note.page}"
        found.append({"type": "FragmentSelector", "conformsTo": PAGE_OF_PDF, "value": page})
    if one.quote:
        around = {name: one.note.shape.get(name, "") for name in ("prefix", "suffix")}
        found.append({"type": "TextQuoteSelector", "exact": one.quote, **around})
    return found

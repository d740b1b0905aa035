"""What the head and the foot of a document say."""

from dataclasses import dataclass, fields
from typing import Any

from meetings.intake.prepared import Box


@dataclass(frozen=True, kw_only=True)
class Field:
    """A value, the trust in it from 0 to 1, and the place that it was read from."""

    value: str | None = None
    confidence: float = 0.0
    page: int | None = None
    box: Box | None = None


ABSENT = Field()


@dataclass(frozen=True, kw_only=True)
class Header:
    """The fields of a document; one that the document does not state has no value."""

    number: Field = ABSENT
    type: Field = ABSENT
    issuing_body: Field = ABSENT
    superior: Field = ABSENT
    date: Field = ABSENT
    place: Field = ABSENT
    subject: Field = ABSENT
    addressee: Field = ABSENT
    recipients: Field = ABSENT
    signer: Field = ABSENT
    signer_title: Field = ABSENT
    urgency: Field = ABSENT
    secrecy: Field = ABSENT
    circulation: Field = ABSENT
    regime: Field = ABSENT

    def to_json(self) -> dict[str, Any]:
        """Return values, confidences and boxes by field, as JSON's own types."""
        read = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            "metadata": {name: field.value for name, field in read.items()},
            "confidence": {name: field.confidence for name, field in read.items()},
            "boxes": {
                name: {"page": field.page, "box": list(field.box)}
                for name, field in read.items()
                if field.box
            },
        }

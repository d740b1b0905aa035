"""What was taken out of a PDF to make the copy that is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Removed(StrEnum):
    """A kind of content that does something else than show pages."""

    JAVASCRIPT = "javascript"
    LAUNCH = "launch"
    REMOTE_FILE = "remote_file"
    SUBMIT_FORM = "submit_form"
    IMPORT_DATA = "import_data"
    EXTERNAL_LINK = "external_link"
    AUTOPRINT = "autoprint"
    OTHER_ACTION = "other_action"
    EMBEDDED_FILE = "embedded_file"
    XFA = "xfa"
    MEDIA = "media"
    EXTERNAL_STREAM = "external_stream"


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """How often each kind of content was taken out; a clean file has none."""

    removed: Mapping[Removed, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the counts as JSON's own types."""
        return {"removed": {str(kind): count for kind, count in self.removed.items()}}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Cleaned":
        """Read the counts back; raise ValueError for anything that is none."""
        try:
            counts = {Removed(kind): int(count) for kind, count in values["removed"].items()}
        except (KeyError, TypeError, AttributeError, OverflowError) as error:
            message = f"not what was taken out: {error!r}"
            raise ValueError(message) from error
        return cls(removed=counts)

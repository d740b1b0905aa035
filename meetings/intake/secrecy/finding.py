"""What was found: the level of secrecy, where it stands, and how it was seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from meetings.intake.prepared import WHOLE_PAGE, Box


class Level(StrEnum):
    """A level of state secrecy: Mật, Tối mật, Tuyệt mật."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"


class Evidence(StrEnum):
    """Where a mark was read."""

    TEXT = "text"
    PICTURE = "picture"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A mark of secrecy on a page, counted from 1; confidence from 0 to 1."""

    level: Level
    page: int = 1
    box: Box = WHOLE_PAGE
    evidence: Evidence = Evidence.TEXT
    confidence: float = 1.0

    def to_json(self) -> dict[str, Any]:
        """Return the finding as JSON's own types."""
        return {
            "level": self.level,
            "page": self.page,
            "box": list(self.box),
            "evidence": self.evidence,
            "confidence": self.confidence,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Finding":
        """Read a finding back; raise ValueError for anything that is not one."""
        try:
            return cls(
                level=Level(values["level"]),
                page=int(values["page"]),
                box=Box(*map(float, values["box"])),
                evidence=Evidence(values["evidence"]),
                confidence=float(values["confidence"]),
            )
        except (KeyError, TypeError, AttributeError, OverflowError) as error:
            message = f"not a finding: {error!r}"
            raise ValueError(message) from error

"""The verdict on a received file, and the limits it is judged under."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

MEBIBYTE = 1024 * 1024


class Reason(StrEnum):
    """Why a file, or one of its pages, is refused."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    MISLABELLED = "mislabelled"
    UNSUPPORTED = "unsupported"
    BOMB = "bomb"
    TOO_MANY_FILES = "too_many_files"
    NESTED = "nested"
    UNSAFE_NAME = "unsafe_name"
    SAME_NAME = "same_name"
    MACROS = "macros"
    ACTIVE_CONTENT = "active_content"
    INFECTED = "infected"
    CLASSIFIED = "state_secret"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    TOO_MUCH_OUTPUT = "too_much_output"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one file may be, and what the child that reads it may use.

    The seconds are those between two answers: one file's verdict, or one prepared page. A child
    that may start processes finds the programs and fonts of the machine; another finds neither.
    """

    bytes: int = 200 * MEBIBYTE
    pages: int = 3000
    members: int = 1000
    unpacked_bytes: int = 1024 * MEBIBYTE
    cpu_seconds: int = 20
    wall_seconds: float = 60
    address_space: int = 1024 * MEBIBYTE
    output_bytes: int = 256 * MEBIBYTE
    processes: int = 0
    files: int = 64


DEFAULT = Limits()


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a received file is; a reason says why it is refused.

    One that `needs_eyes` nobody could look through: a person declares that it holds no state
    secret before it is received, and is `declared` then. An `unsigned` one is known to bear no
    signature.
    """

    media_type: str | None = None
    reason: Reason | None = None
    pages: int = 0
    has_text: bool = False
    title: str = ""
    unsigned: bool = False
    needs_eyes: bool = False
    declared: bool = False

    @property
    def accepted(self) -> bool:
        """Tell whether the file may become a document."""
        return self.reason is None

    def to_json(self) -> dict[str, Any]:
        """Return the verdict as JSON's own types."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Verdict":
        """Read a verdict back; raise ValueError for anything that is not one."""
        try:
            reason = values.get("reason")
            media_type = values.get("media_type")
            return cls(
                media_type=None if media_type is None else str(media_type),
                reason=None if reason is None else Reason(reason),
                pages=int(values.get("pages", 0)),
                has_text=bool(values.get("has_text", False)),
                title=str(values.get("title", "")),
                unsigned=bool(values.get("unsigned", False)),
                needs_eyes=bool(values.get("needs_eyes", False)),
            )
        except (TypeError, AttributeError, OverflowError) as error:
            message = f"not a verdict: {error}"
            raise ValueError(message) from error

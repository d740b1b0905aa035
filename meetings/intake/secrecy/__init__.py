"""State secrets: whether a document bears a mark that keeps it out of the system."""

from meetings.intake.secrecy.finding import Evidence, Finding, Level
from meetings.intake.secrecy.sandboxed import (
    UnseenError,
    can_look,
    page_picture,
    secrecy_of,
    shown_numbers,
)
from meetings.intake.secrecy.text import secrecy_in_text

__all__ = [
    "Evidence",
    "Finding",
    "Level",
    "UnseenError",
    "can_look",
    "page_picture",
    "secrecy_in_text",
    "secrecy_of",
    "shown_numbers",
]

"""What lies over each page of a copy that somebody takes along: who they are, and its code."""

from dataclasses import dataclass
from datetime import datetime

from meetings import clock
from meetings.press.layouts import fill
from meetings.press.pdf import typeset


@dataclass(frozen=True)
class Stamp:
    """Who took a copy, when, and the code that leads back to them."""

    bearer: str
    taken_at: datetime
    code: str

    @property
    def moment(self) -> str:
        """Return the moment as it stands on the pages."""
        return f"{clock.local(self.taken_at):%H:%M %d/%m/%Y}"


def sheets_of(stamp: Stamp) -> bytes:
    """Return the two sheets as PDF; raise UnavailableError where none can be made."""
    return typeset(lay_out(stamp))


def lay_out(stamp: Stamp) -> str:
    """Return the two sheets as HTML."""
    return fill("stamp.html", bearer=stamp.bearer, moment=stamp.moment, code=stamp.code)

"""How often one person may do what costs much or carries papers out; who does more has to wait.

Wide enough for a hall that reads all day; the count is of this process and forgets by itself.
"""

import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass
from uuid import UUID

from werkzeug.exceptions import TooManyRequests

from meetings.policy import Permission

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True)
class Pace:
    """So many times within so many seconds."""

    times: int
    seconds: int


PACES = {
    Permission.ARCHIVE_SEARCH: Pace(240, MINUTE),
    Permission.CALENDAR_FEED: Pace(120, HOUR),
    Permission.DOCUMENT_DOWNLOAD: Pace(300, HOUR),
    Permission.DOCUMENT_KEY: Pace(600, HOUR),
    Permission.DOCUMENT_ORIGINAL: Pace(300, HOUR),
    Permission.DOCUMENT_PRINT: Pace(300, HOUR),
    Permission.FEEDBACK_SEND: Pace(300, HOUR),
    Permission.MEETING_PACK: Pace(60, HOUR),
    Permission.PAGE_READ: Pace(6000, HOUR),
}


class Counter:
    """The moments at which each person did each deed lately."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._moments: dict[tuple[UUID, Permission], deque[float]] = defaultdict(deque)

    def count(self, who: UUID, deed: Permission) -> None:
        """Count a deed; raise TooManyRequests where its pace is used up."""
        pace = PACES.get(deed)
        if pace is None:
            return
        now = time.monotonic()
        with self._lock:
            moments = self._moments[who, deed]
            while moments and moments[0] <= now - pace.seconds:
                moments.popleft()
            if len(moments) >= pace.times:
                raise TooManyRequests(retry_after=int(moments[0] + pace.seconds - now) + 1)
            moments.append(now)

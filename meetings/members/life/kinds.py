"""What each kind of event asks for and changes: data, which the replay reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from meetings.members.life.fields import PROFILE
from meetings.models import EventKind, Standing

IN_THE_PARTY = frozenset({Standing.PROBATIONARY, Standing.FULL, Standing.EXEMPT})
OUT_OF_IT = frozenset(Standing) - IN_THE_PARTY - {Standing.DIED}
ANY = frozenset(Standing)
LIVING = ANY - {Standing.DIED}


class Way(Enum):
    """What an event does to the body of a member."""

    STAYS = "stays"
    ENTERS = "enters"
    """Into a body, by one who has none."""
    MOVES = "moves"
    """From one body to another one of the register."""
    LEAVES = "leaves"


@dataclass(frozen=True)
class Kind:
    """When an event may happen, what it makes of the member, which facts it brings."""

    before: frozenset[Standing] = IN_THE_PARTY
    after: Standing | None = None
    way: Way = Way.STAYS
    fields: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    decided: bool = True
    """Whether a deciding document has to be named."""
    kept: bool = False
    """Whether its facts stay true of the member."""

    @property
    def places(self) -> bool:
        """Tell whether it names a body."""
        return self.way in {Way.ENTERS, Way.MOVES}


KINDS: Mapping[EventKind, Kind] = {
    EventKind.REGISTERED: Kind(
        ANY, None, Way.ENTERS, PROFILE, ("full_name", "birth_date"), decided=False, kept=True
    ),
    EventKind.SUPPLEMENTED: Kind(LIVING, fields=PROFILE, decided=False, kept=True),
    EventKind.ADMITTED: Kind(OUT_OF_IT, Standing.PROBATIONARY, fields=("sponsors",), kept=True),
    EventKind.MADE_OFFICIAL: Kind(frozenset({Standing.PROBATIONARY}), Standing.FULL),
    EventKind.CARD_ISSUED: Kind(fields=("card_number",), needed=("card_number",), kept=True),
    EventKind.TRANSFERRED_IN: Kind(way=Way.ENTERS, fields=("elsewhere",), needed=("elsewhere",)),
    EventKind.TRANSFERRED_OUT: Kind(way=Way.LEAVES, fields=("elsewhere",), needed=("elsewhere",)),
    EventKind.RECEIVED_THERE: Kind(fields=("elsewhere",), decided=False),
    EventKind.MOVED: Kind(IN_THE_PARTY | {Standing.APPLICANT}, way=Way.MOVES),
    EventKind.POST_GIVEN: Kind(fields=("post",), needed=("post",)),
    EventKind.POST_ENDED: Kind(fields=("post",), needed=("post",)),
    EventKind.TRAINED: Kind(fields=("course",), needed=("course",), decided=False),
    EventKind.COMMENDED: Kind(fields=("award",), needed=("award",)),
    EventKind.BADGE_AWARDED: Kind(LIVING | {Standing.DIED}, fields=("badge",), needed=("badge",)),
    EventKind.DISCIPLINED: Kind(fields=("penalty", "reason"), needed=("penalty",)),
    EventKind.RATED: Kind(
        fields=("period", "rating", "points"), needed=("period", "rating"), decided=False
    ),
    EventKind.EXEMPTED: Kind(frozenset({Standing.FULL}), Standing.EXEMPT),
    EventKind.STRUCK_OFF: Kind(IN_THE_PARTY, Standing.STRUCK_OFF, Way.LEAVES, ("reason",)),
    EventKind.LEFT: Kind(IN_THE_PARTY, Standing.LEFT, Way.LEAVES, ("reason",)),
    EventKind.EXPELLED: Kind(IN_THE_PARTY, Standing.EXPELLED, Way.LEAVES, ("reason",)),
    EventKind.DIED: Kind(LIVING, Standing.DIED, Way.LEAVES, decided=False),
    EventKind.RESTORED: Kind(OUT_OF_IT - {Standing.APPLICANT}, Standing.FULL, Way.ENTERS),
}

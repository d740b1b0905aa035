"""Forms of rooms, and the part of a meeting's form that holds one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, IntegerField, SelectField, StringField, validators

from meetings.models import Body, Room
from meetings.web.forms import (
    OFF_THE_LIST,
    Form,
    ParagraphField,
    TextField,
    required,
    whole_number,
)

LARGEST = 5000
MOST_EQUIPMENT = 30


class LinesField(ParagraphField):
    """A list, a line each."""

    def _value(self) -> str:
        return "\n".join(self.data) if isinstance(self.data, list) else str(self.data or "")

    @property
    def lines(self) -> list[str]:
        """Return the lines that say something."""
        text = self.data if isinstance(self.data, str) else "\n".join(self.data or [])
        return [line.strip() for line in text.splitlines() if line.strip()]


class RoomForm(Form):
    """What is recorded of a room."""

    name = TextField(_("Name of the room"), length=120)
    site = TextField(
        _("Where it is"), needed=False, length=200, description=_("Floor and building.")
    )
    capacity = IntegerField(_("Number of seats"), validators=[required(), whole_number(1, LARGEST)])
    equipment = LinesField(
        _("Equipment"),
        needed=False,
        length=3000,
        description=_("One piece a line: projector, microphones, video conference."),
        render_kw={"rows": 5},
    )
    closed = BooleanField(_("No longer in use"))

    def validate_equipment(self, field: LinesField) -> None:
        """Refuse a list that nobody reads."""
        if len(field.lines) > MOST_EQUIPMENT:
            raise validators.ValidationError(
                _("Please keep it to %(max)d lines.", max=MOST_EQUIPMENT)
            )

    def facts(self) -> dict[str, Any]:
        """Return what was typed, under the names of the table."""
        return {
            "name": self.name.data,
            "site": self.site.data or "",
            "capacity": self.capacity.data,
            "equipment": self.equipment.lines,
            "closed": self.closed.data,
        }


class NewRoomForm(RoomForm):
    """A room to be entered, and who looks after it."""

    body = SelectField(_("Looked after by"))

    def __init__(self, *, bodies: Sequence[Body], **options: Any) -> None:
        super().__init__(**options)
        self._bodies = {str(body.id): body for body in bodies}
        self.body.choices = [(name, body.name) for name, body in self._bodies.items()]

    def chosen(self) -> Body:
        """Return the body that was chosen."""
        return self._bodies[str(self.body.data)]


class OfferField(StringField):
    """What a button of an offer sends; nobody types it."""


@dataclass(frozen=True)
class Offers:
    """What can be taken in the place of a room that does not fit."""

    rooms: Sequence[Room] = ()
    later: datetime | None = None
    too_small: bool = False


class RoomFields(Form):
    """The part of a form in which a meeting takes a room."""

    room = SelectField(_("Room"), validate_choice=False)
    anyway = BooleanField(_("The room is too small, and it is meant so"))
    take_room = OfferField()
    offers = Offers()
    held: Room | None = None
    _rooms: Mapping[str, Room] = {}

    def choose_among(self, rooms: Sequence[Room], held: Room | None) -> None:
        """Offer the rooms in use and the one that is held; a button may have named another."""
        self._rooms, self.held = {str(room.id): room for room in rooms}, held
        shown = [room for room in rooms if not room.closed or room is held]
        seats = _("seats")
        listed = [(str(room.id), f"{room.label} ({room.capacity} {seats})") for room in shown]
        self.room.choices = [("", _("No room of ours")), *listed]
        if not self.is_submitted():
            self.room.data = str(held.id) if held else ""
        elif self.take_room.data:
            self.room.data = self.take_room.data

    @property
    def chosen(self) -> Room | None:
        """Return the room that was chosen."""
        return self._rooms.get(str(self.room.data or ""))

    def validate_room(self, field: Field) -> None:
        """Refuse what is no room, and one that is closed."""
        if field.data and self.chosen is None:
            raise validators.ValidationError(OFF_THE_LIST)
        if self.chosen and self.chosen.closed:
            raise validators.ValidationError(
                _("This room is no longer in use. Please choose another.")
            )

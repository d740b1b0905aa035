"""The form of a bridge point."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import Field, SelectField, validators

from meetings.agenda.places.forms import RoomFields
from meetings.models import Person
from meetings.web.forms import ManyField, TextField, choices

HTTPS = re.compile(r"https://[^\s/?#@]+([/?#]\S*)?")


class PointForm(RoomFields):
    """What is known of a bridge point, and who takes part from it."""

    name = TextField(_("Name of the bridge point"), length=120)
    place = TextField(
        _("Place"), needed=False, length=200, description=_("Where it is none of our rooms.")
    )
    link = TextField(
        _("Address of the video link"),
        needed=False,
        length=1000,
        description=_("It begins with https:// and is shown only to those who take part there."),
    )
    person = SelectField(_("In charge"))
    people = ManyField(_("Who takes part from there"))

    def list_people(self, everybody: Sequence[Person], part: Mapping[UUID, str]) -> None:
        """Offer everybody to be in charge, and those who take part to do so from there."""
        named = {person.id: person.display_name for person in everybody}
        self.person.choices = choices({"": _("Nobody yet"), **named})
        self.people.choices = choices(part)

    def validate_link(self, field: Field) -> None:
        """Refuse what is no encrypted address of a page."""
        if field.data and not HTTPS.fullmatch(str(field.data)):
            raise validators.ValidationError(
                _("Please give a whole address that begins with https://.")
            )

    def facts(self) -> dict[str, Any]:
        """Return the values as the services take them."""
        return {
            "name": self.name.data,
            "place": self.place.data or "",
            "link": self.link.data or "",
            "person_id": UUID(self.person.data) if self.person.data else None,
            "room": self.chosen,
            "people": [UUID(one) for one in self.people.data or ()],
        }

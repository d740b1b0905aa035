"""Forms with which a meeting is prepared."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    DateTimeLocalField,
    Field,
    HiddenField,
    IntegerField,
    SelectField,
    validators,
)

from meetings import clock
from meetings.agenda.forms import ITEM_KINDS, MEETING_KINDS, PARTICIPANT_ROLES, STAND_INS, TAKINGS
from meetings.agenda.places.forms import OfferField, RoomFields
from meetings.models import ItemKind, MeetingKind, ParticipantRole, StandIn, Taking
from meetings.web.forms import Form, HeadlineField, TextField, WordsField, required, whole_number

LONGEST_ITEM = 24 * 60


class MomentField(DateTimeLocalField):
    """A day and an hour on Vietnam's clock, kept with their zone."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return clock.local(self.data).strftime("%Y-%m-%dT%H:%M") if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed as local time."""
        super().process_formdata(valuelist)
        if isinstance(self.data, datetime):
            self.data = self.data.replace(tzinfo=clock.VIETNAM)


class SeenForm(Form):
    """What somebody changes, with the agenda's revision as it was when they saw it."""

    seen = HiddenField()

    @property
    def seen_revision(self) -> int | None:
        """Return the revision; who sends none has seen nothing that could be overwritten."""
        text = str(self.seen.data or "")
        return int(text) if text.isascii() and text.isdecimal() else None

    def is_late(self, revision: int, told: str) -> None:
        """Say that somebody else was faster, keep what was typed, and take it the next time."""
        self.form_errors = [told]
        self.seen.process(None, revision)


class MeetingForm(RoomFields, SeenForm):
    """The facts of a meeting."""

    title = HeadlineField(_("Title"))
    kind = WordsField(_("Kind"), words=MEETING_KINDS, coerce=MeetingKind)
    place = TextField(
        _("Place"),
        needed=False,
        description=_("Left empty, it is the name of the room."),
    )
    starts_at = MomentField(_("Begins"), validators=[required()])
    ends_at = MomentField(_("Ends"), validators=[required()])
    taking = WordsField(
        _("What participants may do with the papers"),
        words={way: words[0] for way, words in TAKINGS.items()},
        coerce=Taking,
        default=Taking.DOWNLOAD,
        description=_("Restricted papers are only read on the screen, unless you say otherwise."),
    )

    stand_in = WordsField(
        _("Who may come in the place of somebody absent"),
        words=STAND_INS,
        coerce=StandIn,
        default=StandIn.SAME_UNIT,
        description=_("The office agrees to each of them."),
    )
    take_hours = OfferField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check what was typed, or what a button took of what was offered."""
        starts_at, ends_at = self.starts_at.data, self.ends_at.data
        if self.take_hours.data and starts_at and ends_at:
            self._begin_at(str(self.take_hours.data), ends_at - starts_at)
        return bool(super().validate(extra_validators))

    def _begin_at(self, moment: str, length: timedelta) -> None:
        try:
            begin = datetime.fromisoformat(moment).astimezone(clock.VIETNAM)
        except ValueError:
            return
        self.starts_at.data, self.ends_at.data = begin, begin + length
        self.starts_at.raw_data = self.ends_at.raw_data = None

    def hours(self) -> tuple[datetime, datetime]:
        """Return from when to when it is; only a form that holds has both."""
        starts_at, ends_at = self.starts_at.data, self.ends_at.data
        if starts_at is None or ends_at is None:
            raise TypeError
        return starts_at, ends_at

    def validate_ends_at(self, field: Field) -> None:
        """Refuse an end that is not after the beginning."""
        if self.starts_at.data and field.data and field.data <= self.starts_at.data:
            raise validators.ValidationError(_("The end must be later than the beginning."))

    def facts(self) -> dict[str, Any]:
        """Return the values as the services take them; a room names the place where nobody did."""
        names = ("title", "kind", "place", "starts_at", "ends_at", "taking", "stand_in")
        facts = {name: self[name].data for name in names}
        said = facts["place"] or ""
        former = said == (self.held.label if self.held else "")
        if former:
            facts["place"] = self.chosen.label if self.chosen else ""
        return facts


class ItemForm(SeenForm):
    """The facts of an agenda item."""

    title = HeadlineField(_("Title"))
    kind = WordsField(_("Kind"), words=ITEM_KINDS, coerce=ItemKind)
    presenter = TextField(_("Presenter"), needed=False)
    planned_minutes = IntegerField(
        _("Planned minutes"), default=0, validators=[whole_number(0, LONGEST_ITEM)]
    )
    set_for = MomentField(
        _("Begins at a set hour"),
        validators=[validators.Optional()],
        description=_(
            "Only where it does not follow the item before it, such as the first of a day."
        ),
    )

    def facts(self) -> dict[str, Any]:
        """Return the values as the services take them."""
        names = ("title", "kind", "presenter", "planned_minutes", "set_for")
        return {name: self[name].data for name in names}


class NewItemForm(ItemForm):
    """The facts of a new item and where it belongs."""

    parent = SelectField(_("Belongs to"))


class MoveForm(SeenForm):
    """Which way an item moves."""

    direction = WordsField(words={"up": _("Up"), "down": _("Down")})
    back = WordsField(words={"prepare": "prepare", "arrange": "arrange"}, default="prepare")

    @property
    def step(self) -> int:
        """Return the number of places."""
        return -1 if self.direction.data == "up" else 1


class OnPaperForm(Form):
    """Whether a paper of an item is handed out in the room."""

    on_paper = WordsField(words={"yes": _("Handed out"), "no": _("Not handed out")})

    @property
    def says_so(self) -> bool:
        """Tell whether one is handed out."""
        return str(self.on_paper.data) == "yes"


class CloseForm(Form):
    """Whether an item is closed to all but those named."""

    closed = WordsField(words={"yes": _("Closed"), "no": _("Open")})

    @property
    def says_so(self) -> bool:
        """Tell whether it is closed."""
        return str(self.closed.data) == "yes"


class InviteForm(Form):
    """Who is invited, and as what."""

    person = SelectField(_("Person"))
    role = WordsField(
        _("Takes part as"),
        words=PARTICIPANT_ROLES,
        coerce=ParticipantRole,
        default=ParticipantRole.VOTING_DELEGATE,
    )


class UninviteForm(Form):
    """Who takes part no longer."""

    person = SelectField()

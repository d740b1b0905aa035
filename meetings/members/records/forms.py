"""The words of members, and the forms of their record: one field a fact, by its shape."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import Field, SelectField, ValidationError, validators

from meetings import clock
from meetings.members.life.days import Unreadable, day_text, read_day
from meetings.members.life.fields import FIELDS, WORDS, Shape
from meetings.members.life.kinds import KINDS
from meetings.members.life.replay import Wrong
from meetings.members.records.services import Draft
from meetings.models import EventKind, Outcome, Standing
from meetings.web.forms import DayField, Form, ParagraphField, TextField, WordsField

EARLIEST = 1900
POINTS = r"(100|[1-9]?[0-9])\Z"
STANDINGS: Mapping[Standing, Any] = {
    Standing.APPLICANT: _("Applicant"),
    Standing.PROBATIONARY: _("Probationary member"),
    Standing.FULL: _("Full member"),
    Standing.EXEMPT: _("Exempt from meetings"),
    Standing.STRUCK_OFF: _("Struck off"),
    Standing.LEFT: _("Left the Party"),
    Standing.EXPELLED: _("Expelled"),
    Standing.DIED: _("Died"),
}
KIND_NAMES: Mapping[EventKind, Any] = {
    EventKind.REGISTERED: _("Entered in the register"),
    EventKind.SUPPLEMENTED: _("Record supplemented"),
    EventKind.ADMITTED: _("Admitted to the Party"),
    EventKind.MADE_OFFICIAL: _("Recognised as full member"),
    EventKind.CARD_ISSUED: _("Card issued"),
    EventKind.TRANSFERRED_IN: _("Transferred in"),
    EventKind.TRANSFERRED_OUT: _("Transferred out"),
    EventKind.RECEIVED_THERE: _("Answer of the committee that received"),
    EventKind.MOVED: _("Moved to another cell"),
    EventKind.POST_GIVEN: _("Party post given"),
    EventKind.POST_ENDED: _("Party post ended"),
    EventKind.TRAINED: _("Training finished"),
    EventKind.COMMENDED: _("Commended"),
    EventKind.BADGE_AWARDED: _("Party badge awarded"),
    EventKind.DISCIPLINED: _("Disciplined"),
    EventKind.RATED: _("Rated"),
    EventKind.EXEMPTED: _("Exempted from work and meetings"),
    EventKind.STRUCK_OFF: _("Struck off the list"),
    EventKind.LEFT: _("Let out of the Party"),
    EventKind.EXPELLED: _("Expelled from the Party"),
    EventKind.DIED: _("Death"),
    EventKind.RESTORED: _("Rights of a member restored"),
}
LABELS: Mapping[str, Any] = {
    "full_name": _("Full name in use"),
    "birth_name": _("Name at birth"),
    "aliases": _("Other names"),
    "sex": _("Sex"),
    "birth_date": _("Date of birth"),
    "birth_place": _("Place of birth"),
    "home_village": _("Home village"),
    "permanent_address": _("Permanent address"),
    "temporary_address": _("Temporary address"),
    "citizen_id": _("Citizen number"),
    "ethnicity": _("Ethnicity"),
    "religion": _("Religion"),
    "record_number": _("Record number"),
    "card_number": _("Card number"),
    "sponsors": _("Recommended by"),
    "youth_union_date": _("Joined the Youth Union"),
    "general_education": _("General education"),
    "profession": _("Professional training"),
    "theory": _("Political theory"),
    "languages": _("Languages"),
    "occupation": _("Occupation"),
    "army_service": _("Army service"),
    "history": _("Personal history"),
    "foreign_links": _("Links abroad"),
    "family": _("Family"),
    "economy": _("Economic situation"),
    "health": _("Health"),
    "elsewhere": _("From or to which committee"),
    "post": _("Party post"),
    "course": _("Course or diploma"),
    "award": _("Commendation"),
    "badge": _("Badge for years in the Party"),
    "penalty": _("Form of discipline"),
    "reason": _("Reason"),
    "period": _("Year or quarter"),
    "rating": _("Rating"),
    "points": _("Points"),
}
OUTCOMES: Mapping[Outcome, Any] = {
    Outcome.RECEIVED: _("Arrived"),
    Outcome.REFUSED: _("Refused"),
    Outcome.WITHDRAWN: _("Withdrawn"),
}
GROUP_NAMES: Mapping[str, Any] = {
    "identity": _("Who they are"),
    "party": _("In the Party"),
    "education": _("Education"),
    "work": _("Work"),
    "background": _("Background"),
}
WORD_NAMES: Mapping[str, Any] = {
    "male": _("Male"),
    "female": _("Female"),
    "none": _("Not yet"),
    "elementary": _("Elementary"),
    "intermediate": _("Intermediate"),
    "advanced": _("Advanced"),
    "bachelor": _("Bachelor of politics"),
    "reprimand": _("Reprimand"),
    "warning": _("Warning"),
    "removal": _("Removal from post"),
    "excellent": _("Tasks fulfilled excellently"),
    "good": _("Tasks fulfilled well"),
    "fulfilled": _("Tasks fulfilled"),
    "unfulfilled": _("Tasks not fulfilled"),
}
WRONGS: Mapping[Wrong, Any] = {
    Wrong.STANDING: _("With this standing it cannot have happened."),
    Wrong.HAS_A_BODY: _("On that day the member belonged to a body already."),
    Wrong.HAS_NO_BODY: _("On that day the member belonged to no body of this register."),
    Wrong.SAME_BODY: _("The member was in this body already."),
    Wrong.NO_SUCH_POST: _("On that day the member did not hold this post."),
}


def told(name: str, value: str) -> str:
    """Return a fact as a page shows it."""
    if FIELDS[name].shape is Shape.DAY:
        return day_text(value)
    return str(WORD_NAMES.get(value, value)) if FIELDS[name].shape is Shape.WORD else value


class OldDayField(TextField):
    """A day, or a month or a year alone where old papers say no more."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; refuse one that no calendar has."""
        super().process_formdata(valuelist)
        try:
            self.data = read_day(self.data or "")
        except Unreadable:
            raise ValueError(
                _("Please write the day like 25/11/1966, or the year alone.")
            ) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return day_text(self.data or "")


class EventForm(Form):
    """What is recorded of an event; the fields of its facts are added by its kind."""

    on = DayField(_("On which day"), needed=True)
    body = SelectField(_("Body"))
    decision = TextField(
        _("Deciding document"),
        length=200,
        description=_("Number, organ and date, for example 45-QĐ/ĐU of 12/03/2026."),
    )
    kind: EventKind = EventKind.SUPPLEMENTED

    def validate_on(self, field: Field) -> None:
        """Refuse what is still to come, or lies too far back."""
        if field.data and not date(EARLIEST, 1, 1) <= field.data <= clock.today():
            raise ValidationError(_("Please give a day from 1900 to today."))

    def offer(self, bodies: Mapping[str, str]) -> None:
        """Set which bodies may be chosen."""
        self.body.choices = list(bodies.items())

    def draft(self) -> Draft:
        """Return the event that was typed."""
        facts = {name: self[name].data or "" for name in KINDS[self.kind].fields}
        body = UUID(self.body.data) if "body" in self else None
        decision = (self.decision.data or "") if "decision" in self else ""
        return Draft(self.kind, self.on.data or clock.today(), body, decision, facts)


@cache
def form_of(kind: EventKind, *, correcting: bool = False) -> type[EventForm]:
    """Return the form of a kind of event; a correction always names its decision."""
    shape = KINDS[kind]
    fields: dict[str, Any] = {
        name: _field(name, needed=name in shape.needed) for name in shape.fields
    }
    if not shape.places:
        fields["body"] = None
    if not shape.decided and not correcting:
        fields["decision"] = None
    return type("EventForm", (EventForm,), {"kind": kind, **fields})


def _field(name: str, *, needed: bool) -> Any:
    field, label = FIELDS[name], LABELS[name]
    if field.shape is Shape.WORD:
        words = {"": _("Not known"), **{w: WORD_NAMES.get(w, w) for w in WORDS[name]}}
        return WordsField(label, words=_without_blank(words) if needed else words, default="")
    if field.shape is Shape.POINTS:
        said = validators.Regexp(POINTS, message=_("Please give a number from 0 to 100."))
        return TextField(label, needed=needed, length=3, validators=[said])
    if field.shape is Shape.DAY:
        return OldDayField(label, needed=needed, length=10)
    if field.shape is Shape.LINES:
        return ParagraphField(label, needed=needed)
    return TextField(label, needed=needed, length=300)


def _without_blank(words: Mapping[str, Any]) -> Mapping[str, Any]:
    return {value: word for value, word in words.items() if value}


class RevealForm(Form):
    """Why somebody looks at the sensitive facts."""

    reason = TextField(_("Why do you need to see them?"), length=300)


def kinds_to_record() -> Sequence[tuple[EventKind, Any]]:
    """Return the kinds that are recorded of a member who is in the register."""
    return [(kind, name) for kind, name in KIND_NAMES.items() if kind is not EventKind.REGISTERED]

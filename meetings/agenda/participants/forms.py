"""Whom the office chooses, as what, and for which items."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import SelectField, ValidationError

from meetings.agenda.forms import PARTICIPANT_ROLES
from meetings.agenda.queries import Item
from meetings.models import ParticipantRole
from meetings.web.forms import Form, ManyField, WordsField

Numbered = Sequence[tuple[str, Item]]


class RoleField(WordsField):
    """As what somebody takes part."""

    def __init__(self, **rest: object) -> None:
        words, default = PARTICIPANT_ROLES, ParticipantRole.VOTING_DELEGATE
        label, kind = _("Takes part as"), ParticipantRole
        super().__init__(label, words=words, coerce=kind, default=default, **rest)


class PartForm(Form):
    """As what somebody takes part, and in which items."""

    role = RoleField()
    items = ManyField(
        _("Only for these items"),
        description=_("Check none, and they take part in the whole meeting."),
    )

    def offer(self, lines: Numbered) -> None:
        """Set the items to choose from."""
        self.items.choices = [(str(item.id), f"{number}. {item.title}") for number, item in lines]

    @property
    def chosen_items(self) -> set[UUID] | None:
        """Return the items that were checked; None is the whole meeting."""
        return {UUID(item) for item in self.items.data or ()} or None


class ChoiceForm(PartForm):
    """Who of those found takes part, all in one role."""

    people = ManyField(_("People"))

    def list_people(self, people: Iterable[UUID], *, checked: bool) -> None:
        """Set who may be checked, and who is at first."""
        self.listed = [str(person) for person in people]
        self.people.choices = [(person, person) for person in self.listed]
        if not self.is_submitted() and checked:
            self.people.data = self.listed

    def validate_people(self, field: ManyField) -> None:
        """Ask for at least one person."""
        if not field.data:
            raise ValidationError(_("Please check at least one person."))

    @property
    def chosen(self) -> list[UUID]:
        """Return who was checked, in the order of the list."""
        checked = set(self.people.data or ())
        return [UUID(person) for person in self.listed if person in checked]


class BringBackForm(Form):
    """Who is brought back."""

    removed = SelectField()

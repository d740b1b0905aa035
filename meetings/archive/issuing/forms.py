"""The form that issues a document."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import RadioField, ValidationError

from meetings.documents.forms import REACHES
from meetings.documents.issuing.queries import Circulation
from meetings.models import Body, Document, Person, Reach
from meetings.web.forms import DayField, Form, ManyField, TextField


class IssueForm(Form):
    """Number, date and signer of a document, to whom it goes, what its drafts were."""

    symbol = TextField(_("Number and symbol"), length=60)
    issued_on = DayField(_("Date of issue"), needed=True)
    signer = TextField(_("Signed by"), length=120)
    reach = RadioField(_("Circulation"))
    bodies = ManyField(_("Bodies"), description=_("With the bodies below them."))
    people = ManyField(_("Named persons"))
    drafts = ManyField(
        _("Drafts of this document"),
        description=_("They stay with the people of the meeting and stand under this document."),
    )

    def __init__(
        self,
        *,
        bodies: Sequence[Body],
        people: Sequence[Person],
        drafts: Sequence[Document],
        **rest: Any,
    ) -> None:
        super().__init__(**rest)
        self.reach.choices = [(reach.value, str(label)) for reach, label in REACHES.items()]
        self.bodies.choices = [(str(body.id), body.name) for body in bodies]
        self.people.choices = [(str(person.id), person.display_name) for person in people]
        self.drafts.choices = [(str(draft.id), _label(draft)) for draft in drafts]

    def validate_bodies(self, field: ManyField) -> None:
        """Refuse a circulation to bodies that names none."""
        if self.reach.data == Reach.BODIES and not field.data:
            raise ValidationError(_("Please check at least one body."))

    def validate_people(self, field: ManyField) -> None:
        """Refuse a circulation to named persons that names none."""
        if self.reach.data == Reach.PEOPLE and not field.data:
            raise ValidationError(_("Please check at least one person."))

    @property
    def circulation(self) -> Circulation:
        """Return to whom the document goes."""
        reach = Reach(self.reach.data)
        bodies = _ids(self.bodies) if reach is Reach.BODIES else frozenset[UUID]()
        people = _ids(self.people) if reach is Reach.PEOPLE else frozenset[UUID]()
        return Circulation(reach, bodies, people)

    @property
    def chosen_drafts(self) -> frozenset[UUID]:
        """Return the drafts that were checked."""
        return _ids(self.drafts)


def _ids(field: ManyField) -> frozenset[UUID]:
    return frozenset(UUID(value) for value in field.data or ())


def _label(draft: Document) -> str:
    return f"{draft.symbol} · {draft.title}" if draft.symbol else draft.title

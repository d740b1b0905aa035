"""Forms about relations: a new one, a decision about a proposed one, from when until when."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, ValidationError

from meetings.documents.forms import RELATIONS
from meetings.documents.relations.queries import Link
from meetings.models import Document, RelationKind
from meetings.web.forms import DayField, Form, TextField

KINDS = [(kind.value, does) for kind, (does, _suffers) in RELATIONS.items()]


class RelationForm(Form):
    """A relation to a document that is named by its number."""

    kind = SelectField(_("This document …"))
    symbol = TextField(
        _("Number of the other document"), length=60, description=_("For example 436-KL/TU")
    )
    since = DayField(
        _("From this day"), description=_("Without one it holds from the day of issue.")
    )
    target = SelectField(_("Which document is meant"), validate_choice=False)

    def __init__(self, **rest: Any) -> None:
        super().__init__(**rest)
        self.kind.choices = [(value, str(label)) for value, label in KINDS]
        self.target.choices = []

    def settle(self, found: Sequence[Document]) -> Document | None:
        """Return the document that is meant; ask where the number fits several, or none."""
        chosen = [one for one in found if len(found) == 1 or str(one.id) == self.target.data]
        if chosen:
            return chosen[0]
        self.target.choices = [(str(one.id), _described(one)) for one in found]
        message = _("Several documents have this number.") if found else _("Nothing found.")
        self.symbol.errors = [*self.symbol.errors, message]
        return None


class DecisionForm(Form):
    """What an archivist decides about a relation that is there."""

    target = SelectField()
    kind = SelectField()
    deed = SelectField()

    def __init__(self, links: Sequence[Link], **rest: Any) -> None:
        super().__init__(**rest)
        self.target.choices = [(str(link.document.id), "") for link in links]
        self.kind.choices = [(kind.value, "") for kind in RelationKind]
        self.deed.choices = [("confirm", ""), ("reject", "")]


class ForceForm(Form):
    """From when until when a document holds by its own words."""

    start = DayField(_("In force from"), description=_("Empty: from the day of issue."))
    end = DayField(_("In force until"), description=_("The last day; empty: without an end."))

    def validate_end(self, field: DayField) -> None:
        """Refuse an end before the beginning."""
        if field.data and self.start.data and field.data < self.start.data:
            raise ValidationError(_("The end must be later than the beginning."))


def _described(document: Document) -> str:
    day = f"{document.issued_on:%d/%m/%Y} · " if document.issued_on else ""
    return f"{day}{document.title}"

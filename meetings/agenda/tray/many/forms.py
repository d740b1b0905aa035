"""What is to be the same in many documents; an empty field changes nothing."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, SelectMultipleField, ValidationError
from wtforms.fields.simple import BooleanField

from meetings.documents.forms import ACCESS_LEVELS, DOCUMENT_TYPES
from meetings.models import AccessLevel, DocumentType
from meetings.policy import Asker
from meetings.web.forms import DayField, Form, TextField, choices

AS_IT_IS = {"": _("Leave as it is")}
MOST = 1000


class ManyForm(Form):
    """Which files, and what all of them are to say."""

    files = SelectMultipleField()
    doc_type = SelectField(_("Type of document"))
    issued_on = DayField(_("Date of issue"))
    issuer = TextField(_("Issuing organ"), needed=False, length=200)
    access_level = SelectField(_("Access level"))
    item = SelectField(_("Item"))
    sure = BooleanField()

    def offer(self, files: list[str], items: dict[str, str], *, by: Asker) -> None:
        """Offer the files of the tray, the items of the agenda and the levels of the person."""
        self.files.choices = choices(dict.fromkeys(files, ""))
        self.doc_type.choices = choices(AS_IT_IS | {k.value: v for k, v in DOCUMENT_TYPES.items()})
        levels = {int(level): word for level, word in ACCESS_LEVELS.items()}
        allowed = {level: word for level, word in levels.items() if level <= by.clearance}
        self.access_level.choices = choices(AS_IT_IS | allowed)
        self.item.choices = choices(AS_IT_IS | items)

    def validate_files(self, field: SelectMultipleField) -> None:
        """Refuse to change nothing at all, and more than a person can look over."""
        if not field.data:
            raise ValidationError(_("Please choose at least one file."))
        if len(field.data) > MOST:
            raise ValidationError(_("Please choose at most 1000 files."))

    @property
    def wishes(self) -> dict[str, Any]:
        """Return what is to change in every document, in the types of the table."""
        given = {
            "doc_type": DocumentType(self.doc_type.data) if self.doc_type.data else None,
            "issued_on": self.issued_on.data,
            "issuer": self.issuer.data or None,
            "access_level": (
                AccessLevel(int(self.access_level.data)) if self.access_level.data else None
            ),
        }
        return {name: value for name, value in given.items() if value is not None}

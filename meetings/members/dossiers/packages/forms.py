"""What has to be said before dossiers are taken along, and what a report says."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, ValidationError

from meetings.intake.dossiers import folder_name
from meetings.web.forms import Form, HeadlineField, TextField

FAULTS: Mapping[str, Any] = {
    "unreadable": _("The package cannot be read."),
    "digests": _("A file is not what the manifest says."),
    "pages": _("A page of a scan is missing in the manifest, or is in it twice."),
    "untouched": _("A page in a paper is not the page of the scan."),
    "names": _("Two files have the same name."),
}
LEFT: Mapping[str, Any] = {
    "chua duyet": _("not accepted yet"),
    "khay xem lai": _("in the review tray"),
    "can ngay cua tai lieu": _("several of one kind: the day of the paper is needed"),
    "can so dinh danh 12 so": _("the member's record lacks the identity number of 12 digits"),
}


class PackageForm(Form):
    """Whose dossiers, into which folder, and why."""

    member = SelectField(_("Whose dossiers"))
    code = TextField(
        _("Code of the organisation"),
        length=40,
        description=_("Five numbers with dots between them, as 25.000.036.001.015."),
    )
    purpose = HeadlineField(
        _("What it is for"), description=_("Is kept in the list below with your name.")
    )

    def validate_code(self, field: TextField) -> None:
        """Refuse a code that names no folder."""
        try:
            folder_name(field.data or "", "0" * 12, "A")
        except ValueError:
            raise ValidationError(
                _("Please write five numbers with dots between them, as 25.000.036.001.015.")
            ) from None

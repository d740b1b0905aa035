"""What the clerk says about a file in the tray."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from meetings.web.forms import Form, choices


class FileForm(Form):
    """Which file of the tray is meant."""

    file = SelectField()


class AssignForm(FileForm):
    """Before which item a file belongs."""

    item = SelectField(_("Item"))

    def offer(self, files: list[str], items: dict[str, str]) -> None:
        """Offer the files of the tray and the items of the agenda."""
        self.file.choices = choices(dict.fromkeys(files, ""))
        self.item.choices = choices({"": _("No item yet"), **items})

"""What notes are written with, by hand and by tablets."""

from flask_babel import lazy_gettext as _
from wtforms import StringField

from meetings.reader.notes.operations import LONGEST_TEXT
from meetings.web.forms import Form, ParagraphField, required


class NoteForm(Form):
    """A typed note."""

    text = ParagraphField(_("Your note"), length=LONGEST_TEXT)


class OperationsForm(Form):
    """Changes that a tablet made."""

    operations = StringField("operations", [required()])

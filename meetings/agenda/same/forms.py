"""The choice about a paper that was received before."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from meetings.intake.same.same import SameKind
from meetings.models import SameChoice
from meetings.web.forms import Form, WordsField

CHOICES = {
    SameChoice.VERSION: _("New version of that paper"),
    SameChoice.REPLACE: _("Replace that paper"),
    SameChoice.BOTH: _("Keep both"),
    SameChoice.CANCEL: _("Cancel the new file"),
}
HINTS = {
    SameChoice.VERSION: _("One paper, two versions; what changed can be seen."),
    SameChoice.REPLACE: _("The new one takes its place; that one goes into the bin."),
    SameChoice.BOTH: _("They are two papers; nobody is asked again."),
    SameChoice.CANCEL: _("The new file goes into the bin."),
}
ICONS = {
    SameChoice.VERSION: "documents",
    SameChoice.REPLACE: "refresh",
    SameChoice.BOTH: "check",
    SameChoice.CANCEL: "trash",
}
KINDS = {
    SameKind.FILE: _("The very same file"),
    SameKind.NUMBER: _("Same number, kind, issuer and term"),
    SameKind.TEXT: _("Nearly the same text"),
}
DONE = {
    SameChoice.VERSION: _("It is a new version of the paper received before."),
    SameChoice.REPLACE: _("It lies in the place of the other paper, which is in the bin now."),
    SameChoice.BOTH: _("Both papers stay."),
    SameChoice.CANCEL: _("The new file lies in the bin now; it can be taken out again."),
}


class ChoiceForm(Form):
    """Which older document is meant, and what is to be done."""

    other = SelectField()
    choice = WordsField(words=CHOICES, coerce=SameChoice)

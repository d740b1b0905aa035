"""What is done at a page of a strip, and what the screen says."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, StringField, validators

from meetings.intake.dossiers import KINDS, Reason
from meetings.members.dossiers.strips.strip import DEEDS
from meetings.models import PieceState
from meetings.web.forms import Form

UNDO = "undo"
STATES: dict[PieceState, Any] = {
    PieceState.PROPOSED: _("Proposed"),
    PieceState.ACCEPTED: _("Accepted"),
    PieceState.TRAY: _("In the review tray"),
}
REASONS: dict[str, Any] = {
    Reason.TITLED: _("The title says so."),
    Reason.MISREAD: _("The title is hard to read."),
    Reason.FROM_TEXT: _("It follows from the text below the title."),
    Reason.FORM_MARK: _("The mark of the form says so."),
    Reason.OLDER_FORM: _("A newer form of the same kind is in the dossier."),
    Reason.SEVERAL_FORMS: _("Several forms of the same kind: which one is the newest?"),
    Reason.ALIKE: _("Two kinds have this title; please choose."),
    Reason.OUTSIDE: _("This paper is none of the 104 kinds."),
    Reason.UNTITLED: _("No title was found."),
    Reason.UNREADABLE: _("Nothing could be read on it."),
    Reason.BLANK: _("An empty page."),
}
UNKNOWN = _("Kind not known")
OUTDATED = _("Somebody else changed this scan meanwhile. It is shown as it is now.")
NAMELESS = _("Please choose the kind of this paper first.")
NOTHING_TO_UNDO = _("There is nothing to take back.")


class DeedForm(Form):
    """A deed, the page at which it is done, and the revision that was seen."""

    deed = StringField(validators=[validators.AnyOf([*DEEDS, UNDO])])
    page = IntegerField(validators=[validators.NumberRange(min=1)])
    seen = IntegerField(validators=[validators.NumberRange(min=0)])
    kind = IntegerField(validators=[validators.Optional(), validators.AnyOf(list(KINDS))])
    dated = DateField(validators=[validators.Optional()])

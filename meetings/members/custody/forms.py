"""What is said of a dossier that goes to another body."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, ValidationError

from meetings.members.custody.queries import Way
from meetings.members.custody.services import Closed, Nowhere, SameBody, Unfit
from meetings.web.forms import Form, ManyField, ParagraphField, TextField, WordsField

WAYS: Mapping[Way, Any] = {
    Way.OPEN: _("On their way"),
    Way.LATE: _("Not received in time"),
    Way.CLOSED: _("Arrived or back"),
}
UNFIT: Mapping[type[Unfit], Any] = {
    Nowhere: _("The member belongs to no body now; there is no dossier to send."),
    SameBody: _("The member is in this body already. Please choose another one."),
    Closed: _("This body is closed. Please choose the one that took over from it."),
}
ON_THE_WAY = _("The dossier is on its way already. Take it back first, or wait until it arrives.")
PAPERS, LETTERS = 200, 200


class SealForm(Form):
    """To whom a dossier goes, by which procedure, and what lies in it."""

    to = WordsField(_("Receiving body"), words={})
    reference = TextField(
        _("Number on the public service portal"),
        length=100,
        description=_("The number of the formal procedure, as the portal shows it."),
    )
    papers = ParagraphField(
        _("Inventory of the dossier"),
        length=PAPERS * LETTERS,
        render_kw={"rows": 10},
        description=_("One paper in a line. The receiver checks the dossier line by line."),
    )

    def validate_papers(self, field: Field) -> None:
        """Refuse an inventory that nobody could check."""
        if len(self.lines()) > PAPERS:
            raise ValidationError(_("Please keep it to 200 lines."))
        if any(len(line) > LETTERS for line in self.lines()):
            raise ValidationError(_("Please keep each line to 200 characters."))
        del field

    def lines(self) -> list[str]:
        """Return the papers that were typed."""
        typed = (self.papers.data or "").splitlines()
        return [line.strip() for line in typed if line.strip()]


class ReceiveForm(Form):
    """The papers that are there; all of them, or the dossier is refused."""

    papers = ManyField(_("Papers that are there"))

    def expect(self, papers: list[str]) -> None:
        """Set what should be there."""
        self.papers.choices = [(str(number), paper) for number, paper in enumerate(papers)]

    def validate_papers(self, field: Field) -> None:
        """Refuse to receive a dossier of which something is missing."""
        if len(set(field.data or ())) < len(list(self.papers.iter_choices())):
            raise ValidationError(
                _("Check every paper that is there. Where one is missing, refuse the dossier.")
            )


class RefuseForm(Form):
    """Why a dossier is refused."""

    reason = TextField(
        _("Why is it refused?"),
        length=300,
        description=_("For example which paper of the inventory is missing. The sender reads it."),
    )

"""The words of documents, and the form that records what is known about one."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, ValidationError

from meetings.documents.relations.queries import Validity
from meetings.intake.cleaned import Removed
from meetings.models import AccessLevel, Certainty, DocumentType, Reach, RelationKind
from meetings.policy import Asker
from meetings.web.forms import DayField, Form, ParagraphField, TextField

DOCUMENT_TYPES = {
    DocumentType.RESOLUTION: _("Resolution"),
    DocumentType.DECISION: _("Decision"),
    DocumentType.REGULATION: _("Regulation"),
    DocumentType.STATUTE: _("Statute"),
    DocumentType.DIRECTIVE: _("Directive"),
    DocumentType.CONCLUSION: _("Conclusion"),
    DocumentType.PARTY_CIRCULAR: _("Party circular"),
    DocumentType.GUIDELINE: _("Guideline"),
    DocumentType.NOTICE: _("Notice"),
    DocumentType.REPORT: _("Report"),
    DocumentType.SUBMISSION: _("Submission"),
    DocumentType.PLAN: _("Plan"),
    DocumentType.PROGRAMME: _("Programme"),
    DocumentType.SCHEME: _("Scheme"),
    DocumentType.OFFICIAL_LETTER: _("Official letter"),
    DocumentType.MINUTES: _("Minutes"),
    DocumentType.INVITATION: _("Invitation"),
    DocumentType.SPEECH: _("Prepared speech"),
    DocumentType.OTHER: _("Other paper"),
}
ACCESS_LEVELS = {
    AccessLevel.NORMAL: _("Ordinary"),
    AccessLevel.INTERNAL: _("Internal"),
    AccessLevel.RESTRICTED: _("Restricted"),
}
REACHES = {
    Reach.PARTY: _("The whole Party organisation of the province"),
    Reach.BODIES: _("Bodies and their people"),
    Reach.PEOPLE: _("Named persons"),
    Reach.ARCHIVISTS: _("The archivists only"),
}
RELATIONS = {
    RelationKind.REPLACES: (_("Replaces"), _("Replaced by")),
    RelationKind.AMENDS: (_("Amends"), _("Amended by")),
    RelationKind.REPEALS: (_("Repeals"), _("Repealed by")),
    RelationKind.SUSPENDS: (_("Suspends"), _("Suspended by")),
    RelationKind.IMPLEMENTS: (_("Implements"), _("Implemented by")),
    RelationKind.REVIEWS: (_("Reviews"), _("Reviewed by")),
    RelationKind.CITES: (_("Cites"), _("Cited by")),
}
"""What a document does to another, and what is done to that one."""
VALIDITIES = {
    Validity.IN_FORCE: (_("In force"), "check", "good"),
    Validity.PARTLY: (_("Partly no longer in force"), "warning", "warn"),
    Validity.SUSPENDED: (_("Suspended"), "warning", "warn"),
    Validity.EXPIRED: (_("No longer in force"), "close", "bad"),
    Validity.PENDING: (_("Not yet in force"), "clock", "info"),
    Validity.UNKNOWN: (_("Validity not known"), "help", ""),
}
CERTAINTIES = {
    Certainty.SURE: (_("Sure"), "check", "good"),
    Certainty.GUESS: (_("Guess"), "help", "warn"),
    Certainty.LOOK: (_("To be looked at"), "eye", "bad"),
}
REMOVED = {
    Removed.JAVASCRIPT: _("Scripts"),
    Removed.LAUNCH: _("Commands that start programs"),
    Removed.REMOTE_FILE: _("Jumps into other files"),
    Removed.SUBMIT_FORM: _("Commands that send what is filled in"),
    Removed.IMPORT_DATA: _("Commands that load data"),
    Removed.EXTERNAL_LINK: _("Links to the outside"),
    Removed.AUTOPRINT: _("Commands that print by themselves"),
    Removed.OTHER_ACTION: _("Other commands"),
    Removed.EMBEDDED_FILE: _("Attached files"),
    Removed.XFA: _("Forms of another kind"),
    Removed.MEDIA: _("Sound and film"),
    Removed.EXTERNAL_STREAM: _("Parts kept in other files"),
}
WAITS = _("Saved. What lets more persons read waits for a second person.")


class DescribeForm(Form):
    """What the register holds about a document."""

    title = ParagraphField(_("Abstract"), length=1000)
    doc_type = SelectField(_("Type of document"))
    symbol = TextField(_("Number and symbol"), needed=False, length=60)
    issued_on = DayField(_("Date of issue"))
    issuer = TextField(_("Issuing organ"), needed=False, length=200)
    signer = TextField(_("Signed by"), needed=False, length=120)
    access_level = SelectField(_("Access level"))

    def __init__(self, *, by: Asker, **options: Any) -> None:
        super().__init__(**options)
        self._clearance = by.clearance
        self.doc_type.choices = [(kind.value, str(label)) for kind, label in DOCUMENT_TYPES.items()]
        self.access_level.choices = [
            (str(int(level)), str(label))
            for level, label in ACCESS_LEVELS.items()
            if level <= by.clearance
        ]

    def validate_issued_on(self, field: DayField) -> None:
        """Refuse a day that no document of ours can bear."""
        if field.data and not date(1930, 2, 3) <= field.data <= date(2100, 1, 1):
            raise ValidationError(_("Please check the year."))

    @property
    def values(self) -> dict[str, Any]:
        """Return what was filled in, in the types of the table."""
        return {
            "title": " ".join((self.title.data or "").split()),
            "doc_type": DocumentType(self.doc_type.data),
            "symbol": self.symbol.data or "",
            "issued_on": self.issued_on.data,
            "issuer": self.issuer.data or "",
            "signer": self.signer.data or "",
            "access_level": AccessLevel(int(self.access_level.data)),
        }

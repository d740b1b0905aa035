"""The form of feedback, and the words for slow steps."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from meetings.web.forms import Form, ParagraphField, at_most, trimmed

JOB_KINDS = {
    "agenda.window": _("Open or close a paper at its time"),
    "archive.erase": _("Rewrite the search index without a destroyed document"),
    "archive.index": _("Put into the search index"),
    "audit.head": _("Sign the ledger"),
    "backup.check": _("Check the backup"),
    "backup.create": _("Back up"),
    "demo.paper": _("Typeset a demo paper"),
    "doctor.examine": _("Examine the data"),
    "documents.aids": _("Make the light pages of a paper"),
    "notes.purge": _("Empty the notes that a body lets go"),
    "documents.all_aids": _("Look for papers without light pages"),
    "documents.destroy": _("Remove what is left of a destroyed document"),
    "archive.forget-searches": _("Forget what was looked for in vain"),
    "documents.discard": _("Remove files no longer used"),
    "documents.edit": _("Change the pages of a paper"),
    "documents.prepare": _("Prepare the pages of a paper"),
    "documents.finish": _("Prepare the other pages of a paper"),
    "documents.describe": _("Read the head of a paper"),
    "documents.read": _("Read the text of a paper"),
    "documents.verify": _("Verify the signatures of a paper"),
    "messages.send": _("Send a message"),
    "notices.digest": _("Tell who wishes it that something is new"),
    "members.forget-packages": _("Forget packages of dossiers that were made a week ago"),
    "members.pack-dossiers": _("Pack dossiers"),
    "members.read-scan": _("Read a scanned dossier"),
    "members.forget-lists": _("Forget lists of members that nobody entered"),
    "worker.sweep": _("Clear away leftovers"),
}


class FeedbackForm(Form):
    """What a person tells those who run the system, and from which page."""

    text = ParagraphField(_("What would you like to tell us?"), length=4000)
    page = HiddenField(filters=[trimmed], validators=[at_most(200)])

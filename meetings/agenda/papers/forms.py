"""What is said when a file is taken in or not."""

from flask_babel import lazy_gettext as _

from meetings.intake.verdict import Reason

TAKEN = _("Received. Its pages are being prepared.")
KNOWN = _("This file was received before; that document now lies here.")
TOO_LARGE = _("The file is larger than the system takes.")
NO_SPACE = _("The storage is full. Please call support, then send the file again.")
REFUSALS = {
    Reason.EMPTY: _("The file is empty."),
    Reason.TOO_LARGE: TOO_LARGE,
    Reason.TOO_MANY_PAGES: _("The file has more pages than the system takes."),
    Reason.ENCRYPTED: _("The file is locked with a password. Please save it without one."),
    Reason.DAMAGED: _("The file is damaged and cannot be read. Please scan or export it again."),
    Reason.MISLABELLED: _("The content is not what the file's name says."),
    Reason.UNSUPPORTED: _("Files of this kind cannot be shown. Please send a PDF or a picture."),
    Reason.CRASHED: _("The file could not be examined safely. Please export it again."),
    Reason.TIMED_OUT: _("Examining the file took too long. Please export it again."),
    Reason.OUT_OF_MEMORY: _("The file asks for too much memory. Please export it again."),
    Reason.TOO_MUCH_OUTPUT: _("The pages of this file are too large. Please export it again."),
}

"""What is said of a file that is refused: what is wrong, and what to do."""

from gettext import gettext as _  # marks the sentence; whoever shows it translates it

from meetings.intake.verdict import Reason

SENTENCES = {
    Reason.EMPTY: _("The file is empty."),
    Reason.TOO_LARGE: _("The file is larger than the system takes."),
    Reason.TOO_MANY_PAGES: _("The file has more pages than the system takes."),
    Reason.ENCRYPTED: _("The file is locked with a password. Please save it without one."),
    Reason.DAMAGED: _("The file is damaged and cannot be read. Please scan or export it again."),
    Reason.MISLABELLED: _("The content is not what the file's name says."),
    Reason.UNSUPPORTED: _(
        "Files of this kind cannot be shown. Please send a PDF, an office file or a picture."
    ),
    Reason.BOMB: _("The file unpacks to far more than it should. Please export it again."),
    Reason.TOO_MANY_FILES: _(
        "The archive holds more files than the system takes at once. Please send it in parts."
    ),
    Reason.NESTED: _(
        "An archive within an archive is not unpacked. Please send it, or its files, by itself."
    ),
    Reason.UNSAFE_NAME: _(
        "The file's name in the archive leads out of it. Please send the file by itself."
    ),
    Reason.SAME_NAME: _(
        "The archive holds another file of the same name and folder."
        " Please rename this one and send it by itself."
    ),
    Reason.MACROS: _("The file carries macros. Please save it without them, or as PDF."),
    Reason.ACTIVE_CONTENT: _(
        "The file carries programs or fetches parts from elsewhere. Please save it as PDF."
    ),
    Reason.INFECTED: _("The virus scanner stopped the file. Please report it to the IT staff."),
    Reason.CLASSIFIED: _(
        "The document carries a secrecy mark. Do not put it on this system."
        " Contact the clerk to handle it on paper."
    ),
    Reason.CRASHED: _("The file could not be examined safely. Please export it again."),
    Reason.TIMED_OUT: _("Examining the file took too long. Please export it again."),
    Reason.OUT_OF_MEMORY: _("The file asks for too much memory. Please export it again."),
    Reason.TOO_MUCH_OUTPUT: _("The pages of this file are too large. Please export it again."),
}

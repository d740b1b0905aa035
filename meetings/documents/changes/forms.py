"""The words for what happened to a paragraph."""

from flask_babel import lazy_gettext as _

from meetings.intake.comparison import ChangeKind

CHANGE_KINDS = {
    ChangeKind.CHANGED: (_("Changed"), "edit", "warn"),
    ChangeKind.ADDED: (_("Added"), "plus", "good"),
    ChangeKind.REMOVED: (_("Removed"), "close", "bad"),
    ChangeKind.MOVED: (_("Moved"), "refresh", "info"),
}

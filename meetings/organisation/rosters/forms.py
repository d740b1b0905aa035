"""The words of lists of people."""

from flask_babel import lazy_gettext as _

from meetings.organisation.rosters.queries import Certainty

CERTAINTIES = {
    Certainty.SURE: (_("Sure"), "check", "good"),
    Certainty.GUESS: (_("Guess"), "help", "warn"),
    Certainty.NOBODY: (_("Not found"), "eye", "bad"),
}

"""How long the notes of the meetings of a body are kept."""

from flask_babel import lazy_gettext as _

from meetings.web.forms import Form, WordsField

FOR_EVER = 0


class KeepingForm(Form):
    """After how many days notes are emptied, if ever."""

    days = WordsField(
        _("Private notes after a meeting"),
        words={
            FOR_EVER: _("Are kept"),
            30: _("Are deleted after 30 days"),
            90: _("Are deleted after 90 days"),
            180: _("Are deleted after 180 days"),
            365: _("Are deleted after a year"),
        },
        description=_(
            "Counted from the close of the meeting or the last change of a note, and at least 14 "
            "days after you change this. Their authors are warned. Copies that they sent stay."
        ),
        coerce=int,
    )

"""The words of meetings and their agendas."""

from flask_babel import lazy_gettext as _

from meetings.models import ItemKind, MeetingKind, MeetingState, ParticipantRole, StandIn, Taking

MEETING_KINDS = {
    MeetingKind.CONGRESS: _("Congress"),
    MeetingKind.COMMITTEE_SESSION: _("Committee session"),
    MeetingKind.STANDING_COMMITTEE_MEETING: _("Standing committee meeting"),
    MeetingKind.STANDING_MEMBERS_MEETING: _("Standing members' meeting"),
    MeetingKind.REVIEW_CONFERENCE: _("Review conference"),
    MeetingKind.STUDY_CONFERENCE: _("Study conference"),
    MeetingKind.BRIEFING: _("Briefing"),
    MeetingKind.WORK_SESSION: _("Work session"),
    MeetingKind.CELL_MEETING: _("Cell meeting"),
    MeetingKind.WRITTEN_CONSULTATION: _("Written consultation"),
}
MEETING_STATES = {
    MeetingState.PLANNED: (_("In preparation"), "edit", ""),
    MeetingState.RELEASED: (_("Released"), "release", "good"),
    MeetingState.IN_SESSION: (_("In session"), "bell", "live"),
    MeetingState.CLOSED: (_("Ended"), "check-circle", ""),
    MeetingState.ARCHIVED: (_("Archived"), "archive", ""),
}
ITEM_KINDS = {
    ItemKind.OPENING: _("Opening"),
    ItemKind.REPORT: _("Report"),
    ItemKind.SPEECH: _("Speech"),
    ItemKind.DISCUSSION: _("Discussion"),
    ItemKind.VOTE: _("Vote"),
    ItemKind.BREAK: _("Break"),
    ItemKind.CLOSING: _("Closing"),
}
PARTICIPANT_ROLES = {
    ParticipantRole.CHAIR: _("Chair"),
    ParticipantRole.MEETING_SECRETARY: _("Secretary of the meeting"),
    ParticipantRole.VOTING_DELEGATE: _("Voting delegate"),
    ParticipantRole.INVITED_DELEGATE: _("Invited delegate"),
    ParticipantRole.PRESENTER: _("Presenter"),
}
STAND_INS = {
    StandIn.NOBODY: _("Nobody"),
    StandIn.SAME_UNIT: _("Somebody of the same unit"),
    StandIn.ANYBODY: _("Anybody known here"),
}
TAKINGS = {
    Taking.READ: (_("Only read on the screen"), "eye", "warn"),
    Taking.PRINT: (_("Read and print"), "print", ""),
    Taking.DOWNLOAD: (_("Read, print and download"), "download", ""),
}

"""Pages of every participant: today, the list of meetings, a meeting's agenda."""

import hashlib
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from flask import Response, current_app, make_response, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue

from meetings import clock, events, policy
from meetings.agenda import queries
from meetings.agenda.access import views as access
from meetings.agenda.answers import views as answers
from meetings.agenda.answers.queries import answer_of, reminding
from meetings.agenda.arranging import views as arranging
from meetings.agenda.calendar import views as calendar
from meetings.agenda.consultations import views as consultations
from meetings.agenda.consultations.queries import open_forms
from meetings.agenda.declarations import views as declarations
from meetings.agenda.forms import MEETING_STATES
from meetings.agenda.letters import views as letters
from meetings.agenda.papers import views as papers
from meetings.agenda.participants import views as participants
from meetings.agenda.places import views as places
from meetings.agenda.plans import views as plans
from meetings.agenda.points import views as points
from meetings.agenda.points.queries import own_point
from meetings.agenda.preparation import views as preparation
from meetings.agenda.proceedings import views as proceedings
from meetings.agenda.rosters import views as rosters
from meetings.agenda.same import views as same
from meetings.agenda.seating import views as seating
from meetings.agenda.seating.queries import own_seat
from meetings.agenda.serving import views as serving
from meetings.agenda.tray import views as tray
from meetings.models import Meeting, MeetingState
from meetings.notices.queries import notices_of
from meetings.policy import Permission
from meetings.web import assets
from meetings.web.context import person_asking, session
from meetings.web.live import stream_response
from meetings.web.pages import Pages
from meetings.web.preferences import preferences

STAMPED = (Meeting.id, Meeting.revision, Meeting.turns_at)
ON_THE_PAGE = (Permission.MEETING_PREPARE, Permission.MEETING_LEAD, Permission.MEETING_ANSWER)
pages = Pages("agenda", __name__)
PARTS = (
    preparation,
    arranging,
    plans,
    participants,
    rosters,
    papers,
    access,
    tray,
    proceedings,
    answers,
    letters,
    calendar,
    places,
    points,
    seating,
    serving,
    same,
    declarations,
    consultations,
)
for part in PARTS:
    part.register(pages)


@pages.get("/", needs=Permission.ACCOUNT_USE)
def today() -> str:
    """Show the meeting that runs or comes next, with its papers one tap away."""
    moment = clock.now()
    ahead = queries.meetings_ahead(session(), person_asking(), moment)
    coming = [meeting for meeting in ahead if _is_ahead(meeting, moment)]
    first = coming[0] if coming else None
    lines = queries.agenda_of(session(), first, user=person_asking()) if first else []
    _, tomorrow = clock.day_bounds(clock.local(moment).date())
    others = [meeting for meeting in ahead if meeting is not first]
    return render_template(
        "agenda/today.html",
        first=first,
        running=bool(first and _is_running(first, moment)),
        line=queries.line_of_the_hour(lines, moment),
        answer=answer_of(session(), first, by=person_asking()) if first else None,
        own_point=own_point(session(), first, by=person_asking()) if first else None,
        own_seat=own_seat(session(), first, by=person_asking()) if first else None,
        reminding=reminding(session(), by=person_asking()),
        forms=open_forms(session(), by=person_asking()),
        today=[meeting for meeting in others if meeting.starts_at < tomorrow],
        later=[meeting for meeting in others if meeting.starts_at >= tomorrow],
        news=len(notices_of(session(), by=person_asking())),
        moment=moment,
        states=MEETING_STATES,
    )


@pages.get("/meetings", needs=Permission.ACCOUNT_USE)
def meetings() -> str:
    """List the meetings to come or those that are over."""
    past = request.args.get("show") == "past"
    number = request.args.get("page", 1, type=int)
    bodies = session().scalars(policy.callable_bodies(person_asking())).all()
    return render_template(
        "agenda/meetings.html",
        listed=queries.meeting_page(session(), person_asking(), past=past, page=number),
        past=past,
        bodies=sorted(bodies, key=lambda body: (body.position, body.name)),
        states=MEETING_STATES,
    )


def known(meeting: UUID) -> str | None:
    """Return the tag of a meeting's agenda if the browser has it as it is now."""
    seen = policy.glimpse(session(), person_asking(), Permission.MEETING_READ, meeting, *STAMPED)
    tag = _tag(_Stamp(*seen)) if seen and "_flashes" not in cookie else None
    return tag if tag and request.if_none_match.contains(tag) else None


@pages.get("/meetings/<uuid:meeting>", needs=Permission.MEETING_READ, known=known)
def meeting(meeting: Meeting) -> Response:
    """Show a meeting's agenda."""
    tag = _tag(_Stamp(meeting.id, meeting.revision, meeting.turns_at))
    response = make_response(_agenda_page(meeting, tag))
    response.set_etag(tag)
    return response


@pages.get("/meetings/<uuid:meeting>/live", needs=Permission.MEETING_READ)
def live(meeting: Meeting) -> ResponseReturnValue:
    """Stream what changes in a meeting."""
    hub = current_app.extensions["live"]
    return stream_response(hub, events.meeting_topic(meeting.id), Permission.MEETING_READ, meeting)


def _is_ahead(meeting: Meeting, moment: datetime) -> bool:
    """Tell whether a meeting is not over: one in session goes on past its planned end."""
    if meeting.state is MeetingState.IN_SESSION:
        return True
    return meeting.state is not MeetingState.CLOSED and meeting.ends_at > moment


def _is_running(meeting: Meeting, moment: datetime) -> bool:
    return meeting.state is MeetingState.IN_SESSION or meeting.starts_at <= moment


def _agenda_page(meeting: Meeting, tag: str) -> str:
    lines = queries.agenda_of(session(), meeting, user=person_asking())
    rights = policy.allowed(session(), person_asking(), ON_THE_PAGE, meeting)
    return render_template(
        "agenda/meeting.html",
        meeting=meeting,
        heading=_heading(meeting, rights, has_items=bool(lines)),
        own_point=own_point(session(), meeting, by=person_asking()),
        own_seat=own_seat(session(), meeting, by=person_asking()),
        leads=Permission.MEETING_LEAD in rights,
        lines=lines,
        running=queries.running_line(lines),
        states=MEETING_STATES,
        tag=tag,
    )


class Heading(NamedTuple):
    """What stands above an agenda; one for all who may do the same with the meeting."""

    id: UUID
    title: str
    body_name: str
    starts_at: datetime
    ends_at: datetime
    place: str
    state: MeetingState
    has_items: bool
    prepares: bool
    answers: bool


def _heading(meeting: Meeting, rights: frozenset[Permission], *, has_items: bool) -> Heading:
    released = meeting.state is MeetingState.RELEASED
    return Heading(
        meeting.id,
        meeting.title,
        queries.body_name_of(session(), meeting, user=person_asking()),
        meeting.starts_at,
        meeting.ends_at,
        meeting.place,
        meeting.state,
        has_items=has_items,
        prepares=Permission.MEETING_PREPARE in rights,
        answers=released and Permission.MEETING_ANSWER in rights,
    )


class _Stamp(NamedTuple):
    """What of a meeting its page depends on; the revision grows with every change."""

    id: UUID
    revision: int
    turns_at: list[float]

    @property
    def turns_passed(self) -> int:
        """Return how often papers of the meeting opened or closed by themselves."""
        moment = clock.now().timestamp()
        return sum(turn <= moment for turn in self.turns_at)


def _tag(meeting: _Stamp) -> str:
    """Return a digest of all that the page depends on; the sign-in stands for its CSRF token."""
    who = person_asking()
    parts = (
        (meeting.id.int, meeting.revision, meeting.turns_passed),
        (who.id.int, who.revision, who.sign_in_id.int),
        (assets.build(), preferences()),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]

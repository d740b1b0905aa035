"""What a meeting asks for in its room, and the list of those who serve."""

from datetime import timedelta

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from meetings import clock
from meetings.agenda.serving import queries, services
from meetings.agenda.serving.forms import KINDS, STATES, ServiceForm, StepForm
from meetings.models import Meeting, ServiceRequest
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

INVALID = 422
AHEAD = timedelta(minutes=30)


def meeting_services(meeting: Meeting) -> ResponseReturnValue:
    """Show what a meeting asks for in its room, and ask for more."""
    form = ServiceForm(until=meeting.ends_at, data={"due_at": meeting.starts_at - AHEAD})
    if form.validate_on_submit():
        services.ask_for(session(), meeting, **form.facts())
        return redirect(url_for("agenda.meeting_services", meeting=meeting.id), 303)
    shown = render_template(
        "agenda/meeting_services.html",
        meeting=meeting,
        form=form,
        asked=queries.services_of(session(), meeting, by=person_asking()),
        kinds=KINDS,
        states=STATES,
    )
    return shown, INVALID if form.is_submitted() else 200


def service_list() -> str:
    """Show what is asked for in the rooms that one serves, the most urgent first."""
    done = request.args.get("show") == "done"
    number = request.args.get("page", 1, type=int)
    found = queries.services_to_do(session(), done=done, page=number, by=person_asking())
    return render_template(
        "agenda/services.html",
        listed=found,
        done=done,
        kinds=KINDS,
        states=STATES,
        moment=clock.now(),
    )


def service_step(service: ServiceRequest) -> ResponseReturnValue:
    """Take what was asked for, say that it is done, or give it back."""
    form = StepForm()
    if not form.validate_on_submit():
        abort(INVALID)
    services.move_on(session(), service, form.state.data, by=person_asking())
    return redirect(url_for("agenda.service_list"), 303)


def drop_service(service: ServiceRequest) -> ResponseReturnValue:
    """Ask for something no longer."""
    meeting = service.meeting_id
    services.drop(session(), service)
    return redirect(url_for("agenda.meeting_services", meeting=meeting), 303)


def register(pages: Pages) -> None:
    """Add the routes of what is asked for in rooms."""
    at_meeting, at_service = "/meetings/<uuid:meeting>/services", "/services/<uuid:service>"
    pages.form(at_meeting, needs=Permission.MEETING_PREPARE)(meeting_services)
    pages.get("/services", needs=Permission.SERVICES_READ)(service_list)
    pages.post(f"{at_service}/step", needs=Permission.SERVICE_DO)(service_step)
    pages.post(f"{at_service}/delete", needs=Permission.SERVICE_DROP)(drop_service)

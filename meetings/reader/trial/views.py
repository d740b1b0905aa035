"""The page on which a delegate tries tablet and network, and what it measures with."""

import os

from flask import Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from meetings.models import Meeting
from meetings.policy import Permission
from meetings.reader.trial import services
from meetings.reader.trial.forms import PARTS, TrialForm
from meetings.web.browsers import device_name
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

SAMPLE_BYTES = 512 * 1024


def trial(meeting: Meeting) -> str:
    """Show what is tried; a script tries it."""
    return render_template("reader/trial.html", meeting=meeting, parts=PARTS)


def sample(meeting: Meeting) -> Response:
    """Give out bytes that no network makes smaller, to measure its speed."""
    del meeting
    answer = Response(os.urandom(SAMPLE_BYTES), mimetype="application/octet-stream")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def tell(meeting: Meeting) -> ResponseReturnValue:
    """Take from a tablet how it did."""
    form = TrialForm()
    if not form.validate_on_submit():
        return jsonify(error=422), 422
    try:
        found = services.found_in(form.found.data or "")
    except services.Unreadable:
        return jsonify(error=422), 422
    tablet = device_name(request.user_agent.string)
    services.note_trial(session(), meeting, found, tablet=tablet, by=person_asking())
    return "", 204


def register(pages: Pages) -> None:
    """Add the routes of the trial."""
    at, reads = "/meetings/<uuid:meeting>/trial", Permission.MEETING_READ
    pages.get(at, needs=reads)(trial)
    pages.get(f"{at}/sample", needs=reads, endpoint="trial_sample")(sample)
    pages.post(at, needs=reads, endpoint="tell_trial")(tell)

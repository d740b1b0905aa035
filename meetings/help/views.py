"""Pages of help, feedback and, for the administrator, the state of the system."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import jobs
from meetings.help import queries, services
from meetings.help.forms import JOB_KINDS, FeedbackForm
from meetings.help.guide.queries import Topic, topics
from meetings.models import Job, JobState
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages
from meetings.web.preferences import preferences

UNPROCESSABLE = 422

pages = Pages("help", __name__)


@pages.get("/help", needs=None)
def index() -> str:
    """Show the chapters of the user guide; also before signing in."""
    return render_template("help/index.html", topics=_guide().values())


@pages.get("/help/<name>", needs=None)
def topic(name: str) -> str:
    """Show a chapter of the user guide."""
    found = _guide().get(name)
    if found is None:
        abort(404)
    return render_template("help/topic.html", topic=found)


@pages.form("/feedback", needs=Permission.FEEDBACK_SEND)
def feedback() -> ResponseReturnValue:
    """Take what a person tells those who run the system."""
    form = FeedbackForm(data={"page": request.args.get("page", "")})
    if form.validate_on_submit():
        text, page = form.text.data or "", form.page.data or ""
        services.send_feedback(session(), text, page=page, by=person_asking())
        flash(_("Thank you. Your message has reached those who run the system."), "success")
        return redirect(url_for("help.index"), 303)
    status = UNPROCESSABLE if form.is_submitted() else 200
    return render_template("help/feedback.html", form=form), status


@pages.get("/system", needs=Permission.JOB_READ)
def system() -> str:
    """Show the queue, the machine and the feedback."""
    user = person_asking()
    return render_template(
        "help/system.html",
        counts=queries.jobs_by_state(session(), user),
        jobs=queries.unfinished_jobs(session(), user),
        periodic=queries.periodic_jobs(session()),
        backups=[
            (_("Backup"), queries.last_report(session(), queries.BACKUP_MADE)),
            (_("Check of the backup"), queries.last_report(session(), queries.BACKUP_CHECKED)),
        ],
        machine=queries.machine(session(), installation()),
        feedback=queries.feedback(session(), user),
        JobState=JobState,
        kinds=JOB_KINDS,
    )


@pages.post("/jobs/<uuid:job>/retry", needs=Permission.JOB_RETRY)
def retry(job: Job) -> ResponseReturnValue:
    """Queue an ended job again; one that is open goes on as it was."""
    if job.state in jobs.ENDED:
        jobs.retry(session(), job)
        flash(_("The step is queued again."), "success")
    return redirect(url_for("help.system"), 303)


@pages.post("/jobs/<uuid:job>/cancel", needs=Permission.JOB_CANCEL)
def cancel(job: Job) -> ResponseReturnValue:
    """Take an open job out of the queue."""
    if job.state in jobs.OPEN:
        jobs.cancel(session(), job)
        flash(_("The step was cancelled; it can be queued again."), "success")
    return redirect(url_for("help.system"), 303)


def _guide() -> dict[str, Topic]:
    return topics(preferences().locale)

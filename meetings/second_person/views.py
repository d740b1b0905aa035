"""The page on which a second person decides."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.documents.forms import ACCESS_LEVELS, REACHES
from meetings.models import Widening
from meetings.policy import Permission
from meetings.second_person import queries, services
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages

pages = Pages("second_person", __name__)


@pages.get("/widenings", needs=Permission.WIDENINGS_READ)
def waiting() -> str:
    """Show what waits for a second person."""
    requests = queries.requests(session(), by=person_asking())
    return render_template(
        "second_person/waiting.html", requests=requests, levels=ACCESS_LEVELS, reaches=REACHES
    )


@pages.post("/widenings/<uuid:widening>/agree", needs=Permission.WIDENING_AGREE)
def agree(widening: Widening) -> ResponseReturnValue:
    """Widen access as somebody else asked for it."""
    services.agree(session(), installation(), widening, by=person_asking())
    flash(_("Agreed. It holds from now on."), "success")
    return redirect(url_for("second_person.waiting"), 303)


@pages.post("/widenings/<uuid:widening>/refuse", needs=Permission.WIDENING_REFUSE)
def refuse(widening: Widening) -> ResponseReturnValue:
    """Leave access as it is."""
    services.refuse(session(), widening, by=person_asking())
    flash(_("Access stays as it is."), "success")
    return redirect(url_for("second_person.waiting"), 303)

"""The page of what changed since a person looked."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from meetings import clock
from meetings.notices import queries, services
from meetings.notices.forms import SeenForm
from meetings.notices.queries import NoticeKind
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

KINDS = {
    NoticeKind.PAPER: (_("New paper"), "document", "good"),
    NoticeKind.VERSION: (_("New version"), "refresh", "info"),
    NoticeKind.RECALL: (_("A paper was taken back"), "recall", "warn"),
    NoticeKind.MOVE: (_("Hours or place changed"), "clock", "warn"),
}
pages = Pages("notices", __name__)


@pages.get("/notices", needs=Permission.ACCOUNT_USE)
def notices() -> str:
    """Show what changed since the person looked."""
    until = clock.now().timestamp()
    return render_template(
        "notices/notices.html",
        notices=queries.notices_of(session(), by=person_asking()),
        kinds=KINDS,
        until=until,
    )


@pages.post("/notices/seen", needs=Permission.ACCOUNT_USE)
def seen() -> ResponseReturnValue:
    """Note that the person saw what the page told."""
    form = SeenForm()
    services.mark_seen(session(), form.moment, by=person_asking())
    return redirect(url_for("notices.notices"), 303)

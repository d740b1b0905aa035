"""The pages on which is kept where people are reached outside the system."""

from collections.abc import Collection
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings.carriers import ways
from meetings.messages import queries, services
from meetings.messages.forms import ContactForm
from meetings.models import Meeting, MessageKind, Person
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages

pages = Pages("messages", __name__)
INVALID = 422


@pages.form("/account/messages", needs=Permission.ACCOUNT_USE)
def own() -> ResponseReturnValue:
    """Let a person say where and of what they are told."""
    return _kept(session().get_one(Person, person_asking().person_id), url_for("messages.own"))


@pages.form("/people/<uuid:person>/contact", needs=Permission.PERSON_KEEP)
def contact(person: Person) -> ResponseReturnValue:
    """Keep where a person is reached."""
    return _kept(person, url_for("organisation.person", person=person.id))


def send_word(people: Collection[UUID], kind: MessageKind, meeting: Meeting) -> None:
    """Have people told outside the system, and tell the office how many cannot be."""
    told = services.tell(session(), installation().settings, people, kind, meeting=meeting)
    if told is None:
        return
    if told.reached:
        flash(
            ngettext(
                "%(num)d person is told by mail or short message.",
                "%(num)d persons are told by mail or short message.",
                told.reached,
            ),
            "success",
        )
    if told.unreached:
        flash(
            ngettext(
                "%(num)d person has no mail address or mobile number here; please call.",
                "%(num)d persons have no mail address or mobile number here; please call.",
                told.unreached,
            ),
            "warn",
        )


def _kept(person: Person, back: str) -> ResponseReturnValue:
    form = ContactForm(obj=queries.contact_of(session(), person.id))
    if form.validate_on_submit():
        services.keep(session(), person, by=person_asking().id, **form.facts())
        flash(_("Saved."), "success")
        return redirect(back, 303)
    page = render_template(
        "messages/contact.html",
        form=form,
        person=person,
        own=person.id == person_asking().person_id,
        ways=ways(installation().settings),
    )
    return page, INVALID if request.method == "POST" else 200

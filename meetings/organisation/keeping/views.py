"""The pages on which an administrator keeps bodies, people and posts."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.models import Body, Person
from meetings.organisation.keeping import queries, services
from meetings.organisation.keeping.forms import (
    BodyForm,
    EndPostForm,
    PersonForm,
    PostForm,
    TermForm,
)
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.forms import Form
from meetings.web.pages import Pages

INVALID = 422


def new_body() -> ResponseReturnValue:
    """Enter a body."""
    above = queries.bodies(session(), by=person_asking())
    form = BodyForm(above=above, data={"parent": request.args.get("parent", "")})
    if form.validate_on_submit() and _is_the_only_one(form):
        body = services.found_body(session(), **form.facts())
        flash(_("Saved."), "success")
        return redirect(url_for("organisation.body", body=body.id), 303)
    return _show("organisation/body_form.html", form, body=None)


def edit_body(body: Body) -> ResponseReturnValue:
    """Change what is recorded of a body, or close it."""
    above = queries.above(session(), body, by=person_asking())
    form = BodyForm(above=above, obj=body, data={"parent": str(body.parent_id or "")})
    if form.validate_on_submit() and _is_the_only_one(form, body) and _may_close(form, body):
        services.change_body(session(), body, **form.facts())
        flash(_("Saved."), "success")
        return redirect(url_for("organisation.body", body=body.id), 303)
    return _show("organisation/body_form.html", form, body=body)


def _is_the_only_one(form: BodyForm, body: Body | None = None) -> bool:
    facts, who = form.facts(), person_asking()
    if queries.twin(session(), facts["name"], facts["parent_id"], but=body, by=who) is None:
        return True
    form.name.errors = [_("There is a body of this name there already.")]
    return False


def _may_close(form: BodyForm, body: Body) -> bool:
    if form.closed_on.data is None:
        return True
    left = queries.open_below(session(), body, form.closed_on.data, by=person_asking())
    if not left:
        return True
    names = ", ".join(one.name for one in left[:3])
    form.closed_on.errors = [_("Close or move first what belongs to it: %(names)s.", names=names)]
    return False


def begin_term(body: Body) -> ResponseReturnValue:
    """Enter a term of a body."""
    form = TermForm()
    known = {term.starts_on for term in queries.terms_of(session(), body)}
    day = form.starts_on.data
    if form.validate_on_submit() and day and day not in known:
        services.begin_term(session(), body, day)
        flash(_("Saved."), "success")
        return redirect(url_for("organisation.body", body=body.id), 303)
    if request.method == "POST" and not form.errors:
        form.starts_on.errors = [_("This term is entered already.")]
    return _show("organisation/term_form.html", form, body=body)


def new_person() -> ResponseReturnValue:
    """Enter a person."""
    form = PersonForm()
    if form.validate_on_submit():
        person = services.add_person(session(), **form.facts())
        _tell_of_namesakes(person)
        return redirect(url_for("organisation.person", person=person.id), 303)
    return _show("organisation/person_form.html", form, person=None)


def edit_person(person: Person) -> ResponseReturnValue:
    """Change what is recorded of a person."""
    form = PersonForm(obj=person)
    if form.validate_on_submit():
        services.change_person(session(), person, **form.facts())
        _tell_of_namesakes(person)
        return redirect(url_for("organisation.person", person=person.id), 303)
    return _show("organisation/person_form.html", form, person=person)


def _tell_of_namesakes(person: Person) -> None:
    flash(_("Saved."), "success")
    if queries.namesakes(session(), person, by=person_asking()):
        flash(
            _("There is another person of this name. Please look whether it is the same."), "warn"
        )


def give_post(person: Person) -> ResponseReturnValue:
    """Give a person a post."""
    form = PostForm(bodies=queries.bodies(session(), by=person_asking()))
    if form.validate_on_submit():
        services.give_post(session(), person, form.chosen(), **form.facts())
        flash(_("Saved."), "success")
        return redirect(url_for("organisation.person", person=person.id), 303)
    return _show("organisation/post_form.html", form, person=person)


def end_post(person: Person) -> ResponseReturnValue:
    """End a post that a person holds."""
    held = [post for post in queries.posts_of(session(), person) if post.until is None]
    form = EndPostForm(posts=held, data={"post": _asked_post()})
    post, until = form.chosen(), form.until.data
    if form.validate_on_submit() and post and until:
        services.end_post(session(), post, until=until)
        flash(_("Saved."), "success")
        return redirect(url_for("organisation.person", person=person.id), 303)
    return _show("organisation/end_post.html", form, person=person, post=post)


def _asked_post() -> str:
    try:
        return str(UUID(request.args.get("post", "")))
    except ValueError:
        return ""


def _show(template: str, form: Form, **facts: object) -> ResponseReturnValue:
    status = INVALID if request.method == "POST" else 200
    return render_template(template, form=form, **facts), status


def register(pages: Pages) -> None:
    """Add the routes of those who keep the organisation."""
    keeps, person = Permission.PERSON_KEEP, "/people/<uuid:person>"
    pages.form("/bodies/new", needs=Permission.ORGANISATION_KEEP)(new_body)
    pages.form("/bodies/<uuid:body>/edit", needs=Permission.BODY_KEEP)(edit_body)
    pages.form("/bodies/<uuid:body>/terms/new", needs=Permission.BODY_KEEP)(begin_term)
    pages.form("/people/new", needs=Permission.ORGANISATION_KEEP)(new_person)
    pages.form(f"{person}/edit", needs=keeps)(edit_person)
    pages.form(f"{person}/posts/new", needs=keeps)(give_post)
    pages.form(f"{person}/posts/end", needs=keeps)(end_post)

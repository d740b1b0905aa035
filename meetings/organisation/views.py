"""The organisation: its tree, one body, its people."""

from datetime import date

from flask import render_template, request

from meetings import paging
from meetings.accounts.queries import account_of
from meetings.models import Body, Person
from meetings.organisation import queries
from meetings.organisation.entering import views as entering
from meetings.organisation.forms import BODY_KINDS
from meetings.organisation.keeping import views as keeping
from meetings.organisation.keeping.queries import posts_of, terms_of
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

pages = Pages("organisation", __name__)
keeping.register(pages)
entering.register(pages)


@pages.get("/bodies", needs=Permission.ORGANISATION_READ)
def bodies() -> str:
    """Show the tree of bodies, as it was on a day if one is asked for."""
    day = asked_day()
    roots = queries.tree(session(), by=person_asking(), on=day)
    return render_template("organisation/bodies.html", roots=roots, kinds=BODY_KINDS, day=day)


def asked_day() -> date | None:
    """Return the day in the address; what is no day is none."""
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return None


@pages.get("/bodies/<uuid:body>", needs=Permission.BODY_READ)
def body(body: Body) -> str:
    """Show a body and who serves in it."""
    posts = queries.posts_in(session(), body)
    return render_template(
        "organisation/body.html",
        body=body,
        posts=posts,
        terms=terms_of(session(), body),
        kinds=BODY_KINDS,
        successors=queries.taken_over_by(session(), body, by=person_asking()),
        dissolutions=queries.dissolutions_of(session(), body, by=person_asking()),
    )


@pages.get("/people", needs=Permission.ORGANISATION_READ)
def people() -> str:
    """List people in protocol order."""
    words = request.args.get("q", "")
    found = queries.people(session(), by=person_asking(), words=words)
    listed = paging.leaf(found, request.args.get("page", 1, type=int))
    return render_template("organisation/people.html", listed=listed, words=words)


@pages.get("/people/<uuid:person>", needs=Permission.PERSON_READ)
def person(person: Person) -> str:
    """Show a person and the posts they held and hold."""
    return render_template(
        "organisation/person.html",
        person=person,
        posts=posts_of(session(), person),
        account=account_of(session(), person, by=person_asking()),
    )

"""The organisation: its tree, one body, its people."""

from flask import render_template, request

from meetings import paging
from meetings.models import Body
from meetings.organisation import queries
from meetings.organisation.forms import BODY_KINDS
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

pages = Pages("organisation", __name__)


@pages.get("/bodies", needs=Permission.ORGANISATION_READ)
def bodies() -> str:
    """Show the tree of bodies."""
    roots = queries.tree(session(), by=person_asking())
    return render_template("organisation/bodies.html", roots=roots, kinds=BODY_KINDS)


@pages.get("/bodies/<uuid:body>", needs=Permission.BODY_READ)
def body(body: Body) -> str:
    """Show a body and who serves in it."""
    posts = queries.posts_in(session(), body)
    return render_template("organisation/body.html", body=body, posts=posts, kinds=BODY_KINDS)


@pages.get("/people", needs=Permission.ORGANISATION_READ)
def people() -> str:
    """List people in protocol order."""
    words = request.args.get("q", "")
    found = queries.people(session(), by=person_asking(), words=words)
    listed = paging.leaf(found, request.args.get("page", 1, type=int))
    return render_template("organisation/people.html", listed=listed, words=words)

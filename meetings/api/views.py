"""The addresses that programs ask, and the page that explains them."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

import msgspec
from flask import Response, abort, render_template, request

from meetings.agenda.queries import agenda_of
from meetings.api import answers, queries, shapes
from meetings.documents.copies.views import taken_along
from meetings.documents.queries import current_versions
from meetings.models import AgendaItem, Body, Document, Meeting, Person, Scope
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages
from meetings.web.programs import ROOT

pages = Pages("api", __name__)
LONGEST_NUMBER = 9
Told = Callable[..., shapes.Shape]


def tells(rule: str, *, needs: Permission, scope: Scope | None) -> Callable[[Told], Told]:
    """Register a view whose shape is told as JSON; what a program has already is not sent anew."""

    def register(view: Told) -> Told:
        @wraps(view)
        def answering(**arguments: Any) -> Response:
            content = msgspec.json.encode(view(**arguments))
            response = Response(content, mimetype="application/json")
            response.add_etag()
            response.make_conditional(request)
            return response

        pages.get(ROOT + rule, needs=needs, scope=scope)(answering)
        return view

    return register


@tells("", needs=Permission.ACCOUNT_USE, scope=None)
def system() -> shapes.System:
    """Tell where everything begins."""
    return answers.system()


@tells("/bodies", needs=Permission.ORGANISATION_READ, scope=Scope.ORGANISATION)
def bodies() -> shapes.Listing[shapes.Body]:
    """List the bodies above which there is none."""
    found = queries.roots(session(), asked_page(), by=person_asking())
    return answers.listing(found, answers.body)


@tells("/bodies/<uuid:body>", needs=Permission.BODY_READ, scope=Scope.ORGANISATION)
def body(body: Body) -> shapes.Body:
    """Tell of a body that stands above the others."""
    return answers.body(body)


@tells("/organizations", needs=Permission.ORGANISATION_READ, scope=Scope.ORGANISATION)
def organizations() -> shapes.Listing[shapes.Organization]:
    """List every body of the organisation."""
    found = queries.bodies(session(), asked_page(), by=person_asking())
    return answers.listing(found, answers.organization)


@tells("/organizations/<uuid:body>", needs=Permission.BODY_READ, scope=Scope.ORGANISATION)
def organization(body: Body) -> shapes.Organization:
    """Tell of a body of the organisation."""
    return answers.organization(body)


@tells("/people", needs=Permission.ORGANISATION_READ, scope=Scope.ORGANISATION)
def people() -> shapes.Listing[shapes.Person]:
    """List the people with the posts of today."""
    found = queries.people(session(), asked_page(), by=person_asking())
    held = queries.posts_of(session(), found.rows)
    return answers.listing(found, lambda row: answers.person(row, held.get(row.id, ())))


@tells("/people/<uuid:person>", needs=Permission.PERSON_READ, scope=Scope.ORGANISATION)
def person(person: Person) -> shapes.Person:
    """Tell of a person with the posts of today."""
    held = queries.posts_of(session(), [person])
    return answers.person(person, held.get(person.id, ()))


@tells("/meetings", needs=Permission.ACCOUNT_USE, scope=Scope.MEETINGS)
def meetings() -> shapes.Listing[shapes.MeetingInList]:
    """List the meetings that the person may see, the latest first."""
    found = queries.meetings(session(), asked_page(), by=person_asking())
    return answers.listing(found, answers.meeting_in_list)


@tells("/meetings/<uuid:meeting>", needs=Permission.MEETING_READ, scope=Scope.MEETINGS)
def meeting(meeting: Meeting) -> shapes.Meeting:
    """Tell of a meeting with the items that the person may see."""
    return answers.meeting(meeting, agenda_of(session(), meeting, user=person_asking()))


@tells("/agenda-items/<uuid:item>", needs=Permission.AGENDA_ITEM_READ, scope=Scope.MEETINGS)
def agenda_item(item: AgendaItem) -> shapes.AgendaItem:
    """Tell of an item, its hours and the papers before it."""
    lines = agenda_of(session(), item.meeting, user=person_asking())
    return answers.agenda_item(item.meeting, next(e for e in lines if e.item.id == item.id))


@tells("/papers", needs=Permission.ACCOUNT_USE, scope=Scope.PAPERS)
def papers() -> shapes.Listing[shapes.Paper]:
    """List the papers before agenda items that the person may read, the newest first."""
    found = queries.papers(session(), asked_page(), by=person_asking())
    return answers.listing(found, _teller(found.rows))


@tells("/papers/<uuid:document>", needs=Permission.DOCUMENT_FACTS, scope=Scope.PAPERS)
def paper(document: Document) -> shapes.Paper:
    """Tell what is recorded of a paper."""
    return _teller([document])(document)


@tells("/files/<uuid:document>", needs=Permission.DOCUMENT_FACTS, scope=Scope.PAPERS)
def file(document: Document) -> shapes.File:
    """Tell of the pages of a paper."""
    return _teller([document])(document).main_file or abort(404)


@pages.get(
    f"{ROOT}/files/<uuid:document>/download",
    needs=Permission.DOCUMENT_DOWNLOAD,
    scope=Scope.FILES,
)
def download(document: Document) -> Response:
    """Make a copy of the pages that bears the person's name on each; it is written down."""
    return taken_along(document)


@pages.get("/help/programs", needs=Permission.ACCOUNT_USE)
def reference() -> str:
    """Explain to those who write programs what can be asked."""
    from meetings.api.schema import openapi

    return render_template("api/reference.html", schema=openapi())


def asked_page() -> int:
    """Return the number of the page that is asked for; refuse what is no number."""
    given = request.args.get("page", "1")
    sound = given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER
    if not sound or int(given) == 0:
        abort(422)
    return int(given)


def _teller(documents: Sequence[Document]) -> Callable[[Document], shapes.Paper]:
    """Return what tells of some documents, with what is known of all of them at once."""
    versions = current_versions(session(), documents)
    taken: frozenset[UUID] = queries.to_take_along(session(), documents, by=person_asking())
    return lambda row: answers.paper(row, versions, taken)

"""The tablet reader: a document page by page."""

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Response, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from meetings import clock, policy
from meetings.documents.copies.queries import reader_named
from meetings.documents.queries import WIDTHS, light_image, page_image
from meetings.documents.relations.queries import standing_of
from meetings.documents.tasks import UNPAGED
from meetings.models import AgendaPaper, Document, Page, VersionState
from meetings.policy import Permission
from meetings.reader import queries, services
from meetings.reader.board import views as board
from meetings.reader.book import views as book
from meetings.reader.book.queries import neighbours
from meetings.reader.bundle import views as bundle
from meetings.reader.citations.queries import links_on
from meetings.reader.comments import views as comments
from meetings.reader.comments.queries import paper_open_for_comments
from meetings.reader.finding import views as finding
from meetings.reader.forms import PositionForm
from meetings.reader.hits.queries import Trail, trail_of
from meetings.reader.notes import views as notes
from meetings.reader.notes.export import views as notes_export
from meetings.reader.notes.keeping import views as notes_keeping
from meetings.reader.notes.sending import views as notes_sending
from meetings.reader.outline import views as outline
from meetings.reader.pack import views as pack
from meetings.reader.queries import Reading
from meetings.reader.readiness import views as readiness
from meetings.reader.readiness.queries import marks_of
from meetings.reader.trial import views as trial
from meetings.reader.watch import views as watch
from meetings.vault import Recalled
from meetings.web.assets import modules_of
from meetings.web.context import installation, person_asking, session
from meetings.web.cookies import keep_cookie, read_cookie
from meetings.web.packing import packed
from meetings.web.pages import Pages

SCRIPT = "js/reader.js"
TAKING = (Permission.DOCUMENT_DOWNLOAD, Permission.DOCUMENT_PRINT)
NETWORK = "network"
DAY = 24 * 3600

pages = Pages("reader", __name__)
for part in (
    pack,
    notes,
    watch,
    readiness,
    board,
    book,
    bundle,
    comments,
    finding,
    outline,
    notes_export,
    notes_keeping,
    notes_sending,
    trial,
):
    part.register(pages)


@pages.get("/documents/<uuid:document>", needs=Permission.DOCUMENT_READ)
def read(document: Document) -> str | Response:
    """Show a page of a document, with the ways to every other."""
    asked = queries.asked_page(session(), installation(), document, request.args)
    reading = queries.open_at(session(), document, asked, by=person_asking())
    paper = queries.paper_of(session(), request.args.get("paper", ""), by=person_asking())
    trail = trail_of(request.args)
    words = trail.asked.get("q", "")
    facts = {
        "document": document,
        "reading": reading,
        "back": _back(paper, trail),
        "trail": trail,
        "paper": paper,
        "reader": reader_named(session(), by=person_asking()),
        "now": clock.now(),
        "standing": standing_of(session(), document, by=person_asking()),
    }
    if not reading.version or reading.version.state is not VersionState.READY:
        job = queries.preparation_of(session(), document)
        failed = bool(reading.version and reading.version.state is VersionState.FAILED)
        if failed or not reading.pages:
            return render_template("reader/waiting.html", job=job, failed=failed, **facts)
    if reading.version and reading.version.media_type in UNPAGED:
        return render_template("reader/film.html", **facts)
    layer = _layer(reading, words)
    facts["labels"] = queries.labels_of(installation(), reading)
    facts["around"] = neighbours(session(), paper, by=person_asking())
    facts["commented"] = paper_open_for_comments(session(), document.id, paper, by=person_asking())
    facts["poor"] = _network_is_poor()
    facts["marks"] = marks_of(session(), reading.version, by=person_asking())
    facts["taking"] = policy.allowed(session(), person_asking(), TAKING, document)
    facts["has_earlier"] = queries.has_earlier(session(), reading, by=person_asking())
    facts |= {"layer": layer, "scripts": modules_of(SCRIPT)}
    answer = Response(render_template("reader/read.html", words=words, **facts))
    return answer if trail or trail.asked else packed(answer)


@pages.blueprint.app_template_filter("page_list")
def page_list(listed: Sequence[Page]) -> str:
    """Return what the reader's script needs to know of each page."""
    facts = [
        {"id": str(p.id), "n": p.number, "w": p.width, "h": p.height, "crop": p.crop}
        for p in listed
    ]
    return json.dumps(facts, separators=(",", ":"))


@pages.blueprint.app_template_filter("compact")
def compact(facts: Sequence[str] | Mapping[str, int]) -> str:
    """Return facts as the reader's script takes them."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def _layer(reading: Reading, words: str) -> dict[str, object]:
    page = reading.page
    if page is None:
        return {"words": [], "hits": [], "text": ""}
    # without a search the words come after the picture, which need not wait for them
    found = queries.words_of(session(), installation(), page, words) if words else {"hits": []}
    return found | {"text": queries.text_of(installation(), page)}


def _network_is_poor() -> bool:
    """Tell whether the browser asks for few bytes, or this tablet found its network poor."""
    return request.headers.get("Save-Data") == "on" or read_cookie(NETWORK) == "poor"


def _back(paper: AgendaPaper | None, trail: Trail) -> str:
    if paper:
        anchor = f"item-{paper.item_id}"
        return url_for("agenda.meeting", meeting=paper.item.meeting_id, _anchor=anchor)
    searched = trail or "q" in trail.asked
    return url_for("archive.search", **trail.asked) if searched else url_for("agenda.today")


@pages.get("/pages/<uuid:page>/image/<int:width>", needs=Permission.PAGE_READ)
def image(page: Page, width: int) -> Response:
    """Give out the picture of a page."""
    if width not in WIDTHS:
        abort(404)
    try:
        return Response(page_image(installation(), page, width), mimetype="image/webp")
    except Recalled:
        abort(404)


@pages.get("/pages/<uuid:page>/light", needs=Permission.PAGE_READ)
def light(page: Page) -> Response:
    """Give out the picture of a page for a poor network: the small one until there is one."""
    try:
        return Response(light_image(installation(), page), mimetype="image/webp")
    except Recalled:
        abort(404)


@pages.get("/pages/<uuid:page>/words", needs=Permission.PAGE_READ)
def words(page: Page) -> Response:
    """Give out the words of a page, and which of them a search found."""
    text = request.args.get("q", "")[:500]
    try:
        found = queries.words_of(session(), installation(), page, text)
    except Recalled:
        abort(404)
    read, texts = page.version.document, [word["text"] for word in found["words"]]
    links = links_on(session(), read, texts, by=person_asking())
    answer = jsonify(found | {"text": queries.text_of(installation(), page), "links": links})
    return answer if text else packed(answer)


@pages.post("/documents/<uuid:document>/position", needs=Permission.DOCUMENT_BOOKMARK)
def position(document: Document) -> ResponseReturnValue:
    """Keep a person's place in a document, and how good this tablet's network is."""
    form = PositionForm()
    if not form.validate_on_submit():
        return jsonify(error=422), 422
    page, by = form.page.data or 1, person_asking()
    services.remember(session(), document, page, by=by)
    if form.version.data:
        version = UUID(form.version.data)
        services.note_seen(session(), document, version, form.pages, by=by, turned=form.turned)
    answer = Response(status=204)
    if form.network.data:
        keep_cookie(answer, NETWORK, form.network.data, age=DAY)
    return answer

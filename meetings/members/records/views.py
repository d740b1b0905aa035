"""The record of a member: what is known as of a day, what happened, what is behind a reason."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import clock, vault
from meetings.members.life.fields import SEALED
from meetings.members.records import queries, services
from meetings.members.records.forms import (
    GROUP_NAMES,
    KIND_NAMES,
    LABELS,
    OUTCOMES,
    STANDINGS,
    WRONGS,
    EventForm,
    RevealForm,
    form_of,
    kinds_to_record,
    told,
)
from meetings.members.records.services import Draft, Impossible, Sealed
from meetings.models import Body, EventKind, Member, MemberEvent
from meetings.organisation.queries import was_open
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.forms import choices
from meetings.web.pages import Pages

INVALID = 422
WORDS = {
    "outcomes": OUTCOMES,
    "labels": LABELS,
    "kinds": KIND_NAMES,
    "groups": GROUP_NAMES,
    "standings": STANDINGS,
    "told": told,
}


def record(member: Member) -> str:
    """Show the record of a member, as of a day; sensitive facts stay masked."""
    return _page(member, RevealForm(), _asked_day())


def reveal(member: Member) -> ResponseReturnValue:
    """Show the sensitive facts too, to whoever says why; the reason is kept first."""
    form = RevealForm()
    if not form.validate_on_submit():
        return _page(member, form, clock.today()), INVALID
    services.look(session(), member, form.reason.data or "", by=person_asking())
    return _page(member, form, clock.today(), key=_key())


def _page(member: Member, form: RevealForm, day: date, *, key: bytes | None = None) -> str:
    return render_template(
        "members/record.html",
        member=member,
        day=day,
        today=clock.today(),
        record=queries.record_of(session(), member, day, by=person_asking(), key=key),
        looks=queries.looks_at(session(), member),
        custodies=queries.custodies_of(session(), member, by=person_asking()),
        form=form,
        revealed=key is not None,
        **WORDS,
    )


def enter(body: Body) -> ResponseReturnValue:
    """Enter a member in the register of a body."""
    form = form_of(EventKind.REGISTERED)(data={"body": str(body.id), "on": clock.today()})
    _offer(form)
    if form.validate_on_submit() and not _is_told(form):
        member = services.enter(session(), _key(), [form.draft()], by=person_asking())
        flash(_("Entered. Please record the admission to the Party next."), "success")
        return redirect(url_for("members.record", member=member.id), 303)
    known = _namesakes(form)
    page = render_template(
        "members/event_form.html", form=form, body=body, namesakes=known, kinds=KIND_NAMES
    )
    return page, INVALID if form.is_submitted() else 200


def choose(member: Member) -> str:
    """Ask what happened to a member."""
    listed = choices(dict(kinds_to_record()))
    return render_template("members/choose_event.html", member=member, listed=listed)


def happened(member: Member) -> ResponseReturnValue:
    """Record an event of the kind in the address."""
    kind = _asked_kind()
    form = form_of(kind)(data={"on": clock.today(), "body": str(member.body_id)})
    _offer(form)
    if form.validate_on_submit() and _kept(form, member):
        flash(_("Recorded."), "success")
        return redirect(url_for("members.record", member=member.id), 303)
    page = render_template("members/event_form.html", form=form, member=member, kinds=KIND_NAMES)
    return page, INVALID if form.is_submitted() else 200


def correct(member_event: MemberEvent) -> ResponseReturnValue:
    """Record a new version of an event, with the document that decides it."""
    member = session().get_one(Member, member_event.member_id)
    form = form_of(member_event.kind, correcting=True)(data=_known(member_event))
    _offer(form)
    if not form.is_submitted():
        form.decision.data = ""
    if form.validate_on_submit() and _kept(form, member, corrects=member_event):
        flash(_("Corrected. The version before stays in the record."), "success")
        return redirect(url_for("members.record", member=member.id), 303)
    page = render_template(
        "members/event_form.html", form=form, member=member, corrects=member_event, kinds=KIND_NAMES
    )
    return page, INVALID if form.is_submitted() else 200


def _known(event: MemberEvent) -> dict[str, object]:
    """Return what a correction begins with; what is sensitive has to be typed anew."""
    return {**event.facts, "on": event.happened_on, "body": str(event.body_id or "")}


def _kept(form: EventForm, member: Member, *, corrects: MemberEvent | None = None) -> bool:
    draft = form.draft()
    if corrects is not None:
        draft = _with_sealed(draft, corrects)
    if not _was_open(form, draft) or not _is_the_only_card(form, draft, member):
        return False
    try:
        services.record(session(), _key(), member, draft, by=person_asking(), corrects=corrects)
    except Impossible as impossible:
        _explain(form, impossible)
        return False
    except Sealed:
        said = _("The dossier is on its way to another body. Nothing is recorded meanwhile.")
        form.on.errors = [said]
        return False
    return True


def _with_sealed(draft: Draft, corrected: MemberEvent) -> Draft:
    """Return a correction that keeps the sensitive facts where none was typed anew."""
    before = queries.facts_of(_key(), corrected)
    hidden = {n: v for n, v in before.items() if n in SEALED and not draft.facts.get(n)}
    facts = {**draft.facts, **hidden}
    return Draft(draft.kind, draft.on, draft.body, draft.decision, facts)


def _was_open(form: EventForm, draft: Draft) -> bool:
    if draft.body is None or was_open(session().get_one(Body, draft.body), draft.on):
        return True
    form.body.errors = [_("On that day this body was not open yet, or closed already.")]
    return False


def _is_the_only_card(form: EventForm, draft: Draft, member: Member | None) -> bool:
    card = draft.facts.get("card_number", "")
    others = queries.same_card(session(), card, by=person_asking(), but=member)
    if not others:
        return True
    who = others[0]
    said = _("This number is on the card of %(name)s already.", name=who.full_name)
    form["card_number"].errors = [said]
    return False


def _explain(form: EventForm, impossible: Impossible) -> None:
    refused = impossible.refused
    told_of = {
        "event": str(KIND_NAMES[refused.happening.kind]),
        "day": f"{refused.happening.on:%d/%m/%Y}",
        "standing": str(STANDINGS[refused.standing]),
        "said": str(WRONGS[refused.wrong]),
    }
    said = _("%(event)s, %(day)s (at that time: %(standing)s). %(said)s", **told_of)
    form.on.errors = [said]


def _is_told(form: EventForm) -> bool:
    """Tell whether whoever enters a member has still to be told of a namesake or of a card."""
    draft = form.draft()
    if not _was_open(form, draft) or not _is_the_only_card(form, draft, None):
        return True
    return bool(_namesakes(form)) and "same" not in request.form


def _namesakes(form: EventForm) -> list[Member]:
    if not form.is_submitted() or form.errors:
        return []
    facts = form.draft().facts
    return list(
        queries.namesakes(session(), facts["full_name"], facts["birth_date"], by=person_asking())
    )


def _offer(form: EventForm) -> None:
    if "body" in form:
        form.offer(queries.registers_kept(session(), by=person_asking()))


def _asked_kind() -> EventKind:
    try:
        kind = EventKind(request.args.get("kind", ""))
    except ValueError:
        abort(404)
    if kind is EventKind.REGISTERED:
        abort(404)
    return kind


def _asked_day() -> date:
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return clock.today()


def _key() -> bytes:
    return vault.members_key(session(), installation().keys)


def register(pages: Pages) -> None:
    """Add the routes of records."""
    at, records = "/members/<uuid:member>", Permission.MEMBER_RECORD
    pages.form("/bodies/<uuid:body>/members/new", needs=Permission.MEMBER_ENTER)(enter)
    pages.get(at, needs=Permission.MEMBER_READ)(record)
    pages.post(f"{at}/sensitive", needs=Permission.MEMBER_REVEAL)(reveal)
    pages.get(f"{at}/events", needs=records)(choose)
    pages.form(f"{at}/events/new", needs=records)(happened)
    corrects = Permission.MEMBER_CORRECT
    pages.form("/member-events/<uuid:member_event>/correct", needs=corrects)(correct)

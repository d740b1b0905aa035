"""Pages on which keepers send dossiers, receive them, and see which are late."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import paging, vault
from meetings.members.custody import queries, services
from meetings.members.custody.forms import (
    ON_THE_WAY,
    UNFIT,
    WAYS,
    ReceiveForm,
    RefuseForm,
    SealForm,
)
from meetings.members.custody.queries import Way
from meetings.members.custody.services import Ended, Unfit
from meetings.members.records.forms import KIND_NAMES, OUTCOMES
from meetings.members.records.services import Sealed
from meetings.models import Body, Custody, Member
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages

INVALID = 422


def custodies() -> str:
    """List the dossiers on their way, the late ones, or those that arrived."""
    asked = request.args.get("way", "")
    way = Way(asked) if asked in set(Way) else Way.OPEN
    found = queries.listed(session(), way, _days(), by=person_asking())
    return render_template(
        "members/custody/list.html",
        leaf=paging.leaf(found, request.args.get("page", 1, type=int)),
        way=way,
        ways=WAYS,
        outcomes=OUTCOMES,
        is_late=_is_late,
        days=_days(),
    )


def seal(member: Member) -> ResponseReturnValue:
    """Ask to which body a dossier goes and what lies in it, and seal it."""
    words = request.args.get("q", "").strip()
    found = queries.places(session(), words, by=person_asking())
    names = {kind: str(name) for kind, name in KIND_NAMES.items()}
    usual = [_("Curriculum vitae of the member"), _("Member form")]
    papers = [*usual, *queries.inventory(session(), member, names)]
    form = SealForm(data={"papers": "\n".join(papers)})
    form.to.choices = list(found.items())
    if form.validate_on_submit():
        custody = _sealed(member, form)
        if custody is not None:
            flash(_("Sealed. Check the inventory once more, then send the dossier off."), "success")
            return redirect(url_for("members.custody", custody=custody.id), 303)
    page = render_template(
        "members/custody/seal.html", member=member, form=form, words=words, found=found
    )
    return page, INVALID if form.is_submitted() else 200


def _sealed(member: Member, form: SealForm) -> Custody | None:
    to = session().get_one(Body, UUID(form.to.data))
    try:
        return services.start(
            session(),
            member,
            to,
            reference=form.reference.data or "",
            papers=form.lines(),
            by=person_asking(),
        )
    except Unfit as unfit:
        form.to.errors = [UNFIT[type(unfit)]]
    except Sealed:
        form.to.errors = [ON_THE_WAY]
    return None


def custody(custody: Custody) -> str:
    """Show the way of a dossier, and what sender or receiver can do next."""
    return _page(custody, _receiving(custody), RefuseForm())


def _receiving(custody: Custody) -> ReceiveForm:
    form = ReceiveForm()
    form.expect(custody.inventory)
    return form


def _page(custody: Custody, receiving: ReceiveForm, refusing: RefuseForm) -> str:
    return render_template(
        "members/custody/custody.html",
        custody=custody,
        receiving=receiving,
        refusing=refusing,
        outcomes=OUTCOMES,
        is_late=_is_late,
    )


def send(custody: Custody) -> ResponseReturnValue:
    """Send a sealed dossier off."""
    return _done(custody, _("Sent. The receiving body sees it from now on."), services.send)


def withdraw(custody: Custody) -> ResponseReturnValue:
    """Take a dossier back that nobody has received."""
    said = _("Taken back. The record can be changed again.")
    return _done(custody, said, lambda *of: services.withdraw(*of, by=person_asking()))


def receive(custody: Custody) -> ResponseReturnValue:
    """Receive a dossier of which every paper is there."""
    form = _receiving(custody)
    if not form.validate_on_submit():
        return _page(custody, form, RefuseForm(formdata=None)), INVALID
    key = vault.members_key(session(), installation().keys)
    try:
        said = _("Received. The member belongs to your body from today on.")
        return _done(
            custody, said, lambda now, one: services.receive(now, key, one, by=person_asking())
        )
    except Unfit as unfit:
        form.papers.errors = [UNFIT[type(unfit)]]
        return _page(custody, form, RefuseForm(formdata=None)), INVALID


def refuse(custody: Custody) -> ResponseReturnValue:
    """Refuse a dossier with a reason."""
    form = RefuseForm()
    if not form.validate_on_submit():
        receiving = ReceiveForm(formdata=None)
        receiving.expect(custody.inventory)
        return _page(custody, receiving, form), INVALID
    reason = form.reason.data or ""
    said = _("Refused. The sender reads your reason.")
    return _done(
        custody, said, lambda now, one: services.refuse(now, one, reason, by=person_asking())
    )


def _done(custody: Custody, said: str, change: Callable[..., None]) -> ResponseReturnValue:
    identity = custody.id
    try:
        change(session(), custody)
        flash(said, "success")
    except Ended:
        flash(_("Somebody was faster. This is how it stands now."), "warn")
    return redirect(url_for("members.custody", custody=identity), 303)


def _days() -> int:
    return installation().settings.dossier_days


def _is_late(custody: Custody) -> bool:
    return queries.is_late(custody, _days())


def register(pages: Pages) -> None:
    """Add the routes of dossiers on their way."""
    at, sends, receives = (
        "/custodies/<uuid:custody>",
        Permission.CUSTODY_SEND,
        Permission.CUSTODY_RECEIVE,
    )
    pages.get("/custodies", needs=Permission.CUSTODIES_READ)(custodies)
    pages.form("/members/<uuid:member>/custody", needs=Permission.MEMBER_SEND)(seal)
    pages.get(at, needs=Permission.CUSTODY_READ)(custody)
    pages.post(f"{at}/send", needs=sends, endpoint="custody_send")(send)
    pages.post(f"{at}/withdraw", needs=sends, endpoint="custody_withdraw")(withdraw)
    pages.post(f"{at}/receive", needs=receives, endpoint="custody_receive")(receive)
    pages.post(f"{at}/refuse", needs=receives, endpoint="custody_refuse")(refuse)

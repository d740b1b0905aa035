"""Pages: no route without the name of its permission, and the guard of every view."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import wraps
from typing import Any, NoReturn
from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    request,
    url_for,
)
from flask_login import current_user
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from meetings import audit, log, models, policy
from meetings.models import Decision, Scope
from meetings.models.base import Identified
from meetings.policy import RULES, Audited, Permission
from meetings.web import programs, visitors
from meetings.web.context import address, installation, person_asking, write_apart
from meetings.web.turns import turn

FIRST_ERROR, FORBIDDEN, NOT_FOUND = 400, 403, 404
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SUBJECTS: dict[str, type[Any]] = {
    "access_token": models.AccessToken,
    "body": models.Body,
    "comment": models.PaperComment,
    "copy": models.TakenCopy,
    "custody": models.Custody,
    "destruction": models.Destruction,
    "device": models.Device,
    "dissolution": models.Dissolution,
    "document": models.Document,
    "dossier_page": models.DossierPage,
    "item": models.AgendaItem,
    "job": models.Job,
    "meeting": models.Meeting,
    "member": models.Member,
    "member_event": models.MemberEvent,
    "note": models.Note,
    "package": models.DossierPackage,
    "page": models.Page,
    "paper": models.AgendaPaper,
    "participant": models.Participant,
    "person": models.Person,
    "point": models.BridgePoint,
    "room": models.Room,
    "saved_search": models.SavedSearch,
    "scan": models.DossierScan,
    "sending": models.Sending,
    "service": models.ServiceRequest,
    "sign_in": models.SignIn,
    "template": models.MeetingTemplate,
    "user": models.User,
    "widening": models.Widening,
}

View = Callable[..., Any]
Register = Callable[[View], View]
Known = Callable[..., str | None]
"""Return the entity tag of a page that the browser has and the person may see, or nothing.

It asks the policy itself (`policy.glimpse`), and belongs to pages whose reading leaves no line.
"""


class Pages:
    """The routes of one feature; `needs=None` is the one way to open a page to strangers."""

    def __init__(self, name: str, import_name: str) -> None:
        self.blueprint = Blueprint(name, import_name)

    def get(
        self,
        rule: str,
        *,
        needs: Permission | None,
        known: Known | None = None,
        scope: Scope | None = None,
        **options: Any,
    ) -> Register:
        """Register a view that only reads; `known` says whether the browser has its answer.

        With a scope it is one that programs ask; each names what its token has to be for.
        """
        return self._route(rule, ("GET",), needs, options, writes=False, known=known, scope=scope)

    def post(
        self, rule: str, *, needs: Permission | None, writes: bool = True, **options: Any
    ) -> Register:
        """Register a view that changes something; without `writes` in transactions of its own."""
        return self._route(rule, ("POST",), needs, options, writes=writes)

    def form(
        self, rule: str, *, needs: Permission | None, writes: bool = True, **options: Any
    ) -> Register:
        """Register a view that shows a form and takes it back."""
        return self._route(rule, ("GET", "POST"), needs, options, writes=writes)

    def register(self, app: Flask) -> None:
        """Plug the routes into an application."""
        app.register_blueprint(self.blueprint)

    def _route(
        self,
        rule: str,
        methods: tuple[str, ...],
        needs: Permission | None,
        options: dict[str, Any],
        *,
        writes: bool,
        known: Known | None = None,
        scope: Scope | None = None,
    ) -> Register:
        def register(view: View) -> View:
            guarded = guard(view, needs, writes=writes, known=known, scope=scope)
            self.blueprint.add_url_rule(rule, view_func=guarded, methods=methods, **options)
            return guarded

        return register


def guard(
    view: View,
    needs: Permission | None,
    *,
    writes: bool,
    known: Known | None = None,
    scope: Scope | None = None,
) -> View:
    """Wrap a view: load the row, ask the policy, run, audit, commit; raising undoes it all."""

    @wraps(view)
    def guarded(**arguments: Any) -> Any:
        writing = writes and request.method not in SAFE_METHODS
        with _turn(), _request_session(writing=writing) as current:
            if needs and not current_user.is_authenticated:
                return programs.refuse() if programs.asks() else _to_sign_in()
            if needs:
                _stay_in_scope(current, needs, scope)
                _stay_awake(current, writing=writing)
                _keep_pace(needs)
            if known and request.if_none_match and (tag := known(**arguments)):
                return _unchanged(tag)
            subject = _subject(current, needs, arguments)
            response = make_response(view(**arguments))
            _finish(current, needs, subject, response, writing=writing)
            return response

    guarded.needs, guarded.scope = needs, scope  # type: ignore[attr-defined] # for tests of routes
    return guarded


def _turn() -> AbstractContextManager[None]:
    """Let those who read compute in turn; what others send may take its time to arrive."""
    return turn() if request.method in SAFE_METHODS else nullcontext()


def _unchanged(tag: str) -> Response:
    response = Response(status=304)
    response.set_etag(tag)
    return response


@contextmanager
def _request_session(*, writing: bool) -> Iterator[Session]:
    database = installation().database
    with database.writing() if writing else database.reading() as current:
        g.session = current
        try:
            yield current
        except BaseException:
            current.expunge_all()  # the error page still shows who is signed in
            current.rollback()
            raise
        finally:
            g.pop("session", None)


def _stay_awake(current: Session, *, writing: bool) -> None:
    """Note a sign of life, in this transaction if it writes, else in one of its own.

    Where a full disk has no room for it, the page is shown all the same.
    """
    who = person_asking()
    if not visitors.grows_idle(who):
        return
    if writing:
        visitors.stay_awake(current, who)
    else:
        try:
            write_apart(lambda session: visitors.stay_awake(session, who))
        except OperationalError as error:
            if not installation().database.dialect.is_full(error):
                raise


def _to_sign_in() -> AnyResponse:
    target = request.full_path.rstrip("?") if request.method in SAFE_METHODS else None
    return redirect(url_for("accounts.sign_in", next=target), 303)


def _subject(
    current: Session, needs: Permission | None, arguments: dict[str, Any]
) -> Identified | None:
    """Put the row in the place of its id, if the person asking may do this to it."""
    if needs is None:
        return None
    for name, value in arguments.items():
        if isinstance(value, UUID):
            row: Identified | None = policy.permitted(current, person_asking(), needs, value)
            if row is None:
                _refuse(current, needs, current.get(SUBJECTS[name], value), NOT_FOUND)
            arguments[name] = row
            return row
    if not policy.allows(current, person_asking(), needs):
        _refuse(current, needs, None, NOT_FOUND if RULES[needs].hides else FORBIDDEN)
    return None


def _stay_in_scope(current: Session, needs: Permission, scope: Scope | None) -> None:
    """Refuse a program what its person did not let it ask about."""
    given = person_asking().scopes
    if given is not None and scope is not None and scope not in given:
        _refuse(current, needs, None, FORBIDDEN)


def _keep_pace(needs: Permission) -> None:
    """Have a person wait who does too much; an open form that is only looked at counts too."""
    current_app.extensions["pace"].count(person_asking().id, needs)


def _refuse(
    current: Session, needs: Permission, subject: Identified | None, status: int
) -> NoReturn:
    """Answer for a hidden row as for an absent one, of which nothing can be told."""
    if subject or status == FORBIDDEN:
        deed = _deed(needs, subject, Decision.REFUSED)
        current.expunge_all()
        current.rollback()  # first: on SQLite the ledger would wait for this very transaction
        installation().database.write(lambda ledger: audit.record(ledger, deed))
    abort(status)


def _finish(
    current: Session,
    needs: Permission | None,
    subject: Identified | None,
    response: Response,
    *,
    writing: bool,
) -> None:
    if needs and response.status_code < FIRST_ERROR and _leaves_a_line(needs):
        deed = _deed(needs, subject, Decision.ALLOWED)
        if writing:
            audit.record(current, deed)
        else:  # before the first byte leaves, in a short writing transaction of its own
            write_apart(lambda ledger: audit.record(ledger, deed))
    if writing:
        current.commit()


def _leaves_a_line(needs: Permission) -> bool:
    audited = RULES[needs].audited
    changes = request.method not in SAFE_METHODS
    return audited is Audited.EVERYTHING or (audited is Audited.CHANGES and changes)


def _deed(needs: Permission, subject: Identified | None, decision: Decision) -> audit.Deed:
    return audit.Deed(
        action=needs.value,
        actor_id=person_asking().id,
        subject_type=type(subject).__name__ if subject else "",
        subject_id=str(subject.id) if subject else "",
        decision=decision,
        address=address(),
        request_id=log.request_id.get(),
        detail=programs.named(person_asking()) | g.pop("told", {}),
    )

"""The application: the list of everything that is plugged in."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from meetings import log
from meetings.accounts import views as accounts
from meetings.agenda import views as agenda
from meetings.agenda.forms import TAKINGS
from meetings.agenda.inbox.views import Inbox, doors_of
from meetings.api import views as api
from meetings.archive import views as archive
from meetings.doctor import views as doctor
from meetings.documents import views as documents
from meetings.documents.declarations.services import Declarations
from meetings.documents.forms import DOCUMENT_TYPES
from meetings.documents.uploads.services import Uploads
from meetings.documents.uploads.views import SealingRequest
from meetings.help import views as help_views
from meetings.installation import Installation
from meetings.members import views as members
from meetings.messages import views as messages
from meetings.notices import views as notices
from meetings.organisation import views as organisation
from meetings.policy import Permission
from meetings.reader import views as reader
from meetings.second_person import views as second_person
from meetings.settings import Settings
from meetings.tls import views as tls
from meetings.web import assets, errors, headers, i18n, origins, preferences, refusals
from meetings.web import views as web
from meetings.web.browsers import device_name
from meetings.web.context import may
from meetings.web.fragments import fragment
from meetings.web.live import Hub
from meetings.web.navigation import navigation
from meetings.web.pace import Counter
from meetings.web.sessions import Sessions
from meetings.web.templating import Environment
from meetings.web.turns import Turns
from meetings.web.visitors import login_manager

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

FEATURES = (
    web,
    accounts,
    organisation,
    help_views,
    messages,
    notices,
    documents,
    members,
    agenda,
    reader,
    second_person,
    archive,
    api,
    doctor,
    tls,
)


class Application(Flask):
    """The web application, behind as many proxies as the settings say, and no more."""

    jinja_environment = Environment
    request_class = SealingRequest

    def __init__(self, settings: Settings) -> None:
        templates = str(assets.ROOT / "templates")
        super().__init__("meetings", template_folder=templates, static_folder=None)
        self.session_interface = Sessions()
        self._answer = headers.added_to(super().wsgi_app, production=settings.production)
        if settings.proxies:
            far = settings.proxies
            self._answer = ProxyFix(self._answer, x_for=far, x_proto=far)

    def wsgi_app(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Any:
        """Answer a request that came through our proxies."""
        return self._answer(environ, start_response)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a view as it is: none is asynchronous, and each request would ask seven times."""
        return func


def create_app(settings: Settings) -> Flask:
    """Return the application for a prepared installation."""
    app = Application(settings)
    installation = Installation(settings)
    app.extensions["installation"] = installation
    app.extensions["live"] = Hub(installation.database, streams=settings.streams)
    app.extensions["pace"] = Counter()
    app.extensions["turns"] = Turns()
    app.extensions["declarations"] = Declarations()
    app.extensions["uploads"] = Uploads(settings.quarantine_folder, settings.max_upload)
    app.extensions["inbox"] = Inbox(app, doors_of(settings))
    app.config.update(_configuration(settings, installation.keys.session))
    app.before_request(_name_request)
    origins.install(app, settings)
    CSRFProtect(app)
    login_manager.init_app(app)
    for part in (errors, preferences):
        part.install(app)
    i18n.install(app, settings)
    headers.install(app)
    refusals.install(app)
    for feature in FEATURES:
        feature.pages.register(app)
    _teach_templates(app, settings)
    return app


def _configuration(settings: Settings, secret: bytes) -> dict[str, Any]:
    return {
        "DEBUG": False,  # whatever FLASK_DEBUG says: its pages show what is in memory
        "SECRET_KEY": secret,
        "MAX_CONTENT_LENGTH": settings.max_upload + 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "TRUSTED_HOSTS": list(settings.trusted_hosts) or None,
        "SESSION_COOKIE_NAME": "__Host-sid" if settings.https else "sid",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
    }


def _name_request() -> None:
    log.new_request_id()


def _teach_templates(app: Flask, settings: Settings) -> None:
    app.jinja_env.globals.update(
        asset=assets.asset,
        fragment=fragment,
        may=may,
        navigation=navigation,
        settings=settings,
        DOCUMENT_TYPES=DOCUMENT_TYPES,
        TAKINGS=TAKINGS,
        Permission=Permission,
        current_user=current_user,
        request=request,
    )
    app.jinja_env.filters["device_name"] = device_name
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

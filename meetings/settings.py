"""Settings: one frozen value, read once at start from a TOML file and MEETINGS_* variables."""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PREFIX = "MEETINGS_"
FILE_VARIABLE = "MEETINGS_SETTINGS"
DATABASES = ("sqlite:///", "postgresql+psycopg://")
DEBUG_VARIABLE = "FLASK_DEBUG"
MEBIBYTE = 1024 * 1024
QUIET = re.compile(r"(?:[01]?\d|2[0-3])-(?:[01]?\d|2[0-3])")
PERCENT = 100
RATING_BASES = ("good", "rated")
OFF = frozenset({"", "0", "false", "no"})
LARGEST_UPLOAD = 2048 * MEBIBYTE
THIS_MACHINE = frozenset({None, "", "127.0.0.1", "::1", "localhost"})


class SettingsError(Exception):
    """A setting is unknown, malformed or too weak; the message says which and what to do."""


class Environment(StrEnum):
    """Where this installation stands."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything an operator may choose; docs/operations.md has a heading for each."""

    instance: Path
    environment: Environment = Environment.DEVELOPMENT
    bind: str = "127.0.0.1:8000"
    database: str = ""
    keys: str = ""
    https: bool = False
    proxies: int = 0
    trusted_hosts: tuple[str, ...] = ()
    default_locale: str = "vi"
    support_phone: str = "1234"
    page_price: int = 400
    members_excellent_share: int = 20
    members_excellent_base: str = "good"
    room_clearing: int = 15
    room_unused: int = 30
    dossier_words_joined: bool = False
    dossier_names_parted: bool = False
    dossier_one_folder: bool = False
    max_upload: int = 200 * MEBIBYTE
    max_pages: int = 3000
    max_archive_files: int = 1000
    max_archive_bytes: int = 1024 * MEBIBYTE
    streams: int = 536
    second_factor: bool = False
    idle_minutes: int = 30
    idle_minutes_privileged: int = 15
    sign_in_hours: int = 12
    dossier_days: int = 30
    min_free: int = 512 * MEBIBYTE
    audit_heads: str = ""
    backup_folder: str = ""
    recovery_key: str = ""
    signature_roots: str = ""
    clamav: str = "/run/clamav/clamd.ctl"
    watched_folder: str = ""
    mailbox: str = ""
    mailbox_password_file: str = ""
    inbox_account: str = ""
    mail_server: str = ""
    mail_server_password_file: str = ""
    mail_sender: str = ""
    sms_gateway: str = ""
    sms_token_file: str = ""
    quiet_hours: str = "21-6"
    site_address: str = ""

    def __post_init__(self) -> None:
        """Refuse a database that nobody knows, and weak values in production."""
        if not self.database_url.startswith(DATABASES):
            message = f"{PREFIX}DATABASE: an address begins with {' or '.join(DATABASES)}"
            raise SettingsError(message)
        rules = (*self._inbox_rules(), *self._message_rules(), *self._rating_rules())
        for name, wrong, advice in rules:
            if wrong:
                message = f"{PREFIX}{name.upper()}: {advice}"
                raise SettingsError(message)
        if self.environment is Environment.PRODUCTION:
            for name, weak, advice in self._production_rules():
                if weak:
                    message = f"{PREFIX}{name.upper()}: {advice}"
                    raise SettingsError(message)

    def _production_rules(self) -> tuple[tuple[str, bool, str], ...]:
        beside = not self.keys or self.keys_folder.is_relative_to(self.instance)
        return (
            ("https", not self.https, "production is served over HTTPS only; set it to true"),
            ("keys", beside, "production keeps its keys outside the instance folder; name one"),
            ("second_factor", not self.second_factor, "who prepares needs one; set it to true"),
            ("trusted_hosts", not self.trusted_hosts, "name the host names people type"),
            ("max_upload", not 0 < self.max_upload <= LARGEST_UPLOAD, "name at most 2 GiB"),
            ("bind", self._open_to_the_network, "only the proxy beside it may reach it in plain"),
            ("database", self._database_in_plain, "another machine needs sslmode=verify-full"),
        )

    def _inbox_rules(self) -> tuple[tuple[str, bool, str], ...]:
        parts = urlsplit(self.mailbox)
        known = parts.scheme == "imaps" or (
            parts.scheme == "imap" and parts.hostname in THIS_MACHINE
        )
        nobody = not self.inbox_account and bool(self.watched_folder or self.mailbox)
        without = bool(self.mailbox) and not self.mailbox_password_file
        advice = "a mailbox is imaps://user@host/INBOX; imap:// only on this machine"
        return (
            ("mailbox", bool(self.mailbox) and not (known and parts.username), advice),
            ("mailbox_password_file", without, "name the file that holds the mailbox's password"),
            (
                "inbox_account",
                nobody,
                "name the clerk's account that takes in what comes by itself",
            ),
        )

    def _message_rules(self) -> tuple[tuple[str, bool, str], ...]:
        mail, short = urlsplit(self.mail_server), urlsplit(self.sms_gateway)
        near_mail = mail.scheme == "smtp" and mail.hostname in THIS_MACHINE
        near_short = short.scheme == "http" and short.hostname in THIS_MACHINE
        known_mail = mail.scheme in {"smtps", "smtp+starttls"} or near_mail
        known_short = short.scheme in {"https", "modem"} or near_short
        without = bool(mail.username) and not self.mail_server_password_file
        hours = self.quiet_hours
        return (
            (
                "mail_server",
                bool(self.mail_server) and not known_mail,
                "mail goes by smtps://user@host or smtp+starttls://; smtp:// only on this machine",
            ),
            ("mail_server_password_file", without, "name the file that holds the password"),
            (
                "mail_sender",
                bool(self.mail_server) and "@" not in self.mail_sender,
                "name the address that mails come from",
            ),
            (
                "sms_gateway",
                bool(self.sms_gateway) and not known_short,
                "a gateway is https://host/path or modem:/dev/ttyUSB0; http:// only on this one",
            ),
            ("quiet_hours", bool(hours) and not QUIET.fullmatch(hours), "name two hours, as 21-6"),
        )

    def _rating_rules(self) -> tuple[tuple[str, bool, str], ...]:
        share, base = self.members_excellent_share, self.members_excellent_base
        return (
            ("members_excellent_share", not 0 <= share <= PERCENT, "name a share from 0 to 100"),
            ("members_excellent_base", base not in RATING_BASES, "it is good or rated"),
        )

    @property
    def mailbox_name(self) -> str:
        """Return to whom mails for a tray are sent, or nothing."""
        parts = urlsplit(self.mailbox)
        user = unquote(parts.username or "")
        return user if "@" in user or not user else f"{user}@{parts.hostname}"

    @property
    def _open_to_the_network(self) -> bool:
        return urlsplit(f"//{self.bind}").hostname not in THIS_MACHINE

    @property
    def _database_in_plain(self) -> bool:
        parts = urlsplit(self.database)
        return parts.hostname not in THIS_MACHINE and "sslmode=verify-full" not in parts.query

    @property
    def production(self) -> bool:
        """Tell whether this is a production installation."""
        return self.environment is Environment.PRODUCTION

    @property
    def database_url(self) -> str:
        """Return the database's address."""
        return self.database or f"sqlite:///{self.instance / 'database.sqlite3'}"

    @property
    def keys_folder(self) -> Path:
        """Return the folder of the keys."""
        return Path(self.keys).resolve() if self.keys else self.instance / "keys"

    @property
    def blobs_folder(self) -> Path:
        """Return the folder of the encrypted files."""
        return self.instance / "blobs"

    @property
    def heads_folder(self) -> Path:
        """Return the folder of the audit's signed heads."""
        return Path(self.audit_heads).resolve() if self.audit_heads else self.instance / "heads"

    @property
    def roots_folder(self) -> Path | None:
        """Return the folder of the certificates that signatures are traced to, if there is one."""
        return Path(self.signature_roots).resolve() if self.signature_roots else None

    @property
    def index_folder(self) -> Path:
        """Return the folder of the full-text index."""
        return self.instance / "index"

    @property
    def copies_folder(self) -> Path:
        """Return the folder of the database's copies from before a migration."""
        return self.instance / "before-migration"

    @property
    def imports_folder(self) -> Path:
        """Return where old archives lie, each in a folder with the name of its body."""
        return self.instance / "imports"

    @property
    def quarantine_folder(self) -> Path:
        """Return the folder where received files wait for their verdict."""
        return self.instance / "quarantine"

    @classmethod
    def load(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings file, then the environment; raise SettingsError on any doubt."""
        given = {
            name.removeprefix(PREFIX).lower(): value
            for name, value in environ.items()
            if name.startswith(PREFIX) and name != FILE_VARIABLE
        }
        instance = Path(given.pop("instance", "instance")).resolve()
        file = Path(environ.get(FILE_VARIABLE, instance / "settings.toml"))
        values = _from_file(file, required=FILE_VARIABLE in environ) | given
        settings = cls(instance=instance, **_typed(values))
        if settings.production and environ.get(DEBUG_VARIABLE, "0").lower() not in OFF:
            message = f"{DEBUG_VARIABLE}: production does not debug; leave it out"
            raise SettingsError(message)
        return settings


def _from_file(file: Path, *, required: bool) -> dict[str, Any]:
    if not file.exists() and not required:
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        message = f"The settings file {file} cannot be read: {error}"
        raise SettingsError(message) from error


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    types = {field.name: field.type for field in fields(Settings) if field.name != "instance"}
    unknown = sorted(values.keys() - types.keys())
    if unknown:
        message = f"Unknown setting {unknown[0]!r}; known are {', '.join(sorted(types))}"
        raise SettingsError(message)
    return {name: _convert(name, types[name], value) for name, value in values.items()}


def _convert(name: str, kind: Any, value: Any) -> Any:
    try:
        return _CONVERTERS[kind](value)
    except (KeyError, TypeError, ValueError) as error:
        message = f"Setting {name!r} does not take the value {value!r}"
        raise SettingsError(message) from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _flag(value: Any) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[str(value).lower()]


def _names(value: Any) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    return tuple(part.strip() for part in parts if part.strip())


_CONVERTERS: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    int: int,
    bool: _flag,
    tuple[str, ...]: _names,
    Environment: Environment,
}

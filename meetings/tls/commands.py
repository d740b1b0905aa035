"""The command `meetings tls init`; it answers in the language of the installation."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from babel.support import Translations

from meetings import clock
from meetings.settings import Settings, SettingsError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from meetings.tls.folder import TlsFolder
    from meetings.tls.services import Made

TRANSLATIONS = Path(__file__).parents[1] / "translations"
Sentence = tuple[str, dict[str, object]]


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue."""
    return sentence


KEEP_SAFE = _(
    "Move %(file)s into a safe: whoever has it can pose as this server. "
    "The next renewal needs it here for a moment."
)
SERVER = {
    True: _("New certificate for %(names)s, valid until %(day)s: %(file)s. Reload nginx now."),
    False: _("The certificate for %(names)s is kept, valid until %(day)s: %(file)s"),
}


@click.group()
def tls() -> None:
    """Look after the certificates of the house's own server."""


@tls.command()
@click.option("--host", "hosts", multiple=True, help="A name people type; the first is printed.")
@click.option("--address", "addresses", multiple=True, help="An IP address of the server.")
@click.option("--within", multiple=True, help="A domain or network for names of later years.")
@click.option("--renew", is_flag=True, help="Make a new certificate though the old one is good.")
@click.option("--new-authority", is_flag=True, help="Begin anew; all devices are enrolled again.")
def init(
    hosts: tuple[str, ...],
    addresses: tuple[str, ...],
    within: tuple[str, ...],
    *,
    renew: bool,
    new_authority: bool,
) -> None:
    """Make what is missing: authority, certificate, enrolment sheet; renew what ends soon."""
    from meetings.tls import services
    from meetings.tls.errors import TlsError
    from meetings.tls.folder import TlsFolder
    from meetings.tls.names import Names

    try:
        settings = Settings.load()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    say, folder = _speaker(settings.default_locale), TlsFolder.of(settings.instance)
    try:
        names = Names.parse(hosts, addresses)
        wish = services.Wish(names=names, within=within, renew=renew, new_authority=new_authority)
        made = services.init(folder, wish)
        for sentence, facts in _told(folder, made, settings.support_phone):
            click.echo(say(sentence, facts))
    except TlsError as error:
        raise click.ClickException(say(error.sentence, error.facts)) from error


def _speaker(locale: str) -> Callable[[str, dict[str, object]], str]:
    catalogue = Translations.load(TRANSLATIONS, [locale])
    return lambda sentence, facts: str(catalogue.gettext(sentence)) % facts


def _told(folder: "TlsFolder", made: "Made", support_phone: str) -> Iterator[Sentence]:
    """Yield what was done, and print the sheet as the last thing."""
    from meetings.tls.authority import fingerprint, scope_of

    authority: dict[str, object] = {
        "file": folder.authority,
        "day": _day(made.authority),
        "scope": scope_of(made.authority),
        "letters": fingerprint(made.authority),
    }
    if made.authority_is_new:
        yield _("New authority for %(scope)s, valid until %(day)s: %(file)s"), authority
    else:
        yield _("The authority is kept, valid until %(day)s: %(file)s"), authority
    if folder.authority_key.exists():
        yield KEEP_SAFE, {"file": folder.authority_key}
    yield _("Its SHA-256: %(letters)s"), authority
    server = {"names": made.names, "day": _day(made.server), "file": folder.server}
    yield SERVER[made.server_is_new], server
    yield _sheet(folder, made, support_phone)


def _sheet(folder: "TlsFolder", made: "Made", support_phone: str) -> Sentence:
    from meetings.press.pdf import UnavailableError, UnprintableError
    from meetings.tls.sheet import print_sheet

    try:
        sheet = print_sheet(made.names.hosts[0], made.authority, support_phone)
    except (UnavailableError, UnprintableError) as error:
        return _("The enrolment sheet could not be printed: %(problem)s"), {"problem": error}
    folder.write(folder.sheet, sheet)
    return _("Enrolment sheet to print: %(file)s"), {"file": folder.sheet}


def _day(certificate: "Certificate") -> str:
    return f"{clock.local(certificate.not_valid_after_utc):%d/%m/%Y}"

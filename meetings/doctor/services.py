"""The examination: each check looks at one thing and says how it stands.

Sentences are English and translated where a page shows them; `%(name)s` stands for a fact.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select

from meetings import clock
from meetings.backup import schedule
from meetings.backup.schedule import Trouble
from meetings.carriers import ways
from meetings.doctor import queries
from meetings.doctor.machine.queries import is_encrypted
from meetings.doctor.machine.services import (
    Check,
    Finding,
    Light,
    connections,
    disk,
    flushing,
    memory,
    programs,
    sandbox,
    scanner,
    timekeeping,
    versions,
)
from meetings.help.queries import (
    BACKUP_CHECKED,
    BACKUP_MADE,
    index_state,
    last_report,
)
from meetings.installation import Installation
from meetings.messages.queries import failed_since
from meetings.models import AuditEntry, Job, JobState, User
from meetings.tls.errors import TlsError
from meetings.tls.folder import SOON, TlsFolder, read_certificate, time_left
from storage import StorageError

LATE = timedelta(minutes=10)
OLD = timedelta(hours=50)


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue; pages translate it."""
    return sentence


BACKUP_TROUBLES = {
    Trouble.NO_KEY: _(
        "No backup can be made: recovery_key is not set. Make a pair: meetings backup new-key FILE"
    ),
    Trouble.BAD_KEY: _("No backup can be made: recovery_key %(key)s is no public key."),
    Trouble.NO_FOLDER: _("Nothing is backed up by itself: backup_folder is not set."),
    Trouble.UNREADABLE: _("The backups in %(folder)s cannot be read."),
    Trouble.NONE_YET: _("There is no backup in %(folder)s yet."),
    Trouble.OLD: _("The newest backup in %(folder)s is %(hours)s hours old."),
    Trouble.SAME_DISK: _("Backups lie on the disk of the data (%(folder)s); both would be lost."),
}


def examine(installation: Installation) -> list[Finding]:
    """Return every finding, red before amber before green."""
    found = [finding for check in CHECKS for finding in check(installation)]
    order = [Light.RED, Light.AMBER, Light.GREEN]
    return sorted(found, key=lambda finding: order.index(finding.light))


def database(installation: Installation) -> Iterator[Finding]:
    """Look whether the database can be relied on."""
    with installation.database.reading() as session:
        health = installation.database.dialect.health(session)
    facts: dict[str, object] = {"name": health.name, "version": health.version}
    if not health.keeps_commits:
        yield Finding(Light.RED, _("%(name)s %(version)s may lose commits."), facts)
    else:
        yield Finding(Light.GREEN, _("%(name)s %(version)s keeps what it was told."), facts)
    if not health.notices_damage:
        yield Finding(
            Light.AMBER, _("%(name)s notices no damaged page: data_checksums is off."), facts
        )


def keys(installation: Installation) -> Iterator[Finding]:
    """Look at the keys: there, closed to others, away from the database."""
    chosen = installation.settings
    try:
        _roots = installation.keys.roots
    except StorageError as error:
        yield Finding(Light.RED, _("A key cannot be used (%(problem)s)."), {"problem": error})
        return
    if chosen.keys_folder.is_relative_to(chosen.instance):
        yield Finding(
            Light.AMBER, _("The keys lie beside the database; whoever copies one has both.")
        )
    else:
        yield Finding(Light.GREEN, _("The keys lie apart and are closed to others."))


def index(installation: Installation) -> Iterator[Finding]:
    """Look at the full-text index."""
    count, problem = index_state(installation)
    if problem:
        yield Finding(
            Light.RED,
            _("The index is damaged (%(problem)s); run: meetings index rebuild"),
            {"problem": problem},
        )
    else:
        yield Finding(Light.GREEN, _("%(count)s documents are in the index."), {"count": count})
    facts: dict[str, object] = {"folder": installation.settings.index_folder}
    if is_encrypted(installation.settings.instance):
        sentence = _("%(folder)s, with plain words, lies on an encrypted disk.")
        yield Finding(Light.GREEN, sentence, facts)
    else:
        sentence = _("The index holds plain words; %(folder)s belongs on an encrypted disk.")
        yield Finding(Light.AMBER, sentence, facts)


def backups(installation: Installation) -> Iterator[Finding]:
    """Look at the backups."""
    troubles = list(schedule.troubles(installation.settings))
    for trouble, facts in troubles:
        yield Finding(Light.AMBER, BACKUP_TROUBLES[trouble], facts)
    if not troubles:
        yield Finding(Light.GREEN, _("The newest backup is recent."))


def backup_checks(installation: Installation) -> Iterator[Finding]:
    """Look at what the worker wrote down of the backup it made and of the one it read back."""
    with installation.database.reading() as session:
        if not schedule.is_set_up(session, installation.settings):
            return
        made, last = (last_report(session, action) for action in (BACKUP_MADE, BACKUP_CHECKED))
    if made and made.problem:
        sentence = _("The last backup could not be made (%(problem)s, %(at)s).")
        yield Finding(Light.RED, sentence, {"problem": made.problem, "at": _moment(made.at)})
    if last is None:
        yield Finding(Light.AMBER, _("The backup was not checked yet; this is done each night."))
        return
    facts: dict[str, object] = {"at": _moment(last.at), "files": last.files}
    if last.problem:
        sentence = _("The backup is damaged (%(problem)s, seen %(at)s).")
        yield Finding(Light.RED, sentence, facts | {"problem": last.problem})
    elif clock.now() - last.at > OLD:
        yield Finding(Light.AMBER, _("The backup was last checked on %(at)s."), facts)
    else:
        sentence = _("The backup is whole: %(files)s files read again (%(at)s).")
        yield Finding(Light.GREEN, sentence, facts)


def _moment(at: datetime) -> str:
    return f"{clock.local(at):%d/%m/%Y %H:%M}"


def queue(installation: Installation) -> Iterator[Finding]:
    """Look for work that nobody does and for work that failed."""
    with installation.database.reading() as session:
        oldest = session.scalar(select(func.min(Job.due_at)).where(Job.state == JobState.WAITING))
        dead = session.scalar(select(func.count(Job.id)).where(Job.state == JobState.DEAD)) or 0
    late = oldest is not None and clock.now() - oldest > LATE
    if late:
        yield Finding(Light.RED, _("Work has waited for more than ten minutes: is the worker on?"))
    if dead:
        yield Finding(Light.AMBER, _("%(count)s steps failed; see System."), {"count": dead})
    if not late and not dead:
        yield Finding(Light.GREEN, _("No work is late and none failed."))


def messages(installation: Installation) -> Iterator[Finding]:
    """Look whether what is sent to people arrives at those who carry it."""
    if not ways(installation.settings):
        return
    with installation.database.reading() as session:
        failed = failed_since(session, clock.now() - timedelta(days=1))
    if failed:
        sentence = _("%(count)s messages of the last day were given up; see the list of answers.")
        yield Finding(Light.AMBER, sentence, {"count": failed})
    else:
        yield Finding(Light.GREEN, _("Mails and short messages go out."))


def calendar(installation: Installation) -> Iterator[Finding]:
    """Look whether the clock went back behind what was written down."""
    with installation.database.reading() as session:
        newest = session.scalar(select(AuditEntry.at).order_by(AuditEntry.seq.desc()).limit(1))
    if newest is not None and newest > clock.now() + clock.SKEW:
        yield Finding(
            Light.RED, _("The clock is behind the ledger's newest line; set the machine's time.")
        )
    else:
        yield Finding(Light.GREEN, _("The clock agrees with the ledger."))


def entrance(installation: Installation) -> Iterator[Finding]:
    """Look at how people come in."""
    chosen = installation.settings
    if not chosen.https:
        yield Finding(Light.AMBER, _("People come over plain http; a real meeting needs https."))
    if chosen.https and not chosen.proxies:
        sentence = _("Everybody seems to come from this machine: set proxies to those before it.")
        yield Finding(Light.AMBER, sentence)
    if not chosen.second_factor:
        yield Finding(Light.AMBER, _("Accounts that prepare or manage need no second factor."))
    with installation.database.reading() as session:
        if session.scalar(select(User.id).where(User.demo, User.active).limit(1)):
            yield Finding(Light.AMBER, _("Demo accounts are open."))
    if chosen.https and chosen.second_factor:
        yield Finding(Light.GREEN, _("People come over https, those who prepare with two factors."))


def certificate(installation: Installation) -> Iterator[Finding]:
    """Look how long the certificate that `meetings tls init` made is still valid."""
    folder = TlsFolder.of(installation.settings.instance)
    try:
        found = read_certificate(folder.server)
    except TlsError as error:
        yield Finding(Light.RED, error.sentence, error.facts)
        return
    if found is None:
        return
    left = time_left(found)
    facts: dict[str, object] = {"days": left.days}
    if left <= timedelta(0):
        yield Finding(
            Light.RED, _("The certificate for https has expired; run: meetings tls init"), facts
        )
    elif left <= SOON:
        yield Finding(
            Light.AMBER,
            _("The certificate for https ends in %(days)s days; run: meetings tls init --renew"),
            facts,
        )
    else:
        yield Finding(
            Light.GREEN, _("The certificate for https is valid for %(days)s more days."), facts
        )


def data(installation: Installation) -> Iterator[Finding]:
    """Look at what the nightly examination of database and files found."""
    with installation.database.reading() as session:
        last = queries.last_examination(session)
    if last is None:
        yield Finding(Light.AMBER, _("The data was not examined yet; this is done each night."))
        return
    at = _moment(last.at)
    if last.wrong:
        facts: dict[str, object] = {"count": last.wrong, "first": last.first, "at": at}
        sentence = _(
            "%(count)s things are damaged (%(first)s, seen %(at)s); restore them from a backup."
        )
        yield Finding(Light.RED, sentence, facts)
    elif clock.now() - last.at > OLD:
        yield Finding(Light.AMBER, _("The data was last examined on %(at)s."), {"at": at})
    else:
        facts = {"files": last.files, "at": at}
        yield Finding(Light.GREEN, _("Database and %(files)s files are whole (%(at)s)."), facts)


CHECKS: tuple[Check, ...] = (
    versions,
    database,
    keys,
    memory,
    disk,
    flushing,
    connections,
    sandbox,
    programs,
    scanner,
    index,
    backups,
    backup_checks,
    data,
    queue,
    messages,
    calendar,
    timekeeping,
    entrance,
    certificate,
)

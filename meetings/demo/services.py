"""Loading the demo: everything but the papers at once, the papers as jobs for the worker."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock, jobs
from meetings.accounts.services import set_password
from meetings.demo import credentials, members, province
from meetings.demo.credentials import Credentials
from meetings.demo.crowd import entering as crowd
from meetings.demo.furnishing import Furnishing
from meetings.demo.papers import Paper, read_papers
from meetings.installation import Installation
from meetings.models import Job, User

PATIENCE = timedelta(seconds=10)  # each paper calls the next one, which does not wait for ever
LAST = 36500  # days: papers that lie before no meeting


class NotADemo(Exception):
    """This installation serves real people; the demo would stand among their papers."""


def load(installation: Installation, scale: int = 1) -> str:
    """Load the fictional province once and return the table of its accounts.

    A second call changes nothing and returns the same table. At a scale above one, each meeting
    with its papers also lies that many times in the past, two months apart. Raises NotADemo in
    production and where an account belongs to a real person.
    """
    if installation.settings.production:
        message = "The demo is not loaded in production, which would not start beside it."
        raise NotADemo(message)
    file = credentials.file_of(installation.settings)
    with installation.database.reading() as session:
        _refuse_among_real_people(session)
        known = credentials.read(file) if _is_loaded(session) else None
    if known:
        return credentials.table(known)
    accounts = _new_credentials()
    # before the commit: accounts without known passwords would help nobody
    credentials.write(file, accounts)
    installation.database.write(lambda session: _settle(session, installation, accounts, scale))
    return credentials.table(accounts)


def load_crowd(installation: Installation, count: int) -> str:
    """Load the demo and a whole province of members into it; return the table of its accounts.

    All is entered or nothing; a second call enters nobody. Raises NotADemo as `load` does.
    """
    load(installation)
    file = credentials.file_of(installation.settings)
    accounts = dict(credentials.read(file) or {})
    password = accounts.get(credentials.CELL, {}).get("password") or credentials.new_password()
    accounts[credentials.CELL] = {"username": crowd.USERNAME, "password": password}
    credentials.write(file, accounts)

    def enter(session: Session) -> None:
        _refuse_among_real_people(session)
        if not crowd.is_there(session):
            crowd.enter(session, installation.keys, count)
        crowd.give_account(session, installation.keys, password)

    installation.database.write(enter)
    return credentials.table(accounts)


def _refuse_among_real_people(session: Session) -> None:
    if session.scalar(select(User.id).where(~User.demo).limit(1)):
        message = "The demo is only loaded where no real person has an account."
        raise NotADemo(message)


def _is_loaded(session: Session) -> bool:
    return session.scalar(select(User.id).limit(1)) is not None


def _new_credentials() -> Credentials:
    personas = {person.persona: person.account for person in province.people().values()}
    return {
        persona: {"username": personas[persona], "password": credentials.new_password()}
        for persona in credentials.LABELS
        if persona in personas
    }


def _settle(
    session: Session, installation: Installation, accounts: Credentials, scale: int
) -> None:
    """Furnish an empty installation; one whose file was lost only gets new passwords."""
    _refuse_among_real_people(session)
    if not _is_loaded(session):
        _furnish(session, installation, scale)
    for account in accounts.values():
        user = session.scalars(select(User).where(User.username == account["username"])).one()
        set_password(session, installation.keys, user, account["password"])


def _furnish(session: Session, installation: Installation, scale: int) -> None:
    today = clock.today()
    furnishing = Furnishing(session, installation.keys, today)
    furnishing.settle()
    members.enter(furnishing)
    for copy in range(scale):
        furnishing.call_meetings(copy)
    orders = ((paper, copy) for paper in _soonest_first(today) for copy in range(scale))
    for place, (paper, copy) in enumerate(orders):
        job = _order(session, furnishing, paper, copy)
        job.due_at += place * PATIENCE
        job.not_before = job.due_at


def _soonest_first(today: date) -> Iterator[Paper]:
    """Yield the papers of the next meetings first, those of the archive last."""
    days = {
        key: abs((meeting.day - today).days) for key, meeting in province.meetings(today).items()
    }
    papers = read_papers(today).values()
    yield from sorted(papers, key=lambda paper: days.get(paper.meeting, LAST))


def _order(session: Session, furnishing: Furnishing, paper: Paper, copy: int) -> Job:
    item = furnishing.items[paper.meeting, paper.item, copy] if paper.meeting else None
    payload = {
        "key": paper.key,
        "day": furnishing.today.isoformat(),
        "copy": copy,
        "body": str(furnishing.bodies[paper.owner.key].id),
        "item": str(item.id) if item else None,
        "by": str(furnishing.secretary.id),
    }
    return jobs.enqueue(session, "demo.paper", payload, key=f"demo:{paper.key}:{copy}")

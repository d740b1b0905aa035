"""Loading the demo: everything but the papers at once, the papers as jobs for the worker."""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock, jobs
from meetings.accounts.services import PRIVILEGED, hash_password
from meetings.demo import credentials, province
from meetings.demo.credentials import Credentials
from meetings.demo.furnishing import Furnishing
from meetings.demo.papers import Paper, read_papers
from meetings.installation import Installation
from meetings.models import Role, User

LAST = 36500  # days: papers that lie before no meeting


class NotADemo(Exception):
    """This installation serves real people; the demo would stand among their papers."""


def load(installation: Installation, scale: int = 1) -> str:
    """Load the fictional province once and return the table of its accounts.

    A second call changes nothing and returns the same table. At a scale above one, each meeting
    with its papers also lies that many times in the past, two months apart. Raises NotADemo where
    an account belongs to a real person.
    """
    file = credentials.file_of(installation.settings)
    with installation.database.reading() as session:
        _refuse_among_real_people(session)
        known = credentials.read(file) if _is_loaded(session) else None
    if known:
        return credentials.table(known)
    accounts = _new_credentials()
    hashes = _hashes(installation, accounts)  # slow, so before anybody has to wait for the write
    # before the commit: accounts without known passwords would help nobody
    credentials.write(file, accounts)
    installation.database.write(lambda session: _settle(session, hashes, scale))
    return credentials.table(accounts)


def _refuse_among_real_people(session: Session) -> None:
    if session.scalar(select(User.id).where(~User.demo).limit(1)):
        message = "The demo is only loaded where no real person has an account."
        raise NotADemo(message)


def _is_loaded(session: Session) -> bool:
    return session.scalar(select(User.id).limit(1)) is not None


def _new_credentials() -> Credentials:
    personas = _personas()
    return {
        persona: {"username": personas[persona].account, "password": credentials.new_password()}
        for persona in credentials.LABELS
    }


def _personas() -> dict[str, province.Person]:
    return {person.persona: person for person in province.people().values() if person.persona}


def _hashes(installation: Installation, accounts: Credentials) -> dict[str, str]:
    """Return the stored form of each password by username."""
    personas = _personas()
    return {
        account["username"]: hash_password(
            installation.keys,
            account["password"],
            privileged=any(Role(role) in PRIVILEGED for role, _ in personas[persona].roles),
        )
        for persona, account in accounts.items()
    }


def _settle(session: Session, hashes: Mapping[str, str], scale: int) -> None:
    """Furnish an empty installation, or give a loaded one whose file was lost new passwords."""
    _refuse_among_real_people(session)
    if not _is_loaded(session):
        _furnish(session, hashes, scale)
        return
    for user in session.scalars(select(User).where(User.username.in_(hashes))):
        user.password_hash = hashes[user.username]


def _furnish(session: Session, hashes: Mapping[str, str], scale: int) -> None:
    today = clock.today()
    furnishing = Furnishing(session, today, hashes)
    furnishing.settle()
    for copy in range(scale):
        furnishing.call_meetings(copy)
    for paper in _soonest_first(today):
        for copy in range(scale):
            _order(session, furnishing, paper, copy)


def _soonest_first(today: date) -> Iterator[Paper]:
    """Yield the papers of the next meetings first, those of the archive last."""
    days = {
        key: abs((meeting.day - today).days) for key, meeting in province.meetings(today).items()
    }
    papers = read_papers(today).values()
    yield from sorted(papers, key=lambda paper: days.get(paper.meeting, LAST))


def _order(session: Session, furnishing: Furnishing, paper: Paper, copy: int) -> None:
    item = furnishing.items[paper.meeting, paper.item, copy] if paper.meeting else None
    payload = {
        "key": paper.key,
        "day": furnishing.today.isoformat(),
        "copy": copy,
        "body": str(furnishing.bodies[paper.owner.key].id),
        "item": str(item.id) if item else None,
        "by": str(furnishing.secretary.id),
    }
    jobs.enqueue(session, "demo.paper", payload, key=f"demo:{paper.key}:{copy}")

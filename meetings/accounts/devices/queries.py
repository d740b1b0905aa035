"""What is known about enrolled tablets."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from meetings.models import Device, Person, User
from meetings.policy import Asker, equippable_users, readable_devices
from meetings.press.qr import QrCode, qr_code


@dataclass(frozen=True)
class EnrolmentSheet:
    """What the office shows or prints: the code in letters, and the address with it to scan."""

    code: str
    picture: QrCode


def sheet(address: str, code: str) -> EnrolmentSheet:
    """Return the sheet of a code; behind the #, so that no server's log ever holds it."""
    return EnrolmentSheet(code, qr_code(f"{address}#{code}"))


def devices_of(session: Session, user: Asker, *, by: Asker) -> Sequence[Device]:
    """Return the tablets of an account that a person may see and that are not ended."""
    query = readable_devices(by).where(Device.user_id == user.id, Device.ended_at.is_(None))
    return session.scalars(query.order_by(Device.created_at)).all()


def accounts_to_equip(
    session: Session, people: Collection[Person], *, by: Asker
) -> dict[UUID, UUID]:
    """Return the account of each person for whom one may enrol tablets, by the person's id."""
    query = equippable_users(by).where(User.person_id.in_([person.id for person in people]))
    return {user.person_id: user.id for user in session.scalars(query)}

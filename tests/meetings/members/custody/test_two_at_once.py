"""Sender and receiver in one moment: a dossier is sealed once, and its way ends once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from meetings.members.custody import services
from meetings.members.custody.services import Ended
from meetings.members.records import queries as records_of
from meetings.members.records.services import Sealed
from meetings.models import Body, Custody, EventKind, Member, Outcome


def together(installation, *changes) -> list[str]:
    """Run changes in the same moment, each in a transaction of its own; tell how they ended."""
    barrier = Barrier(len(changes))

    def one(change) -> str:
        barrier.wait()
        try:
            installation.database.write(change)
        except (Sealed, Ended) as refused:
            return type(refused).__name__
        return "done"

    with ThreadPoolExecutor(len(changes)) as people:
        return sorted(people.map(one, changes))


def test_two_keepers_seal_a_dossier_once(installation, session, journey):
    member, there, by = journey.member.id, journey.there.id, journey.sender

    def seal(writing) -> None:
        services.start(
            writing,
            writing.get_one(Member, member),
            writing.get_one(Body, there),
            reference="DVC-118",
            papers=["Lý lịch"],
            by=by,
        )

    session.commit()
    assert together(installation, seal, seal, seal) == ["Sealed", "Sealed", "done"]


def test_a_dossier_is_received_or_taken_back_and_never_both(
    installation, session, commune, journey
):
    identity = journey.sent().id

    def receive(writing) -> None:
        custody = writing.get_one(Custody, identity)
        services.receive(writing, commune.key, custody, by=journey.receiver)

    def withdraw(writing) -> None:
        services.withdraw(writing, writing.get_one(Custody, identity), by=journey.sender)

    assert together(installation, receive, withdraw) == ["Ended", "done"]
    with installation.database.reading() as reading:
        custody = reading.get_one(Custody, identity)
        member = reading.get_one(Member, journey.member.id)
        kinds = [event.kind for event in records_of.events_of(reading, member)]
        received = custody.outcome is Outcome.RECEIVED
        assert (EventKind.MOVED in kinds) == received
        assert (member.body_id == journey.there.id) == received

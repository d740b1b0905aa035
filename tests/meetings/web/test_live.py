"""Live streams: in order, resumable, ended by the server, bounded in number."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import OperationalError

from meetings import events
from meetings.installation import Installation
from meetings.models import Database
from meetings.web import live
from meetings.web.live import Hub


@pytest.fixture
def hub(installation: Installation) -> Iterator[Hub]:
    hub = Hub(installation.database, streams=2)
    hub.start()
    yield hub
    hub.close()


def publish(database: Database, topic: str, number: int) -> None:
    database.write(lambda session: events.publish(session, topic, "tick", number=number))


def numbers(chunks: list[bytes]) -> list[int]:
    data = [line for chunk in chunks for line in chunk.decode().splitlines() if "data: {" in line]
    return [json.loads(line.removeprefix("data: "))["number"] for line in data]


def listen(hub: Hub, topic: str, last_seen: int | None, count: int) -> list[bytes]:
    stream = hub.stream(topic, last_seen)
    heard = [next(stream) for _ in range(count)]
    stream.close()
    return heard


def test_what_another_process_writes_arrives_in_order(hub: Hub, installation: Installation):
    other = Database(installation.settings.database_url)  # a connection that is not the hub's
    stream = hub.stream("room", None)
    assert next(stream) == b"retry: 2000\n\n"
    first = threading.Timer(0.1, lambda: [publish(other, "room", n) for n in range(3)])
    first.start()
    assert numbers([next(stream) for _ in range(3)]) == [0, 1, 2]
    first.join()
    stream.close()
    other.close()


def test_a_stream_taken_up_again_misses_nothing_and_repeats_nothing(
    hub: Hub, installation: Installation
):
    for number in range(4):
        publish(installation.database, "room", number)
        publish(installation.database, "other room", number + 100)
    assert numbers(listen(hub, "room", 3, 3)) == [2, 3]


def test_a_quiet_stream_shows_that_it_lives(hub: Hub, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.01)
    assert listen(hub, "room", None, 2)[1] == live.HEARTBEAT


def test_a_database_that_was_away_for_a_moment_is_heard_again(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, caplog
):
    monkeypatch.setattr(live, "PATIENCE_SECONDS", 0.01)
    database, away = installation.database, iter([True, True])

    @contextmanager
    def weak():
        with Database.pulse(database) as pulse:

            def beat() -> int:
                if next(away, False):
                    raise OperationalError("SELECT", {}, Exception("away"))
                return pulse()

            yield beat

    monkeypatch.setattr(database, "pulse", weak)
    hub = Hub(database, streams=1)
    hub.start()
    stream = hub.stream("room", None)
    next(stream)
    publish(database, "room", 7)
    assert numbers([next(stream)]) == [7]
    assert "problem=OperationalError" in caplog.text
    stream.close()
    hub.close()


def test_closing_the_hub_ends_its_streams(hub: Hub):
    stream = hub.stream("room", None)
    next(stream)
    threading.Timer(0.1, hub.close).start()
    started = time.monotonic()
    assert list(stream) == []
    assert time.monotonic() - started < live.HEARTBEAT_SECONDS
    assert not hub.admit()


def test_one_stream_too_many_is_not_admitted_until_another_leaves(hub: Hub):
    assert [hub.admit(), hub.admit(), hub.admit()] == [True, True, False]
    hub.leave()
    assert hub.admit()


def test_an_event_is_heard_by_its_own_topic_only(hub: Hub, installation: Installation):
    publish(installation.database, "noise", 1)
    publish(installation.database, "room", 2)
    assert numbers(listen(hub, "room", 0, 2)) == [2]


def test_a_full_house_answers_503_and_says_when_to_come_back(app, sign_in, world):
    client = sign_in(world.delegate)
    hub = app.extensions["live"]
    while hub.admit():
        pass
    answer = client.get(f"/meetings/{world.meeting.id}/live")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"

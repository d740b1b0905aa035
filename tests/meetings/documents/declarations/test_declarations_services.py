from uuid import uuid4

import pytest

from meetings.documents.declarations import services
from meetings.documents.declarations.services import Declarations, Full
from meetings.documents.uploads.services import Outcome
from meetings.intake import Reason, Verdict
from tests import papers

OWNER, MEETING = uuid4(), uuid4()
ANOTHER = uuid4()
VERDICT = Verdict(media_type="application/msword", needs_eyes=True)


@pytest.fixture
def clock():
    return [0.0]


@pytest.fixture
def declarations(clock):
    return Declarations(now=lambda: clock[0])


@pytest.fixture
def wait(declarations, installation):
    def wait(*, owner=OWNER, meeting=MEETING, keep=lambda *_: None, verdict=VERDICT):
        received = papers.received(installation, b"bytes", "a.doc")
        return declarations.wait(received, verdict, owner=owner, meeting=meeting, keep=keep)

    return wait


def is_readable(waiting):
    try:
        waiting.received.open().close()
    except ValueError:
        return False
    return True


def test_a_file_is_listed_at_its_meeting_alone_whoever_sent_it(declarations, wait):
    waiting, other, _noise = wait(), wait(owner=ANOTHER), wait(meeting=uuid4())
    assert declarations.of(MEETING) == [waiting, other]
    assert declarations.of(uuid4()) == []
    assert declarations.find(waiting.id, MEETING) == waiting
    assert declarations.find(waiting.id, uuid4()) is None


def test_a_file_that_nobody_declares_is_forgotten_with_its_key(declarations, wait, clock):
    waiting = wait()
    clock[0] = services.PATIENCE_SECONDS
    assert declarations.of(MEETING) == [waiting]
    clock[0] += 1
    assert declarations.of(MEETING) == []
    assert not is_readable(waiting)


def test_each_person_may_have_so_many_wait(wait, monkeypatch):
    monkeypatch.setattr(services, "EACH", 2)
    wait()
    wait()
    with pytest.raises(Full):
        wait()
    wait(owner=uuid4())


def test_two_answers_receive_a_file_once(declarations, wait):
    kept = []

    def keep(received, verdict):
        kept.append((received.name, verdict))
        return Outcome(received.name, ok=True, message="")

    waiting = wait(keep=keep)
    assert services.receive(declarations, waiting).ok
    assert services.receive(declarations, waiting) is None
    ((name, verdict),) = kept
    assert (name, verdict.declared, verdict.needs_eyes) == ("a.doc", True, False)
    assert not is_readable(waiting)


def test_a_file_that_could_not_be_kept_is_let_go_all_the_same(declarations, wait):
    def fail(*_given):
        raise OSError("full")

    waiting = wait(keep=fail)
    with pytest.raises(OSError, match="full"):
        services.receive(declarations, waiting)
    assert not is_readable(waiting)


def test_two_drops_are_one(declarations, wait, installation, monkeypatch):
    noted = []
    monkeypatch.setattr(services, "note_secret", lambda *_, **given: noted.append(given))
    waiting = wait()
    services.drop(installation, declarations, waiting, by=ANOTHER)
    services.drop(installation, declarations, waiting, by=ANOTHER)
    assert [given["by"] for given in noted] == [ANOTHER]
    assert not is_readable(waiting)


def test_a_page_that_cannot_be_drawn_is_a_reason(wait):
    waiting = wait(verdict=Verdict(media_type="application/pdf", pages=1, needs_eyes=True))
    assert waiting.pages == [1]
    assert isinstance(services.picture(waiting, 1), Reason)

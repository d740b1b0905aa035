from uuid import UUID

import pytest

from meetings.documents.uploads import services
from meetings.documents.uploads.services import Crowded, Gone, Outcome, OutOfStep, Uploads

CLERK, OTHER = UUID(int=1), UUID(int=2)
ITEM, ELSEWHERE = UUID(int=3), UUID(int=4)


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def uploads(tmp_path, clock):
    uploads = Uploads(tmp_path, 100, now=clock)
    yield uploads
    for upload in list(uploads._uploads.values()):
        uploads.forget(upload)
    uploads._alarm and uploads._alarm.cancel()


def begin(uploads, size=10, owner=CLERK):
    return uploads.begin(owner, ITEM, "báo cáo.pdf", size)


def content(upload):
    with upload.draft.received(upload.name).open() as reader:
        return reader.read()


def test_chunks_become_the_file(uploads):
    upload = begin(uploads)
    assert not upload.take(0, b"01234")
    assert upload.offset == 5
    assert upload.take(5, b"56789")
    assert content(upload) == b"0123456789"


def test_an_empty_file_is_whole_with_its_empty_chunk(uploads):
    upload = begin(uploads, size=0)
    assert upload.take(0, b"")
    assert content(upload) == b""


@pytest.mark.parametrize(
    ("offset", "chunk"), [(0, b"x"), (6, b"x"), (-1, b"x"), (5, b"toolong"), (5, b"")]
)
def test_a_chunk_that_is_not_the_next_one_changes_nothing(uploads, offset, chunk):
    upload = begin(uploads)
    upload.take(0, b"01234")
    with pytest.raises(OutOfStep):
        upload.take(offset, chunk)
    assert upload.take(5, b"56789")
    with pytest.raises(OutOfStep):
        upload.take(10, b"")
    assert content(upload) == b"0123456789"


def test_a_file_that_cannot_be_kept_needs_no_further_chunks(uploads):
    upload = begin(uploads, size=200)
    assert upload.take(0, b"x" * 101)
    assert upload.draft.problem


def test_only_the_person_who_began_finds_an_upload_and_only_where_it_goes(uploads):
    upload = begin(uploads)
    assert uploads.find(upload.id, CLERK, ITEM) is upload
    for identity, owner, place in [
        (upload.id, OTHER, ITEM),
        (upload.id, CLERK, ELSEWHERE),
        ("", CLERK, ITEM),
    ]:
        with pytest.raises(Gone):
            uploads.find(identity, owner, place)


def test_names_of_uploads_cannot_be_guessed(uploads):
    names = {begin(uploads).id for _ in range(services.EACH)}
    assert len(names) == services.EACH
    assert all(len(name) >= 32 for name in names)


def test_an_upload_is_forgotten_an_hour_after_its_last_sign_of_life(uploads, clock):
    upload = begin(uploads)
    clock.now += services.IDLE_SECONDS
    assert uploads.find(upload.id, CLERK, ITEM) is upload
    clock.now += services.IDLE_SECONDS + 1
    with pytest.raises(Gone):
        uploads.find(upload.id, CLERK, ITEM)
    assert upload.draft._file.closed


def test_nobody_needs_to_ask_for_an_idle_upload_to_be_forgotten(uploads, clock):
    upload = begin(uploads)
    alarm = uploads._alarm
    clock.now += services.IDLE_SECONDS + 1
    alarm.function()
    alarm.cancel()
    assert upload.draft._file.closed
    assert uploads._alarm is None


def test_what_became_of_a_file_is_told_for_a_while(uploads, clock):
    upload = begin(uploads)
    outcome = Outcome("báo cáo.pdf", ok=True, message="received")
    uploads.settle(upload, [outcome])
    clock.now += services.SETTLED_SECONDS
    assert uploads.find(upload.id, CLERK, ITEM).outcomes == (outcome,)
    clock.now += services.SETTLED_SECONDS + 1
    with pytest.raises(Gone):
        uploads.find(upload.id, CLERK, ITEM)


def test_a_person_has_a_few_uploads_and_one_that_went_quiet_gives_way(uploads, clock):
    first = begin(uploads)
    for _ in range(services.EACH - 1):
        clock.now += 1
        begin(uploads)
    with pytest.raises(Crowded):
        begin(uploads)
    begin(uploads, owner=OTHER)
    clock.now += services.QUIET_SECONDS
    begin(uploads)
    with pytest.raises(Gone):
        uploads.find(first.id, CLERK, ITEM)


def test_an_upload_in_the_gate_gives_way_to_nothing(uploads, clock):
    for _ in range(services.EACH):
        begin(uploads, size=1).take(0, b"x")
    clock.now += services.QUIET_SECONDS
    with pytest.raises(Crowded):
        begin(uploads)


def test_all_people_together_have_so_many_uploads(uploads, clock):
    for number in range(services.ALL):
        begin(uploads, owner=UUID(int=number))
    clock.now += services.QUIET_SECONDS
    with pytest.raises(Crowded):
        begin(uploads, owner=UUID(int=999))
    assert begin(uploads, owner=UUID(int=0))


def test_an_upload_is_coming_until_it_went_quiet_or_was_forgotten(uploads, clock):
    upload, whole = begin(uploads), begin(uploads)
    whole.take(0, b"0123456789")
    assert uploads.is_coming(upload.id)
    clock.now = services.QUIET_SECONDS + 1
    assert not uploads.is_coming(upload.id)
    assert uploads.is_coming(whole.id), "it is at the gate"
    uploads.forget(whole)
    assert not uploads.is_coming(whole.id)
    assert not uploads.is_coming("")


def test_a_ticket_tells_the_name_to_its_owner_at_its_place_under_its_secret_alone(uploads):
    upload = begin(uploads)
    ticket = services.ticket_of(upload, b"secret")
    assert services.named_in(ticket, b"secret", CLERK, ITEM) == (upload.id, "báo cáo.pdf")
    assert services.ticket_of(upload, b"secret") != ticket, "equal names are sealed differently"
    for secret, owner, place in (
        (b"other", CLERK, ITEM),
        (b"secret", OTHER, ITEM),
        (b"secret", CLERK, ELSEWHERE),
    ):
        assert services.named_in(ticket, secret, owner, place) is None
    assert services.named_in("", b"secret", CLERK, ITEM) is None

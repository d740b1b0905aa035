"""Notes: a change sent twice is made once, no written word is lost, nobody else ever sees one."""

from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from meetings import clock
from meetings.models import Note, NoteKind, User
from meetings.policy import readable_notes
from meetings.reader.notes import queries, services
from meetings.reader.notes.operations import Operation, Place
from tests import factories, papers


@pytest.fixture
def document(installation, session, world):
    """A released paper of the world's meeting."""
    document = session.merge(papers.prepared(installation, world.office))
    factories.paper(session, world.item, document)
    session.commit()
    return document


def typed(text: str, mark: UUID, base: int = 0, **more) -> Operation:
    return Operation(id=uuid4(), mark=mark, kind=NoteKind.TEXT, text=text, base=base, **more)


def texts(session, user: User) -> list[str]:
    living = readable_notes(user).where(Note.deleted_at.is_(None))
    return sorted(note.text for note in session.scalars(living))


def test_a_change_that_is_sent_again_is_made_once(session, world):
    mark = uuid4()
    first, second = typed("một", mark), typed("hai", mark, base=1)
    for sent in ([first], [first, second], [first, second]):
        services.apply(session, sent, by=world.delegate)
    assert texts(session, world.delegate) == ["hai"]


def test_both_texts_are_kept_when_two_tablets_wrote_over_the_same_one(session, world):
    mark = uuid4()
    services.apply(session, [typed("gốc", mark)], by=world.delegate)
    here, there = typed("máy một", mark, base=1), typed("máy hai", mark, base=1)
    for sent in (here, there, there):
        services.apply(session, [sent], by=world.delegate)
    assert texts(session, world.delegate) == ["máy hai", "máy một"]


def test_the_same_words_from_two_tablets_are_one_note(session, world):
    mark = uuid4()
    services.apply(session, [typed("gốc", mark)], by=world.delegate)
    for _ in range(2):
        services.apply(session, [typed("như nhau", mark, base=1)], by=world.delegate)
    assert texts(session, world.delegate) == ["như nhau"]


def test_a_deletion_empties_the_note_and_never_takes_words_it_did_not_know(session, world):
    mark = uuid4()
    services.apply(session, [typed("gốc", mark)], by=world.delegate)
    services.apply(session, [typed("mới", mark, base=1)], by=world.delegate)
    services.apply(session, [typed("", mark, base=1, deleted=True)], by=world.delegate)
    assert texts(session, world.delegate) == ["mới"]
    services.apply(session, [typed("", mark, base=2, deleted=True)], by=world.delegate)
    assert texts(session, world.delegate) == []
    row = session.scalar(select(Note))
    assert (row.text, row.quote, row.shape) == ("", "", {})
    services.apply(session, [typed("viết tiếp", mark, base=2)], by=world.delegate)
    assert texts(session, world.delegate) == ["viết tiếp"], "written elsewhere meanwhile"


def test_deleting_what_never_was_makes_nothing(session, world):
    services.apply(session, [typed("", uuid4(), deleted=True)], by=world.delegate)
    assert session.scalars(select(Note)).all() == []


def test_a_quotation_is_kept_only_from_a_paper_that_may_be_read(session, world, document):
    at = Place(document=document.id, version=uuid4(), page=2)
    for user in (world.delegate, world.outsider):
        sent = typed("hỏi", uuid4(), place=at, quote="số liệu mật")
        services.apply(session, [sent], by=user)
    delegates, outsiders = (
        session.scalar(readable_notes(user)) for user in (world.delegate, world.outsider)
    )
    assert (delegates.quote, delegates.page) == ("số liệu mật", 2)
    assert outsiders.quote == ""
    assert delegates.version_id is None, "a version that is nowhere"


def test_a_note_at_a_place_that_is_nowhere_keeps_its_words(session, world):
    at = Place(document=uuid4(), item=world.planned_item.id, page=4)
    services.apply(session, [typed("giữ lại", uuid4(), place=at)], by=world.delegate)
    note = session.scalar(select(Note))
    assert (note.text, note.document_id, note.item_id, note.page) == ("giữ lại", None, None, None)


def test_after_a_recall_the_note_stays_without_quotation_and_page(session, world, document):
    at = Place(document=document.id, page=1)
    services.apply(session, [typed("của tôi", uuid4(), place=at, quote="trích")], by=world.delegate)
    [before] = queries.written_notes(session, by=world.delegate)
    assert (before.quote, before.document) == ("trích", document)
    document.discarded_at = clock.now()
    session.flush()
    [after] = queries.written_notes(session, by=world.delegate)
    assert (after.quote, after.document, after.note.text) == ("", None, "của tôi")


def test_notes_at_an_item_are_listed_for_their_author_alone(session, world):
    note = services.write(session, world.item, "Hỏi về kinh phí", by=world.delegate)
    services.write(session, world.item, "Khác", by=world.other_delegate)
    assert queries.notes_of_item(session, world.item, by=world.delegate) == [note]
    [listed] = queries.written_notes(session, by=world.delegate)
    assert listed.item == world.item


people = st.sampled_from(
    ("delegate", "other_delegate", "clerk", "administrator", "researcher", "outsider")
)
steps = st.lists(st.tuples(people, st.integers(0, 3), st.booleans(), st.integers(0, 3)))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_is_sent_nobody_reads_what_another_wrote(session, world, document, steps):
    """Also where tablets of two people name their notes alike."""
    marks = [UUID(int=number, version=4) for number in range(4)]
    with session.begin_nested() as point:
        for who, mark, deleted, base in steps:
            sent = typed(who, marks[mark], base, deleted=deleted, place=Place(document.id))
            services.apply(session, [sent], by=getattr(world, who))
        for who in ("delegate", "other_delegate", "clerk", "administrator"):
            user = getattr(world, who)
            assert set(texts(session, user)) <= {who}
            listed = queries.notes_of_document(session, document, by=user)
            assert {note["text"] for note in listed} <= {who, ""}
        point.rollback()

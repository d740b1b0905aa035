import pytest
from sqlalchemy import func, select

from meetings.agenda.services import lay_paper, release_paper
from meetings.agenda.tray import queries as tray
from meetings.documents.queries import current_version
from meetings.intake.same.same import SameKind
from meetings.models import (
    AccessLevel,
    AgendaPaper,
    AuditEntry,
    Document,
    DocumentVersion,
    PaperComment,
    SameChoice,
    Sameness,
    TrayFile,
)
from tests import factories


@pytest.fixture
def pair(session, installation, world):
    """An older paper before an item, and a newer one in the tray that looks like it."""
    made = []
    for content in (b"old", b"new"):
        document = factories.document(
            session, world.office, title=f"Tờ trình {content!r}", access_level=AccessLevel.INTERNAL
        )
        version = factories.version(
            session, installation.keys, installation.store, document, content
        )
        factories.page(session, version)
        made.append(document)
    older, newer = made
    lay_paper(session, world.planned_item, older)
    session.add_all([
        Sameness(document_id=newer.id, other_id=older.id, kind=SameKind.TEXT, similarity=0.9),
        TrayFile(
            meeting_id=world.planned_meeting.id, document_id=newer.id, file_name="moi.pdf", size=3
        ),
    ])  # fmt: skip
    session.commit()
    ids = older.id, newer.id
    session.rollback()
    return ids


@pytest.fixture
def decide(sign_in, world, pair):
    """Return what posts a choice as the clerk."""
    client, (older, newer) = sign_in(world.clerk), pair

    def post(choice, other=older):
        back = f"/meetings/{world.planned_meeting.id}/tray"
        at = f"/documents/{newer}/same"
        return client.submit(at, other=str(other), choice=choice, next=back)

    return post


def papers_of(session, document):
    return session.scalars(select(AgendaPaper).where(AgendaPaper.document_id == document)).all()


def versions_of(session, document):
    query = select(DocumentVersion).where(DocumentVersion.document_id == document)
    return session.scalars(query.order_by(DocumentVersion.number)).all()


def test_the_tray_and_the_paper_offer_the_four_choices_side_by_side(sign_in, world, pair):
    client, (older, newer) = sign_in(world.clerk), pair
    tray_page = client.get(f"/meetings/{world.planned_meeting.id}/tray").text
    for page in (tray_page, client.get(f"/documents/{newer}/edit").text):
        assert all(words in page for words in ("Giữ cả hai", "Thay văn bản đó", "Bỏ tệp mới"))
    beside = client.get(f"/documents/{newer}/same").text
    assert beside.count("<img") >= 2
    assert str(older) in beside


def test_a_new_version_hangs_to_the_older_paper(session, decide, pair):
    older, newer = pair
    assert decide("version").status_code == 303
    assert session.get(Document, newer) is None
    first, second = versions_of(session, older)
    assert (first.number, second.number) == (1, 2)
    assert first.superseded_at is not None
    assert current_version(session, session.get_one(Document, older)) is second
    assert [file.document_id for file in session.scalars(select(TrayFile))] == [older]
    assert len(papers_of(session, older)) == 1


def test_a_new_version_can_still_be_opened(session, installation, sign_in, world, decide, pair):
    decide("version")
    answer = sign_in(world.clerk).get(f"/documents/{pair[0]}/original")
    assert answer.data == b"new"


def test_a_replacement_takes_the_place_and_the_older_one_goes(session, world, decide, pair):
    older, newer = pair
    assert decide("replace").status_code == 303
    assert session.get_one(Document, older).discarded_at is not None
    assert papers_of(session, older) == []
    (paper,) = papers_of(session, newer)
    assert paper.item_id == world.planned_item.id


def test_both_stay_and_nobody_is_asked_again(session, sign_in, world, decide, pair):
    client = sign_in(world.clerk)
    assert decide("both").status_code == 303
    assert all(session.get_one(Document, one).discarded_at is None for one in pair)
    session.rollback()
    assert "Không thấy" in client.get(f"/documents/{pair[1]}/same").text


def test_a_cancelled_file_goes_into_the_bin(session, decide, pair):
    assert decide("cancel").status_code == 303
    assert session.get_one(Document, pair[1]).discarded_at is not None
    assert session.scalars(select(TrayFile)).all() == []


@pytest.mark.parametrize("choice", [choice.value for choice in SameChoice])
def test_both_papers_are_named_in_the_ledger(session, decide, pair, choice):
    assert decide(choice).status_code == 303
    query = select(AuditEntry.subject_id).where(AuditEntry.action == "document:prepare")
    assert set(session.scalars(query)) == {str(one) for one in pair}


def test_what_is_released_is_recalled_first(session, decide, pair, world):
    paper = lay_paper(session, world.item, session.get_one(Document, pair[1]))
    release_paper(session, paper, by=world.clerk)
    session.commit()
    assert decide("cancel").status_code == 303
    assert session.get_one(Document, pair[1]).discarded_at is None


@pytest.mark.parametrize("choice", [choice.value for choice in SameChoice])
def test_a_paper_with_comments_keeps_its_place(session, decide, pair, world, choice):
    (paper,) = papers_of(session, pair[0])
    factories.comment(session, paper, world.delegate)
    session.commit()
    assert decide(choice).status_code == 303
    assert [one.id for one in papers_of(session, pair[0])] == [paper.id]
    assert session.scalar(select(func.count()).select_from(PaperComment)) == 1


def test_a_paper_that_is_no_likeness_cannot_be_chosen(session, decide, world, pair):
    noise = factories.document(session, world.office).id
    session.commit()
    assert decide("replace", other=noise).status_code == 422
    assert decide("nonsense").status_code == 422
    assert session.scalar(select(func.count()).select_from(Document)) == 3


def test_a_hidden_likeness_is_neither_shown_nor_chosen(session, sign_in, decide, world, pair):
    session.get_one(Document, pair[0]).access_level = AccessLevel.RESTRICTED
    session.commit()
    assert str(pair[0]) not in sign_in(world.clerk).get(f"/documents/{pair[1]}/same").text
    assert decide("replace").status_code == 422


def test_the_newer_one_may_lie_where_the_older_lies(session, decide, world, pair):
    older, newer = pair
    lay_paper(session, world.planned_item, session.get_one(Document, newer))
    lay_paper(session, world.item, session.get_one(Document, newer))
    session.add(
        TrayFile(meeting_id=world.planned_meeting.id, document_id=older, file_name="cu.pdf", size=3)
    )
    session.commit()
    assert decide("version").status_code == 303
    assert len(papers_of(session, older)) == 2
    meeting = world.planned_meeting
    assert len(tray.tray_of(session, meeting, by=world.clerk)) == 1


@pytest.mark.parametrize("who", ["delegate", "outsider", "researcher"])
def test_nobody_else_decides(sign_in, world, pair, who):
    client = sign_in(getattr(world, who))
    at = f"/documents/{pair[1]}/same"
    assert client.get(at).status_code == 404
    assert client.submit(at, other=str(pair[0]), choice="both").status_code == 404

import pytest
from sqlalchemy import func, select

from meetings import clock
from meetings.agenda.tray import services
from meetings.intake import Reason
from meetings.models import AgendaPaper, Certainty, PaperComment, TrayFile
from tests import factories, papers


def laid(session, item):
    return session.scalars(
        select(AgendaPaper.document_id).where(AgendaPaper.item_id == item.id)
    ).all()


def tray(session, meeting):
    return session.scalars(
        select(TrayFile).where(TrayFile.meeting_id == meeting.id).order_by(TrayFile.id)
    ).all()


def test_a_file_finds_its_item_by_number_and_title(session, world, items, drop):
    file = drop("02 To trinh du toan ngan sach.pdf")
    assert (file.item_id, file.certainty) == (items[1].id, Certainty.SURE)
    assert laid(session, items[1]) == [file.document_id]


def test_a_file_that_says_nothing_waits_for_somebody_to_look(session, world, items, drop):
    file = drop("scan0042.pdf")
    assert (file.item_id, file.certainty) == (None, Certainty.LOOK)
    assert all(laid(session, item) == [] for item in items)


def test_the_same_file_twice_is_one_file_in_the_tray(session, world, items, drop):
    first, second = drop("scan0042.pdf"), drop("scan0042 (1).pdf")
    assert first == second
    assert tray(session, world.planned_meeting) == [first]


def test_a_file_that_was_placed_by_hand_is_not_moved_by_matching(session, world, items, drop):
    file = drop("02 To trinh du toan ngan sach.pdf")
    services.assign(session, file, items[2], by=world.clerk)
    drop("03 Ke hoach bao ve rung.pdf", text="Khác")
    assert (file.item_id, file.by_hand) == (items[2].id, True)
    assert laid(session, items[1]) == []
    assert file.document_id in laid(session, items[2])


def test_a_file_taken_from_its_item_lies_before_none(session, world, items, drop):
    file = drop("02 To trinh du toan ngan sach.pdf")
    services.assign(session, file, None, by=world.clerk)
    assert (file.item_id, file.certainty) == (None, Certainty.LOOK)
    assert laid(session, items[1]) == []


def test_a_paper_that_is_out_already_stays_where_it_is(session, world, items, drop):
    file = drop("02 To trinh du toan ngan sach.pdf")
    paper = session.scalars(
        select(AgendaPaper).where(AgendaPaper.document_id == file.document_id)
    ).one()
    paper.released_at = clock.now()
    services.assign(session, file, items[2], by=world.clerk)
    assert laid(session, items[1]) == [file.document_id]
    assert laid(session, items[2]) == []


def test_a_removed_file_lies_in_the_bin(session, world, items, drop):
    file = drop("02 To trinh du toan ngan sach.pdf")
    document = file.document
    services.remove(session, file, by=world.clerk)
    assert tray(session, world.planned_meeting) == []
    assert laid(session, items[1]) == []
    assert document.discarded_at is not None


def test_a_document_that_lies_elsewhere_too_does_not_go_into_the_bin(session, world, items, drop):
    file = drop("02 To trinh du toan ngan sach.pdf")
    factories.paper(session, world.item, file.document)
    services.remove(session, file, by=world.clerk)
    assert file.document.discarded_at is None


@pytest.mark.parametrize(
    ("reason", "remembered"), [(Reason.DAMAGED, ["cut.pdf"]), (Reason.CLASSIFIED, [])]
)
def test_a_refused_file_is_remembered_unless_it_was_secret(
    session, installation, world, reason, remembered
):
    received = papers.received(installation, b"%PDF", "cut.pdf")
    services.turn_away(session, world.planned_meeting, received, reason)
    session.flush()
    assert [file.file_name for file in tray(session, world.planned_meeting)] == remembered


def test_clearing_leaves_only_what_still_waits(session, installation, world, items, drop):
    drop("02 To trinh du toan ngan sach.pdf")
    waits = drop("scan0042.pdf", text="Khác")
    received = papers.received(installation, b"%PDF", "cut.pdf")
    services.turn_away(session, world.planned_meeting, received, Reason.DAMAGED)
    services.clear(session, world.planned_meeting)
    assert tray(session, world.planned_meeting) == [waits]


def test_a_file_whose_paper_was_commented_on_stays_before_its_item(session, world, items, drop):
    file = drop("1.pdf")
    services.assign(session, file, items[0], by=world.clerk)
    [paper] = session.scalars(select(AgendaPaper).where(AgendaPaper.item_id == items[0].id))
    factories.comment(session, paper, world.delegate)
    for place in (items[1], None):
        services.assign(session, file, place, by=world.clerk)
        assert file.item_id == items[0].id
    assert session.scalar(select(func.count()).select_from(PaperComment)) == 1

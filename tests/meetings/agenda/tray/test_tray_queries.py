from meetings.agenda.tray import services
from meetings.agenda.tray.queries import file_of, tray_of, waiting_in_tray
from meetings.intake import Reason
from meetings.models import AccessLevel, Certainty
from tests import papers


def test_what_somebody_must_look_at_stands_first(session, installation, world, items, drop):
    drop("02 To trinh du toan ngan sach.pdf")
    drop("scan0042.pdf", text="Khác")
    received = papers.received(installation, b"%PDF", "cut.pdf")
    services.turn_away(session, world.planned_meeting, received, Reason.DAMAGED)
    session.flush()
    files = tray_of(session, world.planned_meeting, by=world.clerk)
    assert [file.file_name for file in files] == [
        "cut.pdf",
        "scan0042.pdf",
        "02 To trinh du toan ngan sach.pdf",
    ]
    assert [file.certainty for file in files[1:]] == [Certainty.LOOK, Certainty.SURE]
    assert files[0].document_id is None
    assert waiting_in_tray(session, world.planned_meeting, by=world.clerk) == 1


def test_the_tray_of_another_meeting_and_of_another_body_is_not_shown(session, world, items, drop):
    file = drop("scan0042.pdf")
    assert tray_of(session, world.meeting, by=world.clerk) == []
    assert tray_of(session, world.planned_meeting, by=world.delegate) == []
    assert file_of(session, world.meeting, file.id, by=world.clerk) is None
    assert file_of(session, world.planned_meeting, file.id, by=world.outsider) is None
    assert file_of(session, world.planned_meeting, file.id, by=world.clerk) == file


def test_a_clerk_without_clearance_does_not_see_a_restricted_file(session, world, items, drop):
    file = drop("scan0042.pdf")
    file.document.access_level = AccessLevel.RESTRICTED
    world.clerk.clearance = AccessLevel.INTERNAL
    session.flush()
    assert tray_of(session, world.planned_meeting, by=world.clerk) == []

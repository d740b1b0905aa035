from datetime import timedelta

from sqlalchemy import select

from meetings import clock
from meetings.models import AuditEntry, Custody, Outcome, Role
from tests import factories
from tests.meetings.members.custody.conftest import PAPERS


def way_of(session) -> Custody:
    [found] = ways(session)
    return found


def ways(session) -> list[Custody]:
    """Return every way, and let the next request write."""
    found = session.scalars(select(Custody).execution_options(populate_existing=True)).all()
    session.commit()
    return list(found)


def test_a_dossier_is_sealed_sent_and_received(sign_in, session, journey):
    sender, receiver = sign_in(journey.sender), sign_in(journey.receiver)
    at = f"/members/{journey.member.id}"
    assert f'href="{at}/custody"' in sender.get(at).get_data(as_text=True)
    assert "<select" not in sender.get(f"{at}/custody").get_data(as_text=True)
    found = sender.get(f"{at}/custody?q=nam+so").get_data(as_text=True)
    assert "12-QĐ/HU, 19/05/1990" in found, "the inventory begins with what was decided"
    fields = {"to": str(journey.there.id), "reference": "DVC-118", "papers": "\n".join(PAPERS)}
    answer = sender.submit(f"{at}/custody?q=nam+so", **fields)
    assert answer.status_code == 303
    custody = way_of(session)
    assert custody.inventory == PAPERS
    page = f"/custodies/{custody.id}"
    assert answer.location.endswith(page)
    assert receiver.get(page).status_code == 404, "not before it is sent"
    record = sender.get(at).get_data(as_text=True)
    assert f'href="{page}"' in record
    assert f'href="{at}/events"' not in record, "nothing is recorded meanwhile"
    event = sender.submit(f"{at}/events/new?kind=trained", on="2026-01-05", course="Sơ cấp")
    assert event.status_code == 422
    assert sender.submit(f"{page}/send").status_code == 303
    html = receiver.get(page).get_data(as_text=True)
    assert [line for line in PAPERS if line in html] == PAPERS
    lacking = receiver.submit(f"{page}/receive", papers=["0", "2"])
    assert lacking.status_code == 422
    assert way_of(session).outcome is None
    assert receiver.submit(f"{page}/receive", papers=["0", "1", "2"]).status_code == 303
    assert way_of(session).outcome is Outcome.RECEIVED
    assert sender.get(at).status_code == 404
    assert "DVC-118" in sender.get(page).get_data(as_text=True), "the sender keeps the proof"
    record = receiver.get(at).get_data(as_text=True)
    assert f'href="{page}"' in record
    assert "DVC-118" in record
    told = session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    done = [
        action for action in told if action in {"member:send", "custody:send", "custody:receive"}
    ]
    assert done.count("custody:receive") >= 1
    assert done[0] == "member:send"


def test_a_refusal_needs_a_reason_and_frees_the_record(sign_in, session, journey):
    custody = journey.sent()
    page, receiver = f"/custodies/{custody.id}", sign_in(journey.receiver)
    assert receiver.submit(f"{page}/refuse", reason=" ").status_code == 422
    assert receiver.submit(f"{page}/refuse", reason="Thiếu phiếu đảng viên").status_code == 303
    sender = sign_in(journey.sender)
    assert "Thiếu phiếu đảng viên" in sender.get(page).get_data(as_text=True)
    assert f"/members/{journey.member.id}/events" in sender.get(
        f"/members/{journey.member.id}"
    ).get_data(as_text=True)
    again = receiver.submit(f"{page}/receive", papers=["0", "1", "2"])
    assert again.status_code == 303, "told, and nothing changed"
    assert way_of(session).outcome is Outcome.REFUSED


def test_what_cannot_go_is_told_at_the_field_and_nothing_is_kept(
    sign_in, session, journey, commune
):
    client, at = sign_in(journey.sender), f"/members/{journey.member.id}/custody"
    fields = {"reference": "DVC-118", "papers": "Lý lịch"}
    same = client.submit(f"{at}?q=na+loc", to=str(commune.cell.id), **fields)
    journey.there.closed_on = clock.today() - timedelta(days=1)
    session.commit()
    closed = client.submit(f"{at}?q=nam+so", to=str(journey.there.id), **fields)
    empty = client.submit(f"{at}?q=phieng", to=str(commune.other_cell.id), reference="", papers="")
    strange = client.submit(f"{at}?q=phieng", to=str(journey.there.id), **fields)
    for answer in (same, closed, empty, strange):
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.get_data(as_text=True)
    assert ways(session) == []
    assert (
        client.submit(f"{at}?q=phieng", to=str(commune.other_cell.id), **fields).status_code == 303
    )
    twice = client.submit(f"{at}?q=phieng", to=str(commune.other_cell.id), **fields)
    assert twice.status_code == 422
    assert len(ways(session)) == 1


def test_late_dossiers_are_listed_and_nobody_else_sees_any(sign_in, session, journey, world):
    custody = journey.sent()
    noise = factories.member(session, factories.body(session), full_name="Người xã khác")
    factories.custody(session, noise, factories.body(session), journey.sender)
    custody.sent_at = custody.sent_at.replace(year=2025)
    session.commit()
    for who in (journey.sender, journey.receiver):
        html = sign_in(who).get("/custodies?way=late").get_data(as_text=True)
        assert journey.member.full_name in html
        assert "Người xã khác" not in html
        assert journey.member.full_name not in sign_in(who).get("/custodies?way=closed").get_data(
            as_text=True
        )
    stranger = factories.user(session, (Role.RECORD_KEEPER, factories.body(session)))
    secretary = factories.user(session, (Role.SECRETARY, journey.there))
    session.commit()
    page = f"/custodies/{custody.id}"
    for who in (stranger, secretary, world.administrator, world.clerk, world.outsider):
        client = sign_in(who)
        assert client.get(page).status_code == 404
        for step in ("send", "withdraw", "receive", "refuse"):
            assert client.submit(f"{page}/{step}", reason="x").status_code == 404
    assert sign_in(journey.receiver).submit(f"{page}/withdraw").status_code == 404
    assert sign_in(journey.sender).submit(f"{page}/receive", papers=["0"]).status_code == 404
    assert sign_in(secretary).get("/custodies").status_code == 404
    assert way_of_first(session, custody).outcome is None


def way_of_first(session, custody: Custody) -> Custody:
    session.expire_all()
    return session.get_one(Custody, custody.id)

from sqlalchemy import select

from meetings import clock
from meetings.models import AuditEntry, Dissolution, Role
from tests import factories


def dissolutions(session) -> list[Dissolution]:
    """Return every dissolution, the latest first, and let the next request write."""
    asked = select(Dissolution).order_by(Dissolution.done_at.desc())
    found = session.scalars(asked.execution_options(populate_existing=True)).all()
    session.commit()
    return list(found)


def test_a_body_is_dissolved_looked_through_undone_and_confirmed(sign_in, session, district):
    client, at = sign_in(district.administrator), f"/bodies/{district.body.id}/dissolve"
    assert at in client.get(f"/bodies/{district.body.id}").get_data(as_text=True)
    found = client.get(f"{at}?q=chieng").get_data(as_text=True)
    assert f"to={district.first.id}" in found
    assert f"to={district.body.id}" not in found
    asked = f"{at}?to={district.first.id}&to={district.second.id}"
    html = client.get(asked).get_data(as_text=True)
    for cell in district.cells:
        assert f'name="body_{cell.id}"' in html
    fields = {
        "decision": "99-NQ/TU",
        "day": clock.today().isoformat(),
        "default": str(district.first.id),
        **{f"body_{cell.id}": f"under:{district.first.id}" for cell in district.cells[1:]},
        f"body_{district.cells[0].id}": f"into:{district.second.id}",
    }
    wrong = client.submit(asked, **fields | {"decision": "", "day": "2099-01-01"})
    assert wrong.status_code == 422
    shown = client.submit(asked, **fields)
    assert shown.status_code == 200
    html = shown.get_data(as_text=True)
    assert "Lò Văn Một" not in html, "an administrator sees numbers, no names of members"
    assert 'name="do"' in html
    assert dissolutions(session) == []
    answer = client.submit(asked, do="1", **fields)
    assert answer.status_code == 303
    [done] = dissolutions(session)
    page = f"/dissolutions/{done.id}"
    ledger = client.get(page).get_data(as_text=True)
    assert "Chi bộ Nậm Sơ" in ledger
    assert "Lò Văn Một" not in ledger
    csv = client.get(f"{page}/file?format=csv").get_data(as_text=True)
    assert "Chi bộ Nậm Sơ" in csv
    assert client.get(at).status_code == 404, "it is closed"
    closed = client.get(f"/bodies/{district.cells[0].id}").get_data(as_text=True)
    assert f"/bodies/{district.second.id}" in closed
    assert page in closed
    assert client.submit(f"{page}/undo").status_code == 303
    session.refresh(district.body)
    session.commit()
    assert district.body.closed_on is None
    assert f"{page}/undo" not in client.get(page).get_data(as_text=True)
    client.submit(asked, do="1", **fields)
    latest, _first = dissolutions(session)
    assert client.submit(f"/dissolutions/{latest.id}/confirm").status_code == 303
    assert client.submit(f"/dissolutions/{latest.id}/undo").status_code == 303
    assert dissolutions(session)[0].undone_at is None
    told = session.scalars(select(AuditEntry.action)).all()
    assert told.count("body:dissolve") >= 2
    assert "dissolution:keep" in told


def test_what_stands_against_it_is_told_and_nothing_is_done(sign_in, session, district):
    member = district.members["in a cell"]
    factories.custody(session, member, district.first, district.administrator)
    session.commit()
    client = sign_in(district.administrator)
    at = f"/bodies/{district.body.id}/dissolve?to={district.first.id}"
    fields = {
        "decision": "99-NQ/TU",
        "day": clock.today().isoformat(),
        "default": str(district.first.id),
        **{f"body_{cell.id}": f"into:{district.first.id}" for cell in district.cells},
    }
    html = client.submit(at, **fields).get_data(as_text=True)
    assert 'name="do"' not in html
    assert client.submit(at, do="1", **fields).status_code == 422
    assert dissolutions(session) == []


def test_nobody_else_dissolves_anything(sign_in, session, district, world):
    keeper = factories.user(session, (Role.RECORD_KEEPER, district.body))
    done = factories.dissolution(session, district.body, district.administrator)
    session.commit()
    for who in (keeper, world.clerk, world.outsider):
        client = sign_in(who)
        assert client.get(f"/bodies/{district.body.id}/dissolve").status_code == 404
        assert client.submit(f"/bodies/{district.body.id}/dissolve").status_code == 404
        assert client.get(f"/dissolutions/{done.id}").status_code == 404
        for step in ("undo", "confirm"):
            assert client.submit(f"/dissolutions/{done.id}/{step}").status_code == 404
        assert client.get(f"/dissolutions/{done.id}/file?format=csv").status_code == 404
    session.expire_all()
    assert (done.undone_at, done.confirmed_at) == (None, None)

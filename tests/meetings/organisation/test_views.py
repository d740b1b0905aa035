"""The organisation's pages: its tree, one body, its people."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from meetings import clock
from meetings.models import BodyKind, new_id
from meetings.organisation.forms import BODY_KINDS
from tests import factories

PATHS = ("/bodies", "/people")


@contextmanager
def statements(installation):
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(installation.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(installation.database.engine, "before_cursor_execute", note)


def html(answer):
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_every_kind_of_body_has_its_word():
    assert set(BODY_KINDS) == set(BodyKind)


@pytest.mark.parametrize("path", PATHS)
def test_strangers_are_led_to_the_sign_in(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.location) == (303, f"/sign-in?next={path}")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("who", ["clerk", "delegate", "outsider", "administrator"])
def test_everybody_who_is_signed_in_sees_the_organisation(world, sign_in, path, who):
    assert sign_in(getattr(world, who)).get(path).status_code == 200


def test_the_tree_shows_kinds_and_dates_and_leads_to_each_body(session, world, sign_in):
    closed = factories.body(
        session,
        world.commune,
        kind=BodyKind.CELL,
        name="Chi bộ Đồi Chè",
        opened_on=date(2020, 3, 5),
        closed_on=date(2025, 6, 30),
    )
    session.commit()
    page = html(sign_in(world.delegate).get("/bodies"))
    assert f'href="/bodies/{closed.id}"' in page
    assert page.index("Đảng ủy xã Suối Ngân") < page.index("Chi bộ Đồi Chè")
    assert page.count('<ul class="tree">') == 3
    assert "từ 05/03/2020" in page
    assert "đến 30/06/2025" in page


def test_a_body_shows_who_serves_in_it_and_nobody_else(session, world, sign_in):
    for name, body, until in [
        ("Lê Văn Nay", world.office, None),
        ("Lê Văn Xưa", world.office, clock.today() - timedelta(days=1)),
        ("Lê Văn Khác", world.commune, None),
    ]:
        person = factories.person(session, full_name=name)
        factories.post(session, person, body, title=f"Chức {name}", until=until)
    session.commit()
    page = html(sign_in(world.delegate).get(f"/bodies/{world.office.id}"))
    assert "Lê Văn Nay" in page
    assert "Chức Lê Văn Nay" in page
    assert "Lê Văn Xưa" not in page
    assert "Lê Văn Khác" not in page


def test_a_body_without_posts_says_so(world, sign_in):
    page = html(sign_in(world.delegate).get(f"/bodies/{world.commune.id}"))
    assert "Hiện chưa có ai giữ chức vụ ở đây" in page


def test_an_unknown_body_is_not_found(world, sign_in):
    assert sign_in(world.delegate).get(f"/bodies/{new_id()}").status_code == 404


def test_people_are_found_by_words_without_accents(session, world, sign_in):
    person = factories.person(session, full_name="Đỗ Minh Đức")
    factories.post(session, person, world.office, title="Bí thư")
    session.commit()
    client = sign_in(world.delegate)
    page = html(client.get("/people?q=do+minh+duc"))
    assert "Đỗ Minh Đức" in page
    assert "Bí thư" in page
    assert world.clerk.person.full_name not in page
    assert 'value="do minh duc"' in page


def test_words_that_nobody_has_say_so(world, sign_in):
    page = html(sign_in(world.delegate).get("/people?q=zzz"))
    assert "Không có ai khớp" in page
    assert world.clerk.person.full_name not in page


def test_pages_ask_the_database_no_more_often_when_more_people_serve(
    session, installation, world, sign_in
):
    client = sign_in(world.delegate)
    paths = ("/bodies", "/people", f"/bodies/{world.office.id}")

    def asked(path):
        with statements(installation) as seen:
            client.get(path)
        return len(seen)

    def grow():
        for _ in range(5):
            body = factories.body(session, world.office)
            person = factories.person(session)
            for where in (body, world.office):
                factories.post(session, person, where)
        session.commit()

    grow()
    client.get("/")  # what the menu shows is asked once
    before = [asked(path) for path in paths]
    grow()
    assert [asked(path) for path in paths] == before

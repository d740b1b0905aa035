"""A person's own sign-ins."""

import pytest
from sqlalchemy import select

from meetings.accounts import services
from meetings.models import SignIn

OWN_PAGE = "/account/sign-ins"


@pytest.fixture
def member(world):
    return world.delegate


@pytest.fixture
def client(sign_in, member):
    return sign_in(member)


def is_in(client):
    return client.get(OWN_PAGE).status_code == 200


def rows(installation, query):
    with installation.database.reading() as reading:
        return reading.scalars(query).all()


def test_a_person_sees_their_own_sign_ins_with_browser_and_time(client, session, member, world):
    services.open_sign_in(session, member, address="10.0.0.7", browser="Tablet of the delegate")
    services.open_sign_in(session, member, address="10.0.0.9", browser="Old telephone")
    services.open_sign_in(session, world.clerk, address="10.0.0.8", browser="Noise")
    session.commit()
    html = client.get(OWN_PAGE).get_data(as_text=True)
    assert "Thiết bị này" in html
    assert "Tablet of the delegate" in html
    assert "10.0.0.9 · Old telephone" in html
    assert "Noise" not in html


def test_a_person_ends_another_of_their_sign_ins(client, installation, member, sign_in):
    other = sign_in(member)
    row = rows(installation, select(SignIn).order_by(SignIn.created_at))[-1]
    answer = client.submit(f"/sign-ins/{row.id}/end")
    assert (answer.status_code, answer.location) == (303, OWN_PAGE)
    assert is_in(client)
    assert not is_in(other)


def test_nobody_ends_a_sign_in_of_someone_else(installation, session, world, sign_in):
    row, _token = services.open_sign_in(session, world.delegate, address="", browser="")
    session.commit()
    for user in (world.other_delegate, world.administrator):
        assert sign_in(user).submit(f"/sign-ins/{row.id}/end").status_code == 404
    assert rows(installation, select(SignIn).where(SignIn.id == row.id))[0].ended_at is None


def test_a_person_ends_every_other_of_their_sign_ins(client, member, world, sign_in):
    others, noise = [sign_in(member) for _ in range(3)], sign_in(world.clerk)
    page = client.get(OWN_PAGE).get_data(as_text=True)
    assert "/account/sign-ins/end-others" in page
    assert client.submit("/account/sign-ins/end-others").location == OWN_PAGE
    assert is_in(client)
    assert is_in(noise)
    assert not any(is_in(other) for other in others)
    assert "/account/sign-ins/end-others" not in client.get(OWN_PAGE).get_data(as_text=True)


def test_a_lost_tablet_is_shut_out_by_two_presses_of_an_administrator(
    client, member, world, sign_in
):
    noise, administrator = sign_in(world.other_delegate), sign_in(world.administrator)
    assert f"/users/{member.id}" in administrator.get("/users").get_data(as_text=True)
    answer = administrator.submit(f"/users/{member.id}", deed="end-sign-ins")
    assert answer.status_code == 303
    assert not is_in(client)
    assert is_in(noise)
    assert noise.submit(f"/users/{member.id}", deed="end-sign-ins").status_code == 404

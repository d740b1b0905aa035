"""The navigation: the places a person may go, and the one where they are."""

import pytest
from sqlalchemy import select

from meetings.accounts import services as accounts
from meetings.models import AccessLevel, Role, RoleAssignment
from meetings.web import navigation
from tests import factories
from tests.client import outline


def places(client, address: str) -> dict[str, bool]:
    html = client.get(address).get_data(as_text=True)
    menu = html.split('<ul class="places">')[1].split("</ul>")[0]
    links = outline(menu).all("a")
    return {a["href"]: a.get("aria-current") is not None for a in links}


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("/", "/"),
        ("/meetings", "/meetings"),
        ("/meetings/{meeting}", "/meetings"),
        ("/meetings/{meeting}/prepare", "/meetings"),
        ("/archive", "/archive"),
        ("/people", "/bodies"),
        ("/account/sign-ins", None),
    ],
)
def test_one_place_is_the_one_where_the_person_is(sign_in, world, address: str, here: str | None):
    shown = places(sign_in(world.clerk), address.format(meeting=world.meeting.id))
    assert [place for place, current in shown.items() if current] == ([here] if here else [])


def test_only_an_administrator_is_shown_accounts_and_system(sign_in, world):
    assert {"/users", "/system"} <= places(sign_in(world.administrator), "/").keys()
    for user in (world.clerk, world.delegate, world.researcher):
        assert not {"/users", "/system"} & places(sign_in(user), "/").keys()


def test_a_clerk_sees_how_much_waits_for_a_second_person(session, sign_in, world):
    clearance = AccessLevel.RESTRICTED
    clerk = factories.user(session, (Role.CLERK, world.province), clearance=clearance)
    session.commit()
    client = sign_in(clerk)

    def shown(client) -> str:
        menu = client.get("/").get_data(as_text=True).split('<ul class="places">')[1]
        return menu.split("</ul>")[0]

    assert "/widenings" in shown(client)
    assert "chip" not in shown(client)
    for _ in range(2):
        factories.widening(session, world.office, world.clerk)
    session.commit()
    assert '<span class="chip">2</span>' in shown(client)
    assert "chip" not in shown(sign_in(world.clerk)), "not cleared: nothing of it is told"
    assert "/widenings" not in shown(sign_in(world.delegate))


def test_the_navigation_stands_on_error_pages_without_a_session(app, sign_in, world):
    with app.test_request_context("/nowhere"):
        assert navigation.navigation() == ()


def test_the_menu_follows_a_change_of_roles_at_once(session, sign_in, world):
    assert not {"/users", "/system"} & places(sign_in(world.delegate), "/").keys()
    user = session.merge(world.delegate)
    accounts.grant(session, user, Role.ADMINISTRATOR, world.province)
    session.commit()
    assert {"/users", "/system"} <= places(sign_in(user), "/").keys()
    [held] = session.scalars(select(RoleAssignment).where(RoleAssignment.user_id == user.id))
    accounts.withdraw(session, user, held)
    session.commit()
    assert not {"/users", "/system"} & places(sign_in(user), "/").keys()


def test_what_is_known_of_many_people_is_forgotten_before_it_grows(monkeypatch, sign_in, world):
    monkeypatch.setattr(navigation, "_MOST_KNOWN", 1)
    for who in (world.delegate, world.clerk, world.administrator):
        sign_in(who).get("/help")
        assert len(navigation._KNOWN) == 1

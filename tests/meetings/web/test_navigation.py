"""The navigation: the places a person may go, and the one where they are."""

import pytest

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


def test_the_navigation_stands_on_error_pages_without_a_session(app, sign_in, world):
    with app.test_request_context("/nowhere"):
        from meetings.web.navigation import navigation

        assert navigation() == ()

"""The list of one's open sign-ins, as its owner reads it."""

import pytest

from tests import factories

CHROME_ON_WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
SAFARI_ON_IPAD = (
    "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (CHROME_ON_WINDOWS, "Chrome · Windows"),
        (f"{CHROME_ON_WINDOWS} Edg/140.0", "Edge · Windows"),
        (SAFARI_ON_IPAD, "Safari · iPad"),
        ("curl/8.5", "curl/8.5"),
    ],
)
def test_a_device_is_named_in_words_that_its_owner_knows(
    installation, world, sign_in, said: str, read: str
):
    installation.database.write(
        lambda session: factories.sign_in(session, world.delegate, browser=said)
    )
    page = sign_in(world.delegate).get("/account/sign-ins").get_data(as_text=True)
    assert f"· {read}</p>" in page
    assert "AppleWebKit" not in page


def test_the_menu_of_a_person_leads_to_the_open_sign_ins(world, sign_in):
    page = sign_in(world.delegate).get("/").get_data(as_text=True)
    assert 'href="/account/sign-ins"' in page

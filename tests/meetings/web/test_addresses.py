import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.web.addresses import own_page


@pytest.mark.parametrize("address", ["/", "/archive?q=436-KL/TU", "/documents/1?page=3"])
def test_a_path_of_this_site_is_kept(address: str):
    assert own_page(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "archive",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/a\\b",
        "/a\nSet-Cookie: x",
        "javascript:alert(1)",
        "\t//evil.example",
    ],
)
def test_everything_else_leads_home(address: str | None):
    assert own_page(address) == "/"


@given(st.text())
def test_no_text_leads_off_the_site(address: str):
    assert own_page(address).startswith("/")
    assert not own_page(address).startswith(("//", "/\\"))

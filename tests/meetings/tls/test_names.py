"""Names are taken as people type them, and what is no name is refused with its sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.tls.errors import NO_ADDRESS, NO_HOST, NO_SCOPE, TlsError
from meetings.tls.names import LABEL, Names, Scope

PLAIN = st.characters(codec="ascii")
GOOD = ["hop", "hop.tinh.local", "a1.b-2.example", "x--y.example", "3com.example", "1.2.3.example"]
BAD = [
    "",
    ".",
    "hop.",
    ".hop",
    "hop..tinh",
    "-hop.tinh",
    "hop-.tinh",
    "hop tinh",
    "họp.tinh",
    "*.tinh.local",
    "hop_1.tinh",
    "10.0.0.5",
    "https://hop.tinh",
    "hop.tinh:443",
    "hop.tinh\nevil",
    "a" * 64 + ".tinh",
    ".".join(["a" * 60] * 5),
]


@pytest.mark.parametrize("host", GOOD)
def test_host_names_are_taken(host):
    assert Names.parse([host], []).hosts == (host,)


@pytest.mark.parametrize("host", BAD)
def test_what_is_no_host_name_is_refused_by_name(host):
    with pytest.raises(TlsError) as refusal:
        Names.parse([host], [])
    assert (refusal.value.sentence, refusal.value.facts) == (NO_HOST, {"name": host})


@pytest.mark.parametrize("address", ["", "10.0.0", "10.0.0.256", "10.0.0.0/24", "hop.tinh", "::g"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(TlsError) as refusal:
        Names.parse(["hop.tinh"], [address])
    assert refusal.value.sentence == NO_ADDRESS


@pytest.mark.parametrize("within", ["10.0.0.5/24", "*.tinh", "10.0.0.0/33"])
def test_what_is_neither_domain_nor_network_is_refused(within):
    with pytest.raises(TlsError) as refusal:
        Scope.around(Names((), ()), [within])
    assert refusal.value.sentence == NO_SCOPE


def test_names_are_small_letters_each_once_and_the_first_stays_first():
    names = Names.parse(["Hop.Tinh", " a.tinh ", "hop.tinh"], ["fe80::1", "FE80::0001"])
    assert str(names) == "hop.tinh, a.tinh, fe80::1"
    assert names
    assert not Names.parse([], [])


def test_a_scope_is_exactly_its_names():
    scope = Scope.around(Names.parse(["hop.tinh"], ["10.0.0.5"]), [])
    assert str(scope) == "hop.tinh, 10.0.0.5"
    assert scope.lacks(scope) is None
    for host, address, lacking in [
        ("hop.tinh", "10.0.0.6", "10.0.0.6"),
        ("other.tinh", "10.0.0.5", "other.tinh"),
        ("xhop.tinh", "10.0.0.5", "xhop.tinh"),
        ("hop.tinh", "::a00:5", "::a00:5"),
    ]:
        assert scope.lacks(Scope.around(Names.parse([host], [address]), [])) == lacking


def test_a_scope_may_be_wider_than_its_names():
    names = Names.parse(["hop.tinh.example"], ["10.0.0.5"])
    scope = Scope.around(names, ["tinh.example", "10.0.0.0/24"])
    assert scope.lacks(Scope.around(Names.parse(["moi.tinh.example"], ["10.0.0.9"]), [])) is None
    assert scope.lacks(Scope.around(names, ["10.0.0.0/16"])) == "10.0.0.0/16"
    assert scope.lacks(Scope.around(names, ["example"])) == "example"


def taken(text: str) -> str | None:
    """Return the host name that a text is, None where it is refused by its own words."""
    try:
        return str(Names.parse([text], []))
    except TlsError as refusal:
        return None if refusal.facts == {"name": text} else "refused without its name"


@given(st.text(max_size=80))
def test_any_text_is_a_host_name_or_refused_with_a_sentence(text):
    assert taken(text) in {None, text.strip().lower()}


@given(st.lists(st.from_regex(LABEL, fullmatch=True, alphabet=PLAIN), max_size=3))
def test_short_labels_of_plain_letters_make_a_host_name(labels):
    host = ".".join([*labels, "example"])
    assert taken(host) == host

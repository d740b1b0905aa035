"""The forms of accounts: what they ask for and what they refuse."""

import pytest
from werkzeug.datastructures import MultiDict

from meetings.accounts.entry.forms import SHORTEST_PASSWORD, ActivateForm, SignInForm
from meetings.accounts.forms import CLEARANCES, ROLES, RoleForm, UserForm
from meetings.models import AccessLevel, Role, new_id

PASSWORD = "trời hôm nay đẹp lắm"
SIGN_IN = {"username": "le.binh", "password": PASSWORD}
ACTIVATE = {"username": "le.binh", "secret": "s3cret", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def asked(app):
    with app.test_request_context("/", method="POST"):
        yield


def errors(make, sent, **options):
    form = make(formdata=MultiDict(sent), meta={"csrf": False}, **options)
    form.validate()
    return {name: [str(one) for one in found] for name, found in form.errors.items()}


def test_every_role_and_every_level_has_its_own_words(asked):
    assert len({str(word) for word in ROLES.values()}) == len(Role)
    assert len({str(word) for word in CLEARANCES.values()}) == len(AccessLevel)


def test_signing_in_asks_for_a_name_and_a_password(asked):
    assert errors(SignInForm, SIGN_IN) == {}
    for name in SIGN_IN:
        assert errors(SignInForm, SIGN_IN | {name: ""}) == {name: ["Vui lòng điền mục này."]}


@pytest.mark.parametrize(("name", "longest"), [("username", 200), ("password", 1000)])
def test_signing_in_takes_nothing_endless(asked, name, longest):
    assert errors(SignInForm, SIGN_IN | {name: "x" * longest}) == {}
    assert list(errors(SignInForm, SIGN_IN | {name: "x" * (longest + 1)})) == [name]


def test_a_password_is_taken_as_typed_blanks_and_all(asked):
    form = SignInForm(formdata=MultiDict(SIGN_IN | {"password": "  a b  "}), meta={"csrf": False})
    assert form.password.data == "  a b  "


def test_activating_asks_for_everything(asked):
    assert errors(ActivateForm, ACTIVATE) == {}
    for name in ("username", "secret", "again"):
        assert name in errors(ActivateForm, ACTIVATE | {name: ""})
    assert set(errors(ActivateForm, {})) >= {"username", "secret", "password", "again"}


@pytest.mark.parametrize(("length", "accepted"), [(-1, False), (0, True), (1, True)])
def test_a_new_password_has_its_shortest_length(asked, length, accepted):
    password = "nhớ mưa dông kẻ vạch"[: SHORTEST_PASSWORD + length]
    found = errors(ActivateForm, ACTIVATE | {"password": password, "again": password})
    assert list(found) == ([] if accepted else ["password"])


def test_a_new_password_is_typed_twice_alike(asked):
    found = errors(ActivateForm, ACTIVATE | {"again": PASSWORD + "!"})
    assert list(found) == ["again"]


@pytest.mark.parametrize(
    ("password", "accepted"),
    [
        ("mật khẩu LE.BINH đây", False),
        ("le.binhle.binh", False),
        ("mùa le binh đông sang", True),
        ("mật khẩu le binh đây", False),
    ],
)
def test_a_new_password_does_not_hold_the_accounts_name(asked, password, accepted):
    found = errors(ActivateForm, ACTIVATE | {"password": password, "again": password})
    assert list(found) == ([] if accepted else ["password"])


@pytest.mark.parametrize("level", AccessLevel)
def test_an_account_may_have_any_level_there_is(asked, level):
    assert errors(UserForm, {"clearance": str(int(level)), "active": "y"}) == {}


@pytest.mark.parametrize("level", ["", "-1", "3", "RESTRICTED"])
def test_an_account_may_not_have_a_level_there_is_not(asked, level):
    assert list(errors(UserForm, {"clearance": level})) == ["clearance"]


def test_an_account_whose_box_is_not_ticked_is_closed(asked):
    for sent, active in [({"active": "y"}, True), ({}, False)]:
        form = UserForm(formdata=MultiDict({"clearance": "1"} | sent), meta={"csrf": False})
        assert form.active.data is active


def test_a_role_is_given_in_one_of_the_bodies_offered(asked, world):
    offered = [world.province, world.office]
    for role in Role:
        sent = {"role": role.value, "body": str(world.office.id)}
        assert errors(RoleForm, sent, bodies=offered) == {}
    for body in (world.commune.id, new_id(), ""):
        sent = {"role": Role.CLERK.value, "body": str(body)}
        assert list(errors(RoleForm, sent, bodies=offered)) == ["body"]


def test_a_role_that_there_is_not_is_not_given(asked, world):
    sent = {"role": "owner", "body": str(world.office.id)}
    assert list(errors(RoleForm, sent, bodies=[world.office])) == ["role"]

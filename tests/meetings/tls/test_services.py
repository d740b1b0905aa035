"""A second run keeps what is good, renews what is not, and writes nothing when it refuses."""

import subprocess

import pytest

from meetings.tls import errors, services
from meetings.tls.errors import TlsError
from meetings.tls.folder import read_certificate
from meetings.tls.names import Names
from tests.meetings.tls.conftest import ADDRESS, HOST

NOTHING = Names((), ())


def contents(folder) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.path.glob("*")}


def refusal(folder, wish: services.Wish) -> str:
    before = contents(folder)
    with pytest.raises(TlsError) as refused:
        services.init(folder, wish)
    assert contents(folder) == before, "who refuses writes nothing"
    return refused.value.sentence


def test_the_first_run_makes_authority_and_certificate(folder, init, names):
    made = init()
    assert (made.authority_is_new, made.server_is_new, made.names) == (True, True, names)
    assert sorted(contents(folder)) == ["authority-key.pem", "authority.pem", "server.pem"]
    assert read_certificate(folder.server) == made.server
    assert read_certificate(folder.authority) == made.authority


def test_every_file_is_its_owners_alone(folder, init):
    init()
    assert folder.path.stat().st_mode & 0o777 == 0o700
    for file in folder.path.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600, file.name


def test_a_second_run_changes_nothing(folder, init):
    init()
    before = contents(folder)
    made = init()
    assert (made.authority_is_new, made.server_is_new) == (False, False)
    assert contents(folder) == before


def test_without_names_those_of_the_certificate_stay(folder, init, names):
    init()
    made = services.init(folder, services.Wish(names=NOTHING, renew=True))
    assert (made.names, made.server_is_new) == (names, True)


def test_the_certificate_is_renewed_when_fewer_than_30_days_remain(folder, init, later):
    first = init()
    later(days=397 - 31 - 1)
    assert not init().server_is_new
    later(days=397 - 30)
    made = init()
    assert (made.authority_is_new, made.server_is_new) == (False, True)
    assert made.authority == first.authority
    assert made.server.not_valid_after_utc > first.server.not_valid_after_utc
    assert not init().server_is_new


def test_other_names_within_the_scope_take_a_new_certificate_of_the_old_authority(folder, init):
    first = init(within=("tinh.example",))
    made = init(Names.parse([HOST, "moi.tinh.example"], [ADDRESS]))
    assert (made.authority, made.server_is_new) == (first.authority, True)
    assert str(made.names) == f"{HOST}, moi.tinh.example, {ADDRESS}"


@pytest.mark.parametrize(
    ("host", "address", "within"),
    [("khac.example", ADDRESS, ()), (HOST, "10.0.0.6", ()), (HOST, ADDRESS, ("10.0.0.0/8",))],
)
def test_what_lies_outside_the_scope_is_refused(folder, init, host, address, within):
    init()
    wish = services.Wish(names=Names.parse([host], [address]), within=within)
    assert refusal(folder, wish) == errors.OUTSIDE


def test_a_new_authority_is_made_when_it_is_asked_for(folder, init):
    first = init()
    made = init(Names.parse(["khac.example"], []), new_authority=True)
    assert (made.authority_is_new, made.server_is_new) == (True, True)
    assert made.authority.serial_number != first.authority.serial_number
    assert not init(Names.parse(["khac.example"], [])).server_is_new


def test_without_any_name_nothing_is_made(folder):
    assert refusal(folder, services.Wish(names=NOTHING)) == errors.NO_NAMES
    bare = services.Wish(names=Names.parse([], [ADDRESS]))
    assert refusal(folder, bare) == errors.NO_NAMES
    assert not folder.path.exists()


def test_a_wrong_scope_makes_nothing(folder, names):
    wish = services.Wish(names=names, within=("*",))
    assert refusal(folder, wish) == errors.NO_SCOPE
    assert not folder.path.exists()


def test_with_the_key_in_the_safe_what_is_good_stays_and_a_renewal_asks_for_it(folder, init, names):
    init()
    key = folder.authority_key.read_bytes()
    folder.authority_key.unlink()
    assert not init().server_is_new
    renewal = services.Wish(names=names, renew=True)
    assert refusal(folder, renewal) == errors.KEY_AWAY
    folder.authority_key.write_bytes(key)
    assert services.init(folder, renewal).server_is_new


def test_a_key_of_another_authority_signs_nothing(folder, init, names):
    init()
    key = folder.authority_key.read_bytes()
    init(new_authority=True)
    folder.authority_key.write_bytes(key)
    assert refusal(folder, services.Wish(names=names, renew=True)) == errors.DAMAGED


def test_an_authority_that_ended_signs_nothing(folder, init, names, later):
    init()
    later(days=3660)
    assert refusal(folder, services.Wish(names=names)) == errors.ENDED
    assert init(new_authority=True).authority_is_new


def test_a_new_authority_for_devices_that_trust_the_old_one_is_never_made_by_itself(
    folder, init, names
):
    first = init()
    folder.authority.unlink()
    for wish in (services.Wish(names=names), services.Wish(names=names, renew=True)):
        assert refusal(folder, wish) == errors.FOREIGN
    made = init(new_authority=True)
    assert (made.authority_is_new, made.server_is_new) == (True, True)
    assert made.server.public_key() != first.server.public_key()


def test_a_certificate_of_another_authority_is_not_overwritten(folder, init, names):
    init()
    stray = folder.server.read_bytes()
    init(new_authority=True)
    folder.server.write_bytes(stray)
    assert refusal(folder, services.Wish(names=names, renew=True)) == errors.FOREIGN
    folder.server.unlink()
    assert init().server_is_new


def test_a_certificate_of_the_province_is_kept_until_it_is_put_aside(folder, names):
    openssl(folder, "-subj", "/CN=hop.tinh.example")
    assert refusal(folder, services.Wish(names=names)) == errors.FOREIGN
    nameless = services.Wish(names=NOTHING, new_authority=True)
    assert refusal(folder, nameless) == errors.NO_NAMES


def test_an_authority_without_a_scope_vouches_for_nothing(folder, names):
    openssl(folder, "-subj", "/CN=Tinh")
    folder.server.rename(folder.authority)
    assert refusal(folder, services.Wish(names=names)) == errors.OUTSIDE


def openssl(folder, *options: str) -> None:
    """Put a certificate that another program made where the server's stands."""
    folder.path.mkdir(parents=True)
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "90", *options]
    key = str(folder.path.parent / "key")
    command += ["-keyout", key, "-out", str(folder.server)]
    subprocess.run(command, check=True, capture_output=True)


def test_a_lost_certificate_is_made_anew(folder, init):
    first = init()
    folder.server.unlink()
    made = init()
    assert (made.authority, made.server_is_new) == (first.authority, True)

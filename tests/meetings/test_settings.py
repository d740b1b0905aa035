from contextlib import nullcontext
from pathlib import Path

import pytest

from meetings.members.life.rating import Cap, CapBase
from meetings.settings import Environment, Settings, SettingsError

STRONG = {
    "MEETINGS_ENVIRONMENT": "production",
    "MEETINGS_HTTPS": "true",
    "MEETINGS_SECOND_FACTOR": "true",
    "MEETINGS_TRUSTED_HOSTS": "hop.lamkhe.example, 10.0.0.5",
}


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    keys = str(tmp_path / "keys")
    return STRONG | {"MEETINGS_INSTANCE": str(tmp_path / "instance"), "MEETINGS_KEYS": keys}


def test_without_any_setting_the_instance_is_beside_the_program():
    settings = Settings.load({})
    assert settings.instance == Path("instance").resolve()
    assert settings.bind == "127.0.0.1:8000"
    assert not settings.production


def test_the_environment_wins_over_the_file(tmp_path: Path):
    (tmp_path / "settings.toml").write_text('bind = "0.0.0.0:80"\nmax_pages = 7\n')
    settings = Settings.load({"MEETINGS_INSTANCE": str(tmp_path), "MEETINGS_MAX_PAGES": "9"})
    assert (settings.bind, settings.max_pages) == ("0.0.0.0:80", 9)


def test_a_strong_production_starts(production: dict[str, str]):
    settings = Settings.load(production)
    assert settings.environment is Environment.PRODUCTION
    assert settings.trusted_hosts == ("hop.lamkhe.example", "10.0.0.5")


@pytest.mark.parametrize(
    "missing",
    ["MEETINGS_HTTPS", "MEETINGS_KEYS", "MEETINGS_SECOND_FACTOR", "MEETINGS_TRUSTED_HOSTS"],
)
def test_a_weak_production_refuses_to_start_and_says_why(production: dict[str, str], missing: str):
    del production[missing]
    with pytest.raises(SettingsError, match=missing):
        Settings.load(production)


@pytest.mark.parametrize("address", ["postgres://db/x", "mysql://db/x", "/srv/database.sqlite3"])
def test_an_address_that_no_database_of_ours_has_is_refused(address: str):
    with pytest.raises(SettingsError, match=r"begins with sqlite:/// or postgresql\+psycopg://"):
        Settings.load({"MEETINGS_DATABASE": address})


@pytest.mark.parametrize("size", ["0", "-1", str(2**31 + 1), str(2**63)])
def test_production_refuses_an_unlimited_upload(production: dict[str, str], size: str):
    with pytest.raises(SettingsError, match="MEETINGS_MAX_UPLOAD"):
        Settings.load(production | {"MEETINGS_MAX_UPLOAD": size})
    assert Settings.load(production | {"MEETINGS_MAX_UPLOAD": str(2**31)}).max_upload == 2**31


@pytest.mark.parametrize(("value", "starts"), [("1", False), ("True", False), ("0", True)])
def test_production_refuses_to_debug(production: dict[str, str], value: str, starts: bool):
    expected = nullcontext() if starts else pytest.raises(SettingsError, match="FLASK_DEBUG")
    with expected:
        Settings.load(production | {"FLASK_DEBUG": value})


def test_an_application_has_a_bound_on_every_request(app):
    assert (
        app.config["MAX_CONTENT_LENGTH"]
        == app.extensions["installation"].settings.max_upload + 2**20
    )
    assert 0 < app.config["MAX_FORM_MEMORY_SIZE"] <= 2**21
    assert not app.debug


def test_production_refuses_keys_beside_the_database(production: dict[str, str]):
    production["MEETINGS_KEYS"] = production["MEETINGS_INSTANCE"] + "/keys"
    with pytest.raises(SettingsError, match="KEYS"):
        Settings.load(production)


@pytest.mark.parametrize(
    ("name", "weak", "strong"),
    [
        ("BIND", "0.0.0.0:8000", "127.0.0.1:8000"),
        ("BIND", "10.0.0.5:8000", "[::1]:8000"),
        ("DATABASE", "postgresql+psycopg://m@db.example/m", "postgresql+psycopg://m@/m"),
        (
            "DATABASE",
            "postgresql+psycopg://m@db.example/m?sslmode=require",
            "postgresql+psycopg://m@db.example/m?sslmode=verify-full",
        ),
    ],
)
def test_production_sends_nothing_in_plain_to_another_machine(production, name, weak, strong):
    production[f"MEETINGS_{name}"] = weak
    with pytest.raises(SettingsError, match=name):
        Settings.load(production)
    production[f"MEETINGS_{name}"] = strong
    assert Settings.load(production).production


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MEETINGS_COLOUR", "red"),
        ("MEETINGS_MAX_PAGES", "many"),
        ("MEETINGS_HTTPS", "perhaps"),
        ("MEETINGS_ENVIRONMENT", "moon"),
    ],
)
def test_an_unknown_or_malformed_setting_is_named(name: str, value: str):
    setting = name.removeprefix("MEETINGS_").lower()
    with pytest.raises(SettingsError, match=setting):
        Settings.load({name: value})


def test_a_file_that_was_named_must_exist(tmp_path: Path):
    with pytest.raises(SettingsError, match="absent"):
        Settings.load({"MEETINGS_SETTINGS": str(tmp_path / "absent.toml")})


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path):
    (tmp_path / "settings.toml").write_text("bind = [")
    with pytest.raises(SettingsError, match="cannot be read"):
        Settings.load({"MEETINGS_INSTANCE": str(tmp_path)})


def test_a_file_may_not_hold_a_number_where_a_text_belongs(tmp_path: Path):
    (tmp_path / "settings.toml").write_text("bind = 80\n")
    with pytest.raises(SettingsError, match="bind"):
        Settings.load({"MEETINGS_INSTANCE": str(tmp_path)})


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"mailbox": "mail.tinh.vn"}, "MAILBOX"),
        ({"mailbox": "imap://hop@mail.tinh.vn/INBOX"}, "MAILBOX"),
        ({"mailbox": "imaps://mail.tinh.vn/INBOX"}, "MAILBOX"),
        ({"mailbox": "imaps://hop@mail.tinh.vn"}, "MAILBOX_PASSWORD_FILE"),
        ({"watched_folder": "/srv/scans"}, "INBOX_ACCOUNT"),
        ({"mailbox": "imaps://a@b", "mailbox_password_file": "/etc/p"}, "INBOX_ACCOUNT"),
    ],
)
def test_a_way_for_files_that_is_set_half_is_refused(tmp_path: Path, wrong, name):
    with pytest.raises(SettingsError, match=f"MEETINGS_{name}:"):
        Settings(instance=tmp_path, **wrong)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"mail_server": "smtp://mail.tinh.vn", "mail_sender": "a@b.vn"}, "MAIL_SERVER"),
        ({"mail_server": "mail.tinh.vn", "mail_sender": "a@b.vn"}, "MAIL_SERVER"),
        ({"mail_server": "smtps://mail.tinh.vn"}, "MAIL_SENDER"),
        (
            {"mail_server": "smtps://a@mail.tinh.vn", "mail_sender": "a@b.vn"},
            "MAIL_SERVER_PASSWORD_FILE",
        ),
        ({"sms_gateway": "http://cong.tinh.vn"}, "SMS_GATEWAY"),
        ({"quiet_hours": "21-25"}, "QUIET_HOURS"),
        ({"quiet_hours": "ban đêm"}, "QUIET_HOURS"),
    ],
)
def test_a_way_for_messages_that_is_set_half_or_in_plain_is_refused(tmp_path: Path, wrong, name):
    with pytest.raises(SettingsError, match=f"MEETINGS_{name}:"):
        Settings(instance=tmp_path, **wrong)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"members_excellent_share": -1}, "MEMBERS_EXCELLENT_SHARE"),
        ({"members_excellent_share": 101}, "MEMBERS_EXCELLENT_SHARE"),
        ({"members_excellent_base": "all"}, "MEMBERS_EXCELLENT_BASE"),
        ({"members_excellent_base": ""}, "MEMBERS_EXCELLENT_BASE"),
    ],
)
def test_a_cap_of_ratings_that_cannot_be_is_refused(tmp_path: Path, wrong, name):
    with pytest.raises(SettingsError, match=f"MEETINGS_{name}:"):
        Settings(instance=tmp_path, **wrong)


@pytest.mark.parametrize("share", [0, 20, 100])
@pytest.mark.parametrize("base", list(CapBase))
def test_every_cap_that_ratings_know_can_be_set(tmp_path: Path, share: int, base: CapBase):
    settings = Settings(
        instance=tmp_path, members_excellent_share=share, members_excellent_base=base.value
    )
    assert Cap(settings.members_excellent_share, CapBase(settings.members_excellent_base))


@pytest.mark.parametrize(
    ("mailbox", "name"),
    [
        ("imaps://hop%40tinh.vn@mail.tinh.vn/INBOX", "hop@tinh.vn"),
        ("imaps://hop@mail.tinh.vn", "hop@mail.tinh.vn"),
        ("imap://hop@localhost", "hop@localhost"),
        ("", ""),
    ],
)
def test_a_mailbox_is_called_as_mails_are_sent_to_it(tmp_path: Path, mailbox, name):
    more = {"mailbox_password_file": "/etc/p", "inbox_account": "van-thu"}
    assert Settings(instance=tmp_path, mailbox=mailbox, **more).mailbox_name == name

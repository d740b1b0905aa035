"""Messages reach a mail server, a gateway and a modem, and say what became of them."""

import email
from email.policy import default

import pytest

from meetings.carriers import Refused, Unreachable, carriers, ways
from meetings.carriers.words import WORDS
from meetings.models import MessageKind, Way
from meetings.settings import Settings
from tests.meetings.carriers import servers

NUMBER = "+84912345678"
NOBODY = "127.0.0.1:9"


def settings(tmp_path, **given):
    return Settings(instance=tmp_path, mail_sender="nghisu@tinhuy.example", **given)


def by_mail(tmp_path, address):
    chosen = settings(tmp_path, mail_server=address, site_address="https://hop.tinhuy.example")
    return carriers(chosen)[Way.MAIL]


def by_sms(tmp_path, address, **given):
    return carriers(settings(tmp_path, sms_gateway=address, **given))[Way.SMS]


def test_a_mail_asks_to_look_and_says_where(tmp_path):
    with servers.mail_server() as got:
        by_mail(tmp_path, got.address).send("lan@xa.example", MessageKind.INVITATION)
    [mail] = [email.message_from_string(text, policy=default) for text in got.texts]
    assert (mail["To"], mail["From"]) == ("lan@xa.example", "nghisu@tinhuy.example")
    assert mail["Subject"] == WORDS[MessageKind.INVITATION].subject
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "https://hop.tinhuy.example" in mail.get_content()


@pytest.mark.parametrize(
    ("answer", "problem"), [(b"550 nobody here", Refused), (b"451 try later", Unreachable)]
)
def test_a_mail_server_refuses_for_ever_or_for_now(tmp_path, answer, problem):
    with servers.mail_server(answer) as got, pytest.raises(problem):
        by_mail(tmp_path, got.address).send("ai@xa.example", MessageKind.NEWS)
    assert got.texts == []


def test_a_gateway_is_told_number_and_words_with_its_token(tmp_path):
    token = tmp_path / "token"
    token.write_text("bi-mat\n")
    with servers.gateway() as got:
        by_sms(tmp_path, got.address, sms_token_file=str(token)).send(NUMBER, MessageKind.REMINDER)
    assert got.texts == [{"to": NUMBER, "text": WORDS[MessageKind.REMINDER].short}]
    assert got.headers[0]["Authorization"] == "Bearer bi-mat"


@pytest.mark.parametrize(
    ("status", "problem"), [(400, Refused), (429, Unreachable), (503, Unreachable)]
)
def test_a_gateway_refuses_for_ever_or_for_now(tmp_path, status, problem):
    with servers.gateway(status) as got, pytest.raises(problem):
        by_sms(tmp_path, got.address).send(NUMBER, MessageKind.NEWS)


def test_a_gateway_that_sends_elsewhere_is_not_followed(tmp_path):
    with servers.gateway() as other, servers.gateway(302, elsewhere=other) as got:
        with pytest.raises(Unreachable):
            by_sms(tmp_path, got.address).send(NUMBER, MessageKind.NEWS)
        assert (len(got.texts), other.texts) == (1, [])


def test_a_modem_is_spoken_to_in_its_commands(tmp_path):
    with servers.modem() as got:
        by_sms(tmp_path, got.address).send(NUMBER, MessageKind.INVITATION)
    assert got.texts == [
        "ATE0",
        "AT+CMGF=1",
        f'AT+CMGS="{NUMBER}"',
        WORDS[MessageKind.INVITATION].short + "\x1a",
    ]


def test_a_modem_without_a_net_is_asked_again_later(tmp_path):
    with servers.modem(b"\r\n+CMS ERROR: 331\r\n") as got, pytest.raises(Unreachable):
        by_sms(tmp_path, got.address).send(NUMBER, MessageKind.NEWS)


def test_a_carrier_that_is_not_there_is_asked_again_later(tmp_path):
    for carrier in (
        by_mail(tmp_path, f"smtp://{NOBODY}"),
        by_sms(tmp_path, f"http://{NOBODY}/send"),
        by_sms(tmp_path, f"modem:{tmp_path / 'no-modem'}"),
    ):
        with pytest.raises(Unreachable):
            carrier.send(NUMBER, MessageKind.NEWS)


def test_every_short_message_is_one_that_every_telephone_shows():
    for words in WORDS.values():
        assert words.short.isascii()
        assert len(words.short) <= 160


def test_an_installation_reaches_people_as_its_settings_say(tmp_path):
    assert ways(settings(tmp_path)) == frozenset()
    assert ways(settings(tmp_path, mail_server="smtps://a.example")) == {Way.MAIL}
    assert ways(settings(tmp_path, sms_gateway="https://b.example")) == {Way.SMS}

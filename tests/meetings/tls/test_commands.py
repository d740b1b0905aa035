"""The command, as an operator types it, in the language of the house."""

import pytest
from click.testing import CliRunner

from meetings import cli
from meetings.press.pdf import UnavailableError
from meetings.tls import sheet
from meetings.tls.authority import fingerprint
from meetings.tls.folder import TlsFolder, read_certificate
from tests.meetings.tls.conftest import ADDRESS, HOST


@pytest.fixture
def folder(tmp_path, monkeypatch) -> TlsFolder:
    monkeypatch.setenv("MEETINGS_INSTANCE", str(tmp_path / "instance"))
    return TlsFolder.of(tmp_path / "instance")


@pytest.fixture
def run(folder, monkeypatch):
    """Run the command; the sheet is typeset in a test of its own."""
    monkeypatch.setattr(sheet, "typeset", lambda html: html.encode())
    return lambda *arguments: CliRunner().invoke(cli.main, ["tls", "init", *arguments])


def test_it_says_in_vietnamese_what_it_made(run, folder):
    answer = run("--host", HOST, "--address", ADDRESS)
    assert answer.exit_code == 0
    lines = answer.output.splitlines()
    for line, words in zip(
        lines,
        [
            f"Chứng chỉ gốc mới cho {HOST}, {ADDRESS}, có hiệu lực đến",
            f"Hãy chuyển {folder.authority_key} vào phong bì",
            f"Dấu vân tay SHA-256: {fingerprint(read_certificate(folder.authority))}",
            f"Chứng chỉ mới cho {HOST}, {ADDRESS}, có hiệu lực đến",
            f"Phiếu cài đặt để in: {folder.sheet}",
        ],
        strict=True,
    ):
        assert line.startswith(words)
    assert f"https://{HOST}/" in folder.sheet.read_text()


def test_a_second_run_says_that_everything_is_kept(run, folder):
    run("--host", HOST)
    folder.authority_key.unlink()
    answer = run()
    assert answer.exit_code == 0
    said = answer.output.splitlines()
    assert said[0].startswith("Giữ nguyên chứng chỉ gốc")
    assert said[2].startswith(f"Giữ nguyên chứng chỉ cho {HOST}")
    assert "két" not in answer.output


def test_where_the_house_speaks_english_so_does_the_command(run, monkeypatch):
    monkeypatch.setenv("MEETINGS_DEFAULT_LOCALE", "en")
    assert run("--host", HOST).output.startswith(f"New authority for {HOST}")
    assert "is no host name" in run("--host", "họp.tinh").output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--host", "họp.tinh"), "“họp.tinh” không phải là tên máy chủ"),
        (("--host", "10.0.0.5"), "“10.0.0.5” không phải là tên máy chủ"),
        (("--host", HOST, "--address", "10.0.0"), "“10.0.0” không phải là địa chỉ IP"),
        (("--host", HOST, "--within", "*"), "“*” không phải là tên miền hay dải mạng"),
        ((), "Hãy nêu tên máy chủ"),
    ],
)
def test_a_wrong_name_ends_with_its_sentence_and_nothing_is_written(
    run, folder, arguments, sentence
):
    answer = run(*arguments)
    assert answer.exit_code == 1
    assert answer.output.startswith(f"Error: {sentence}")
    assert not folder.path.parent.exists()


def test_a_name_outside_the_scope_is_refused_with_the_way_out(run):
    run("--host", HOST)
    answer = run("--host", "khac.example")
    assert answer.exit_code == 1
    assert f"chỉ bảo đảm cho {HOST}, không bảo đảm cho khac.example" in answer.output
    assert run("--host", "khac.example", "--new-authority").exit_code == 0


def test_a_renewal_is_made_when_it_is_asked_for(run):
    run("--host", HOST)
    assert f"Chứng chỉ mới cho {HOST}" in run("--renew").output


def test_a_wrong_setting_ends_with_its_sentence(run, folder, monkeypatch):
    monkeypatch.setenv("MEETINGS_COLOUR", "red")
    answer = run("--host", HOST)
    assert answer.exit_code == 1
    assert "colour" in answer.output
    assert not folder.path.exists()


def test_where_nothing_can_be_printed_the_certificates_are_made_all_the_same(
    run, folder, monkeypatch
):
    def give_up(_html):
        message = "install libpango"
        raise UnavailableError(message)

    monkeypatch.setattr(sheet, "typeset", give_up)
    answer = run("--host", HOST)
    assert answer.exit_code == 0
    assert "Không in được phiếu cài đặt: install libpango" in answer.output
    assert folder.server.exists()
    assert not folder.sheet.exists()

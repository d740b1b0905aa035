"""`meetings intake inspect`, as somebody types it, without an installation."""

import json

import pytest
from click.testing import CliRunner

from meetings.cli import main


@pytest.fixture
def inspected(tmp_path, monkeypatch):
    """Return what the command prints for some files, an object each."""
    monkeypatch.setenv("MEETINGS_INSTANCE", str(tmp_path / "none"))

    def run(*arguments):
        done = CliRunner().invoke(main, ["intake", "inspect", *map(str, arguments)])
        assert done.exit_code == 0, done.output
        assert not (tmp_path / "none").exists()
        return [json.loads(line) for line in done.output.splitlines() if line.startswith("{")]

    return run


def test_each_file_has_its_line_in_order_and_a_refusal_says_what_to_do(
    inspected, make_pdf, tmp_path
):
    empty, page = tmp_path / "empty.pdf", tmp_path / "page.pdf"
    empty.touch()
    page.write_text("<html>not a PDF</html>")
    good = make_pdf("text", "blank")
    first, second, third = inspected(empty, good, page)
    assert [line["status"] for line in (first, second, third)] == ["refused", "ok", "refused"]
    assert (first["reason"], third["reason"]) == ("empty", "mislabelled")
    assert first["message"] == "Tệp rỗng."
    assert (second["kind"], second["pages"]) == ("pdf", 2)
    assert second["text_source"][0] == "layer"
    assert "text" not in second


def test_the_text_is_given_when_asked_for(inspected, make_pdf):
    (line,) = inspected("--text", make_pdf("text"))
    assert "Uy ban nhan dan trinh Hoi dong" in line["text"]


def test_a_file_that_is_not_there_has_a_line_too(inspected, tmp_path):
    (line,) = inspected(tmp_path / "gone.pdf")
    assert line["status"] == "refused"

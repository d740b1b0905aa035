import logging

import pytest

from meetings import log


def test_every_record_carries_the_id_of_its_request(capsys: pytest.CaptureFixture[str]):
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        log.configure()
        token = log.new_request_id()
        logging.getLogger("somewhere").info("hello")
        assert f"request={token} hello" in capsys.readouterr().err
    finally:
        root.handlers[:], root.level = handlers, level
        log.request_id.set("-")


HOSTILE = "a\nlevel=INFO forged\r\n\x1b[2K\u2028b\u202ec\x00"


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]):
    """Return what a deed writes to standard error."""

    def write(deed) -> str:
        root = logging.getLogger()
        handlers, level = root.handlers[:], root.level
        try:
            log.configure()
            deed(logging.getLogger("somewhere"))
            assert [type(h) for h in root.handlers] == [logging.StreamHandler], "nowhere else"
            return capsys.readouterr().err
        finally:
            root.handlers[:], root.level = handlers, level

    return write


def test_no_text_forges_a_second_line(written):
    line = written(lambda logger: logger.warning("said %s", HOSTILE))
    assert line.count("\n") == 1
    assert line.rstrip("\n").isprintable()
    assert "a\\nlevel=INFO forged\\r\\n\\x1b[2K\\u2028b" in line


def test_a_traceback_is_one_line_too(written):
    def fail(logger):
        try:
            int(f"0{HOSTILE}")
        except ValueError:
            logger.exception("broken")

    line = written(fail)
    assert line.count("\n") == 1
    assert "Traceback" in line


def test_every_line_goes_to_standard_error_and_nowhere_else(written):
    assert "here" in written(lambda logger: logger.warning("here"))

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

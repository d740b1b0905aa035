"""Forty ways out of the sandbox, each tried from within by a child of its own."""

import importlib.util
import os
import socket
from pathlib import Path

import pytest

from meetings.intake import Limits, child, sandbox, walls

PROGRAM = Path(__file__).with_name("escapes.py")
LIMITS = Limits(cpu_seconds=5, wall_seconds=20, output_bytes=4 << 20, address_space=512 << 20)


def load():
    known = dict(child.TASKS)
    spec = importlib.util.spec_from_file_location("escapes", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    child.TASKS.clear()
    child.TASKS.update(known)
    return module


WAYS = tuple(load().WAYS)
OPEN_WITHOUT_WALLS = ("a port of this machine", "a paper beside", "an abstract socket")


@pytest.fixture
def outside(tmp_path):
    """What there is to get at on this machine."""
    secret, place = tmp_path / "beside" / "another.pdf", tmp_path / "service"
    secret.parent.mkdir()
    secret.write_bytes(b"%PDF canary")
    abstract = f"\0nghi-su-{os.getpid()}"
    with (
        socket.create_server(("127.0.0.1", 0)) as port,
        socket.socket(socket.AF_UNIX) as hidden,
        socket.socket(socket.AF_UNIX) as named,
    ):
        hidden.bind(abstract)
        hidden.listen()
        named.bind(str(place))
        named.listen()
        yield {
            "port": port.getsockname()[1],
            "abstract": abstract,
            "socket": str(place),
            "secret": str(secret),
            "project": str(walls.PROJECT),
            "process": os.getpid(),
        }
    assert secret.read_bytes() == b"%PDF canary"


@pytest.fixture
def escape(make_pdf, output, outside, monkeypatch):
    """Return what one way led to, if it led anywhere."""
    monkeypatch.setenv("MEETINGS_KEYS", "canary")
    paper = make_pdf("blank")

    def escape(way):
        arguments = outside | {"way": way}
        [answer] = sandbox.run(
            "escape", paper, output=output, arguments=arguments, limits=LIMITS, program=PROGRAM
        )
        return answer

    yield escape
    assert paper.read_bytes().startswith(b"%PDF-")


def test_forty_ways_are_tried():
    assert len(WAYS) == 40


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_out_of_the_sandbox(escape, way):
    assert sandbox.state() == "bubblewrap"
    answer = escape(way)
    assert answer.get("got") is None, answer
    assert answer.keys() <= {"got", "refused"}


@pytest.mark.parametrize("way", OPEN_WITHOUT_WALLS)
def test_the_same_ways_are_open_where_there_are_no_walls(escape, way, monkeypatch):
    """Without this, ways that lead nowhere by themselves would make the test above hold."""
    monkeypatch.setattr(walls, "_identity", lambda: None)
    assert escape(way)["got"]

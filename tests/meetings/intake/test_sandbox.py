"""The walls, tried from within; a machine without bubblewrap fails these tests, by intent."""

import errno
import os
import signal
import socket
import threading
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from meetings.intake import Limits, sandbox, walls

PROBES = Path(__file__).with_name("probes.py")
SMALL = Limits(cpu_seconds=1, wall_seconds=20, output_bytes=4 << 20, address_space=512 << 20)


@pytest.fixture(params=["bubblewrap", "rlimits"])
def either_walls(request, monkeypatch):
    """Run a test within both kinds of walls."""
    if request.param == "rlimits":
        monkeypatch.setattr(walls, "_identity", lambda: None)
    assert sandbox.state() == request.param


@pytest.fixture
def probe(make_pdf, output):
    """Return a runner of one probe beside a paper."""
    paper = make_pdf("blank")

    def probe(task, limits=SMALL, **arguments):
        return list(
            sandbox.run(
                task, paper, output=output, arguments=arguments, limits=limits, program=PROBES
            )
        )

    probe.paper = paper
    return probe


def test_bubblewrap_runs_here():
    assert sandbox.state() == "bubblewrap"


def test_the_network_is_out_of_reach(probe, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        (inside,) = probe("connect", port=port)
        monkeypatch.setattr(walls, "_identity", lambda: None)
        (outside,) = probe("connect", port=port)
    assert inside["refused"]
    assert outside == {"refused": None}


def test_the_host_is_invisible_but_for_the_system_and_the_paper(probe, tmp_path, monkeypatch):
    monkeypatch.setenv("MEETINGS_KEYS", "secret")
    beside = tmp_path / "another-paper.pdf"
    beside.touch()
    hidden = [
        *("/etc/passwd", "/etc/shadow", "/home", "/var", "/proc/1", "/sys", "/dev/sda", "/run"),
        *(str(beside), str(probe.paper), str(walls.PROJECT / "pyproject.toml")),
        *(str(walls.PROJECT / "storage"), str(walls.PROJECT / "meetings/settings.py")),
        str(Path.home() / ".ssh"),
    ]
    (seen,) = probe("look", paths=[*hidden, "/usr", str(walls.PACKAGE)])
    assert seen["seen"] == ["/usr", str(walls.PACKAGE)]
    assert seen["environment"].keys() <= {"PWD", "LC_CTYPE"}
    assert seen["source"] == "%PDF-"
    assert seen["uid"] == 65534
    assert not seen["processes"]


def test_without_bubblewrap_the_environment_is_still_empty(probe, monkeypatch):
    monkeypatch.setattr(walls, "_identity", lambda: None)
    monkeypatch.setenv("MEETINGS_KEYS", "secret")
    (seen,) = probe("look", paths=[])
    assert seen["environment"].keys() <= {"LC_CTYPE"}


def test_a_child_gives_way_to_others_and_loads_no_parser_unasked(probe, either_walls):
    (seen,) = probe("look", paths=[])
    assert seen["nice"] >= min(19, os.nice(0) + 10)
    assert seen["parsers"] == []


def test_only_the_output_folder_and_the_scratch_folder_take_writes(probe):
    refused = ["source", "/", "/usr", "/usr/lib", str(walls.PACKAGE), str(PROBES), "/dev", "/etc"]
    answers = probe("write", places=[*refused, "output", "/tmp"])
    taken = [answer["place"] for answer in answers if answer["refused"] is None]
    assert len(answers) == len(refused) + 2
    assert taken == ["output", "/tmp"]
    assert probe.paper.read_bytes().startswith(b"%PDF-")


def test_a_child_cannot_become_root(probe):
    (answer,) = probe("gain")
    assert answer["refused"]


def test_memory_ends_at_its_limit(probe, either_walls):
    assert probe("hoard", bytes=64 << 20) == [{"held": 64 << 20}]
    assert probe("hoard", bytes=600 << 20) == [{"reason": "out_of_memory"}]


def test_processor_time_ends_at_its_limit(probe, either_walls):
    start = time.monotonic()
    assert probe("spin") == [{"turning": True}, {"reason": "timed_out"}]
    assert time.monotonic() - start < SMALL.wall_seconds / 2


def test_every_answer_has_processor_time_of_its_own(probe):
    assert [answer["turn"] for answer in probe("spin_between", turns=3)] == [0, 1, 2]


def test_silence_ends_at_its_limit_and_nothing_said_before_is_lost(probe, either_walls):
    start = time.monotonic()
    answers = probe("sleep", Limits(wall_seconds=1))
    assert answers == [{"asleep": True}, {"reason": "timed_out"}]
    assert time.monotonic() - start < 10


def test_a_child_that_says_no_more_but_stays_is_ended(probe, either_walls):
    assert probe("linger", Limits(wall_seconds=1)) == [{"reason": "timed_out"}]


def test_a_slow_reader_of_answers_is_no_silence(probe):
    limits = Limits(wall_seconds=2)
    with closing(sandbox.run("doze", probe.paper, limits=limits, program=PROBES)) as answers:
        assert next(answers) == {"turn": 0}
        time.sleep(2.1)
        assert list(answers) == [{"turn": 1}]


@pytest.mark.parametrize("task", ["fill_one", "fill_many", "hide"])
def test_output_ends_at_its_limit(probe, either_walls, task, output):
    assert probe(task) == [{"reason": "too_much_output"}]
    written = sum(path.stat().st_size for path in output.iterdir())
    assert 0 < written < 120 << 20


def test_the_scratch_folder_has_the_same_limit(probe):
    assert probe("fill_scratch") == [{"reason": "too_much_output"}]


def test_an_answer_has_a_limit_too(probe):
    large = Limits(address_space=1 << 30)
    (answer,) = probe("talk", large, length=1 << 20)
    assert len(answer["long"]) == 1 << 20
    assert probe("talk", large, length=17 << 20) == [{"reason": "too_much_output"}]


def test_what_libraries_print_is_no_answer(probe, either_walls):
    assert probe("chatter") == [{"quiet": True}]


@pytest.mark.parametrize("line", ["no json", "[1]", "null", '"text"', "[" * 100_000, "\udcff"])
def test_an_answer_that_is_none_counts_as_a_crash(probe, line):
    line = line.encode("utf-8", "replace").decode()
    assert probe("lie", line=line) == [{"reason": "crashed"}]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (signal.SIGSEGV, "crashed"),
        (signal.SIGABRT, "crashed"),
        (signal.SIGKILL, "out_of_memory"),
        (signal.SIGXCPU, "timed_out"),
    ],
)
def test_a_sudden_end_has_a_reason(probe, either_walls, number, reason):
    assert probe("die", signal=number) == [{"alive": True}, {"reason": reason}]


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.EFBIG, "too_much_output"), (errno.ENOSPC, "too_much_output"), (errno.EIO, "crashed")],
)
def test_an_error_in_a_task_has_a_reason(probe, either_walls, number, reason):
    assert probe("fail", errno=number) == [{"alive": True}, {"reason": reason}]


def test_an_unknown_task_is_a_crash(probe, either_walls):
    assert probe("conquer") == [{"reason": "crashed"}]


def test_nothing_that_a_child_left_behind_lives_on(probe, output):
    assert probe("leave_behind") == [{"left": True}]
    time.sleep(0.2)
    beats = (output / "beats").stat().st_size
    time.sleep(0.3)
    assert beats > 0
    assert (output / "beats").stat().st_size == beats


def test_a_run_that_is_given_up_ends_its_child_at_once(probe, output):
    answers = sandbox.run("leave_behind", probe.paper, output=output, limits=SMALL, program=PROBES)
    assert next(answers) == {"left": True}
    answers.close()
    time.sleep(0.2)
    beats = (output / "beats").stat().st_size
    time.sleep(0.3)
    assert (output / "beats").stat().st_size == beats


def test_a_file_that_is_not_there_is_the_callers_mistake(tmp_path):
    with pytest.raises(FileNotFoundError):
        next(sandbox.run("inspect", tmp_path / "absent.pdf"))


@pytest.fixture
def two_running(probe):
    """Have two children running, and return their runs."""
    with ExitStack() as stack:
        runs = [sandbox.run("sleep", probe.paper, limits=SMALL, program=PROBES) for _ in "12"]
        for running in runs:
            stack.enter_context(closing(running))
            assert next(running) == {"asleep": True}
        yield runs


def test_a_third_child_waits_for_a_place(probe, two_running):
    answers = []
    third = threading.Thread(target=lambda: answers.extend(probe("doze")))
    third.start()
    third.join(0.5)
    assert answers == []
    two_running[0].close()
    third.join(15)
    assert [answer["turn"] for answer in answers] == [0, 1]


def test_who_waits_too_long_for_a_place_is_told_so(probe, two_running, monkeypatch):
    monkeypatch.setattr(sandbox, "QUEUE_SECONDS", 0.1)
    assert probe("doze") == [{"reason": "timed_out"}]


def test_file_names_do_not_show_on_the_command_line(tmp_path, make_pdf):
    paper = make_pdf("blank")
    inside = walls.enclose(sandbox.CHILD, paper, None, scratch=1)
    assert "inspect" not in inside.command
    assert inside.source == Path("/source")


def test_without_bubblewrap_the_state_says_so(monkeypatch, caplog):
    monkeypatch.setattr(walls, "BUBBLEWRAP", "/nowhere/bwrap")
    found = walls._identity.__wrapped__()
    assert found is None
    assert "under rlimits only" in caplog.text
    monkeypatch.setattr(walls, "_identity", lambda: found)
    assert sandbox.state() == "rlimits"


def test_programs_open_in_a_sandbox_that_has_a_proc_of_its_own_or_in_none(monkeypatch):
    assert walls.opens_programs.__wrapped__()
    monkeypatch.setattr(walls, "_PROGRAMS", ("--ro-bind", "/nowhere/proc", "/proc"))
    assert not walls.opens_programs.__wrapped__()
    monkeypatch.setattr(walls, "_identity", lambda: None)
    assert walls.opens_programs.__wrapped__(), "without walls there is nothing to be refused by"


def test_bubblewrap_that_may_not_name_a_user_is_used_without(monkeypatch):
    monkeypatch.setattr(walls, "_NOBODY", ("--uid", "none"))
    assert walls._identity.__wrapped__() == ()


def test_what_the_walls_say_is_logged_and_what_a_parser_says_is_not(probe, caplog, monkeypatch):
    monkeypatch.setattr(walls, "_identity", lambda: ("--no-such-option",))
    assert probe("look", paths=[]) == [{"reason": "crashed"}]
    assert "bwrap: Unknown option --no-such-option" in caplog.text
    caplog.clear()
    monkeypatch.setattr(walls, "_identity", lambda: None)
    assert probe("fail", errno=errno.EIO)[-1] == {"reason": "crashed"}
    assert "status 1" in caplog.text
    assert "it fails" not in caplog.text

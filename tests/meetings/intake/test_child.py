import errno
import json
import resource
import subprocess
import sys

import pytest
from PIL import Image

from meetings.intake import Limits, Reason, child
from meetings.intake.office import convert
from meetings.intake.walls import PROJECT

AGES = 10**6  # seconds: no test may end the process of all tests


def order(path, output=None, **arguments):
    limits = vars(Limits())
    return {"source": path, "output": output, "arguments": arguments, "limits": limits}


def test_the_task_inspect_answers_with_a_verdict(make_pdf):
    (answer,) = child.TASKS["inspect"](order(make_pdf("text"), name="paper.pdf"))
    assert (answer["reason"], answer["pages"]) == (None, 1)


def test_the_task_pages_answers_page_by_page(make_pdf, output):
    answers = child.TASKS["pages"](order(make_pdf("text", "blank"), output, numbers=[2, 1]))
    assert [answer["number"] for answer in answers] == [2, 1]


def test_the_task_picture_leaves_a_pdf(tmp_path, output):
    Image.new("RGB", (60, 80), "red").save(tmp_path / "scan.png")
    assert list(child.TASKS["picture"](order(tmp_path / "scan.png", output))) == [{"reason": None}]
    assert (output / "document.pdf").read_bytes().startswith(b"%PDF-")


def test_the_task_convert_answers_why_it_leaves_none(tmp_path, output, monkeypatch):
    monkeypatch.setattr(convert, "PROGRAM", "false")
    (tmp_path / "notes.txt").write_text("text")
    answers = child.TASKS["convert"](order(tmp_path / "notes.txt", output, media_type="text/plain"))
    assert list(answers) == [{"reason": Reason.DAMAGED}]
    assert list(output.iterdir()) == []


def failing(error):
    yield {"good": True}
    raise error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (MemoryError(), "out_of_memory"),
        (OSError(errno.EFBIG, "file too large"), "too_much_output"),
        (OSError(errno.ENOSPC, "no space"), "too_much_output"),
    ],
)
def test_memory_or_room_that_runs_out_is_the_last_answer(error, reason):
    assert list(child._timed(failing(error), AGES)) == [{"good": True}, {"reason": reason}]


@pytest.mark.parametrize("error", [OSError(errno.EIO, "broken disk"), ValueError("a bug")])
def test_other_errors_end_the_child(error):
    answers = child._timed(failing(error), AGES)
    assert next(answers) == {"good": True}
    with pytest.raises(type(error)):
        next(answers)


def test_processor_time_is_counted_from_now_and_never_above_the_hard_limit():
    before = resource.getrlimit(resource.RLIMIT_CPU)
    child._renew(AGES)
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, before)
    assert hard == before[1]
    assert soft > AGES if hard == resource.RLIM_INFINITY else soft <= hard


CONFINED = """
import json, os, resource, sys
from meetings.intake import Limits, child
for name, amount in json.loads(sys.argv[1]).items():
    resource.setrlimit(getattr(resource, name), (amount, amount))
child.confine(Limits(address_space=700 << 20, output_bytes=5 << 20))
names = ("RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_NPROC", "RLIMIT_CORE")
print(json.dumps({name: resource.getrlimit(getattr(resource, name)) for name in names}))
"""


def confined(**before):
    """Return the limits of a process that confined itself, having had some before."""
    command = [sys.executable, "-c", CONFINED, json.dumps(before)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_a_confined_process_cannot_raise_its_limits_again():
    assert confined() == {
        "RLIMIT_AS": [700 << 20] * 2,
        "RLIMIT_FSIZE": [5 << 20] * 2,
        "RLIMIT_NOFILE": [Limits().files] * 2,
        "RLIMIT_NPROC": [0, 0],
        "RLIMIT_CORE": [0, 0],
    }


def test_limits_that_were_tighter_before_stay():
    limits = confined(RLIMIT_NOFILE=40, RLIMIT_FSIZE=1 << 20)
    assert limits["RLIMIT_NOFILE"] == [40, 40]
    assert limits["RLIMIT_FSIZE"] == [1 << 20] * 2
    assert limits["RLIMIT_AS"] == [700 << 20] * 2


def test_the_program_reads_one_order_and_prints_one_answer_a_line(make_pdf, output):
    sent = order(str(make_pdf("text", "blank")), str(output), numbers=[1, 2]) | {"task": "pages"}
    command = [sys.executable, "-m", "meetings.intake.child"]
    done = subprocess.run(
        command, input=json.dumps(sent).encode(), cwd=PROJECT, capture_output=True, check=True
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["number"] for answer in answers] == [1, 2]
    assert b": " not in done.stdout.splitlines()[1]
    assert len(list(output.iterdir())) == 4

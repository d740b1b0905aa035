"""Actions that are killed with SIGKILL: before any line they run, in a child of their own."""

import os
import random
import signal
import sys
import traceback
from collections.abc import Callable
from itertools import count
from pathlib import Path
from tempfile import TemporaryFile
from types import FrameType
from typing import Any

LONG = bool(os.environ.get("LONG_TESTS"))
MOMENTS = 50
FEW = 5

Action = Callable[[], object]
Code = tuple[str, ...]
Said = Callable[[str], object]


def lines_of(action: Action, code: Code) -> list[str]:
    """Do an action in a child; return the function of each line it ran in some files."""
    names: list[str] = []

    def act_and_tell() -> None:
        action()
        sys.settrace(None)
        note.write("\n".join(names))
        note.flush()

    with TemporaryFile("w+") as note:
        assert _in_child(act_and_tell, code, names.append) == 0
        note.seek(0)
        return note.read().splitlines()


def killed(action: Action, code: Code, step: int) -> bool:
    """Do an action in a child that is killed before its n-th line; say whether it was."""
    lines = count()

    def die(_name: str) -> None:
        if next(lines) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    status = _in_child(action, code, die)
    assert os.WIFSIGNALED(status) or status == 0
    return os.WIFSIGNALED(status)


def moments(names: list[str], seed: int) -> list[int]:
    """Return where to kill: the first and last line of every function, and some at random.

    In the ordinary run few of both, others for each action.
    """
    chance = random.Random(seed)
    first = {name: step for step, name in reversed(list(enumerate(names)))}
    last = {name: step for step, name in enumerate(names)}
    named = sorted({*first.values(), *last.values()})
    anywhere = chance.sample(range(len(names)), MOMENTS)
    if not LONG:
        named, anywhere = chance.sample(named, FEW), anywhere[:FEW]
    return sorted({*named, *anywhere})


def code_of(*modules: Any) -> Code:
    """Return where the code of modules and packages lies."""
    files = [Path(module.__file__ or module.__path__[0]) for module in modules]
    return tuple(str(file.parent if file.name == "__init__.py" else file) for file in files)


def _in_child(action: Action, code: Code, said: Said) -> int:
    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        if not frame.f_code.co_filename.startswith(code):
            return None
        if event == "line":
            said(f"{frame.f_code.co_filename}:{frame.f_code.co_qualname}")
        return trace

    child = os.fork()
    if child == 0:
        try:
            sys.settrace(trace)
            action()
            sys.settrace(None)
            os._exit(0)
        except BaseException:  # of a child nobody else would hear
            traceback.print_exc()
            raise
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1]

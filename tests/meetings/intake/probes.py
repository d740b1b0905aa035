"""What a parser that was taken over might try; started by test_sandbox.py in the sandbox."""

import os
import signal
import socket
import sys
import time
from pathlib import Path

from meetings.intake import child


def look(order):
    """Tell what can be seen."""
    yield {
        "environment": dict(os.environ),
        "uid": os.getuid(),
        "nice": os.nice(0),
        "seen": [path for path in order["arguments"]["paths"] if os.path.lexists(path)],
        "source": Path(order["source"]).read_bytes().decode("latin-1")[:5],
        "processes": Path("/proc").exists(),
        "parsers": [name for name in ("pypdf", "pypdfium2", "PIL") if name in sys.modules],
    }


def connect(order):
    try:
        socket.create_connection(("127.0.0.1", order["arguments"]["port"]), timeout=2).close()
    except OSError as error:
        yield {"refused": type(error).__name__}
    else:
        yield {"refused": None}


def write(order):
    for place in order["arguments"]["places"]:
        target = order.get(place, place)
        try:
            path = Path(target) / "new" if Path(target).is_dir() else Path(target)
            path.write_bytes(b"written")
        except OSError as error:
            yield {"place": place, "refused": type(error).__name__}
        else:
            yield {"place": place, "refused": None}


def gain(order):
    try:
        os.setuid(0)
        Path("/made").mkdir()
    except OSError as error:
        yield {"refused": type(error).__name__}


def hoard(order):
    yield {"held": len(bytearray(order["arguments"]["bytes"]))}


def spin(order):
    yield {"turning": True}
    while True:
        pass


def spin_between(order):
    for turn in range(order["arguments"]["turns"]):
        end = time.process_time() + 0.7
        while time.process_time() < end:
            pass
        yield {"turn": turn}


def doze(order):
    yield {"turn": 0}
    time.sleep(0.3)
    yield {"turn": 1}


def sleep(order):
    yield {"asleep": True}
    time.sleep(60)


def fill_one(order):
    with Path(order["output"], "large").open("wb") as file:
        file.writelines(bytes(1 << 20) for _ in range(64))
    yield {"filled": True}


def fill_many(order):
    for number in range(10_000):
        Path(order["output"], str(number)).write_bytes(bytes(1 << 18))
        time.sleep(0.002)
    yield {"filled": True}


def hide(order):
    folder = Path(order["output"], "folder")
    folder.mkdir()
    (folder / "hidden").write_bytes(b"small")
    time.sleep(30)
    yield {"hidden": True}


def linger(order):
    """Close standard output as at the end, and stay."""
    os.closerange(3, 16)
    os.close(1)
    time.sleep(30)
    yield {"over": True}


def fill_scratch(order):
    for number in range(64):
        Path("/tmp", str(number)).write_bytes(bytes(1 << 20))
    yield {"filled": True}


def talk(order):
    yield {"long": "x" * order["arguments"]["length"]}


def chatter(order):
    print("a library prints")
    os.write(1, b"another writes\n")
    os.write(2, b"bwrap: not said by the walls\n" * 10_000)
    yield {"quiet": True}


def lie(order):
    for descriptor in range(3, 16):
        try:
            os.write(descriptor, order["arguments"]["line"].encode() + b"\n")
        except OSError:
            continue
    yield {"told": True}


def die(order):
    yield {"alive": True}
    os.kill(os.getpid(), order["arguments"]["signal"])
    time.sleep(5)


def fail(order):
    yield {"alive": True}
    raise OSError(order["arguments"]["errno"], "it fails")


def leave_behind(order):
    """Start a grandchild that beats on after its parent, out of its group and deaf to signals."""
    if os.fork() == 0:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            with Path(order["output"], "beats").open("ab") as file:
                file.write(b".")
            time.sleep(0.02)
    while not Path(order["output"], "beats").exists():
        time.sleep(0.01)
    yield {"left": True}


child.TASKS.update(
    {
        task.__name__: task
        for task in (
            *(
                look,
                connect,
                write,
                gain,
                hoard,
                spin,
                spin_between,
                doze,
                sleep,
                fill_one,
                fill_many,
            ),
            *(hide, linger, fill_scratch, talk, chatter, lie, die, fail, leave_behind),
        )
    }
)

if __name__ == "__main__":
    child.main()

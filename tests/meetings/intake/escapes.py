"""Forty ways out of the sandbox, tried by a parser that was taken over.

Started by test_escapes.py. A way that leads out returns what it got; one that does not raises
OSError or returns nothing.
"""

import ctypes
import os
import resource
import signal
import socket
import struct
import time
from pathlib import Path

from meetings.intake import child

LIBC = ctypes.CDLL(None, use_errno=True)
ROOT, PTRACE_ATTACH, INIT_MODULE = 0, 16, 175
NOBODYS_ADDRESS = "192.0.2.1"


def call(function, *arguments):
    """Call the kernel; raise what it refuses with."""
    answer = function(*arguments)
    if answer < 0:
        raise OSError(ctypes.get_errno(), function.__name__)
    return answer + 1


def system_call(number, *arguments):
    answer = LIBC.syscall(number, *arguments)
    if answer < 0:
        raise OSError(ctypes.get_errno(), str(number))
    return answer + 1


def connect(family, address, kind=socket.SOCK_STREAM):
    with socket.socket(family, kind) as made:
        made.settimeout(2)
        made.connect(address)
        return made.send(b"out")


def raw(family, protocol):
    with socket.socket(family, socket.SOCK_RAW, protocol):
        return "a raw socket"


def resolve(_):
    return socket.getaddrinfo("example.org", 80)


def interfaces(_):
    return [name for _, name in socket.if_nameindex() if name != "lo"]


def write(path):
    return Path(path).write_bytes(b"written")


def follow_link(facts):
    link = Path(facts["output"], "link")
    link.symlink_to(facts["secret"])
    return link.read_bytes()


def hard_link(facts):
    Path(facts["output"], "twin").hardlink_to("/source")
    return write(Path(facts["output"], "twin"))


def descriptors(_):
    """Return what is open beside the three standard files, one of which is the answers' pipe."""
    return [number for number in range(3, 64) if _opened(number) and not _pipe(number)]


def _opened(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _pipe(number):
    return (os.fstat(number).st_mode & 0o170000) == 0o010000


def set_clock(_):
    time.clock_settime(time.CLOCK_REALTIME, 0)
    return "another hour"


def lower(limit):
    _, hard = resource.getrlimit(limit)
    resource.setrlimit(limit, (hard, resource.RLIM_INFINITY))
    return "a raised limit"


def adopt_terminal(_):
    with Path("/dev/tty").open("wb") as terminal:
        return terminal.write(b"typed")


def mount(_):
    return call(LIBC.mount, b"none", b"/tmp", b"tmpfs", 0, None)


def hostname(_):
    return call(LIBC.sethostname, b"taken", 5)


def shared_memory(_):
    """Return the segments of this machine that are in reach."""
    key = struct.unpack("i", b"ngsu")[0]
    return call(LIBC.shmget, key, 4096, 0)


def device(_):
    os.mknod("/tmp/disk", 0o060600, os.makedev(8, 0))
    return "a device"


WAYS = {
    "a port of this machine": lambda f: connect(socket.AF_INET, ("127.0.0.1", f["port"])),
    "the same port by IPv6": lambda f: connect(socket.AF_INET6, ("::1", f["port"])),
    "another machine": lambda _: connect(socket.AF_INET, (NOBODYS_ADDRESS, 80)),
    "a datagram": lambda _: connect(socket.AF_INET, (NOBODYS_ADDRESS, 53), socket.SOCK_DGRAM),
    "an abstract socket": lambda f: connect(socket.AF_UNIX, f["abstract"]),
    "a socket in a file": lambda f: connect(socket.AF_UNIX, f["socket"]),
    "raw packets": lambda _: raw(socket.AF_INET, socket.IPPROTO_ICMP),
    "raw frames": lambda _: raw(socket.AF_PACKET, 3),
    "names of machines": resolve,
    "network cards": interfaces,
    "the list of accounts": lambda _: Path("/etc/passwd").read_bytes(),
    "the list of passwords": lambda _: Path("/etc/shadow").read_bytes(),
    "a paper beside": lambda f: Path(f["secret"]).read_bytes(),
    "the paper's own folder": lambda f: sorted(Path(f["secret"]).parent.iterdir()),
    "the settings of the program": lambda f: Path(f["project"], "pyproject.toml").read_bytes(),
    "the store of the program": lambda f: sorted(Path(f["project"], "storage").iterdir()),
    "homes": lambda _: sorted(Path("/home").iterdir()),
    "what runs": lambda _: sorted(Path("/proc").iterdir()),
    "the kernel's settings": lambda _: sorted(Path("/sys").iterdir()),
    "memory as a file": lambda _: Path("/dev/mem").read_bytes(),
    "the first disk": lambda _: Path("/dev/sda").read_bytes(),
    "a link to a paper beside": follow_link,
    "up from the source": lambda f: Path("/source/../" + f["secret"]).read_bytes(),
    "the source by another name": hard_link,
    "the source": lambda _: write("/source"),
    "the program's code": lambda _: write(child.__file__),
    "the system": lambda _: write("/usr/bin/python-of-mine"),
    "the root folder": lambda _: write("/mine"),
    "keys in the environment": lambda _: os.environ.get("MEETINGS_KEYS"),
    "files left open": descriptors,
    "root": lambda _: os.setuid(ROOT),
    "a new root folder": lambda _: os.chroot("/tmp"),
    "a mount": mount,
    "another program's memory": lambda f: call(LIBC.ptrace, PTRACE_ATTACH, f["process"], 0, 0),
    "another program's end": lambda f: os.kill(f["process"], signal.SIGTERM),
    "the clock": set_clock,
    "more memory": lambda _: lower(resource.RLIMIT_AS),
    "first place at the processor": lambda _: os.nice(-15),
    "code in the kernel": lambda _: system_call(INIT_MODULE, None, 0, b""),
    "a device": device,
}


def escape(order):
    facts = order["arguments"] | {"output": order["output"]}
    try:
        got = WAYS[facts["way"]](facts)
    except (OSError, ValueError) as error:
        yield {"refused": type(error).__name__}
    else:
        yield {"got": repr(got)[:200] if got else None}


child.TASKS["escape"] = escape

if __name__ == "__main__":
    child.main()

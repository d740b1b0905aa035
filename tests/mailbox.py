"""A small IMAP server: as much of RFC 3501 as a reader of unread mails asks for."""

import base64
import re
import socketserver
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

PERSON, PASSWORD = "hop@tinh.vn", "mật khẩu hộp thư"
OLD_PASSWORD = "letters-of-ascii"


@dataclass
class Post:
    """The mails of the one mailbox, what was flagged, and what was asked, by verb."""

    mails: list[bytes] = field(default_factory=list)
    flags: dict[int, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    open: int = 0
    deaf: bool = False
    old: bool = False  # and knows LOGIN alone
    port: int = 0

    @property
    def address(self) -> str:
        return f"imap://{PERSON.replace('@', '%40')}@127.0.0.1:{self.port}/INBOX"

    def put(self, mail: EmailMessage) -> int:
        self.mails.append(mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        return len(self.mails)


def mail(
    subject: str, *files: tuple[str, bytes], sender: str = "so-noi-vu@tinh.vn"
) -> EmailMessage:
    """Return a mail with attachments."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, f"Sở <{sender}>", PERSON
    message.set_content("Kính gửi Văn phòng.")
    for name, content in files:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message


@contextmanager
def served_post() -> Iterator[Post]:
    """Serve a mailbox on any free port."""
    post = Post()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            post.open += 1
            try:
                talk(post, self.rfile, self.wfile)
            finally:
                post.open -= 1

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        post.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield post
        server.shutdown()
        thread.join(5)


def talk(post: Post, lines: Iterable[bytes], answer) -> None:
    answer.write(b"* OK ready\r\n")
    for line in lines:
        tag, _space, order = line.decode().strip().partition(" ")
        post.asked.append(order.split(" ")[0].upper())
        if post.deaf and post.asked[-1] != "CAPABILITY":
            return
        status = b"OK done"
        if order == "AUTHENTICATE PLAIN":
            answer.write(b"+ \r\n")
            given = base64.b64decode(next(iter(lines)))
            parts = [b"+"] if given == f"\0{PERSON}\0{PASSWORD}".encode() else [None]
        else:
            parts = told(post, order)
        for part in parts:
            if part is None:
                status = b"NO refused"
            elif part != b"+":
                answer.write(part)
        answer.write(tag.encode() + b" " + status + b"\r\n")
        if post.asked[-1] == "LOGOUT":
            return


def told(post: Post, order: str) -> Iterator[bytes | None]:
    """Yield what is said to an order before its end; None refuses it."""
    if order.upper() == "CAPABILITY":
        yield b"* CAPABILITY IMAP4REV1" + (b"" if post.old else b" AUTH=PLAIN") + b"\r\n"
    elif order.upper().startswith("LOGIN"):
        if order != f'LOGIN {PERSON} "{OLD_PASSWORD}"':
            yield None
    elif order.upper().startswith("SELECT"):
        yield f"* {len(post.mails)} EXISTS\r\n".encode()
    elif order.upper() == "UID SEARCH UNSEEN":
        unread = [
            str(n) for n in range(1, len(post.mails) + 1) if "Seen" not in post.flags.get(n, "")
        ]
        yield f"* SEARCH {' '.join(unread)}\r\n".encode()
    elif found := re.match(r"UID FETCH (\d+) \((.+)\)$", order, re.IGNORECASE):
        yield from fetched(int(found[1]), post.mails[int(found[1]) - 1], found[2])
    elif found := re.match(r"UID STORE (\d+) \+FLAGS \((.+)\)$", order, re.IGNORECASE):
        post.flags[int(found[1])] = found[2]
        yield f"* {found[1]} FETCH (FLAGS ({found[2]}))\r\n".encode()


def fetched(number: int, content: bytes, what: str) -> Iterator[bytes]:
    if what == "RFC822.SIZE":
        yield f"* {number} FETCH (UID {number} RFC822.SIZE {len(content)})\r\n".encode()
        return
    part = content.split(b"\r\n\r\n")[0] + b"\r\n\r\n" if "HEADER" in what else content
    name = "BODY[HEADER]" if "HEADER" in what else "BODY[]"
    yield f"* {number} FETCH (UID {number} {name} {{{len(part)}}}\r\n".encode() + part + b")\r\n"

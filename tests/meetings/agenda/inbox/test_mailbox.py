"""Attachments of unread mails, asked of a server that speaks IMAP."""

from email.message import EmailMessage

import pytest

from meetings.agenda.inbox.arrivals import Unreachable
from meetings.agenda.inbox.mailbox import Mailbox
from tests.mailbox import OLD_PASSWORD, mail

CODE = "3fa9c1d2"


@pytest.fixture
def box(post, password):
    return Mailbox(post.address, password, largest=50_000)


def content_of(arrival) -> bytes:
    with arrival.open() as file:
        return file.read()


def test_each_attachment_of_a_mail_comes_with_its_sender_and_subject(post, box):
    post.put(mail(f"2. Ngân sách / dự toán [{CODE}]", ("Tờ trình.pdf", b"%PDF"), ("b.txt", b"hai")))
    found = []
    for arrival in box.arrivals():
        found.append((arrival.name, arrival.folder, arrival.code, content_of(arrival)))
        assert post.flags == {}, "the mail is read once everything in it is settled"
        arrival.settle(True)
    way = f"so-noi-vu@tinh.vn/2. Ngân sách - dự toán [{CODE}]"
    assert found == [("Tờ trình.pdf", way, CODE, b"%PDF"), ("b.txt", way, CODE, b"hai")]
    assert post.flags == {1: r"\Seen"}
    assert list(box.arrivals()) == []
    assert post.asked[-1] == "LOGOUT"


def test_a_mail_of_which_a_file_was_refused_is_flagged_for_its_owner(post, box):
    post.put(mail(CODE, ("a.txt", b"1"), ("b.txt", b"2")))
    for arrival, kept in zip(box.arrivals(), (False, True), strict=True):
        arrival.settle(kept)
    assert post.flags == {1: r"\Seen \Flagged"}


def test_a_mail_without_a_code_or_a_file_is_flagged_and_its_body_never_fetched(post, box):
    post.put(mail("Mời họp", ("a.txt", b"1")))
    post.put(mail(CODE))
    post.put(mail(CODE, ("b.txt", b"2")))
    (arrival,) = box.arrivals()
    assert arrival.name == "b.txt"
    assert post.flags == {1: r"\Seen \Flagged", 2: r"\Seen \Flagged"}


def test_a_mail_too_large_comes_without_its_bytes_under_its_subject(post, box):
    post.put(mail(CODE, ("a.pdf", bytes(80_000))))
    (arrival,) = box.arrivals()
    assert (arrival.name, content_of(arrival)) == (CODE, b"")
    assert arrival.size > 80_000
    arrival.settle(False)  # the connection has ended, as it has once a person has declared
    assert post.flags == {}
    assert list(box.arrivals()) == []
    assert post.flags == {1: r"\Seen \Flagged"}


def test_a_mail_of_which_something_waits_is_not_fetched_again_soon(post, box):
    post.put(mail(CODE, ("a.doc", b"1")))
    assert len(list(box.arrivals())) == 1
    fetches = post.asked.count("UID")
    assert list(box.arrivals()) == []
    assert post.asked.count("UID") == fetches + 1, "it only asked what is unread"


def test_mails_in_mails_are_opened_and_pictures_of_the_text_left(post, box):
    inner = mail("bên trong", ("trong.txt", b"trong"))
    outer = EmailMessage()
    outer["Subject"], outer["From"] = f"FW {CODE}", "a@b.vn"
    outer.set_content("<img src=cid:logo>", subtype="html")
    logo = {"cid": "<logo>", "filename": "logo.gif", "disposition": "inline"}
    outer.add_related(b"GIF8", "image", "gif", **logo)
    outer.make_mixed()
    outer.attach(mail("../../etc", ("../../x/tên dài.txt", b"ngoai")).get_payload()[1])
    outer.add_attachment(inner)
    post.put(outer)
    assert [(a.name, content_of(a)) for a in box.arrivals()] == [
        ("tên dài.txt", b"ngoai"),
        ("trong.txt", b"trong"),
    ]


def test_a_server_that_knows_only_login_is_signed_in_to(post, box, password):
    post.old = True
    password.write_text(f"{OLD_PASSWORD}\n")
    post.put(mail(CODE, ("a.txt", b"1")))
    assert [arrival.name for arrival in box.arrivals()] == ["a.txt"]


def test_what_stands_in_the_way_of_a_mailbox_is_one_and_the_same(post, box, password, tmp_path):
    password.write_text("sai")
    with pytest.raises(Unreachable):
        list(box.arrivals())
    with pytest.raises(Unreachable):
        list(Mailbox(post.address, tmp_path / "không có", largest=1).arrivals())
    post.deaf = True
    with pytest.raises(Unreachable):
        list(box.arrivals())
    with pytest.raises(Unreachable):
        list(Mailbox("imaps://a@127.0.0.1:1/", password, largest=1).arrivals())

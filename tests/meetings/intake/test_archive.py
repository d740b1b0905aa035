import stat
import struct
import zipfile

import pytest

from meetings.intake import Limits, Reason, archive
from meetings.intake.archive import Member, refusal, shown_path, unpack
from meetings.intake.verdict import DEFAULT


@pytest.fixture
def make_zip(tmp_path):
    def make(*members, method=zipfile.ZIP_DEFLATED):
        path = tmp_path / "papers.zip"
        with zipfile.ZipFile(path, "w", method) as file:
            for name, content in members:
                file.writestr(name, content)
        return path

    return make


def changed(path, offset, value, *, width="<H"):
    """Change a field in the last entry of an archive's directory."""
    content = bytearray(path.read_bytes())
    place = content.rfind(b"PK\x01\x02") + offset
    content[place : place + struct.calcsize(width)] = struct.pack(width, value)
    path.write_bytes(content)
    return path


def unpacked(path, limits=DEFAULT, **numbers):
    """Return the members of an archive, each with its bytes; a failure comes in its place."""
    found = {}
    for part in unpack(path, limits, **numbers):
        if isinstance(part, Member):
            member = part
            found[part.number] = (part, b"")
        else:
            found[member.number] = (member, found[member.number][1] + part)
    return list(found.values())


def test_papers_come_with_their_names_their_folders_and_their_bytes(make_zip):
    path = make_zip(("a/b/Tờ trình.pdf", b"one"), ("a/", b""), ("Báo cáo.docx", b"two"))
    assert refusal(path) is None
    assert unpacked(path) == [
        (Member(number=1, name="Tờ trình.pdf", folder="a/b"), b"one"),
        (Member(number=2, name="Báo cáo.docx"), b"two"),
    ]


def test_some_of_the_papers_may_be_asked_for(make_zip):
    path = make_zip(*[(f"{number}.pdf", b"x") for number in range(1, 6)])
    numbers = [member.number for member, _content in unpacked(path, numbers=range(2, 4))]
    assert numbers == [2, 3]


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/evil", "/etc/passwd", "..\\..\\evil.pdf", "C:\\evil.pdf", ".."]
)
def test_a_name_that_leads_out_of_the_archive_is_refused_by_name(make_zip, name):
    (evil, nothing), (good, _content) = unpacked(make_zip((name, b"evil"), ("good.pdf", b"x")))
    assert (evil.reason, nothing, good.reason) == (Reason.UNSAFE_NAME, b"", None)
    assert not {"/", ".."} & set(evil.folder.split("/"))
    assert "/" not in evil.name


@pytest.mark.parametrize("name", ["inner.zip", "a/Inner.ZIP", "b.rar", "c.7z"])
def test_an_archive_within_an_archive_is_refused_by_name(make_zip, name):
    (inner, nothing), (good, _content) = unpacked(make_zip((name, b"PK"), ("good.pdf", b"x")))
    assert (inner.reason, nothing, good.reason) == (Reason.NESTED, b"", None)


def test_of_two_papers_of_one_name_the_second_is_refused_and_folders_tell_them_apart(make_zip):
    with pytest.warns(UserWarning, match="Duplicate"):
        path = make_zip(("1/a.pdf", b"x"), ("1/a.pdf", b"y"), ("2/a.pdf", b"z"))
    reasons = [member.reason for member, _content in unpacked(path)]
    assert reasons == [None, Reason.SAME_NAME, None]


@pytest.mark.parametrize(
    "name", ["__MACOSX/._a.pdf", "a/.DS_Store", "Thumbs.db", "a/desktop.ini", "a/~$paper.docx"]
)
def test_what_programs_leave_behind_is_no_paper(make_zip, name):
    path = make_zip((name, b"x"), ("a.pdf", b"x"))
    assert [member.name for member, _content in unpacked(path)] == ["a.pdf"]
    assert refusal(make_zip((name, b"x"))) is Reason.EMPTY


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_no_papers(tmp_path, kind):
    path = tmp_path / "papers.zip"
    with zipfile.ZipFile(path, "w") as file:
        info = zipfile.ZipInfo("link.pdf")
        info.external_attr = (kind | 0o777) << 16
        file.writestr(info, "/etc/passwd")
    assert refusal(path) is Reason.EMPTY


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Tờ trình.pdf".encode(), "Tờ trình.pdf"),
        ("Quyêt đinh.pdf".encode("cp1258"), "Quyêt đinh.pdf"),
        (b"plain.pdf", "plain.pdf"),
        ("Quye\u0302\u0301t.pdf".encode(), "Quyết.pdf"),
        (b"\xea\xec.pdf", "ế.pdf"),
    ],
)
def test_a_name_without_an_encoding_is_read_as_windows_wrote_it(raw, shown):
    info = zipfile.ZipInfo(raw.decode("cp437"))
    assert shown_path(info).name == shown


def test_a_name_that_no_encoding_reads_stays_as_it_is():
    name = b"\x8a\xff.pdf".decode("cp437")
    assert shown_path(zipfile.ZipInfo(name)).name == name


def test_a_locked_archive_is_refused_and_a_locked_paper_costs_itself(make_zip):
    assert refusal(changed(make_zip(("a.pdf", b"x")), 8, 1)) is Reason.ENCRYPTED
    path = changed(make_zip(("a.pdf", b"x"), ("b.pdf", b"y")), 8, 1)
    assert refusal(path) is None
    assert unpacked(path) == [
        (Member(number=1, name="a.pdf"), b"x"),
        (Member(number=2, name="b.pdf", reason=Reason.ENCRYPTED), b""),
    ]


@pytest.mark.parametrize(("limit", "value"), [("MEMBERS", 1), ("SMALL", 1000)])
def test_more_members_or_a_greater_density_are_a_bomb(make_zip, monkeypatch, limit, value):
    path = make_zip(("a.pdf", bytes(200_000)), ("b.pdf", b"x"))
    assert refusal(path) is None
    monkeypatch.setattr(archive, limit, value)
    assert refusal(path) is Reason.BOMB


def test_a_paper_that_inflates_beyond_the_room_left_is_dropped(make_zip):
    path = make_zip(("a.pdf", b"x" * 60), ("b.pdf", b"x" * 60), ("c.pdf", b"x" * 30))
    first, second, third = [member for member, _ in unpacked(path, Limits(unpacked_bytes=100))]
    assert (first.reason, second.reason) == (None, Reason.BOMB)
    assert third.reason in {None, Reason.BOMB}


@pytest.mark.parametrize(
    ("offset", "value", "width"), [(16, 0, "<I"), (24, 10, "<I"), (10, 97, "<H")]
)
def test_a_damaged_paper_costs_no_other(make_zip, offset, value, width):
    path = changed(make_zip(("a.pdf", b"x"), ("b.pdf", b"y" * 99)), offset, value, width=width)
    (first, content), (second, _rest) = unpacked(path)
    assert (first.reason, content) == (None, b"x")
    assert second.reason is Reason.DAMAGED


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive"])
def test_a_file_that_is_no_archive_is_damaged(tmp_path, content):
    path = tmp_path / "papers.zip"
    path.write_bytes(content)
    assert refusal(path) is Reason.DAMAGED


def test_a_member_comes_through_json_as_it_was():
    member = Member(number=1, name="a.pdf", folder="1", reason=Reason.DAMAGED)
    told = member.to_json()
    assert told == {"number": 1, "name": "a.pdf", "folder": "1", "reason": "damaged"}
    assert Member.from_json(told) == member


@pytest.mark.parametrize(
    "told", [{}, {"number": None, "name": "", "folder": "", "reason": None}, {"number": "x"}, []]
)
def test_what_is_no_member_is_not_believed(told):
    with pytest.raises(ValueError, match=r"not a member|invalid literal"):
        Member.from_json(told)

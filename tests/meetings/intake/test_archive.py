import stat
import struct
import zipfile

import pytest

from meetings.intake import Reason, archive
from meetings.intake.archive import Member, refusal, shown_name, unpack


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


def unpacked(path, output):
    return list(unpack(path, output))


def test_papers_are_laid_under_their_numbers_and_named_by_their_last_part(make_zip, output):
    path = make_zip(("a/Tờ trình.pdf", b"one"), ("a/", b""), ("Báo cáo.docx", b"two"))
    assert refusal(path) is None
    assert unpacked(path, output) == [
        Member(number=1, name="Tờ trình.pdf", size=3),
        Member(number=2, name="Báo cáo.docx", size=3),
    ]
    assert (output / "1").read_bytes() == b"one"
    assert sorted(file.name for file in output.iterdir()) == ["1", "2"]


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/evil", "/etc/passwd", "..\\..\\evil.pdf", "C:\\evil.pdf", ".."]
)
def test_no_name_leads_out_of_the_folder(make_zip, output, name):
    (member,) = unpacked(make_zip((name, b"evil")), output)
    assert "/" not in member.name
    assert "\\" not in member.name
    assert [file.name for file in output.iterdir()] == ["1"]
    assert list(output.parent.glob("evil*")) == []


@pytest.mark.parametrize(
    "name", ["__MACOSX/._a.pdf", "a/.DS_Store", "Thumbs.db", "a/desktop.ini", "a/~$paper.docx"]
)
def test_what_programs_leave_behind_is_no_paper(make_zip, output, name):
    path = make_zip((name, b"x"), ("a.pdf", b"x"))
    assert [member.name for member in unpacked(path, output)] == ["a.pdf"]
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
    assert shown_name(info) == shown


def test_a_name_that_no_encoding_reads_stays_as_it_is():
    name = b"\x8a\xff.pdf".decode("cp437")
    assert shown_name(zipfile.ZipInfo(name)) == name


def test_a_locked_archive_is_refused_and_a_locked_paper_costs_itself(make_zip, output):
    assert refusal(changed(make_zip(("a.pdf", b"x")), 8, 1)) is Reason.ENCRYPTED
    path = changed(make_zip(("a.pdf", b"x"), ("b.pdf", b"y")), 8, 1)
    assert refusal(path) is None
    assert unpacked(path, output) == [
        Member(number=1, name="a.pdf", size=1),
        Member(number=2, name="b.pdf", reason=Reason.ENCRYPTED),
    ]


@pytest.mark.parametrize(("limit", "value"), [("MEMBERS", 1), ("INFLATED", 100), ("SMALL", 1000)])
def test_more_members_more_bytes_or_a_greater_density_are_a_bomb(
    make_zip, monkeypatch, limit, value
):
    path = make_zip(("a.pdf", bytes(200_000)), ("b.pdf", b"x"))
    assert refusal(path) is None
    monkeypatch.setattr(archive, limit, value)
    assert refusal(path) is Reason.BOMB


def test_a_paper_that_inflates_beyond_the_room_left_is_dropped(make_zip, output, monkeypatch):
    path = make_zip(("a.pdf", b"x" * 60), ("b.pdf", b"x" * 60), ("c.pdf", b"x" * 30))
    monkeypatch.setattr(archive, "INFLATED", 100)
    first, second, third = unpacked(path, output)
    assert (first.reason, second.reason) == (None, Reason.BOMB)
    assert third.reason in {None, Reason.BOMB}
    assert not (output / "2").exists()


@pytest.mark.parametrize(
    ("offset", "value", "width"), [(16, 0, "<I"), (24, 10, "<I"), (10, 97, "<H")]
)
def test_a_damaged_paper_costs_no_other(make_zip, output, offset, value, width):
    path = changed(make_zip(("a.pdf", b"x"), ("b.pdf", b"y" * 99)), offset, value, width=width)
    first, second = unpacked(path, output)
    assert first.reason is None
    assert second.reason is Reason.DAMAGED
    assert [file.name for file in output.iterdir()] == ["1"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive"])
def test_a_file_that_is_no_archive_is_damaged(tmp_path, content):
    path = tmp_path / "papers.zip"
    path.write_bytes(content)
    assert refusal(path) is Reason.DAMAGED


def test_a_member_is_told_in_json():
    member = Member(number=1, name="a.pdf", reason=Reason.DAMAGED)
    assert member.to_json() == {"number": 1, "name": "a.pdf", "size": 0, "reason": "damaged"}

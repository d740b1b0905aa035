"""Files that nobody should have sent, through the real upload, as the clerk meets them."""

import html
import unicodedata
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from meetings.models import AgendaPaper, AuditEntry, Document, DocumentVersion, Job
from tests import papers

JSON = {"Accept": "application/json"}
LIMIT = 256 * 1024

RECEIVED = ("Đã nhận. Các trang đang được chuẩn bị.", "Received. Its pages are being prepared.")
KNOWN = (
    "Tệp này đã được nhận trước đây; văn bản đó nay được đưa vào mục này.",
    "This file was received before; that document now lies here.",
)
EMPTY = ("Tệp rỗng.", "The file is empty.")
TOO_LARGE = ("Tệp lớn hơn mức hệ thống nhận.", "The file is larger than the system takes.")
TOO_LONG = (
    "Tệp có nhiều trang hơn mức hệ thống nhận.",
    "The file has more pages than the system takes.",
)
ENCRYPTED = (
    "Tệp có mật khẩu. Đồng chí vui lòng lưu lại tệp không đặt mật khẩu.",
    "The file is locked with a password. Please save it without one.",
)
DAMAGED = (
    "Tệp bị hỏng, không đọc được. Đồng chí vui lòng quét hoặc xuất lại.",
    "The file is damaged and cannot be read. Please scan or export it again.",
)
MISLABELLED = (
    "Nội dung không đúng với loại tệp ghi trong tên.",
    "The content is not what the file's name says.",
)
HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
NOTHING_KEPT = {AgendaPaper: 0, Document: 0, DocumentVersion: 0, Job: 0}

GOOD = papers.pdf("Báo cáo tình hình kinh tế - xã hội")


def encrypted(content):
    target = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(user="mở", owner="chủ", R=6))
    return target.getvalue()


BAD = {
    "zero bytes": (b"", EMPTY),
    "truncated": (GOOD[:200], DAMAGED),
    "encrypted": (encrypted(GOOD), ENCRYPTED),
    "html named pdf": (HTML, MISLABELLED),
    "over the limit": (GOOD + b"\0" * LIMIT, TOO_LARGE),
    "too many pages": (papers.pdf("Một", "Hai", "Ba", "Bốn"), TOO_LONG),
}
NAMES = {
    "traversal": "../../../../etc/passwd.pdf",
    "absolute": "/root/.ssh/authorized_keys.pdf",
    "right to left mark": "bao-cao\u202efdp.exe.pdf",
    "three hundred characters": "ệ" * 296 + ".pdf",
    "decomposed": unicodedata.normalize("NFD", "Nghị quyết Đảng ủy.pdf"),
    "markup": "<img src=x onerror=alert(1)>.pdf",
    "template": "{{ 7 * 7 }}%(name)s.pdf",
    "dots": "....pdf",
}


@pytest.fixture
def settings(settings):
    """Settings that refuse what is small enough for a test."""
    return replace(settings, max_upload=LIMIT, max_pages=3)


@pytest.fixture
def clerk(world, sign_in):
    return sign_in(world.clerk)


def send(client, item, *files, headers=None):
    fields = [("csrf_token", client.csrf_token())]
    fields += [("files", FileStorage(BytesIO(content), name)) for name, content in files]
    # encoded here: the client would spool a long body in a file that it leaves open
    boundary, body = encode_multipart(MultiDict(fields))
    return client.post(
        f"/agenda-items/{item.id}/papers",
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
        headers=headers,
    )


def told(client, item, *files):
    answer = send(client, item, *files, headers=JSON)
    assert answer.status_code == 200
    return answer.json["files"]


def shown(client, item, *files):
    answer = send(client, item, *files)
    assert answer.status_code == 303
    return html.unescape(client.get(answer.location).get_data(as_text=True))


def kept(installation):
    with installation.database.reading() as session:
        return {
            table: session.scalar(select(func.count()).select_from(table)) for table in NOTHING_KEPT
        }


def quarantined(installation):
    return list(installation.settings.quarantine_folder.iterdir())


def file_names(installation):
    with installation.database.reading() as session:
        return set(session.scalars(select(DocumentVersion.file_name)))


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_its_own_words(installation, world, clerk, kind):
    content, (vietnamese, english) = BAD[kind]
    (first,) = told(clerk, world.item, ("báo cáo.pdf", content))
    assert first == {
        "name": "báo cáo.pdf",
        "ok": False,
        "message": vietnamese,
        "document": "",
        "paper": "",
        "waits": "",
    }
    clerk.set_cookie("preferences", "day.100.en")
    (second,) = told(clerk, world.item, ("báo cáo.pdf", content))
    assert (second["ok"], second["message"]) == (False, english)
    assert kept(installation) == NOTHING_KEPT
    assert quarantined(installation) == []


def test_no_two_reasons_share_their_words():
    sentences = [words for pair in (RECEIVED, KNOWN) for words in pair]
    sentences += [words for _, pair in BAD.values() for words in pair]
    assert len(set(sentences)) == len(sentences)


def test_without_scripts_each_bad_file_is_told_and_the_good_one_goes_on(installation, world, clerk):
    files = [(f"{kind}.pdf", content) for kind, (content, _) in BAD.items()]
    page = shown(clerk, world.item, *files[:3], ("tốt.pdf", GOOD), *files[3:])
    for kind, (_, (vietnamese, _)) in BAD.items():
        assert f"{kind}.pdf: {vietnamese}" in page
    assert f"tốt.pdf: {RECEIVED[0]}" in page
    assert file_names(installation) == {"tốt.pdf"}
    assert quarantined(installation) == []


def test_one_byte_decides_at_the_limit(installation, world, clerk):
    fits = GOOD + b"\n" * (LIMIT - len(GOOD))
    first, second = told(clerk, world.item, ("vừa.pdf", fits), ("hơn.pdf", fits + b"\n"))
    assert (first["ok"], first["message"]) == (True, RECEIVED[0])
    assert (second["ok"], second["message"]) == (False, TOO_LARGE[0])
    assert file_names(installation) == {"vừa.pdf"}


def test_a_request_larger_than_any_upload_is_refused_as_a_whole(installation, world, clerk):
    huge = b"%PDF-1.7" + b"\0" * (LIMIT + 1024 * 1024)
    answer = send(clerk, world.item, ("tốt.pdf", GOOD), ("lớn.pdf", huge), headers=JSON)
    assert answer.status_code == 413
    assert kept(installation) == NOTHING_KEPT
    assert quarantined(installation) == []


def test_the_same_file_twice_in_one_request_is_one_paper(installation, world, clerk):
    first, second, other = told(
        clerk,
        world.item,
        ("một.pdf", GOOD),
        ("hai.pdf", GOOD),
        ("ba.pdf", papers.changed(GOOD, 3)),
    )
    assert [file["message"] for file in (first, second, other)] == [
        RECEIVED[0],
        KNOWN[0],
        RECEIVED[0],
    ]
    assert second["document"] == first["document"] != other["document"]
    assert second["paper"] == first["paper"] != other["paper"]
    assert kept(installation)[Document] == kept(installation)[AgendaPaper] == 2
    assert file_names(installation) == {"một.pdf", "ba.pdf"}
    assert quarantined(installation) == []


def test_a_known_file_is_told_in_english_too_and_stays_one_document(installation, world, clerk):
    clerk.set_cookie("preferences", "day.100.en")
    (first,) = told(clerk, world.item, ("a.pdf", GOOD))
    (again,) = told(clerk, world.planned_item, ("b.pdf", GOOD))
    assert (first["message"], again["message"]) == (RECEIVED[1], KNOWN[1])
    assert kept(installation)[Document] == kept(installation)[DocumentVersion] == 1
    assert kept(installation)[AgendaPaper] == 2


def test_hostile_names_come_back_unchanged_and_choose_no_place(installation, world, clerk):
    folder = installation.settings.instance
    before = {path for path in folder.parent.rglob("*") if "blobs" not in path.parts}
    files = [(name, papers.changed(GOOD, at)) for at, name in enumerate(NAMES.values())]
    answers = told(clerk, world.item, *files)
    assert [file["name"] for file in answers] == list(NAMES.values())
    assert all(file["ok"] for file in answers), answers
    assert file_names(installation) == set(NAMES.values())
    after = {path for path in folder.parent.rglob("*") if "blobs" not in path.parts}
    assert {path.name for path in after - before} <= {
        "database.sqlite3-shm",
        "database.sqlite3-wal",
    }
    assert quarantined(installation) == []


def test_refused_files_are_told_under_the_very_names_they_had(installation, world, clerk):
    large = b"\0" * (LIMIT + 1)
    answer = send(clerk, world.item, *((name, large) for name in list(NAMES.values())[:4]))
    first = clerk.get(answer.location).get_data(as_text=True)
    answer = send(clerk, world.item, *((name, large) for name in list(NAMES.values())[4:]))
    raw = first + clerk.get(answer.location).get_data(as_text=True)
    for name in NAMES.values():
        assert f"{name}: {TOO_LARGE[0]}" in html.unescape(raw)
    assert "<img src=x" not in raw
    assert kept(installation) == NOTHING_KEPT
    assert quarantined(installation) == []


def test_a_name_with_the_folders_of_another_system_names_no_folder(installation, world, clerk):
    (file,) = told(clerk, world.item, ("..\\..\\Windows\\báo cáo.pdf", GOOD))
    assert file["ok"]
    assert file["name"].endswith("báo cáo.pdf")
    assert file_names(installation) == {file["name"]}
    assert "\\" not in file["name"]  # a backslash quotes what follows it in a form's header


def test_a_title_made_of_a_hostile_name_shows_no_hidden_marks(installation, world, clerk):
    bare = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(bare)
    names = [NAMES["right to left mark"], NAMES["decomposed"], NAMES["traversal"]]
    files = [(name, papers.changed(bare.getvalue(), at)) for at, name in enumerate(names)]
    documents = [file["document"] for file in told(clerk, world.item, *files)]
    with installation.database.reading() as session:
        titles = {str(row.id): row.title for row in session.scalars(select(Document))}
    assert [titles[document] for document in documents] == [
        "bao-caofdp.exe",
        "Nghị quyết Đảng ủy",
        "passwd",
    ]


def thirty():
    """Thirty files, every third one bad, each kind of bad several times."""
    kinds = list(BAD.values())
    for number in range(30):
        if number % 3:
            yield f"{number:02} tốt.pdf", papers.changed(GOOD, number % 7), None
        else:
            content, words = kinds[number // 3 % len(kinds)]
            yield f"{number:02} xấu.pdf", content, words


def test_thirty_files_in_one_request_stand_each_for_itself(installation, world, clerk):
    files = list(thirty())
    answers = told(clerk, world.item, *((name, content) for name, content, _ in files))
    assert [file["name"] for file in answers] == [name for name, _, _ in files]
    seen = set()
    for file, (_, content, words) in zip(answers, files, strict=True):
        expected = words or (KNOWN if content in seen else RECEIVED)
        assert (file["ok"], file["message"]) == (words is None, expected[0])
        assert bool(file["document"]) == bool(file["paper"]) == file["ok"]
        seen.add(content)
    distinct = {content for _, content, words in files if words is None}
    laid = {file["paper"] for file in answers if file["ok"]}
    assert len(laid) == len(distinct) == kept(installation)[AgendaPaper] == kept(installation)[Job]
    assert quarantined(installation) == []
    with installation.database.reading() as session:
        query = select(AuditEntry.decision).where(AuditEntry.action == "agenda-item:prepare")
        assert session.scalars(query).all() == ["allowed"]


def test_thirty_refusals_are_all_told_on_the_page(installation, world, clerk):
    large = b"\0" * (LIMIT // 8)
    object.__setattr__(installation.settings, "max_upload", len(large) - 1)
    names = [f"Tờ trình số {number:02} về dự toán ngân sách năm 2026.pdf" for number in range(30)]
    page = shown(clerk, world.item, *((name, large) for name in names))
    assert [name for name in names if f"{name}: {TOO_LARGE[0]}" not in page] == []
    assert kept(installation) == NOTHING_KEPT
    assert quarantined(installation) == []


def test_what_was_refused_can_be_sent_again_once_it_is_mended(installation, world, clerk):
    (refused,) = told(clerk, world.item, ("báo cáo.pdf", BAD["truncated"][0]))
    (taken,) = told(clerk, world.item, ("báo cáo.pdf", GOOD))
    assert (refused["ok"], taken["ok"]) == (False, True)
    assert taken["message"] == RECEIVED[0]
    assert kept(installation) == dict.fromkeys(NOTHING_KEPT, 1)

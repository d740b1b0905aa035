"""What people type into the search box, and what they expect to see first."""

import unicodedata

import pytest

from search_index import SearchIndex
from tests.search_index.library import document, found

DOCUMENTS = {
    "reform": ("512-KL/TU", "Kết luận về cải cách hành chính", "Tiếp tục cải cách hành chính."),
    "namesake": ("512-QĐ/TU", "Quyết định điều động", "Điều động đồng chí Trần Thị Hoài."),
    "citing": ("513-KL/TU", "Kết luận về luân chuyển", "Theo Kết luận số 512-KL/TU, tỉnh làm rõ."),
    "digital": ("07-NQ/TU", "Nghị quyết về chuyển đổi số", "Sửa thủ tục hành chính trên mạng."),
    "archives": ("31/2021/NĐ-CP", "Nghị định về lưu trữ", "Hồ sơ giấy và hồ sơ điện tử."),
    "list": ("88/QĐ-UBND", "Quyết định về danh mục TTHC", "Danh mục của cấp xã, kèm phụ lục."),
    "congress": ("14-CT/TU", "Chỉ thị về đại hội đảng bộ", "Đại hội đảng bộ cơ sở đúng hạn."),
    "members": ("46-BC/BTCTU", "Báo cáo về đảng viên mới", "Kết nạp đảng viên trong trường học."),
    "land": ("70/QĐ-UBND", "Quyết định về giá đất", "Giá đất ở ven hồ theo bảng mới."),
    "gilding": ("71/BC-UBND", "Báo cáo về tu bổ đình", "Thợ dát vàng làm lại hoành phi."),
    "paperless": ("10-TB/TU", "Thông báo lịch họp", "Dùng phòng họp không giấy ở tầng ba."),
    "meeting": ("11-TB/TU", "Thông báo sửa nhà", "Phòng nhỏ không họp được, giấy dán tường cũ."),
    "council": ("22-NQ/HĐND", "Nghị quyết kỳ họp", "Kế hoạch vốn trung hạn của tỉnh."),
    "old tone": ("57-KH/TU", "Kế hoạch ở cơ sở", "Tổ hoà giải của thôn."),
    "new tone": ("58-KH/TU", "Kế hoạch đối thoại", "Trung tâm hòa giải của huyện."),
    "budget": ("61/TTr-STC", "Tờ trình cân đối thu chi", "Nguồn thu chi giữ mức cũ."),
    "letter": ("62-HD/TU", "Hướng dẫn công tác", "Gửi thư trả lời công dân."),
    "skills": ("97-CV/VPTU", "Công văn về máy tính bảng", "Tập huấn kỹ thuật cho đại biểu."),
    "clean": ("15-CTr/TU", "Chương trình làm việc", "Phòng, chống tham nhũng ở dự án lớn."),
    "scattered": (
        "16/QC-UBND",
        "Quy chế làm việc",
        "Công chức hành nghề chính đáng, cải tiến cách",
    ),
    "merging": ("201/BC-SNV", "Báo cáo sắp xếp", "Sắp xếp đơn vị hành chính cấp xã theo lộ trình."),
    "clearing": ("80-BC/HU", "Báo cáo giải phóng mặt bằng", "Trả tiền cho hộ dân ven đường."),
}

FIRST = [
    ("512-KL/TU", "reform", "the number before its citation and before its namesake"),
    ("512 kl tu", "reform", "separators are optional"),
    ("512KL/TU", "reform", "one separator may be missing"),
    ("số 512-KL/TU", "reform", "the word before a number does not hide it"),
    ("số:512-KL/TU", "reform", "the field of a number may be named"),
    ("31/2021/ND-CP", "archives", "Đ typed as D"),
    ("31/2021", "archives", "the beginning of a number"),
    ("7-NQ/TU", "digital", "a leading zero is optional"),
    ("cải cách hành chính", "reform", "words side by side before scattered ones"),
    ("cai cach hanh chinh", "reform", "the same without accents"),
    ("CCHC", "reform", "an abbreviation stands for its words"),
    ("TTHC", "list", "an abbreviation as written comes first"),
    ("GPMB", "clearing", "an abbreviation that no document writes"),
    ("HĐND", "council", "Đ in an abbreviation"),
    ("hdnd", "council", "the abbreviation in small letters without accents"),
    ("đất", "land", "accents as typed before others"),
    ("dát", "gilding", "and the other way round"),
    ("thu chi", "budget", "neighbours"),
    ("thư", "letter", "thư before thu"),
    ("dai hoi dang bo", "congress", "đ typed as d"),
    ("đảng viên", "members", "a pair"),
    ('"phòng họp không giấy"', "paperless", "a phrase"),
    ("phong hop khong giay", "paperless", "words side by side without accents"),
    ("kĩ thuật", "skills", "i for y"),
    ("nghij quyeets chuyeenr ddooir soos", "digital", "telex that was not turned into letters"),
    ("nghi5 quye61t chuye63n d9o63i so61", "digital", "neither was VNI"),
    ("phòng chống tham nhũng", "clean", "a comma between the words"),
    ("Tran Thi Hoai", "namesake", "a name without accents"),
    ("sắp xếp đơn vị hành chính", "merging", "a title and a text together"),
    ("SẮP XẾP", "merging", "capitals"),
]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    index = SearchIndex.open(tmp_path_factory.mktemp("town") / "index")
    index.put(
        *(
            document(name, text, symbol=symbol, title=title)
            for name, (symbol, title, text) in DOCUMENTS.items()
        )
    )
    return index


@pytest.mark.parametrize(("typed", "expected", "why"), FIRST, ids=[row[2] for row in FIRST])
def test_what_was_meant_comes_first(town, typed, expected, why):
    assert found(town, typed)[:1] == [expected], why


@pytest.mark.parametrize("typed", [row[0] for row in FIRST])
def test_decomposed_letters_find_the_same_in_the_same_order(town, typed):
    assert found(town, unicodedata.normalize("NFD", typed)) == found(town, typed)


@pytest.mark.parametrize("typed", ["hoà giải", "hòa giải", "hoa giai"])
def test_both_places_of_the_tone_are_one_spelling(town, typed):
    assert set(found(town, typed)) == {"old tone", "new tone"}


def test_an_abbreviation_and_its_words_find_each_other(town):
    assert set(found(town, "TTHC")) == set(found(town, "thủ tục hành chính")) == {"list", "digital"}


def test_a_phrase_refuses_the_same_words_in_another_order(town):
    assert set(found(town, "phòng họp không giấy")) == {"paperless", "meeting"}
    assert found(town, '"phòng họp không giấy"') == ["paperless"]


def test_a_number_finds_the_document_that_cites_it_last(town):
    assert found(town, "512-KL/TU") == ["reform", "citing"]


def test_a_refused_word_takes_documents_away(town):
    assert set(found(town, "hòa giải -huyện")) == {"old tone"}


def test_or_joins_two_questions(town):
    assert set(found(town, "lưu trữ OR tham nhũng")) == {"archives", "clean"}


def test_every_word_is_needed(town):
    assert found(town, "lưu trữ tham nhũng") == []

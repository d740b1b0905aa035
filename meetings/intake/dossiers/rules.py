"""How each kind of paper calls itself: its title, words that must follow, words that must not.

Phrases are written without marks; `|` parts those of which one is enough.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

DECISION, RESOLUTION, LETTER = "quyet dinh", "nghi quyet", "kinh gui"
REVIEW = "ban tu kiem diem|ban kiem diem|kiem diem ca nhan"
CERTIFICATE = "giay chung nhan|chung nhan|chung chi"
REPORT = "bao cao"


class Issuer(StrEnum):
    """Who issued a paper, where its kind depends on that."""

    ANY = ""
    CELL = "chi bo"
    COMMITTEE = "dang uy"
    PARTY = "dang cong san"
    STATE = "cong hoa xa hoi"


HEADINGS: Mapping[Issuer, str] = MappingProxyType(
    {
        Issuer.PARTY: "dang cong san|cong san viet nam",
        Issuer.STATE: "cong hoa xa hoi|xa hoi chu nghia|chu nghia viet nam|doc lap tu do",
    }
)
SIGNATURES: Mapping[Issuer, str] = MappingProxyType(
    {Issuer.CELL: "tm chi bo|tm chi uy", Issuer.COMMITTEE: "tm dang uy|tm ban chap hanh"}
)


class Rule(NamedTuple):
    """What tells that a paper is of a kind; one that looks deep finds its words in the text."""

    kind: int
    title: str
    needs: tuple[str, ...] = ()
    lacks: str = ""
    issuer: Issuer = Issuer.ANY
    deep: bool = False


_ADMIT = "ket nap dang vien|ket nap nguoi vao dang|ket nap quan chung|ket nap vao dang|vao dang"
_OFFICIAL = "dang vien chinh thuc|chinh thuc cho dang vien|chinh thuc doi voi dang vien"
_MENDED = "khac phuc"
_CANCELS = "huy quyet dinh|huy bo quyet dinh|thu hoi quyet dinh"
_NOT_NEW = f"ket nap lai|{_MENDED}|{_CANCELS}|dang vien chinh thuc|ra khoi dang|lam lai"
_BADGE, _CARD = "huy hieu dang|huy hieu", "the dang vien|the dang"
_SUSPENDS, _EXTENDS = "dinh chi", "gia han"
_IN_COMMITTEE = "sinh hoat cap uy|dinh chi cap uy|cap uy vien|sinh hoat ban chap hanh"
_IN_PARTY = "sinh hoat dang"
_PUNISHES = "ky luat|khien trach|canh cao|khai tru|cach chuc"
_STRIKES = "xoa ten"
_ON_PROBATION = "dang vien du bi|du bi"
_ABROAD = "ngoai nuoc|nuoc ngoai"
_RETURNED = f"ve nuoc|{_ABROAD}"
_OF_MEMBER = "ho so dang vien|ly lich dang vien"
_OLD = "phieu cu|ban cu|mau cu|da thay the|luu lam lich su"
_LEAVES = "tu tran|ra khoi dang|chuyen sinh hoat"
_CHECKS = "tham tra"
_THEORY = "ly luan chinh tri|ly luan chinh tri hanh chinh|cao cap ly luan|trung cap ly luan"
_SCHOOLING = (
    "dai hoc|cao dang|trung cap|trung hoc|cu nhan|ky su|thac si|tin hoc|ngoai ngu|tieng anh"
    "|boi duong|nghiep vu|chuyen vien|cong nghe thong tin|tot nghiep|chung chi"
)
_CLASSES = "nhan thuc ve dang|doi tuong ket nap|dang vien moi|duoc giup do"
_DIPLOMA = f"bang tot nghiep|{CERTIFICATE}"
_MOVES = "chuyen sinh hoat dang|chuyen sinh hoat"
_INTRODUCES = "gioi thieu nguoi vao dang|gioi thieu quan chung|ho so nguoi vao dang"
_POSTED = "dieu dong|bo nhiem|tiep nhan|luan chuyen|phan cong|tuyen dung"
_VIOLATES = "vi pham|khuyet diem|co sai pham"

RULES = (
    Rule(1, "ly lich|so yeu ly lich", ("nguoi xin vao dang|nguoi vao dang|xin vao dang",)),
    Rule(2, "ly lich dang vien|ly lich cua dang vien", lacks="nguoi xin vao dang|bo sung"),
    Rule(3, "phieu dang vien", lacks=f"bo sung|{_OLD}|{_LEAVES}|cong nhan"),
    Rule(85, "phieu dang vien", (_OLD,)),
    Rule(4, "phieu bo sung|bo sung ho so|bo sung ly lich dang vien", (_OF_MEMBER,)),
    Rule(5, DECISION, (_ADMIT,), f"{_NOT_NEW}|bieu duong|khen thuong|khieu nai"),
    Rule(6, DECISION, ("ket nap lai",), _CANCELS),
    Rule(7, DECISION, ("cong nhan", _OFFICIAL), f"{_MENDED}|{_CANCELS}"),
    Rule(8, DECISION, (_STRIKES, _ON_PROBATION)),
    Rule(9, DECISION, ("cong nhan", _MENDED, "ket nap"), "chinh thuc"),
    Rule(10, DECISION, ("cong nhan", _MENDED, "chinh thuc|xet chinh"), "ket nap"),
    Rule(11, DECISION, (_CANCELS, "ket nap"), "ket nap lai|chinh thuc"),
    Rule(12, DECISION, (_CANCELS, "ket nap lai")),
    Rule(13, DECISION, (_CANCELS, "chinh thuc")),
    Rule(14, DECISION, ("khoi phuc quyen|khoi phuc quyen dang vien|khoi phuc dang tich",)),
    Rule(15, DECISION, ("noi lai sinh hoat dang|noi lai sinh hoat",)),
    Rule(16, DECISION, (_STRIKES, "danh sach dang vien|dang vien"), _ON_PROBATION),
    Rule(17, DECISION, ("ra khoi dang",)),
    Rule(18, "giay xac nhan", ("tuoi dang",)),
    Rule(19, DECISION, ("phat the dang vien|phat the dang|cap the dang vien",), "lai the"),
    Rule(20, DECISION, ("tang", _BADGE), "truy tang|cap lai"),
    Rule(21, DECISION, ("truy tang", _BADGE)),
    Rule(22, DECISION, (_PUNISHES,), "khieu nai|to cao|minh oan|giu nguyen", Issuer.PARTY),
    Rule(23, DECISION, ("khen thuong|giay khen|bang khen|danh hieu|tang thuong",), _BADGE),
    Rule(24, DECISION, (_SUSPENDS, _IN_PARTY), f"{_EXTENDS}|cap uy|chuc vu"),
    Rule(25, DECISION, (_SUSPENDS, _IN_COMMITTEE), f"{_EXTENDS}|chuc vu|tro lai"),
    Rule(26, DECISION, (_EXTENDS, _SUSPENDS, _IN_PARTY), "cap uy"),
    Rule(27, DECISION, (_EXTENDS, _SUSPENDS, _IN_COMMITTEE)),
    Rule(28, DECISION, ("giai quyet khieu nai|giu nguyen hinh thuc",), "", Issuer.PARTY),
    Rule(29, DECISION, ("giai quyet to cao",)),
    Rule(30, DECISION, (_SUSPENDS, "chuc vu"), _EXTENDS),
    Rule(31, DECISION, ("tro lai sinh hoat",)),
    Rule(32, "thong bao", ("giai quyet to cao|ket luan to cao|noi dung to cao",)),
    Rule(33, "thong bao", ("khong giai quyet khieu nai|khong giai quyet",)),
    Rule(34, "ket luan|thong bao ket luan", ("dau hieu vi pham",)),
    Rule(35, "ket luan|thong bao|van ban|quyet dinh", ("minh oan|khong vi pham|bi oan",)),
    Rule(36, DECISION, (_PUNISHES,), "khieu nai|to cao|giu nguyen", Issuer.STATE),
    Rule(37, "don xin vao dang"),
    Rule(38, CERTIFICATE, ("nhan thuc ve dang|nhan thuc dang|doi tuong ket nap dang",), deep=True),
    Rule(39, "giay gioi thieu", ("nguoi vao dang|quan chung vao dang",), _IN_PARTY),
    Rule(40, RESOLUTION, ("doan vien uu tu|doan vien thanh nien",), "cong doan"),
    Rule(41, RESOLUTION, ("doan vien cong doan|cong doan vien",)),
    Rule(42, "tong hop y kien", ("vao dang|to chuc chinh tri|noi cu tru",), _ON_PROBATION),
    Rule(43, RESOLUTION, (_ADMIT,), "chinh thuc|doan vien|mien", Issuer.CELL),
    Rule(44, REPORT, (_CHECKS, "ket nap"), "chinh thuc"),
    Rule(44, REPORT, ("tham dinh", "ket nap"), "chinh thuc"),
    Rule(45, RESOLUTION, (_ADMIT,), "chinh thuc|doan vien|mien", Issuer.COMMITTEE),
    Rule(46, CERTIFICATE, ("dang vien moi",), deep=True),
    Rule(47, REVIEW, (_ON_PROBATION,), _VIOLATES),
    Rule(48, "ban nhan xet", (_ON_PROBATION,), "tong hop"),
    Rule(49, "tong hop y kien", (_ON_PROBATION,)),
    Rule(50, RESOLUTION, (_OFFICIAL,), "mien", Issuer.CELL),
    Rule(51, REPORT, ("tham dinh", "chinh thuc")),
    Rule(52, RESOLUTION, (_OFFICIAL,), "mien", Issuer.COMMITTEE),
    Rule(53, CERTIFICATE, ("duoc giup do|duoc to chuc dang xem xet|thoi gian giup do",), deep=True),
    Rule(54, "giay gioi thieu", (_IN_PARTY, "chinh thuc"), f"tam thoi|noi bo|{_ABROAD}", deep=True),
    Rule(55, "giay gioi thieu", (_IN_PARTY, "tam thoi"), f"chinh thuc|noi bo|{_ABROAD}", deep=True),
    Rule(56, "giay gioi thieu", (_IN_PARTY, _ABROAD), deep=True),
    Rule(57, "phieu cong tac", ("chinh thuc", _ABROAD), "tam thoi", deep=True),
    Rule(58, "phieu cong tac", ("tam thoi", _ABROAD), "chinh thuc", deep=True),
    Rule(59, "giay gioi thieu", (_IN_PARTY, "noi bo"), f"tam thoi|chinh thuc|{_ABROAD}", deep=True),
    Rule(60, "phieu bao", (_MOVES,)),
    Rule(61, REVIEW, ("hang nam|cuoi nam|nam 20|nam 19|ca nhan",),
         f"{_ON_PROBATION}|{_MOVES}|{_ABROAD}|{_VIOLATES}"),
    Rule(62, REVIEW, (_MOVES,), f"{_ON_PROBATION}|{_ABROAD}|hang nam"),
    Rule(63, REVIEW, (_ABROAD,)),
    Rule(64, DECISION, ("bieu duong",)),
    Rule(65, REVIEW, (_VIOLATES,)),
    Rule(66, "thong bao", ("vi pham phap luat|hanh vi vi pham|vi pham cua",), "khieu nai|to cao"),
    Rule(67, DECISION, ("khieu nai|giu nguyen quyet dinh",), "", Issuer.STATE),
    Rule(68, "ban an|ban an hinh su|hinh su so tham|hinh su phuc tham"),
    Rule(69, "ket luan thanh tra|ket luan kiem toan|ket luan|thong bao ket luan",
         ("thanh tra|kiem toan",), "dau hieu"),
    Rule(70, f"{_DIPLOMA}|bang cao cap|bang trung cap", (_THEORY,), _CLASSES, deep=True),
    Rule(71, DECISION, ("cap lai", _BADGE)),
    Rule(72, DECISION, ("cap lai", _CARD), "doi lai"),
    Rule(73, DECISION, ("doi lai the|doi the",)),
    Rule(74, "quyet dinh|trich luc|trich luc ho tich", ("thay doi ho|cai chinh ho|thay doi ten",)),
    Rule(75, "giay khai sinh|khai sinh|trich luc khai sinh"),
    Rule(75, "ket luan|quyet dinh|thong bao", ("dinh chinh|ngay thang nam sinh|tuoi doi",)),
    Rule(76, "giay xac nhan|xac nhan", ("que quan|noi cu tru|ve cu tru|dia danh",)),
    Rule(77, DECISION, ("xac dinh lai dan toc|dan toc",)),
    Rule(78, "ket luan|quyet dinh|thong bao", ("van bang", "huy|khong hop le|khong hop phap")),
    Rule(79, "don xin mien|don xin duoc mien|don de nghi mien"),
    Rule(80, "tom tat benh an"),
    Rule(80, "giay xac nhan|giay chung nhan", ("suc khoe|benh tat|dieu tri",)),
    Rule(81, RESOLUTION, ("mien cong tac|mien sinh hoat",)),
    Rule(82, "bo sung ly lich|ban bo sung|bao cao bo sung|van ban bo sung", (_RETURNED,)),
    Rule(83, "giay chung tu|trich luc khai tu|khai tu|giay bao tu"),
    Rule(84, "ban tuong trinh|tuong trinh|bao cao", ("mat ho so|that lac ho so",)),
    Rule(86, f"{_DIPLOMA}|bang cu nhan|bang ky su|bang thac si",
         (_SCHOOLING,),
         f"{_THEORY}|{_CLASSES}", deep=True),
    Rule(87, DECISION, (_POSTED,), _PUNISHES),
    Rule(88, DECISION, ("nghi huu|huu tri|che do huu",), "mat suc"),
    Rule(89, DECISION, ("mat suc",)),
    Rule(90, DECISION, ("phuc vien|chuyen nganh",)),
    Rule(91, DECISION, ("xuat ngu",)),
    Rule(92, LETTER, (_INTRODUCES, "chi bo de nghi|chi bo da"),
         "cap uy de nghi|dang uy de nghi|co quyet dinh|ra quyet dinh"),
    Rule(93, LETTER, (_INTRODUCES,
                      "cap uy de nghi|cap uy da|dang uy de nghi|dang uy co so"),
         "chi bo de nghi|co quyet dinh|ra quyet dinh"),
    Rule(94, LETTER, (_INTRODUCES,
                      "co quyet dinh ket nap|ra quyet dinh ket nap")),
    Rule(95, LETTER, (_INTRODUCES,
                      "ngoai dang bo|ra ngoai|sang dang bo|chuyen noi")),
    Rule(96, "giay gioi thieu|giay cu|giay cu di", (_CHECKS,)),
    Rule(97, LETTER, (_CHECKS,)),
    Rule(98, LETTER, ("lam lai|thuc hien dung|thu tuc", "ket nap"), "chinh thuc"),
    Rule(99, LETTER, ("lam lai|thuc hien dung|thu tuc", "chinh thuc")),
    Rule(100, "phieu bao", ("cong nhan", "chinh thuc"), _MOVES),
    Rule(101, "phieu bao", ("ra khoi dang",)),
    Rule(102, "phieu bao", ("tu tran",)),
    Rule(103, "to khai|ban khai|khai de nghi|de nghi tang", (_BADGE,), "truy tang"),
    Rule(104, "to khai|ban khai|khai de nghi|de nghi truy tang", ("truy tang", _BADGE)),
)  # fmt: skip
"""More words decide: where two rules fit, the one that says more wins."""

OUTSIDE = (
    "muc luc tai lieu|muc luc ho so",
    "bia ho so|ho so dang vien",
    "phieu muon",
    "bien ban|ban ke khai tai san|danh sach|giay moi",
    "ke hoach|hop dong|hoa don|phieu thu|so tay",
)
"""Titles of papers that lie in dossiers and are of none of the kinds."""

SERIES: Mapping[str, str] = MappingProxyType(
    {
        "qd": DECISION,
        "nq": RESOLUTION,
        "bc": REPORT,
        "tb": "thong bao",
        "kl": "ket luan",
        "cv": LETTER,
    }
)
"""What a paper is by its symbol, for a title that a stamp has spoilt."""

MARKS: Mapping[str, int] = MappingProxyType(
    {"1knd": 37, "2knd": 1, "1hsdv": 2, "2hsdv": 3, "3hsdv": 4, "4hsdv": 0}
)
"""The marks of forms in a corner that name a kind; 0 is the inventory, which is none."""

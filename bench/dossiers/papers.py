"""Write the papers of a dossier: each kind laid out as offices lay it out."""

import datetime as dt
from collections.abc import Callable, Mapping
from random import Random

from bench.dossiers.people import Person, day, name, spelt
from bench.dossiers.sentences import GROUNDS, ITEMS, RELATIVES, REVIEWED, SENTENCES
from bench.dossiers.setting import Setter, Sheet
from bench.dossiers.wording import Order, Wording, wordings

PARTY, STATE = "ĐẢNG CỘNG SẢN VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
MARKS = {1: "Mẫu 2-KNĐ", 2: "Mẫu 1-HSĐV", 3: "Mẫu 2-HSĐV", 4: "Mẫu 3-HSĐV", 37: "Mẫu 1-KNĐ"}
UNSAID = 0.06
BY_HAND = {"review", "request", "plain"}
UNHEADED = 0.25  # of what people write themselves, begins with its title


def _number(order: Order, series: str) -> str:
    return f"Số {order.chance.randint(1, 480)}-{series}"


def _body(setter: Setter, order: Order, least: int, most: int, *, hand: bool = False) -> None:
    for _ in range(order.chance.randint(least, most)):
        setter.text(order.chance.choice(SENTENCES).format(p=order.person), hand=hand)


def _title(setter: Setter, order: Order, *lines: str) -> None:
    """Set the title; some write it by hand, and some decisions leave their subject to the text."""
    lines = lines or order.title
    unsaid = order.chance.random() < UNSAID and order.wording.kind not in {9, 10}
    if lines[0] == "QUYẾT ĐỊNH" and unsaid:
        lines = ("QUYẾT ĐỊNH", order.chance.choice(("CỦA BAN THƯỜNG VỤ", "CỦA THỦ TRƯỞNG ĐƠN VỊ")))
    by_hand = order.wording.layout in BY_HAND and order.chance.random() < 0.2
    setter.title(*lines, plain=not lines[0].isupper(), hand=by_hand)
    if order.chance.random() < 0.12:
        setter.stamp(order.chance.choice(("red", "red", "blue")))


def _receivers(order: Order) -> list[str]:
    return ["Nơi nhận:", "- Như Điều 3,", f"- Chi bộ {order.person.cell},"[:34], "- Lưu hồ sơ."]


def _articles(setter: Setter, order: Order, opening: str, who: str) -> None:
    for ground in order.chance.sample(GROUNDS, order.chance.randint(2, 4)):
        setter.text(ground.format(p=order.person))
    setter.skip(0.3)
    setter.title(who, size=0)
    setter.title(opening, size=0)
    setter.text(f"Điều 1. {order.says}.")
    _body(setter, order, 0, 2)
    setter.text(f"Điều 2. {order.person.name} có nghĩa vụ và quyền lợi theo quy định.")
    setter.text("Điều 3. Các cơ quan liên quan và người có tên chịu trách nhiệm thi hành.")


def party(order: Order) -> Setter:
    """Set a decision, a notice or a conclusion of a Party body."""
    setter = Setter(order.chance, order.chance.choice(("A4", "A4", "A4", "old")))
    above, body = order.chance.choice((
        ("ĐẢNG BỘ TỈNH", "HUYỆN ỦY"), ("ĐẢNG BỘ TỈNH", "BAN THƯỜNG VỤ"),
        (f"ĐẢNG BỘ XÃ {order.person.commune.upper()}", "ĐẢNG ỦY"),
        ("HUYỆN ỦY", "ỦY BAN KIỂM TRA"),
    ))  # fmt: skip
    setter.heads(
        [above, body, "*", _number(order, "QĐ/HU")],
        [PARTY, "", f"{order.person.commune}, {spelt(order.date)}"],
    )
    _title(setter, order)
    if order.title[0].startswith("QUYẾT"):
        _articles(setter, order, order.chance.choice(("QUYẾT ĐỊNH:", "QUYẾT ĐỊNH")), body)
    else:
        setter.text(f"{order.says}.")
        _body(setter, order, 4, 12)
    setter.signed(_receivers(order), [f"T/M {body}", "PHÓ BÍ THƯ", name(order.chance)])
    return setter


def resolution(order: Order) -> Setter:
    """Set a resolution or a report of a cell, a committee, the Youth or the trade union."""
    person, commune = order.person, order.person.commune.upper()
    heads = {
        "cell": (f"ĐẢNG ỦY XÃ {commune}", f"CHI BỘ {person.cell.upper()}", "T/M CHI BỘ"),
        "committee": ("ĐẢNG BỘ HUYỆN", f"ĐẢNG ỦY XÃ {commune}", "T/M ĐẢNG ỦY"),
        "section": (f"ĐẢNG ỦY XÃ {commune}", "ĐẢNG ỦY BỘ PHẬN", "T/M ĐẢNG ỦY BỘ PHẬN"),
        "youth": ("HUYỆN ĐOÀN", f"BCH ĐOÀN XÃ {commune}", "T/M BAN CHẤP HÀNH"),
        "union": ("LIÊN ĐOÀN LAO ĐỘNG", f"CÔNG ĐOÀN XÃ {commune}", "T/M BAN CHẤP HÀNH"),
    }  # fmt: skip
    above, body, signs = heads[order.wording.layout]
    setter = Setter(order.chance)
    right = "ĐOÀN TNCS HỒ CHÍ MINH" if order.wording.layout == "youth" else PARTY
    series = "BC/ĐU" if order.wording.layout == "section" else "NQ/CB"
    setter.heads([above, body[:34], "*", _number(order, series)],
                 [right, "", f"{person.commune}, {spelt(order.date)}"])  # fmt: skip
    _title(setter, order)
    for ground in order.chance.sample(GROUNDS, 2):
        setter.text(ground.format(p=person))
    setter.text(f"Ngày {order.date:%d/%m/%Y}, đã họp để xét hồ sơ của {person.name}.")
    setter.text("Tổng số: 14 đồng chí, có mặt: 13 đồng chí, vắng mặt: 1 đồng chí.")
    _body(setter, order, 3, 9)
    setter.text(f"{order.says}. Tán thành 13 đồng chí, đạt 100 %.")
    setter.signed(_receivers(order), [signs, "BÍ THƯ", name(order.chance)])
    return setter


def state(order: Order) -> Setter:
    """Set a decision or a conclusion of an office of the State."""
    setter = Setter(order.chance)
    office = order.chance.choice(("ỦY BAN NHÂN DÂN HUYỆN", "SỞ NỘI VỤ", "PHÒNG GIÁO DỤC",
                                  "BỘ CHỈ HUY QUÂN SỰ", "BỆNH VIỆN ĐA KHOA"))  # fmt: skip
    setter.heads([office, f"Số: {order.chance.randint(1, 900)}/QĐ-UBND"],
                 [STATE, MOTTO, f"{order.person.commune}, {spelt(order.date)}"])  # fmt: skip
    _title(setter, order)
    if order.title[0].startswith("QUYẾT"):
        _articles(setter, order, "QUYẾT ĐỊNH:", "THỦ TRƯỞNG ĐƠN VỊ")
    else:
        setter.text(f"{order.says}.")
        _body(setter, order, 4, 14)
    setter.signed(_receivers(order), ["THỦ TRƯỞNG", name(order.chance)])
    return setter


def court(order: Order) -> Setter:
    """Set a judgment."""
    setter = Setter(order.chance)
    setter.heads(["TÒA ÁN NHÂN DÂN", "HUYỆN", f"Bản án số {order.chance.randint(1, 90)}/HSST"],
                 [STATE, MOTTO])  # fmt: skip
    _title(setter, order, "NHÂN DANH NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    setter.title(*order.title)
    _body(setter, order, 12, 24)
    setter.text(f"{order.says}.")
    setter.signed(_receivers(order), ["THẨM PHÁN", name(order.chance)])
    return setter


def letter(order: Order) -> Setter:
    """Set an official letter, which has its subject under its number."""
    setter = Setter(order.chance)
    subject = order.title[0].split()
    half = len(subject) // 2
    setter.heads(
        [f"ĐẢNG ỦY XÃ {order.person.commune.upper()}", "*", _number(order, "CV/ĐU"),
         " ".join(subject[:half]), " ".join(subject[half:])],
        [PARTY, "", f"{order.person.commune}, {spelt(order.date)}"],
    )  # fmt: skip
    setter.title(f"Kính gửi: Đảng ủy xã {order.chance.choice(('Nà Tâm', 'Bản Khoang'))}",
                 size=0, plain=True)  # fmt: skip
    setter.text(f"{order.says}.")
    _body(setter, order, 1, 4)
    setter.signed(_receivers(order), ["T/M ĐẢNG ỦY", "BÍ THƯ", name(order.chance)])
    return setter


def review(order: Order) -> Setter:
    """Set a review of oneself, mostly by hand."""
    setter = Setter(order.chance, order.chance.choice(("A4", "A4", "old")))
    hand = order.chance.random() < 0.5
    where = f"{order.person.commune}, {spelt(order.date)}"
    if order.chance.random() > UNHEADED:
        left = ["ĐẢNG BỘ HUYỆN", f"CHI BỘ {order.person.cell.upper()}"[:34]]
        setter.heads(left, [PARTY, "", where])
    _title(setter, order)
    for label, value in ITEMS[:5]:
        setter.blank_to_fill(label, value.format(p=order.person))
    setter.text(f"{order.says}:", hand=hand)
    for heading in order.chance.sample(REVIEWED, order.chance.randint(2, 4)):
        setter.text(heading)
        _body(setter, order, 2, 6, hand=hand)
    setter.signed([], ["NGƯỜI TỰ KIỂM ĐIỂM", order.person.name])
    if order.chance.random() < 0.4:
        setter.text("Nhận xét, đánh giá của chi ủy:")
        _body(setter, order, 1, 3, hand=True)
        setter.signed([], ["T/M CHI ỦY", name(order.chance)])
    return setter


def plain(order: Order) -> Setter:
    """Set a paper that somebody of the cell writes."""
    setter = Setter(order.chance)
    if order.chance.random() > UNHEADED:
        left = [f"CHI BỘ {order.person.cell.upper()}"[:34]]
        setter.heads(left, [PARTY, "", f"{order.person.commune}, {spelt(order.date)}"])
    _title(setter, order)
    if order.chance.random() < 0.6:
        setter.title("Kính gửi: Chi ủy và chi bộ", size=0, plain=True)
    hand = order.chance.random() < 0.4
    setter.text(f"{order.says}.", hand=hand)
    _body(setter, order, 4, 14, hand=hand)
    setter.signed([], ["NGƯỜI VIẾT", name(order.chance)])
    return setter


def request(order: Order) -> Setter:
    """Set an application, by hand."""
    setter = Setter(order.chance)
    if mark := MARKS.get(order.wording.kind):
        setter.corner(mark)
    if order.chance.random() > UNHEADED:
        setter.heads([""], [order.chance.choice((PARTY, STATE)), ""])
    _title(setter, order)
    setter.title("Kính gửi: Chi ủy chi bộ", size=0, plain=True)
    for label, value in ITEMS[:4]:
        setter.blank_to_fill(label.replace("Họ và tên", "Tôi là"), value.format(p=order.person))
    setter.text(f"{order.says}.", hand=True)
    _body(setter, order, 3, 9, hand=True)
    setter.right_line(f"{order.person.commune}, {spelt(order.date)}")
    setter.signed([], ["NGƯỜI LÀM ĐƠN", order.person.name])
    return setter


def cv(order: Order) -> Setter:
    """Set a curriculum vitae: a booklet with a cover and many numbered items."""
    setter = Setter(order.chance, order.chance.choice(("A5", "A5", "A4")))
    setter.corner(MARKS[order.wording.kind])
    setter.title(PARTY, size=0)
    setter.skip(7)
    setter.title(*order.title, size=8)
    setter.skip(2)
    setter.blank_to_fill("Họ và tên đang dùng", order.person.name.upper())
    setter.blank_to_fill("Quê quán", order.person.commune)
    setter.blank_to_fill("Số lý lịch", order.person.record_number)
    setter.turn_over()
    _items(setter, order, len(ITEMS))
    for heading in ("LỊCH SỬ BẢN THÂN", "HOÀN CẢNH GIA ĐÌNH", "TỰ NHẬN XÉT"):
        setter.skip(0.5)
        setter.title(heading, size=0)
        for _ in range(order.chance.randint(3, 8)):
            setter.text(order.chance.choice(RELATIVES).format(n=name(order.chance)), hand=True)
    setter.text(f"{order.says}.")
    setter.right_line(f"{order.person.commune}, {spelt(order.date)}")
    setter.signed([], ["NGƯỜI KHAI", order.person.name])
    setter.title("NHẬN XÉT CỦA CHI ỦY", size=0)
    _body(setter, order, 1, 3)
    setter.signed([], ["T/M CHI ỦY", name(order.chance)])
    return setter


def _items(setter: Setter, order: Order, count: int) -> None:
    for at, (label, value) in enumerate(ITEMS[:count], 1):
        setter.blank_to_fill(f"{at:02d}. {label}", value.format(p=order.person))


def form(order: Order) -> Setter:
    """Set the member's form, the old one with another mark and a paper of another size."""
    is_old = order.wording.kind != 3
    setter = Setter(order.chance, "old" if is_old else "A4")
    setter.corner("Mẫu 2-LLĐV" if is_old else MARKS[3])
    setter.heads([f"ĐẢNG BỘ XÃ {order.person.commune.upper()}"], [PARTY])
    _title(setter, order)
    setter.blank_to_fill("Số lý lịch", order.person.record_number)
    setter.blank_to_fill("Số thẻ đảng viên", order.person.card_number)
    _items(setter, order, len(ITEMS))
    setter.text("21. Tóm tắt quá trình hoạt động và công tác")
    for _ in range(order.chance.randint(4, 9)):
        setter.text(order.chance.choice(RELATIVES).format(n=name(order.chance)), hand=True)
    setter.text(f"{order.says}.")
    setter.right_line(f"{order.person.commune}, {spelt(order.date)}")
    setter.signed([], ["NGƯỜI KHAI", order.person.name])
    return setter


def supplement(order: Order) -> Setter:
    """Set the yearly form, which refers to the member's form and its numbers."""
    setter = Setter(order.chance, order.chance.choice(("A4", "A4", "half")))
    if order.chance.random() < 0.8:
        setter.corner(MARKS[4])
    setter.heads([f"CHI BỘ {order.person.cell.upper()}"[:34]], [PARTY])
    _title(setter, order, *order.title, f"Năm {order.date.year}")
    setter.blank_to_fill("Họ và tên", order.person.name)
    setter.blank_to_fill("Số lý lịch", order.person.record_number)
    setter.text(f"{order.says} so với phiếu đảng viên đã khai:")
    for label, value in order.chance.sample(ITEMS[5:], 5):
        setter.blank_to_fill(label, value.format(p=order.person))
    setter.right_line(f"{order.person.commune}, {spelt(order.date)}")
    setter.signed([], ["NGƯỜI KHAI", order.person.name])
    return setter


def certificate(order: Order) -> Setter:
    """Set a certificate on half a sheet."""
    setter = Setter(order.chance, order.chance.choice(("half", "half", "A4")))
    party_school = order.wording.kind in {38, 46, 70}
    setter.heads([order.chance.choice(("TRUNG TÂM CHÍNH TRỊ HUYỆN", "TRƯỜNG CHÍNH TRỊ TỈNH"))]
                 if party_school else ["TRƯỜNG ĐẠI HỌC"],
                 [PARTY] if order.wording.kind in {38, 46} else [STATE, MOTTO])  # fmt: skip
    _title(setter, order)
    for label, value in ITEMS[:3]:
        setter.blank_to_fill(label, value.format(p=order.person))
    setter.text(f"{order.says}.")
    setter.right_line(f"{order.person.commune}, {spelt(order.date)}")
    setter.signed(
        [f"Số hiệu: {order.chance.randint(1000, 99999)}"], ["GIÁM ĐỐC", name(order.chance)]
    )
    return setter


def slip(order: Order) -> Setter:
    """Set a transfer slip: boxes that one committee after another fills in, front and back."""
    setter = Setter(order.chance, order.chance.choice(("A4", "A5", "half")))
    setter.heads(["ĐẢNG BỘ HUYỆN", f"ĐẢNG ỦY XÃ {order.person.commune.upper()}"], [PARTY])
    _title(setter, order)
    setter.blank_to_fill("Đồng chí", order.person.name)
    setter.blank_to_fill("Số thẻ đảng viên", order.person.card_number)
    setter.text(f"{order.says}:")
    for box in range(1, order.chance.randint(3, 9)):
        setter.text(f"{box}. Kính gửi: Đảng ủy (chi bộ)")
        setter.text(f"Giới thiệu đồng chí {order.person.name} đến sinh hoạt đảng", hand=True)
        setter.right_line(spelt(order.date))
        setter.right_line("T/M CẤP ỦY")
    return setter


def short(order: Order) -> Setter:
    """Set a short paper of a committee or an office: a confirmation, a notice, a declaration."""
    setter = Setter(order.chance, order.chance.choice(("A4", "A5", "half")))
    civil = order.wording.layout in {"civil", "medical"}
    right = [STATE, MOTTO] if civil else [PARTY, ""]
    left = ["ỦY BAN NHÂN DÂN" if civil else "ĐẢNG BỘ HUYỆN", f"XÃ {order.person.commune.upper()}"]
    setter.heads(left, [*right, f"{order.person.commune}, {spelt(order.date)}"])
    _title(setter, order)
    for label, value in ITEMS[: order.chance.randint(3, 7)]:
        setter.blank_to_fill(label, value.format(p=order.person))
    setter.text(f"{order.says}.")
    _body(setter, order, 0, 3)
    setter.signed([], ["NGƯỜI CÓ THẨM QUYỀN", name(order.chance)])
    return setter


def cover(order: Order) -> Setter:
    """Set the cover of a dossier."""
    setter = Setter(order.chance)
    setter.title(PARTY, size=0)
    setter.skip(8)
    setter.title(*order.title, size=10)
    setter.blank_to_fill("Họ và tên", order.person.name.upper())
    setter.blank_to_fill("Số lý lịch", order.person.record_number)
    return setter


def inventory(order: Order) -> Setter:
    """Set the list of a dossier's papers, which names many of them."""
    setter = Setter(order.chance)
    setter.corner("Mẫu 4-HSĐV")
    setter.heads([f"ĐẢNG BỘ XÃ {order.person.commune.upper()}"], [PARTY])
    setter.title(*order.title)
    named = order.chance.sample(wordings(), order.chance.randint(15, 40))
    for at, wording in enumerate(named, 1):
        title = " ".join(wording.titles[0]).format(name=order.person.name, year=2011)
        setter.text(f"{at}. {title.capitalize()}")
    setter.signed([], ["NGƯỜI LẬP", name(order.chance)])
    return setter


LAYOUTS: Mapping[str, Callable[[Order], Setter]] = {
    "party": party, "cell": resolution, "committee": resolution, "section": resolution,
    "youth": resolution, "union": resolution, "state": state, "authority": state, "court": court,
    "letter": letter, "review": review, "plain": plain, "other": plain, "request": request,
    "cv": cv, "form": form, "supplement": supplement, "certificate": certificate, "slip": slip,
    "note": short, "paper": short, "civil": short, "medical": short, "declaration": short,
    "cover": cover, "inventory": inventory,
}  # fmt: skip


def write(chance: Random, person: Person, wording: Wording) -> tuple[list[Sheet], dt.date]:
    """Return the sides of a paper and its day."""
    date = day(chance, person.admitted.year, 2025)
    chosen = chance.choice(wording.titles)
    title = tuple(line.format(name=person.name, year=date.year) for line in chosen)
    setter = LAYOUTS[wording.layout](Order(chance, person, wording, date, title))
    return setter.sheets, date

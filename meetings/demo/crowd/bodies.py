"""The bodies of a fictional province: communes, Party bodies of agencies, what lies below them."""

from collections.abc import Iterator
from itertools import islice, product
from uuid import UUID

from meetings.models import Body, BodyKind, new_id

COMMUNES, COMMITTEES, CELLS_OF_EACH, CELLS = 75, 5, 5, 26
AGENCIES = (
    "Đảng bộ các cơ quan Đảng tỉnh Lam Khê",
    "Đảng bộ Ủy ban nhân dân tỉnh Lam Khê",
    "Đảng bộ Quân sự tỉnh Lam Khê",
    "Đảng bộ Công an tỉnh Lam Khê",
)
FIRST = ("Mường", "Chiềng", "Nậm", "Tà", "Phiêng", "Pá", "Sốp", "Huổi", "Lóng", "Bó")
SECOND = ("Khoa", "Lạn", "Pàn", "Hốc", "Luông", "Sại", "Cơi", "Giôn", "Ma", "Sơ")
UNITS = ("trường Trung học cơ sở", "trường Tiểu học", "trạm Y tế", "cơ quan", "dân cư trung tâm")
PLACES = ("bản", "tiểu khu", "bản Mới", "bản Nà", "bản Huổi")
OFFICES = ("phòng Tổng hợp", "phòng Nghiệp vụ", "đội", "trung tâm", "ban")


def bodies(province: UUID) -> list[Body]:
    """Return the bodies below a province, each after its parent."""
    every = product(FIRST, SECOND)
    named = [f"Đảng bộ xã {first} {second}" for first, second in islice(every, COMMUNES)]
    found: list[Body] = []
    for name in named:
        found += _tree(province, BodyKind.COMMUNE_COMMITTEE, name, UNITS, PLACES)
    for name in AGENCIES:
        found += _tree(province, BodyKind.PARTY_COMMITTEE, name, OFFICES, OFFICES)
    return found


def _tree(
    above: UUID, kind: BodyKind, name: str, units: tuple[str, ...], places: tuple[str, ...]
) -> Iterator[Body]:
    """Yield a superior body, its committees with their cells, and its own cells."""
    top = _body(above, kind, name, 0)
    yield top
    place = name.removeprefix("Đảng bộ ")
    for number, unit in zip(range(COMMITTEES), units, strict=False):
        committee = _body(top.id, BodyKind.PARTY_COMMITTEE, f"Đảng bộ {unit}, {place}", number)
        yield committee
        for cell in range(1, CELLS_OF_EACH + 1):
            yield _body(committee.id, BodyKind.CELL, f"Chi bộ {cell} {unit}, {place}", cell)
    for number in range(1, CELLS + 1):
        where = f"{places[number % len(places)]} {number}"
        yield _body(top.id, BodyKind.CELL, f"Chi bộ {where}, {place}", COMMITTEES + number)


def _body(parent: UUID, kind: BodyKind, name: str, position: int) -> Body:
    return Body(id=new_id(), parent_id=parent, kind=kind, name=name, symbol="", position=position)

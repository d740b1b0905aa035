from datetime import date

from meetings import policy
from meetings.members.records.services import Draft
from meetings.members.register import queries
from meetings.models import BodyKind, EventKind
from tests import factories
from tests.meetings.members.conftest import admitted, official

DIED = Draft(EventKind.DIED, date(2022, 1, 1))


def told(session, user, words: str = "") -> dict[str, int]:
    found = queries.registers(session, by=user, words=words)
    return {one.name: one.count for one in found}


def test_a_body_counts_its_own_and_those_below_it_in_force(session, commune, enter):
    enter(admitted(), official())
    enter(admitted())
    enter(admitted(), DIED)
    enter()  # who is not admitted yet is in no number
    enter(admitted(), cell=commune.other_cell)
    enter(admitted(), cell=commune.commune)
    factories.member(session, factories.body(session, kind=BodyKind.CELL, name="Chi bộ xã khác"))
    session.flush()
    assert told(session, commune.keeper) == {
        commune.commune.name: 4,
        "Chi bộ bản Nà Lốc": 2,
        "Chi bộ bản Phiêng Ban": 1,
    }
    assert told(session, commune.secretary) == {"Chi bộ bản Nà Lốc": 2}


def test_the_largest_come_first_and_empty_cells_are_there_too(session, commune, enter):
    for body in (commune.other_cell, commune.other_cell, commune.commune):
        enter(admitted(), cell=body)
    names = list(told(session, commune.keeper))
    assert names[0] == commune.commune.name
    assert names[1:] == ["Chi bộ bản Phiêng Ban", "Chi bộ bản Nà Lốc"]


def test_a_name_is_found_without_accents_and_its_number_stays(session, commune, enter):
    enter(admitted(), cell=commune.other_cell)
    assert told(session, commune.keeper, "phieng") == {"Chi bộ bản Phiêng Ban": 1}
    assert told(session, commune.keeper, "PHIÊNG ban") == {"Chi bộ bản Phiêng Ban": 1}
    assert told(session, commune.keeper, "ban na") == {"Chi bộ bản Nà Lốc": 0}
    assert told(session, commune.keeper, "xyz") == {}


def test_numbers_are_those_of_the_members_one_may_list(session, world, commune, enter):
    for cell in (commune.cell, commune.cell, commune.other_cell):
        enter(admitted(), cell=cell)
    session.flush()
    for user in (commune.keeper, commune.secretary, world.administrator, world.clerk):
        counted = dict(session.execute(policy.members_counted(user)).all())
        seen = [one.body_id for one in session.scalars(policy.readable_members(user))]
        assert counted == {body: seen.count(body) for body in set(seen)}
    for role in (world.administrator, world.clerk):
        assert queries.registers(session, by=role) == []


def test_who_narrows_the_list_down_gets_a_file_of_the_same(session, commune, enter):
    enter(admitted(), official(), full_name="Lò Văn Chính")
    enter(admitted(), full_name="Lò Văn Dự")
    enter(admitted(), DIED, full_name="Lò Văn Mất")
    enter(full_name="Lò Văn Xin")
    expected = {
        "": ["Lò Văn Chính", "Lò Văn Dự"],
        "full": ["Lò Văn Chính"],
        "probationary": ["Lò Văn Dự"],
        "applicant": ["Lò Văn Xin"],
        "gone": ["Lò Văn Mất"],
    }
    for standing, names in expected.items():
        asked = queries.Asked(standing=standing)
        leaf = queries.register_of(session, commune.commune, asked, by=commune.keeper)
        assert [member.full_name for member in leaf.rows] == names, standing
        assert leaf.total == len(names)
        lines = queries.whole_register(session, commune.commune, asked, by=commune.keeper)
        assert [line.facts["full_name"] for line in lines] == names, standing

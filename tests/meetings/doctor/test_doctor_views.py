"""The page of the doctor: for administrators, in Vietnamese, with words beside every colour."""

import pytest

from meetings.doctor.machine import services as machine


def test_an_administrator_reads_what_must_be_mended_first(sign_in, world, monkeypatch):
    monkeypatch.setattr(machine, "sandbox_state", lambda: "rlimits")
    page = sign_in(world.administrator).get("/system/doctor").get_data(as_text=True)
    assert "1 việc phải khắc phục" in page
    assert page.index("bubblewrap") < page.index("giữ trọn dữ liệu")
    for word in ("Phải khắc phục", "Cần xem lại", "Tốt"):
        assert word in page


def test_where_nothing_must_be_mended_the_page_says_so(sign_in, world):
    page = sign_in(world.administrator).get("/system/doctor").get_data(as_text=True)
    assert "Không có việc gì phải khắc phục" in page


def test_the_page_is_reached_from_the_system_page(sign_in, world):
    assert 'href="/system/doctor"' in sign_in(world.administrator).get("/system").get_data(
        as_text=True
    )


@pytest.mark.parametrize("who", ["clerk", "delegate", "researcher", "outsider"])
def test_nobody_else_examines_the_machine(sign_in, world, who):
    assert sign_in(getattr(world, who)).get("/system/doctor").status_code == 403

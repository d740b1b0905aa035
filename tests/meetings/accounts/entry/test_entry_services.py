"""Passwords that are guessed first are refused; sentences pass, whatever they are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.accounts.entry.services import _listed, is_weak


@pytest.mark.parametrize(
    "password",
    [
        "123456789012",
        "MatKhau@123456",
        "mật khẩu 2026",
        "Đảng bộ 2026!!!",
        "vietnamvodich1",
        "qwertyuiop[]12",
        "aaaaaaaaaaaaaa",
        "Tỉnh ủy 123456",
        "passwordpassword",
        "abcabcabcabcabc",
        "tran.van.an 1969",
    ],
)
def test_what_everybody_tries_first_is_weak(password):
    assert is_weak(password, "tran.van.an")


@pytest.mark.parametrize(
    "password",
    [
        "trời hôm nay đẹp lắm",
        "con mèo trèo cây cau",
        "mật khẩu của tôi là hoa sen trắng",
        "vzx9-qpwm-tkri-hd4s",
    ],
)
def test_a_sentence_passes(password):
    assert not is_weak(password, "tran.van.an")


def test_the_name_of_the_account_counts_for_nothing():
    assert is_weak("nguyễn văn quyết 1968", "nguyen.van.quyet")
    assert not is_weak("nguyễn văn quyết 1968", "tran.an")


@given(st.sampled_from(sorted(_listed())), st.text("0123456789 .-_!@", max_size=9))
def test_a_listed_word_in_any_dress_stays_weak(word, dress):
    assert is_weak(dress + word.upper() + dress)

"""Addresses and numbers are taken as people type them, and what is none is told."""

import pytest

from meetings.carriers.addresses import mail_of, mobile_of

TWO = "a@c.example\nBcc: x@y.example"


@pytest.mark.parametrize("typed", ["0912345678", "0912 345 678", "+84 912.345.678", "84912345678"])
def test_a_mobile_number_may_be_typed_in_several_ways(typed):
    assert mobile_of(typed) == "+84912345678"


@pytest.mark.parametrize("typed", ["", "912345678", "0212345678", "09123456789", "0912-abc-678"])
def test_what_is_no_mobile_number_is_none(typed):
    assert mobile_of(typed) is None


def test_a_mail_address_is_kept_as_typed():
    assert mail_of(" lan.nt@tinhuy.example ") == "lan.nt@tinhuy.example"


@pytest.mark.parametrize(
    "typed", ["", "lan", "lan@", "a@b", "a b@c.example", "a@c.example\nBcc: x@y.example"]
)
def test_what_is_no_mail_address_is_none(typed):
    assert mail_of(typed) is None

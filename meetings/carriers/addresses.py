"""Addresses of mail and numbers of telephones as people type them."""

import re

MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
MOBILE = re.compile(r"(?:\+?84|0)([35789]\d{8})")
BETWEEN = re.compile(r"[\s.()-]+")


def mail_of(typed: str) -> str | None:
    """Return a mail address, or None for what is none."""
    address = typed.strip()
    return address if MAIL.fullmatch(address) else None


def mobile_of(typed: str) -> str | None:
    """Return a mobile number of this country as +84..., or None for what is none."""
    found = MOBILE.fullmatch(BETWEEN.sub("", typed))
    return f"+84{found[1]}" if found else None

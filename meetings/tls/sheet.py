"""The enrolment sheet: what staff and delegate do once with each tablet, on one page to print."""

from cryptography import x509

from meetings import clock
from meetings.press.layouts import fill
from meetings.press.pdf import typeset
from meetings.press.qr import qr_code
from meetings.tls.authority import fingerprint
from meetings.tls.handing import AUTHORITY_PATH

PAIRS_IN_A_ROW = 8
PAIR = 3


def print_sheet(host: str, authority: x509.Certificate, support_phone: str) -> bytes:
    """Return the sheet as PDF."""
    return typeset(lay_out(host, authority, support_phone))


def lay_out(host: str, authority: x509.Certificate, support_phone: str) -> str:
    """Return the sheet as HTML; the certificate comes over http, for nobody trusts it yet."""
    certificate, page = f"http://{host}{AUTHORITY_PATH}", f"https://{host}/"
    letters, row = fingerprint(authority), PAIRS_IN_A_ROW * PAIR
    return fill(
        "enrolment.html",
        certificate=certificate,
        certificate_code=qr_code(certificate),
        page=page,
        page_code=qr_code(page),
        label=_label(authority),
        fingerprint=[letters[i : i + row].strip() for i in range(0, len(letters), row)],
        until=f"{clock.local(authority.not_valid_after_utc):%d/%m/%Y}",
        support_phone=support_phone,
    )


def _label(authority: x509.Certificate) -> str:
    return str(next(iter(authority.subject)).value)

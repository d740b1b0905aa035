"""Follow a signer's certificate to the roots that the house trusts; runs in the sandbox."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from asn1crypto import x509
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from meetings.intake.signatures.failures import FAILURES
from meetings.intake.signatures.signature import Revocation, Signature, Trust


def judged(signature: EmbeddedPdfSignature, said: Signature, roots: Sequence[bytes]) -> Signature:
    """Add what the given roots prove; nothing is asked over the network."""
    if not roots:
        return said
    trusted = list(_certificates(roots))
    if _holds(signature, trusted, "require"):
        return replace(said, trust=Trust.TRUSTED, revocation=Revocation.GOOD)
    if _holds(signature, trusted, "soft-fail"):
        return replace(said, trust=Trust.TRUSTED)
    return replace(said, trust=Trust.UNTRUSTED)


def _certificates(roots: Sequence[bytes]) -> Iterator[x509.Certificate]:
    for root in roots:
        with suppress(*FAILURES):  # one that an operator laid there by mistake trusts nobody
            certificate = x509.Certificate.load(root)
            _ = certificate.native
            yield certificate


def _holds(
    signature: EmbeddedPdfSignature, trusted: list[x509.Certificate], revocation: str
) -> bool:
    try:
        context = _context(signature, trusted, revocation)
        return bool(validate_pdf_signature(signature, context, context, skip_diff=True).trusted)
    except FAILURES:  # a malformed certificate proves nothing
        return False


def _context(
    signature: EmbeddedPdfSignature, trusted: list[x509.Certificate], revocation: str
) -> ValidationContext:
    given = {"trust_roots": trusted, "allow_fetching": False, "revocation_mode": revocation}
    store = (
        DocumentSecurityStore.read_dss(signature.reader)
        if "/DSS" in signature.reader.root
        else None
    )
    return store.as_validation_context(given) if store else ValidationContext(**given)

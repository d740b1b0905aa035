"""Read the signatures of a PDF; runs in the sandbox, never in web or worker."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from meetings.intake.signatures.changes import changes_after
from meetings.intake.signatures.failures import FAILURES
from meetings.intake.signatures.seen import is_signed
from meetings.intake.signatures.signature import (
    Coverage,
    Integrity,
    Signature,
    Strength,
    TimeSource,
)
from meetings.intake.signatures.trust import judged

DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
COVERAGES = {
    "ENTIRE_FILE": Coverage.WHOLE,
    "ENTIRE_REVISION": Coverage.REVISION,
    "CONTIGUOUS_BLOCK_FROM_START": Coverage.PART,
    "UNCLEAR": Coverage.UNCLEAR,
}
WEAK = {"md2", "md5", "sha1"}
RSA_BITS = 2048
STAMP_ALONE = "/DocTimeStamp"


def read_signatures(path: Path, roots: Sequence[bytes] = ()) -> list[Signature]:
    """Return the signatures of a PDF in the order they were made; roots are certificates (DER).

    A file that claims to be signed and cannot be read has one signature of which nothing is known.
    """
    with path.open("rb") as file:
        try:
            found = list(PdfFileReader(file, strict=False).embedded_signatures)
        except FAILURES:
            return [Signature()] if is_signed(path) else []
        return [_read(signature, roots) for signature in found]


def _read(signature: EmbeddedPdfSignature, roots: Sequence[bytes]) -> Signature:
    said = Signature()
    for step in (_field, _certificate, _algorithm, _time, _integrity, _coverage, _changes):
        with suppress(*FAILURES):  # one malformed fact costs no other
            said = replace(said, **step(signature))
    return judged(signature, said, roots)


def _field(signature: EmbeddedPdfSignature) -> dict[str, Any]:
    return {"field": str(signature.field_name)}


def _certificate(signature: EmbeddedPdfSignature) -> dict[str, Any]:
    certificate = signature.signer_cert
    return {
        "signer": _named(certificate.subject, "common_name"),
        "organisation": _named(certificate.subject, "organization_name"),
        "email": _named(certificate.subject, "email_address"),
        "serial": f"{certificate.serial_number:x}",
        "issuer": _named(certificate.issuer, "common_name") or certificate.issuer.human_friendly,
        "valid_from": certificate.not_valid_before,
        "valid_to": certificate.not_valid_after,
    }


def _named(name: x509.Name, part: str) -> str:
    value = name.native.get(part, "")
    return value if isinstance(value, str) else ", ".join(value)


def _algorithm(signature: EmbeddedPdfSignature) -> dict[str, Any]:
    digest = signature.signer_info["digest_algorithm"]["algorithm"].native
    key = signature.signer_cert.public_key
    weak = digest in WEAK or (key.algorithm == "rsa" and key.bit_size < RSA_BITS)
    return {
        "algorithm": f"{key.algorithm} {key.bit_size} {digest}",
        "strength": Strength.WEAK if weak else Strength.STRONG,
    }


def _time(signature: EmbeddedPdfSignature) -> dict[str, Any]:
    token = _time_stamp(signature)
    claimed = signature.self_reported_timestamp
    if token is not None:
        stamped = token["encap_content_info"]["content"].parsed["gen_time"].native
        source = TimeSource.TIME_STAMP
        return {"signed_at": stamped, "claimed_at": claimed, "time_source": source}
    source = TimeSource.NONE if claimed is None else TimeSource.CLOCK
    return {"signed_at": claimed, "claimed_at": claimed, "time_source": source}


def _time_stamp(signature: EmbeddedPdfSignature) -> Any:
    if signature.sig_object_type == STAMP_ALONE:
        return signature.signed_data
    for attribute in signature.signer_info["unsigned_attrs"] or ():
        if attribute["type"].native == "signature_time_stamp_token":
            return attribute["values"][0]["content"]
    return None


def _integrity(signature: EmbeddedPdfSignature) -> dict[str, Any]:
    digest, kind, imprinted = signature.compute_digest(), "data", True
    if signature.sig_object_type == STAMP_ALONE:
        content = signature.signed_data["encap_content_info"]["content"]
        imprint = content.parsed["message_imprint"]
        imprinted = imprint["hashed_message"].native == digest
        method = signature.signer_info["digest_algorithm"]["algorithm"].native
        digest, kind = _digest(method, bytes(content)), "tst_info"
    holds = validate_sig_integrity(signature.signer_info, signature.signer_cert, kind, digest)
    return {"integrity": Integrity.INTACT if imprinted and all(holds) else Integrity.BROKEN}


def _digest(method: str, content: bytes) -> bytes:
    """Return a digest by the method that a signer chose; raise KeyError for one nobody trusts."""
    digest = hashes.Hash(DIGESTS[method])
    digest.update(content)
    return digest.finalize()


def _coverage(signature: EmbeddedPdfSignature) -> dict[str, Any]:
    signature.compute_integrity_info()
    covered = [int(number) for number in list(signature.byte_range)]
    return {
        "coverage": COVERAGES[signature.coverage.name],
        "bytes_after": max(0, signature.reader.stream.seek(0, 2) - sum(covered[-2:])),
    }


def _changes(signature: EmbeddedPdfSignature) -> dict[str, Any]:
    return {"changes": changes_after(signature)}

"""Signed papers that the tests make: an authority, a signer, and what may be done afterwards."""

import io
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

SIGNER = {
    NameOID.COMMON_NAME: "Nguyễn Văn An",
    NameOID.ORGANIZATION_NAME: "Văn phòng Tỉnh ủy",
    NameOID.EMAIL_ADDRESS: "an@tinhuy.local",
}


def _named(parts):
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts.items()])


def _certificate(subject, key, issuer, issuer_key, *, authority):
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=300))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    usage = x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=authority, crl_sign=authority,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return made.add_extension(usage, critical=True).sign(issuer_key, hashes.SHA256())


@cache
def people():
    """Return the authority's certificate (DER) and a signer's key store (PKCS 12)."""
    root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    root_name = _named({NameOID.COMMON_NAME: "Gốc thử nghiệm"})
    root = _certificate(root_name, root_key, root_name, root_key, authority=True)
    leaf = _certificate(_named(SIGNER), key, root_name, root_key, authority=False)
    store = serialization.pkcs12.serialize_key_and_certificates(
        b"an", key, leaf, [root], serialization.BestAvailableEncryption(b"x")
    )
    return root.public_bytes(serialization.Encoding.DER), store


def root() -> bytes:
    return people()[0]


def signed(content: bytes, field: str = "Signature1") -> bytes:
    """Return a PDF with one more signature."""
    signer = signers.SimpleSigner.load_pkcs12_data(people()[1], other_certs=[], passphrase=b"x")
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    append_signature_field(writer, SigFieldSpec(field))
    meta = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    return signers.sign_pdf(writer, meta, signer=signer).getvalue()


def stamped(content: bytes) -> bytes:
    """Return a PDF on whose first page an incoming stamp was laid in a later save."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    stamp = generic.DictionaryObject({
        generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
        generic.pdf_name("/Subtype"): generic.pdf_name("/Stamp"),
        generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (9, 9, 99, 99))),
        generic.pdf_name("/Contents"): generic.pdf_string("CÔNG VĂN ĐẾN số 12"),
    })  # fmt: skip
    writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(stamp))
    return _written(writer)


def rewritten(content: bytes) -> bytes:
    """Return a PDF whose first page shows other words since a later save."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page = writer.find_page_for_modification(0)[0].get_object()
    page["/Contents"] = writer.add_object(
        generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 700 Td (mot ty dong) Tj ET")
    )
    writer.update_container(page)
    return _written(writer)


def retitled(content: bytes) -> bytes:
    """Return a PDF that only got another title in a later save."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.set_info(generic.DictionaryObject({
        generic.pdf_name("/Title"): generic.pdf_string("Khác"),
    }))  # fmt: skip
    return _written(writer)


def altered(content: bytes) -> bytes:
    """Return a PDF of which one signed byte is another."""
    at = content.index(b"/Font")
    return content[:at] + b"/Fonf" + content[at + 5 :]


def _written(writer) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def laid(folder: Path, content: bytes) -> Path:
    path = folder / "signed.pdf"
    path.write_bytes(content)
    return path

"""Verifying the signatures of a received file, in the sandbox and without a network."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import jobs
from meetings.documents.tasks import laid_out
from meetings.intake import Reason
from meetings.intake.copies import signatures_of
from meetings.models import DocumentVersion

PEM = b"-----BEGIN CERTIFICATE-----"
KINDS = {".crt", ".cer", ".der", ".pem"}


@jobs.handles("documents.verify")
def verify(run: jobs.Run) -> None:
    """Keep with a version what its signatures say; one that cannot be read stays unverified."""
    installation = run.installation
    with installation.database.reading() as session:
        version = session.get(DocumentVersion, UUID(run.payload["version"]))
        if version is None:  # it was destroyed meanwhile
            return
        _ = version.compartment
    with laid_out(installation, version) as file:
        found = signatures_of(file, roots=list(roots(installation.settings.roots_folder)))
    if isinstance(found, Reason):
        return
    told = [signature.to_json() for signature in found]

    def settle(session: Session) -> None:
        current = session.get(DocumentVersion, version.id)
        if current is not None:
            current.signatures = told

    installation.database.write(settle)


def roots(folder: Path | None) -> Iterator[bytes]:
    """Yield the certificates that the house trusts, as an operator laid them into a folder."""
    for path in sorted(folder.iterdir()) if folder else ():
        if path.suffix.lower() in KINDS:
            content = path.read_bytes()
            yield ssl.PEM_cert_to_DER_cert(content.decode()) if PEM in content else content

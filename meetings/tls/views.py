"""The authority's certificate, for devices that are being enrolled: public, as it must be."""

from cryptography.hazmat.primitives.serialization import Encoding
from flask import Response, abort

from meetings.tls.folder import TlsFolder, read_certificate
from meetings.tls.handing import CONTENT_TYPE, FILE_NAME
from meetings.web.context import installation
from meetings.web.pages import NOT_FOUND, Pages

pages = Pages("tls", __name__)


@pages.get("/tls/<name>", needs=None)
def hand_out(name: str) -> Response:
    """Hand out the certificate that devices are to trust."""
    folder = TlsFolder.of(installation().settings.instance)
    authority = read_certificate(folder.authority) if name == FILE_NAME else None
    if authority is None:
        abort(NOT_FOUND)
    return Response(authority.public_bytes(Encoding.DER), content_type=CONTENT_TYPE)

"""Where devices fetch the authority's certificate, and as what."""

FILE_NAME = "authority.crt"
AUTHORITY_PATH = f"/tls/{FILE_NAME}"
CONTENT_TYPE = "application/x-x509-ca-cert"  # iOS and Android both offer to install it

"""Why a message did not go out."""


class Unreachable(Exception):
    """The carrier does not answer, or not now; it may later."""


class Refused(Exception):
    """The carrier answered that it will never take this message."""

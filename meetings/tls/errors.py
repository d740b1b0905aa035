"""What can go wrong with certificates, as a sentence for the person who must act."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue."""
    return sentence


NO_HOST = _("“%(name)s” is no host name; it looks like hop.tinh.local, in letters a-z and digits.")
NO_ADDRESS = _("“%(name)s” is no IP address; it looks like 10.0.0.5.")
NO_SCOPE = _(
    "“%(name)s” is neither a domain nor a network; they look like tinh.local, 10.0.0.0/24."
)
NO_NAMES = _("Name the host that people type: meetings tls init --host hop.tinh.local")
OUTSIDE = _(
    "The authority vouches for %(scope)s only, not for %(name)s. "
    "--new-authority makes another; every device is then enrolled again."
)
KEY_AWAY = _("The authority's key is not here; bring it back from the safe as %(file)s.")
ENDED = _(
    "The authority ended on %(day)s. "
    "--new-authority makes another; every device is then enrolled again."
)
FOREIGN = _(
    "%(file)s is not signed by an authority of this folder. "
    "Put it aside to keep it, or replace it with --new-authority."
)
DAMAGED = _("%(file)s holds no usable certificate or key; put it aside and try again.")
DISK = _("%(file)s: %(problem)s")


class TlsError(Exception):
    """A certificate cannot be made or read; the sentence and its facts say why."""

    def __init__(self, sentence: str, **facts: object) -> None:
        super().__init__(sentence % facts)
        self.sentence = sentence
        self.facts = facts

"""What malformed files and certificates make their readers raise."""

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError
from pyhanko_certvalidator.errors import PathError

FAILURES = (
    *(PdfError, SignatureValidationError, ValidationInfoReadingError, SuspiciousModification),
    *(PathError, InvalidSignature, UnsupportedAlgorithm, ArithmeticError, AssertionError),
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, OSError),
    *(RecursionError, NotImplementedError),
)

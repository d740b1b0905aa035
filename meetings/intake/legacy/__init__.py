"""Text of old Vietnamese fonts, TCVN3 (ABC) and VNI, made Unicode by run and font."""

from meetings.intake.legacy.encodings import Encoding
from meetings.intake.legacy.repair import LONE_SYMBOL, encoding_of, guess, of_font, repair

__all__ = ["LONE_SYMBOL", "Encoding", "encoding_of", "guess", "of_font", "repair"]

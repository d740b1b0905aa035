"""What a character of an old font stands for: TCVN 5712:1993 (ABC) and VNI for Windows."""

from enum import StrEnum


class Encoding(StrEnum):
    """An encoding in which Western letters are drawn as Vietnamese ones."""

    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3_capitals"
    """The fonts whose name ends in H: the same bytes, drawn as capitals."""
    VNI = "vni"


_TCVN3_ROWS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
TCVN3 = {
    chr(first + place): letter
    for first, row in _TCVN3_ROWS.items()
    for place, letter in enumerate(row)
} | {"\u2212": "ư", "\u2219": "ã"}  # how PDF names the bytes of a soft hyphen and a middle dot
"""One character for each, as Latin-1 shows the byte."""

_VNI_ROWS = {
    "a": dict(zip("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ", strict=True)),
    "e": dict(zip("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("ùøûõïâáàåãä", "óòỏõọôốồổỗộ", strict=True)),
    "u": dict(zip("ùøûõï", "úùủũụ", strict=True)),
    "y": dict(zip("ùøûõ", "ýỳỷỹ", strict=True)),
    "i": dict(zip("ùøûõï", "íìỉĩị", strict=True)),
    "ô": {"": "ơ", **dict(zip("ùøûõï", "ớờởỡợ", strict=True))},
    "ö": {"": "ư", **dict(zip("ùøûõï", "ứừửữự", strict=True))},
    **{base: {"": letter} for base, letter in zip("íìæóòîñ", "íìỉĩịỵđ", strict=True)},
}


def _vni() -> dict[str, str]:
    """Return letter and mark, in every case that is met, and what they stand for."""
    pairs: dict[str, str] = {}
    for base, marks in _VNI_ROWS.items():
        for mark, letter in marks.items():
            pairs[base + mark] = letter
            pairs[base.upper() + mark.upper()] = letter.upper()
            pairs[base.upper() + mark] = letter.upper()
    return pairs


VNI = _vni()
"""One or two characters for each; two are looked for first."""

"""Whether a word can be Vietnamese: every syllable is an initial, a rime and a tone."""

import re
import unicodedata
from functools import lru_cache

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_INITIALS = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx]"
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt "
    "oc oe oen oeo oet oi om on ong op ot oong ooc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut "
    "uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu "
    "y yêm yên yêng yêt yêu ynh yt êu ăng uôm"
)
_ANY_RIME = "|".join(sorted(set(_RIMES.split()), key=len))
_SYLLABLE = re.compile(f"(?:{_INITIALS})?(?:{_ANY_RIME})")
_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Tell whether a word, in any case, is built as a Vietnamese syllable."""
    toneless = unicodedata.normalize("NFD", word.casefold()).translate(_TONES)
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", toneless)) is not None


def words_of(text: str) -> list[str]:
    """Return the runs of letters in a text."""
    return _LETTERS.findall(unicodedata.normalize("NFC", text))

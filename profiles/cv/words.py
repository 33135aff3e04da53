"""What names of languages, degrees and levels in a CV mean. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

from cscareers.core.fold import fold
from cscareers.core.languages import language_names
from profiles.enums import Cefr, EducationLevel

SKILL_WORDS: Final[Mapping[str, int]] = {
    "master": 4, "expert": 3, "advanced": 3, "intermediate": 2, "beginner": 1, "basic": 1,
    "none": 0,
}  # fmt: skip
"""The words for a skill's level in a JSON Resume."""
DEGREES: Final = (
    (EducationLevel.DOCTORATE, r"doctor|doctorate|phd|ph d|dphil|dba|edd"),
    (EducationLevel.MASTER, r"master|masters|mba|msc|ma|ms|m sc|m a|mphil|meng"),
    (EducationLevel.BACHELOR, r"bachelor|bachelors|bsc|ba|bs|b sc|b a|bba|bcom|beng"),
    (EducationLevel.ASSOCIATE, r"associate|associates|aa|aas|foundation degree"),
    (EducationLevel.SECONDARY, r"high school|secondary|ged|a levels?|abitur|matura"),
)
_CEFR: Final = re.compile(r"\b([abc][12])\b")
_NATIVE: Final = re.compile(r"\b(native|mother tongue|bilingual)\b")
# Sent by programs or made by them, and nothing that anybody reads or PostgreSQL keeps.
_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\ufeff\ufffe\uffff\ud800-\udfff]"
)
_UNSTORABLE: Final = re.compile(r"[\x00\ud800-\udfff]")
_BLANKS: Final = re.compile(r"[^\S\n]+")
_LIGATURES: Final = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆ"}


def storable(text: str) -> str:
    """The text without what PostgreSQL can't keep, and without outer blanks."""
    return _UNSTORABLE.sub("", text).strip()


def tidy(text: str) -> str:
    """The text of a page for reading: without characters that nobody sees, with single blanks."""
    found = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_LIGATURES)
    kept = (_BLANKS.sub(" ", line).strip() for line in found.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def is_language(code: str) -> bool:
    """Whether this is an ISO 639-1 code that we have a name for."""
    return code in language_names()


def language_code(name: str) -> str | None:
    """The ISO 639-1 code of a language by its English name or its code."""
    return language_codes().get(fold(name))


@cache
def language_codes() -> Mapping[str, str]:
    """Names in English and codes, folded → ISO 639-1 code."""
    codes = language_names()
    return {fold(name): code for code, name in codes.items()} | {code: code for code in codes}


def fluency(text: str) -> Cefr | None:
    """The CEFR level that a fluency names; native is C2."""
    folded = fold(text)
    if stated := _CEFR.search(folded):
        return Cefr(stated[1].upper())
    return Cefr.C2 if _NATIVE.search(folded) else None


def degree(study_type: str) -> EducationLevel | None:
    """The level of a kind of study, when we can read it."""
    folded = fold(study_type)
    for level, pattern in DEGREES:
        if re.search(rf"\b(?:{pattern})\b", folded):
            return level
    return None

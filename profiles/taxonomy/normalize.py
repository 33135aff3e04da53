"""A term as it is compared: two spellings that people take for one come out alike."""

import re

from cscareers.core.fold import fold

# Signs that carry the meaning of a name; folding would drop them.
_MEANT = (("c++", "cplusplus"), ("c#", "csharp"), ("a+", "aplus"), ("&", " and "), ("@", " at "))
# American spellings on the left side of each pair meet the British ones on the right.
_SPELLINGS = (
    (re.compile(r"\bcenter(s?)\b"), r"centre\1"),
    (re.compile(r"\bprogram(s?)\b"), r"programme\1"),
    (re.compile(r"\bbehavior(s?|al)\b"), r"behaviour\1"),
    (re.compile(r"\blabor\b"), "labour"),
    (re.compile(r"\bjudgment\b"), "judgement"),
    (re.compile(r"\bdialer(s?)\b"), r"dialler\1"),
    (re.compile(r"\bmodeling\b"), "modelling"),
    (re.compile(r"\binquir(y|ies)\b"), r"enquir\1"),
    (re.compile(r"\b(organ|optim|personal|digital|prior|visual|anal)(iz|yz)"), r"\1is"),
    (re.compile(r"\be (mail|commerce|learning)"), r"e\1"),
    (re.compile(r"\b(multi|omni|cross|co) (?=\w)"), r"\1"),
    (re.compile(r"\bon board"), "onboard"),
    (re.compile(r"\bhelp desk"), "helpdesk"),
)


def normalize(term: str) -> str:
    """The term in lower case, without accents and punctuation, in one spelling of English."""
    text = term.casefold()
    for sign, word in _MEANT:
        text = text.replace(sign, word)
    text = fold(text)
    for pattern, replacement in _SPELLINGS:
        text = pattern.sub(replacement, text)
    return text

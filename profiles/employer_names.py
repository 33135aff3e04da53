"""Names of employers as they are compared. Pure."""

from typing import Final

from cscareers.core.fold import fold

_LEGAL_FORMS: Final = frozenset(
    (
        *("ab", "ag", "as", "aps", "bv", "co", "corp", "corporation", "gmbh", "inc"),
        *("incorporated", "kg", "limited", "llc", "llp", "ltd", "nv", "oy", "plc", "pte", "pty"),
        *("sa", "sarl", "sas", "se", "sl", "spa", "srl", "ug"),
    )
)


def employer_key(name: str) -> str:
    """The name without case, accents, punctuation and the legal form at its end: "Corriveau Foods,
    Inc." and "corriveau foods" are one."""
    words = fold(name).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)

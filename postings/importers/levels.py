"""The step of the ladder that a title names. Pure."""

import re
from typing import Final

from postings.enums import Level

_STEPS: Final = (
    (Level.VP, r"\b(?:vp|vice[ -]president)\b"),
    (Level.DIRECTOR, r"\b(?:director|head of)\b"),
    (Level.SENIOR_MANAGER, r"\bsenior\b.*\bmanager\b"),
    (Level.MANAGER, r"\bmanager\b"),
    (Level.SUPERVISOR, r"\b(?:supervisor|lead)\b"),
    (Level.SPECIALIST, r"\b(?:senior|specialist|coordinator|analyst)\b"),
    (Level.REPRESENTATIVE, r"\b(?:representative|agent|associate|clerk|advisor)\b"),
)
# The table's own words in another form. Asked only where the table decides nothing, so that no
# title that it decides is answered otherwise ("Sr. Manager" stays a manager, as it says).
_OTHER_FORMS: Final = (
    (Level.DIRECTOR, r"\b(?:directors|heads of)\b"),
    (Level.SENIOR_MANAGER, r"\b(?:senior|sr)\b.*\b(?:managers|mgrs?)\b"),
    (Level.MANAGER, r"\b(?:managers|mgrs?)\b"),
    (Level.SUPERVISOR, r"\b(?:supervisors|leads|leaders?)\b"),
    (Level.SPECIALIST, r"\b(?:specialists|co-ordinators?|coordinators|analysts)\b"),
    (
        Level.REPRESENTATIVE,
        r"\b(?:representatives|reps?|agents|associates|clerks|advisors|advisers?)\b",
    ),
)
_PATTERNS: Final = tuple(
    (level, re.compile(pattern, re.IGNORECASE | re.DOTALL))
    for level, pattern in (*_STEPS, *_OTHER_FORMS)
)


def level_of_title(title: str) -> Level | None:
    """The level by the first row of the public table that the title meets, in whole words, else by
    another form of its words; None when it meets none.

    The profession is not judged: an account manager is a manager here."""
    words = " ".join(title.split())
    return next((level for level, pattern in _PATTERNS if pattern.search(words)), None)

"""What the lint of a posting's words finds: codes, severity, and the hint itself."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

OURS: Final = "ours"
"""The source of the rules that we wrote ourselves."""


class WordingCode(StrEnum):
    """What a hint is about. Rows and figures keep these values: add to them, never rename one."""

    TITLE_PAY = "title-pay"
    TITLE_PLACE = "title-place"
    TITLE_EMPLOYER = "title-employer"
    TITLE_CAPITALS = "title-capitals"
    TITLE_EXCLAMATION = "title-exclamation"
    TITLE_CODE = "title-code"
    TITLE_DATE = "title-date"
    TITLE_URGENCY = "title-urgency"
    TITLE_EMOJI = "title-emoji"
    GENDER = "gender"
    AGE = "age"
    ABILITY = "ability"
    ORIGIN = "origin"
    PAYMENT = "payment"
    CHAT = "chat"
    FREE_MAIL = "free-mail"
    PHONE_ONLY = "phone-only"
    BANK_DATA = "bank-data"
    ID_DATA = "id-data"


class Severity(StrEnum):
    """Advice may be left; a wall keeps the posting from being submitted."""

    ADVICE = "advice"
    WALL = "wall"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a posting: the field of `PostingContent` that holds it, and in a list its row."""

    field: str
    text: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """One finding: `words` stand at `start` to `end` of the text of `field` (and `row`).

    `message` says what to write instead, `alternatives` are words for it, `source` names who
    made the rule.
    """

    code: WordingCode
    field: str
    start: int
    end: int
    words: str
    message: str
    alternatives: tuple[str, ...] = ()
    severity: Severity = Severity.ADVICE
    source: str = OURS
    row: int | None = None


def hint_at(text: Text, start: int, end: int, code: WordingCode, message: str) -> Hint:
    """The hint of one of our own rules; payment requests are the only wall."""
    wall = code is WordingCode.PAYMENT
    return Hint(
        code=code,
        field=text.field,
        start=start,
        end=end,
        words=text.text[start:end],
        message=message,
        severity=Severity.WALL if wall else Severity.ADVICE,
        row=text.row,
    )

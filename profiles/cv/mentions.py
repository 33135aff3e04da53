"""Terms of the taxonomy in the sentences of a CV: which, how well, for how long, in which words.
Pure.

`profiles.taxonomy.extract` finds them; here is what a person says of themselves with them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Final

from profiles.cv.facts import Fact, Suggestion, Value, plain, quoted
from profiles.cv.known import Known
from profiles.enums import FactKind, SkillKind
from profiles.periods import years_of_work
from profiles.taxonomy.extract import Mention, extract

_AROUND: Final = 90
_REACH: Final = 80
_LEAD: Final = "a "
"""Before each line: in a CV a line in capitals is no heading of an ad."""
_NOT_HELD: Final = re.compile(
    r"\b(?:\w{2,8}n['’]t|cannot|unfamiliar with|lack(?:ing)?(?: of)?|new to)\b[^.;:!?]*$"
    r"|\b(?:want|wants|wish|hope|hoping|plan|planning|aim|aiming|eager|keen|like|looking|willing"
    r"|interested|open|happy|ready|glad|excited|trying|starting|about) (?:in |to |on )?"
    r"(?:learn|stud[yi]|train|get|become|work|mov)\w*[^.;:!?]*$",
    re.IGNORECASE,
)
_LEVELS: Final[Mapping[str, int]] = {
    "expert": 3, "advanced": 3, "proficient": 2, "intermediate": 2, "basic": 1, "beginner": 1,
}  # fmt: skip
_LEVEL_BEFORE: Final = re.compile(
    rf"\b({'|'.join(_LEVELS)})(?:-level)?(?: (?:in|with|at|of|user of|knowledge of|skills in))? $",
    re.IGNORECASE,
)
_LEVEL_FIRST: Final = re.compile(rf"({'|'.join(_LEVELS)}) ", re.IGNORECASE)
_LEVEL_AFTER: Final = re.compile(
    rf" ?[(\[:–—-] ?({'|'.join(_LEVELS)})\b(?! (?:in|with|of)\b)", re.IGNORECASE
)
_OVER: Final = re.compile(
    r"\b(?:over|more than|nearly|almost|(?:(?:for |in )?the )?(?:last|past))\b"
    r"(?= \d{1,2}\+? years)",
    re.IGNORECASE,
)
"""In an ad "the last 5 years" is a time, in a CV an amount."""
_EXPIRES: Final = re.compile(
    r"\b(?:expir(?:es|y|ing)|valid (?:until|to|through|till))\b\D{0,12}"
    r"([12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """When a job was, in dates of `profiles.periods`, and the words that say so."""

    started: str
    ended: str
    words: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Some lines of a CV that belong together, and the job that they are about."""

    text: str
    job: Span | None = None


@dataclass(slots=True)
class _Said:
    """What is said of one term in all."""

    kind: SkillKind
    level: int | None = None
    years: int | None = None
    expires: str = ""
    jobs: dict[Span, None] = field(default_factory=dict)
    quotes: dict[str, None] = field(default_factory=dict)


def terms_in(text: str, known: Known, *, today: date) -> list[Suggestion]:
    """Suggestions of the terms that stand in a text, each once."""
    return terms_of([Passage(text)], known, today=today)


def terms_of(passages: Iterable[Passage], known: Known, *, today: date) -> list[Suggestion]:
    """The same of passages, with the years of the jobs in which a term was used."""
    said: dict[str, _Said] = {}
    for passage in passages:
        for line in passage.text.splitlines():
            text = _LEAD + line
            for mention in extract(_OVER.sub(_blank, text), known.vocabulary):
                if not mention.negated and not _NOT_HELD.search(_before(text, mention)):
                    _note(
                        said.setdefault(mention.slug, _Said(mention.kind)), text, mention, passage
                    )
    return [_suggestion(slug, one, today=today) for slug, one in said.items()]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _before(text: str, mention: Mention) -> str:
    return text[max(0, mention.start - _REACH) : mention.start]


def _note(said: _Said, text: str, mention: Mention, passage: Passage) -> None:
    said.level = max((n for n in (said.level, _level(text, mention)) if n), default=None)
    said.years = max((n for n in (said.years, mention.years) if n), default=None)
    if found := _EXPIRES.search(text, mention.end, mention.end + 60):
        said.expires = max(said.expires, found[1])
    if passage.job is not None:
        said.jobs[passage.job] = None
    bare = len(_LEAD)
    said.quotes[around(text[bare:], mention.start - bare, mention.end - bare)] = None


def _level(text: str, mention: Mention) -> int | None:
    found = (
        # "Advanced Excel" may be a name that the term goes by.
        _LEVEL_FIRST.match(text, mention.start)
        or _LEVEL_BEFORE.search(_before(text, mention))
        or _LEVEL_AFTER.match(text, mention.end)
    )
    return _LEVELS[found[1].lower()] if found else None


def around(text: str, start: int, end: int) -> str:
    """The text, or where it is long the words around these offsets, to be shown as a quote."""
    first, last = max(start - _AROUND, 0), min(end + _AROUND, len(text))
    if first:
        first = text.find(" ", first, start) + 1 or first
    if last < len(text):
        last = max(text.rfind(" ", end, last), end)
    lead, tail = "… " * (first > 0), " …" * (last < len(text))
    return lead + text[first:last].strip(" •*-–▪·") + tail


def _suggestion(slug: str, said: _Said, *, today: date) -> Suggestion:
    values: dict[str, Value] = {"slug": slug}
    words = list(said.quotes)[:2]
    if said.kind is SkillKind.CERTIFICATE:
        if said.expires:
            values["expires"] = said.expires
        return Suggestion(Fact(FactKind.CERTIFICATE, values), quoted(" / ".join(words)))
    if said.level is not None:
        values["level"] = said.level
    if said.years is not None:
        values["years"] = str(said.years)
    elif years := _years(said.jobs, today=today):
        values["years"] = years
        jobs = [job.words for job in said.jobs][:2]
        words = [*(one for one in words if not any(one in job for job in jobs)), *jobs]
    if last := _last_used(said.jobs, today=today):
        values["last_used"] = last
    return Suggestion(Fact(FactKind.SKILL, values), quoted(" / ".join(words)))


def _years(jobs: Iterable[Span], *, today: date) -> str:
    """The years of these jobs, each month once; empty when they are too few to say."""
    years = years_of_work([(job.started, job.ended) for job in jobs], today=today)
    if years is None:
        return ""
    exact = Decimal(years.numerator) / years.denominator
    shown = exact.quantize(Decimal("0.1"), rounding=ROUND_DOWN)
    return plain(shown) if 0 < shown <= 60 else ""


def _last_used(jobs: Iterable[Span], *, today: date) -> str:
    months = [job.ended or f"{today:%Y-%m}" for job in jobs if job.started]
    return max(months, default="")[:7]

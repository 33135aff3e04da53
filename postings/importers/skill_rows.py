"""Requirement rows guessed from what an ad says: a member confirms them. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Final

from postings.content import RequirementRow
from postings.enums import Importance, RequirementKind
from postings.importers.excerpts import excerpt
from postings.importers.plain_rows import Ask, plain_asks
from profiles.taxonomy.cues import Cue, Section
from profiles.taxonomy.extract import Mention, Sentences, Vocabulary, extract

MOST: Final = 12
"""Rows of a posting, those that the source states in codes among them."""
_HEADED: Final = (Section.REQUIRED, Section.PREFERRED, Section.DUTIES)
_RANK: Final = {Cue.REQUIRED: 0, Cue.PREFERRED: 1, Cue.MENTIONED: 2}
_LEVELS: Final = {
    "basic": 1, "working knowledge": 2, "advanced": 3, "in-depth": 3, "expert": 4, "expertise": 4,
    "mastery": 4,
}  # fmt: skip
_LEVEL: Final = re.compile(
    rf"\b({'|'.join(sorted(_LEVELS, reverse=True))})(?:-level)?"
    r"(?:,? (?:user|skills?|knowledge|understanding|level|use|experience|command))?"
    r"(?: (?:of|in|with|at|using))?(?: the)? $",
    re.IGNORECASE,
)
_LEVEL_REACH: Final = 40
_STATED_ONCE: Final = (RequirementKind.EDUCATION, RequirementKind.EXPERIENCE)


def with_guessed_rows(
    stated: Sequence[RequirementRow], text: str, known: Vocabulary
) -> tuple[RequirementRow, ...]:
    """The stated rows, and after them those that `text` asks for: must-haves first, then as they
    stand there. What the text does not call required is nice to have. Languages, education and
    years are few and stay; terms fill what room they leave."""
    free = (f"r{number}" for number in count(1) if f"r{number}" not in {row.id for row in stated})
    has = {row.kind for row in stated}
    terms, plain = _asked_in(text, known)
    plain = [ask for ask in plain if ask.kind not in has or ask.kind not in _STATED_ONCE]
    room = max(0, MOST - len(stated))
    plain = plain[:room]
    asked: list[Mention | Ask] = [*plain, *terms[: room - len(plain)]]
    asked.sort(key=lambda one: (_RANK[one.cue], one.start))
    return (*stated, *(_row(next(free), one, text) for one in asked))


def words_behind(text: str, known: Vocabulary) -> dict[str, str]:
    """By term, language or kind that a row would be guessed for: the words of `text` that ask it.
    The key is what `key_of` says of the row."""
    terms, plain = _asked_in(text, known)
    found: list[Mention | Ask] = [*terms, *plain]
    return {
        one.slug if isinstance(one, Mention) else one.key: excerpt(text, one.start, one.end)
        for one in found
    }


def key_of(row: RequirementRow) -> str:
    """What a row is about: a term's slug, a language's code, else its kind."""
    return row.skill or row.language or str(row.kind)


def _asked_in(text: str, known: Vocabulary) -> tuple[list[Mention], list[Ask]]:
    read = Sentences(text)
    mentions = extract(text, known, read)
    taken = [mention.start for mention in mentions if mention.years is not None]
    return _once(mentions), plain_asks(read, taken)


def _once(mentions: Iterable[Mention]) -> list[Mention]:
    """Each term at the place where it is asked most clearly; what is not asked is left out."""
    best: dict[str, Mention] = {}
    for mention in _asked(mentions):
        other = best.get(mention.slug)
        if other is None or _clearness(mention) < _clearness(other):
            best[mention.slug] = mention
    return sorted(best.values(), key=lambda mention: (_RANK[mention.cue], mention.start))


def _asked(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Without what is denied anywhere. In an ad with headings, what stands above them is about the
    firm: a customer's name is no tool that the job asks."""
    found = list(mentions)
    denied = {mention.slug for mention in found if mention.negated}
    headed = any(mention.section in _HEADED for mention in found)
    for mention in found:
        loose = mention.section is Section.UNKNOWN and mention.cue is Cue.MENTIONED
        if mention.slug not in denied and not (headed and loose):
            yield mention


def _clearness(mention: Mention) -> tuple[int, bool]:
    return _RANK[mention.cue], mention.years is None


def _row(row_id: str, asked: Mention | Ask, text: str) -> RequirementRow:
    importance = Importance.MUST if asked.cue is Cue.REQUIRED else Importance.NICE
    if isinstance(asked, Ask):
        return RequirementRow(
            id=row_id,
            kind=asked.kind,
            importance=importance,
            name=asked.name,
            language=asked.language or None,
            min_cefr=asked.cefr,
            education=asked.education,
            min_years=asked.years,
            any_of=asked.any_of,
        )
    kind = RequirementKind(asked.kind.value)
    is_certificate = kind is RequirementKind.CERTIFICATE
    return RequirementRow(
        id=row_id,
        kind=kind,
        importance=importance,
        skill=asked.slug,
        min_level=None if is_certificate else _level(text[: asked.start][-_LEVEL_REACH:]),
        min_years=None if is_certificate else asked.years,
    )


def _level(before: str) -> int | None:
    """The level that the words right before a term name; of most words nobody knows which."""
    found = _LEVEL.search(before)
    return _LEVELS[found[1].lower()] if found else None

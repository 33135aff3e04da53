"""Requirement rows guessed from what an ad says: a member confirms them. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Final

from postings.content import RequirementRow
from postings.enums import Importance, RequirementKind
from profiles.taxonomy.cues import Cue, Section
from profiles.taxonomy.extract import Mention, Vocabulary, extract

MOST: Final = 12
"""Rows of a posting, those that the source states in codes among them."""
_HEADED: Final = (Section.REQUIRED, Section.PREFERRED, Section.DUTIES)
_AROUND: Final = 60
_SIGNS: Final = re.compile(r"[*_#\\]+")
_RANK: Final = {Cue.REQUIRED: 0, Cue.PREFERRED: 1, Cue.MENTIONED: 2}


def with_guessed_rows(
    stated: Sequence[RequirementRow], text: str, known: Vocabulary
) -> tuple[RequirementRow, ...]:
    """The stated rows, and after them those that `text` asks for: must-haves first, then as they
    stand there. What the text does not call required is nice to have."""
    free = (f"r{number}" for number in count(1) if f"r{number}" not in {row.id for row in stated})
    asked = _once(extract(text, known))
    guessed = (_row(next(free), mention) for mention in asked[: max(0, MOST - len(stated))])
    return (*stated, *guessed)


def words_behind(text: str, known: Vocabulary) -> dict[str, str]:
    """By term that rows would be guessed for: the words of `text` that ask it."""
    return {m.slug: _excerpt(text, m.start, m.end) for m in _once(extract(text, known))}


def _excerpt(text: str, start: int, end: int) -> str:
    """The line with these words, as plain text; of a long one what stands around them."""
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    last = text.find("\n", end)
    last = min(len(text) if last < 0 else last, end + _AROUND)
    words = " ".join(_SIGNS.sub(" ", text[first:last]).split()).strip("-–• ")
    cut_before = first > 0 and text[first - 1] != "\n"
    cut_after = last < len(text) and text[last] != "\n"
    words = words.partition(" ")[2] if cut_before and " " in words else words
    words = words.rpartition(" ")[0] if cut_after and " " in words else words
    return f"{'… ' if cut_before else ''}{words}{' …' if cut_after else ''}"


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


def _row(row_id: str, mention: Mention) -> RequirementRow:
    kind = RequirementKind(mention.kind.value)
    return RequirementRow(
        id=row_id,
        kind=kind,
        importance=Importance.MUST if mention.cue is Cue.REQUIRED else Importance.NICE,
        skill=mention.slug,
        min_years=None if kind is RequirementKind.CERTIFICATE else mention.years,
    )

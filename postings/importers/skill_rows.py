"""Requirement rows guessed from what an ad says: a member confirms them. Pure."""

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

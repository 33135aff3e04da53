"""What in a search that found nothing is unknown to jobs, to the taxonomy and to the gazetteer."""

import re
from collections.abc import Iterable
from typing import Final

from django.db import connection
from django.db.models import Q

from cscareers.core.fold import fold
from cscareers.core.models import City
from cscareers.core.places import whereabouts
from postings.search.synonyms import has_synonyms
from profiles.models import Skill, SkillAlias
from profiles.taxonomy.normalize import normalize

MOST_WORDS: Final = 4
"""A longer search is a sentence, and may tell of a person."""
LONGEST_WORD: Final = 30
LONGEST_TERM: Final = 80
"""Folded; some signs stand for whole sentences then."""
_GRAMMAR: Final = frozenset({"or", "and"})
_IN_A_JOB: Final = """
SELECT word, EXISTS (
  SELECT FROM postings_searchdocument
  WHERE text_vector @@ plainto_tsquery('cs_english', word)
     OR text_vector @@ plainto_tsquery('cs_simple', word)
)
FROM unnest(%s::text[]) AS word
WHERE numnode(plainto_tsquery('cs_english', word)) > 0
"""


def unknown_terms(text: str, *, alone: bool) -> tuple[str, ...]:
    """The words of `text` that nothing here knows, folded; or all of it as one term, when each word
    is known and, `alone` without a filter, they found nothing together.

    Empty for whatever may be personal: long texts, addresses, numbers.
    """
    typed = [word for word in text.split() if fold(word) and fold(word) not in _GRAMMAR]
    if not 0 < len(typed) <= MOST_WORDS or any(map(_is_private, typed)):
        return ()
    words = [fold(word) for word in typed if not word.startswith("-")]
    in_a_job = _in_a_job(dict.fromkeys(word for word in words if len(word) > 1))
    unknown = tuple(w for w, found in in_a_job.items() if not found and not _is_known(w))
    if not unknown:
        phrase = " ".join(in_a_job)
        together = alone and len(in_a_job) > 1 and not _is_known(phrase)
        unknown = (phrase,) if together else ()
    return tuple(term for term in unknown if len(term) <= LONGEST_TERM)


def _is_private(word: str) -> bool:
    return len(word) > LONGEST_WORD or re.search(r"[0-9@/\\]", word) is not None


def _is_known(words: str) -> bool:
    """Whether it is a term, another word for one, or a place."""
    normalized = normalize(words)
    if has_synonyms(words) or whereabouts(words):
        return True
    return (
        Skill.objects.filter(normalized=normalized).exists()
        or SkillAlias.objects.filter(normalized=normalized).exists()
        or City.objects.filter(Q(search_names__contains=[words])).exists()
    )


def _in_a_job(words: Iterable[str]) -> dict[str, bool]:
    """Of words that mean something: whether a posting that was ever public has them."""
    wanted = list(words)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_IN_A_JOB, [wanted])
        found = dict(cursor.fetchall())
    return {word: found[word] for word in wanted if word in found}

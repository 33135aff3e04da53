"""Asking how many people a draft's must-haves remove: of a crowd that stays for a day, and only so
many different questions."""

import hashlib
from datetime import date, datetime
from typing import Final

from django.db import connection, transaction

from postings.audience.crowd import Crowd
from postings.audience.effects import Effects, effects, question_word
from postings.audience.frozen import freeze
from postings.audience.people import crowd_of, people_today
from postings.matching.inputs import PostingFacts
from postings.models import FrozenCrowd
from profiles.models import Employer

MOST_QUESTIONS: Final = 100
"""So many different ones of an employer a day; asking one of them again is free."""
_NOTE: Final = """
INSERT INTO postings_audiencequestions AS kept (employer_id, day, asked)
VALUES (%(employer)s, %(day)s, ARRAY[%(word)s]::varchar[])
ON CONFLICT (employer_id) DO UPDATE SET
  day = excluded.day,
  asked = CASE
    WHEN kept.day <> excluded.day THEN excluded.asked
    WHEN %(word)s = ANY (kept.asked) OR cardinality(kept.asked) >= %(most)s THEN kept.asked
    ELSE kept.asked || excluded.asked END
RETURNING %(word)s = ANY (asked)
"""


class NotVerified(Exception):
    """Figures are for employers that are verified and not suspended."""


class AskedEnough(Exception):
    """The employer has asked as many different questions as there are in a day."""


def ask(*, employer: Employer, posting: PostingFacts, now: datetime) -> Effects:
    """What each must-have of a draft of `employer` removes, alone and together.

    Raises NotVerified, AskedEnough.
    """
    if not employer.verification or employer.suspended_at is not None:
        raise NotVerified
    if not _note(employer, question_word(posting), day=now.date()):
        raise AskedEnough
    return effects(posting, _crowd(now))


def _note(employer: Employer, word: str, *, day: date) -> bool:
    """Keep the question; False when it is one too many. One statement, so that two windows can't
    both take the last place."""
    values: dict[str, int | str | date] = {
        "employer": employer.pk,
        "day": day,
        "word": hashlib.sha256(word.encode()).hexdigest()[:32],
        "most": MOST_QUESTIONS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, values)
        return bool(cursor.fetchone()[0])


def _crowd(now: datetime) -> Crowd:
    """The crowd of the day, UTC; whoever asks first has it made."""
    crowd = crowd_of(now.date())
    if crowd is None:
        _freeze(now)
        crowd = crowd_of(now.date())
    assert crowd is not None  # noqa: S101 - it was just made, by us or by another
    return crowd


@transaction.atomic
def _freeze(now: datetime) -> None:
    """Keep what counts today, unless somebody else just did; the days before are forgotten."""
    people, capped = people_today(now.date())
    row = FrozenCrowd(day=now.date(), people=freeze(people), capped=capped, made_at=now)
    FrozenCrowd.objects.bulk_create([row], ignore_conflicts=True)
    FrozenCrowd.objects.filter(day__lt=now.date()).delete()

"""Asking how many people a draft's must-haves remove: of a crowd that stays for a day, and only so
many different questions."""

import hashlib
from datetime import date, datetime
from typing import Final

from django.db import connection, transaction

from postings.audience.crowd import Crowd
from postings.audience.effects import Effects, effects, question_word
from postings.audience.frozen import freeze
from postings.audience.people import people_today, read_crowd
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
RETURNING %(word)s = ANY (asked),
  (SELECT id FROM postings_frozencrowd WHERE day = %(day)s)
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
    answered, crowd_id = _note(employer, question_word(posting), day=now.date())
    if not answered:
        raise AskedEnough
    return effects(posting, _crowd(crowd_id, now=now))


def _note(employer: Employer, word: str, *, day: date) -> tuple[bool, int | None]:
    """Keep the question; whether it is answered, and the id of the day's crowd if there is one. One
    statement, so that two windows can't both take the last place."""
    values: dict[str, int | str | date] = {
        "employer": employer.pk,
        "day": day,
        "word": hashlib.sha256(word.encode()).hexdigest()[:32],
        "most": MOST_QUESTIONS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, values)
        answered, crowd_id = cursor.fetchone()
    return answered, crowd_id


def _crowd(pk: int | None, *, now: datetime) -> Crowd:
    """The crowd of the day, UTC; made now where the task of midnight has not run."""
    if pk is None:
        pk = freeze_crowd(now=now)
    return read_crowd(pk)


@transaction.atomic
def freeze_crowd(*, now: datetime) -> int:
    """Keep what counts today, unless somebody else just did, and forget the days before; its id."""
    people, capped = people_today(now.date())
    row = FrozenCrowd(day=now.date(), people=freeze(people), capped=capped, made_at=now)
    FrozenCrowd.objects.bulk_create([row], ignore_conflicts=True)
    FrozenCrowd.objects.filter(day__lt=now.date()).delete()
    return FrozenCrowd.objects.values_list("pk", flat=True).get(day=now.date())

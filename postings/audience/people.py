"""The crowd of a day: made once from the profiles that count, then read as it was."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac

from postings.audience.blur import FEWEST
from postings.audience.crowd import Crowd
from postings.audience.frozen import thaw
from postings.matching.candidates import facts_of_many
from postings.matching.inputs import Profile
from postings.models import FrozenCrowd
from profiles.enums import Visibility
from profiles.models import CandidateProfile

MOST_PEOPLE: Final = 2_000


_kept: dict[int, Crowd] = {}
"""The one crowd that this process has read, with the sets that were found in it."""


def read_crowd(pk: int) -> Crowd:
    """A frozen crowd. No query when this process has read it before.

    Raises FrozenCrowd.DoesNotExist once it is forgotten.
    """
    crowd = _kept.get(pk)
    if crowd is None:
        row = FrozenCrowd.objects.get(pk=pk)
        crowd = Crowd(thaw(row.people), day=row.day, key=_key(), capped=row.capped)
        _kept.clear()
        _kept[pk] = crowd
    return crowd


def people_today(day: date) -> tuple[list[Profile], bool]:
    """Who counts as of now: active accounts, visible to somebody, with a fact. Whether there are
    more of them than are counted is the second.

    They come in tens: the newest who make no ten yet wait, so that nobody is seen to arrive alone.
    """
    candidates = (
        CandidateProfile.objects.active()
        .exclude(visibility=Visibility.NOBODY)
        .order_by("-updated_at", "-pk")[: MOST_PEOPLE + FEWEST]
    )
    facts = facts_of_many(candidates, today=day)
    people = [one for one in candidates if not facts[one.pk].says_nothing]
    capped = len(people) > MOST_PEOPLE
    counted = _in_tens(people[:MOST_PEOPLE])
    return [facts[one.pk] for one in counted], capped


def _in_tens(people: Iterable[CandidateProfile]) -> list[CandidateProfile]:
    in_turn = sorted(people, key=lambda one: (one.created_at, one.pk))
    return in_turn[: len(in_turn) - len(in_turn) % FEWEST]


def _key() -> bytes:
    """The secret of the rounding. It does not change by the day: the same people would otherwise
    be rounded anew each morning."""
    return salted_hmac(__name__, settings.SECRET_KEY, algorithm="sha256").digest()

"""What people do with a CV that they bring: begin, take, leave out. The CV itself is never kept.

Of a suggestion that was decided nothing happens a second time. What somebody holds already is never
lowered: the better of both is kept, and what would be replaced is only taken when they name it.
"""

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from cscareers.core.throttling import Limit
from profiles.actions.candidates import TooManyRows, change_profile, profile_for, put_row
from profiles.cv.facts import Fact, Value
from profiles.cv.merge import Effect, identity, merged
from profiles.cv.resume_in import Reading
from profiles.enums import CvKind, FactKind, SuggestionStatus
from profiles.models import CandidateProfile, CvImport, CvSuggestion, Skill, User
from profiles.portable import Holding, by_identity, columns_of, holdings, row_of

PER_HOUR: Final = Limit("cv-import", 20, timedelta(hours=1))
KEPT_FOR: Final = timedelta(days=30)
MOST_KEPT: Final = 5
"""Of one person; a newer CV says what an older one said."""
GONE: Final = "This term is no longer in our list."
_ASKED_BESIDE: Final = {FactKind.SKILL: "level", FactKind.LANGUAGE: "cefr"}
"""What a person may say beside a suggestion; anything else that is sent is no answer to it."""
FULL: Final = "Your profile has no room for more of these. Remove one first."


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many suggestions were taken, and those that could not be, with the reason."""

    taken: int
    refused: Sequence[tuple[CvSuggestion, str]] = ()


@transaction.atomic
def start_import(*, user: User, kind: CvKind, reading: Reading, now: datetime) -> CvImport:
    """Keep what was read in a CV of `user`; the first one makes the profile."""
    profile = profile_for(user=user, now=now)
    not_taken = [{"where": one.where, "why": one.why} for one in reading.not_taken]
    begun = CvImport.objects.create(
        profile=profile, kind=kind.value, not_taken=not_taken, created_at=now
    )
    CvSuggestion.objects.bulk_create(
        CvSuggestion(
            cv_import=begun,
            kind=one.fact.kind.value,
            facts=dict(one.fact.values),
            quote=one.quote,
        )
        for one in reading.suggestions
    )
    older = profile.cv_imports.order_by("-created_at", "-pk")[MOST_KEPT:]
    CvImport.objects.filter(pk__in=list(older.values_list("pk", flat=True))).delete()
    return begun


def accept(
    *,
    cv_import: CvImport,
    chosen: Mapping[int, Mapping[str, Value]],
    now: datetime,
) -> Outcome:
    """Take the suggestions with these keys, each with what was said beside it (a level)."""
    return _take(cv_import, chosen, now=now, also_replace=True)


def accept_all(
    *,
    cv_import: CvImport,
    said: Mapping[int, Mapping[str, Value]],
    now: datetime,
) -> Outcome:
    """Take all that is open but for what would replace something else in the profile."""
    keys = cv_import.suggestions.filter(status=SuggestionStatus.OPEN).values_list("pk", flat=True)
    chosen = {key: said.get(key, {}) for key in keys}
    return _take(cv_import, chosen, now=now, also_replace=False)


def dismiss(*, cv_import: CvImport, chosen: Collection[int] | None, now: datetime) -> int:
    """Leave out the suggestions with these keys, or all that are open; their number."""
    rows = cv_import.suggestions.filter(status=SuggestionStatus.OPEN)
    if chosen is not None:
        rows = rows.filter(pk__in=chosen)
    return rows.update(status=SuggestionStatus.DISMISSED, decided_at=now)


def sweep(*, now: datetime) -> int:
    """Forget what was read in CVs 30 days ago; the number of those."""
    found = CvImport.objects.filter(created_at__lt=now - KEPT_FOR)
    number = found.count()
    found.delete()
    return number


@transaction.atomic
def _take(
    cv_import: CvImport,
    chosen: Mapping[int, Mapping[str, Value]],
    *,
    now: datetime,
    also_replace: bool,
) -> Outcome:
    profile = CandidateProfile.objects.select_for_update(no_key=True).get(pk=cv_import.profile_id)
    rows = list(
        cv_import.suggestions.select_for_update(no_key=True)
        .filter(pk__in=chosen, status=SuggestionStatus.OPEN)
        .order_by("pk")
    )
    facts = {row.pk: fact_of(row, chosen[row.pk]) for row in rows}
    terms = Skill.objects.by_slug(fact.get("slug") for fact in facts.values())
    held = by_identity(holdings(profile))
    taken, refused = [], []
    full: set[FactKind] = set()
    for row in rows:
        fact = facts[row.pk]
        before = held.get(identity(fact))
        result = merged(before.fact if before else None, fact)
        if result.effect is Effect.REPLACES and not also_replace:
            continue
        wanted = Fact(fact.kind, result.values)
        try:
            if result.effect is Effect.NEW and fact.kind in full:
                raise _Refused(FULL)
            if result.effect is not Effect.SAME:
                held[identity(wanted)] = _write(profile, wanted, before, terms, now=now)
        except _Refused as error:
            refused.append((row, str(error)))
            # One look at the table is enough, however many follow.
            full |= {fact.kind} if str(error) == FULL else set()
        else:
            taken.append(row.pk)
    CvSuggestion.objects.filter(pk__in=taken).update(
        status=SuggestionStatus.ACCEPTED, decided_at=now
    )
    return Outcome(len(taken), tuple(refused))


class _Refused(Exception):
    """A fact that the profile can't keep; the message is for the person."""


def fact_of(row: CvSuggestion, said: Mapping[str, Value] | None = None) -> Fact:
    """What a suggestion says, with what the person said beside it."""
    kind = FactKind(row.kind)
    asked = _ASKED_BESIDE.get(kind, "")
    values = {**row.facts, **{k: v for k, v in (said or {}).items() if k == asked}}
    return Fact(kind, {k: v for k, v in values.items() if v is not None})


def _write(
    profile: CandidateProfile,
    fact: Fact,
    before: Holding | None,
    terms: Mapping[str, Skill],
    *,
    now: datetime,
) -> Holding:
    """Save what `fact` says. Raises _Refused; nothing is written then."""
    if (slug := fact.get("slug")) and slug not in terms:
        raise _Refused(GONE)
    try:
        with transaction.atomic():
            if fact.kind in (FactKind.ABOUT, FactKind.WISH):
                change_profile(profile=profile, changes=columns_of(fact), now=now)
                return Holding(fact)
            # A copy: what is refused must not stay in the row that the next one finds.
            row = row_of(fact, copy(before.row) if before else None, terms)
            return Holding(fact, put_row(profile=profile, row=row, now=now))
    except TooManyRows as error:
        raise _Refused(FULL) from error
    except ValidationError as error:
        raise _Refused(" ".join(error.messages)) from error

"""Which employers a candidate keeps out, and whom they may mean by a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q

from profiles.employer_names import employer_key
from profiles.models import CandidateProfile, Employer, User
from profiles.periods import is_over

_NEAR: Final = 0.3
_OFFERED: Final = 6


@dataclass(frozen=True, slots=True)
class Blocked:
    """One block: an employer, or a name that nobody here bears yet."""

    pid: str
    name: str
    by_name: bool = False


def blocks_of(profile: CandidateProfile) -> list[Blocked]:
    """All blocks by name; none of a profile that is not saved. Two queries."""
    if profile._state.adding:
        return []
    known = profile.blocked.values_list("public_id", "name")
    names = profile.blocked_names.values_list("public_id", "name")
    found = [
        *(Blocked(pid, name) for pid, name in known),
        *(Blocked(pid, name, by_name=True) for pid, name in names),
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.pid))


def find_employers(text: str) -> tuple[Employer | None, list[Employer]]:
    """The only employer of this name, if there is one, and those that may be meant, nearest
    first."""
    near = Q(like__gte=_NEAR) | Q(name__icontains=text)
    rows = Employer.objects.active().annotate(like=TrigramSimilarity("name", text)).filter(near)
    found = list(rows.order_by("-like", "pk")[:_OFFERED])
    same = [employer for employer in found if employer_key(employer.name) == employer_key(text)]
    return (same[0] if len(same) == 1 else None), found


def current_employers(
    profile: CandidateProfile, user: User, blocks: Iterable[Blocked], *, today: date
) -> list[str]:
    """Names of those for whom `user` works now and who are not blocked: by the profile's jobs that
    are not over, and by teams here."""
    names = list(user.memberships.order_by("pk").values_list("employer__name", flat=True))
    if profile.pk:
        jobs = profile.experience.exclude(employer_name="").order_by("-started", "pk")
        names += [job.employer_name for job in jobs if not is_over(job.ended, today=today)]
    out = {employer_key(one.name) for one in blocks}
    found = {employer_key(name): name for name in names}
    return [name for key, name in found.items() if key not in out]

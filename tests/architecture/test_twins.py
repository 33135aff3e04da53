"""A predicate and its row-set twin say the same: of every person about every posting."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from postings.models import Posting
from postings.permissions import can_manage, can_moderate, can_see
from profiles.enums import MemberRole
from profiles.models import Employer, EmployerQuerySet, Membership, User
from profiles.permissions import can_hire, can_interview, is_member, is_owner
from tests.factories.lives import CONDITIONS
from tests.factories.people import make_employer, make_member, make_moderator, make_user

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
Predicate = Callable[[User | AnonymousUser, Employer], bool]
MOMENTS = [NOW + timedelta(days=days) for days in (-70, -1, 0, 1, 45, 60, 61, 400)]


@pytest.fixture(scope="module")
def postings(kept_rows: None) -> list[Posting]:
    """A posting in every condition, each with a member of each role of its employer."""
    made = [condition.make(NOW) for condition in CONDITIONS]
    for posting in made:
        for role in MemberRole:
            make_member(posting.employer, role=role)
    return list(Posting.objects.order_by("pk"))


def cast() -> list[User]:
    """Members of each employer, somebody who left, somebody in every team, and all others."""
    gone = make_member(make_employer())
    Membership.objects.filter(user=gone).delete()
    everywhere = make_user()
    for employer in Employer.objects.order_by("pk"):
        make_member(employer, everywhere)
    make_moderator()
    make_user(is_staff=True)
    make_user(is_superuser=True)
    make_user(is_active=False)
    return list(User.objects.order_by("pk"))


def test_who_sees_and_who_manages_a_posting(postings: list[Posting]) -> None:
    # Of the condition that a posting is in nothing depends: some stand for all.
    some = postings[:4]
    ours = Posting.objects.filter(pk__in=[posting.pk for posting in some])
    seen = managed = 0
    for user in cast():
        rows = set(ours.visible_to(user))
        assert rows == {posting for posting in some if can_see(user, posting)}, user
        writes = set(ours.managed_by(user))
        assert writes == {posting for posting in some if can_manage(user, posting)}, user
        assert writes <= rows
        seen, managed = seen + len(rows), managed + len(writes)
    # The four roles, and of these the owner and the recruiter; and the person in every team.
    assert (seen, managed) == (5 * len(some), 3 * len(some))


TWINS = {
    is_member: (EmployerQuerySet.for_member, set(MemberRole)),
    can_interview: (EmployerQuerySet.for_interviewing, set(MemberRole) - {MemberRole.VIEWER}),
    can_hire: (EmployerQuerySet.for_hiring, {MemberRole.OWNER, MemberRole.RECRUITER}),
    is_owner: (EmployerQuerySet.for_owner, {MemberRole.OWNER}),
}


@pytest.mark.parametrize("predicate", TWINS, ids=lambda predicate: predicate.__name__)
def test_who_may_do_what_for_an_employer(postings: list[Posting], predicate: Predicate) -> None:
    scope, roles = TWINS[predicate]
    ours = Employer.objects.filter(pk__in=[posting.employer_id for posting in postings[:4]])
    employers = list(ours.order_by("pk"))
    for user in cast():
        rows = set(scope(ours, user))
        assert rows == {employer for employer in employers if predicate(user, employer)}, user
        held = Membership.objects.filter(user=user, role__in=roles, employer__in=employers)
        assert {employer.pk for employer in rows} == set(held.values_list("employer", flat=True))


def test_nobody_in_particular_manages_nothing(postings: list[Posting]) -> None:
    nobody = AnonymousUser()
    for posting in postings:
        assert not can_see(nobody, posting)
        assert not can_manage(nobody, posting)
        for predicate in TWINS:
            assert not predicate(nobody, posting.employer)
    assert not can_moderate(nobody)


def test_only_staff_with_the_right_moderate() -> None:
    right = make_user()
    right.user_permissions.set(make_moderator().user_permissions.all())
    people = {
        "moderator": make_moderator(),
        "superuser on staff": make_user(is_staff=True, is_superuser=True),
        "staff without the right": make_user(is_staff=True),
        "the right without staff": right,
        "superuser, not staff": make_user(is_superuser=True),
        "candidate": make_user(),
        "shut moderator": make_moderator(is_active=False),
    }
    can = {name for name, user in people.items() if can_moderate(user)}
    assert can == {"moderator", "superuser on staff"}


def test_what_is_public_at_a_moment(postings: list[Posting]) -> None:
    ever = {posting for posting in postings if posting.first_published_at is not None}
    sizes = []
    for now in MOMENTS:
        public = set(Posting.objects.published(now=now))
        assert public == {posting for posting in postings if posting.is_public(now=now)}
        over = set(Posting.objects.over(now=now))
        # What was public once is open or over; nothing is both, and nothing else is either.
        assert (public & over, public | over) == (set(), ever)
        sizes.append(len(public))
    assert sizes[-2:] == [0, 0]
    assert max(sizes) > 4


def test_a_posting_closes_at_its_moment_and_not_before(postings: list[Posting]) -> None:
    posting = next(p for p in postings if p.is_public(now=NOW))
    assert posting.closes_at is not None
    tick = timedelta(microseconds=1)
    for now, is_open in ((posting.closes_at - tick, True), (posting.closes_at, False)):
        assert posting.is_public(now=now) is is_open
        assert Posting.objects.published(now=now).filter(pk=posting.pk).exists() is is_open

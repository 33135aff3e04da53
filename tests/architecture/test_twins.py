"""A predicate and its row-set twin say the same: of every person about every posting."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from postings.models import Posting
from postings.permissions import can_manage, can_moderate
from profiles.enums import MemberRole
from profiles.models import Employer, Membership, User
from profiles.permissions import is_member, is_owner
from tests.factories.lives import CONDITIONS
from tests.factories.people import make_employer, make_member, make_moderator, make_user

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
MOMENTS = [NOW + timedelta(days=days) for days in (-70, -1, 0, 1, 45, 60, 61, 400)]


@pytest.fixture(scope="module")
def postings(kept_rows: None) -> list[Posting]:
    """A posting in every condition, each with an owner and a recruiter of its employer."""
    made = [condition.make(NOW) for condition in CONDITIONS]
    for posting in made:
        make_member(posting.employer)
        make_member(posting.employer, role=MemberRole.RECRUITER)
    return list(Posting.objects.order_by("pk"))


def cast() -> list[User]:
    """Members of each employer, somebody who left, somebody in two teams, and all others."""
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


def test_who_manages_a_posting(postings: list[Posting]) -> None:
    seen = 0
    for user in cast():
        rows = set(Posting.objects.visible_to(user))
        assert rows == {posting for posting in postings if can_manage(user, posting)}, user
        seen += len(rows)
    # Its owner, its recruiter, and the person in every team.
    assert seen == 3 * len(postings)


def test_who_is_a_member(postings: list[Posting]) -> None:
    # Of what a team posted in which condition nothing depends: some teams stand for all.
    employers = Employer.objects.order_by("pk")[:6]
    for user in cast():
        rows = set(Employer.objects.for_member(user)) & set(employers)
        assert rows == {employer for employer in employers if is_member(user, employer)}
        assert {employer for employer in employers if is_owner(user, employer)} <= rows


def test_nobody_in_particular_manages_nothing(postings: list[Posting]) -> None:
    nobody = AnonymousUser()
    for posting in postings:
        assert not can_manage(nobody, posting)
        assert not is_member(nobody, posting.employer)
        assert not is_owner(nobody, posting.employer)
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

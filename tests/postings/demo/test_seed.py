"""The demo world as it stands after loading."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db.models import Count

from cscareers.core.models import OutgoingMail
from cscareers.demo_logins import DOMAIN, ROLES
from postings.actions.moderators import MODERATORS
from postings.demo.seed import OWNED_BY_DEMO_OWNER, seed
from postings.demo.world import DemoEmployer, demo_world
from postings.enums import PostingState
from postings.markup import document_for, problems_of
from postings.models import Posting, PostingRevision
from postings.reading import names_for
from profiles.models import Employer, User

pytestmark = pytest.mark.django_db
LOGINS = {f"{role}@{DOMAIN}": f"secret of {role}" for role in ROLES}


def _some() -> Iterator[DemoEmployer]:
    """The owner's employers, and of the others one posting for each state that is still missing:
    the actions treat every posting of a state alike, and test_world sees that each is whole."""
    missing = set(PostingState)
    for world in demo_world():
        own = world.slug in OWNED_BY_DEMO_OWNER
        picked = []
        for posting in world.postings:
            if own or posting.state in missing:
                picked.append(posting)
                missing.discard(posting.state)
        if picked:
            yield replace(world, postings=tuple(picked))


def _refused(now: datetime) -> Iterator[str]:
    """Titles of public postings whose markup search engines would refuse."""
    employers = [(Employer(name=w.name, site=w.site), w.postings) for w in demo_world()]
    public = [(e, p) for e, postings in employers for p in postings if p.published_days_ago]
    names = names_for(p.content for _, p in public)
    for employer, posting in public:
        row = Posting(employer=employer, first_published_at=now, closes_at=now + timedelta(days=30))
        if problems_of(document_for(row, posting.content, names)):
            yield posting.content.title


def test_the_world_comes_to_life_once() -> None:
    call_command("load_places")
    call_command("load_taxonomy")
    now = datetime.now(UTC)
    assert list(_refused(now)) == []
    worlds = list(_some())
    made = seed(logins=LOGINS, now=now, worlds=worlds)
    states = Counter(str(p.state) for world in worlds for p in world.postings)
    assert set(states) == {str(state) for state in PostingState}
    assert made == {"employers": len(worlds), "postings": sum(states.values())}
    assert Counter(Posting.objects.values_list("state", flat=True)) == states
    assert Posting.objects.published(now=now).count() == states["published"]
    assert PostingRevision.objects.filter(state="in_review").count() > states["in_review"]
    assert not OutgoingMail.objects.filter(sent_at__isnull=True).exists()
    owned = Employer.objects.filter(memberships__user__email=f"owner@{DOMAIN}")
    assert owned.aggregate(n=Count("pk"))["n"] == 2
    moderator = User.objects.get(email=f"moderator@{DOMAIN}")
    assert moderator.is_staff
    assert moderator.check_password("secret of moderator")
    assert [group.name for group in moderator.groups.all()] == [MODERATORS]
    assert seed(logins=LOGINS, now=now, worlds=worlds) == {"employers": 0, "postings": 0}

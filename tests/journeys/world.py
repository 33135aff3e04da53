"""What stands in the database before a journey begins."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from itertools import islice

from allauth.account.models import EmailAddress
from django.core.management import call_command

from postings.demo.world import demo_world
from postings.enums import PostingState, RequirementKind
from postings.level_templates import all_templates
from postings.models import Posting
from profiles.models import Skill, User
from profiles.taxonomy.normalize import normalize
from tests.factories.people import make_employer, make_user
from tests.factories.places import reference_rows
from tests.factories.postings import published_posting

PASSWORD = "a long sentence 9"


def terms_of_templates() -> None:
    """Places, and the terms that the templates name."""
    reference_rows()
    for template in all_templates():
        for row in template.content.requirements:
            if row.skill and row.kind in RequirementKind:
                name = row.skill.replace("-", " ").capitalize()
                Skill.objects.get_or_create(
                    slug=row.skill,
                    defaults={"kind": row.kind, "name": name, "normalized": normalize(name)},
                )


def person(email: str) -> User:
    """An account with a confirmed address and the password of tests."""
    user = make_user(email, password=PASSWORD, name="Dana Okafor")
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def demo_board(count: int) -> list[Posting]:
    """The first `count` open postings of the demo world, published now."""
    for command in ("load_places", "load_taxonomy"):
        call_command(command, stdout=StringIO(), stderr=StringIO())
    return list(islice(_open_postings(), count))


def _open_postings() -> Iterator[Posting]:
    now = datetime.now(UTC)
    for employer in demo_world():
        row = make_employer(
            employer.name,
            slug=employer.slug,
            site=employer.site,
            sector=employer.sector,
            size=employer.size,
            country_id=employer.country,
            description=employer.description,
        )
        for posting in employer.postings:
            if posting.state is PostingState.PUBLISHED:
                content = posting.content_on(now.date())
                yield published_posting(employer=row, content=content, now=now)

"""Beginning a posting: the same form again makes the same draft while nobody touched it."""

from datetime import UTC, datetime, timedelta

import pytest

from postings.actions.postings import begin_posting, save_draft
from profiles.models import Employer, User
from tests.factories.people import make_employer, make_member
from tests.factories.postings import complete_content

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SOON, LATER = NOW + timedelta(minutes=9), NOW + timedelta(minutes=11)


@pytest.fixture
def employer() -> Employer:
    return make_employer()


@pytest.fixture
def author(employer: Employer) -> User:
    return make_member(employer)


def test_the_same_again_within_minutes_is_the_same_draft(employer: Employer, author: User) -> None:
    same = {"employer": employer, "actor": author, "content": complete_content()}
    first = begin_posting(now=NOW, **same)
    assert begin_posting(now=SOON, **same) == first
    assert begin_posting(now=LATER, **same) != first


def test_what_was_touched_is_no_twin(employer: Employer, author: User) -> None:
    same = {"employer": employer, "actor": author, "content": complete_content()}
    first = begin_posting(now=NOW, **same)
    save_draft(
        revision=first.revisions.get(),
        actor=author,
        now=NOW + timedelta(minutes=1),
        version=first.revisions.get().version,
        content=first.revisions.get().value,
    )
    assert begin_posting(now=SOON, **same) != first


def test_other_words_or_another_person_make_another(employer: Employer, author: User) -> None:
    first = begin_posting(employer=employer, actor=author, now=NOW, content=complete_content())
    other = make_member(employer)
    for actor, content in ((author, complete_content(title="Lead")), (other, complete_content())):
        made = begin_posting(employer=employer, actor=actor, now=SOON, content=content)
        assert made != first

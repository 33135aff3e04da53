"""Which live postings a content looks like."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from postings.actions import lifecycle, moderation
from postings.actions.postings import save_draft, start_revision
from postings.actions.projection import project_again
from postings.content import Place
from postings.duplicates.query import LookAlike, Standing, look_alikes
from postings.models import Posting, TextPrint
from tests.factories.people import make_employer, make_user
from tests.factories.places import DUBLIN
from tests.factories.postings import (
    complete_content,
    draft_posting,
    published_posting,
    submitted_posting,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
OTHER_WORK = {
    "title": "Night desk lead",
    "description": "Someone has to keep the hotline awake while the rest of the harbour sleeps.",
    "responsibilities": (
        "Hand over at six in the morning with notes that a tired reader can use.",
        "Wake the engineer on call when a line is dead.",
        "Count the calls that nobody took.",
    ),
}


def seen(posting: Posting | None = None, **arguments: Any) -> tuple[LookAlike, ...]:
    employer = arguments.pop("employer", None) or (posting and posting.employer)
    assert employer is not None
    options = {"now": NOW, "limit": 5, **arguments}
    return look_alikes(complete_content(), posting=posting, employer=employer, **options)


def test_a_copy_of_what_is_open_is_found_with_its_public_facts() -> None:
    live = published_posting(employer=make_employer("Harbour"), now=NOW)
    published_posting(now=NOW, **OTHER_WORK)
    draft = draft_posting(employer=make_employer("Quay"), now=NOW)
    (found,) = seen(draft)
    assert found.likeness.score == 1
    assert (found.posting_id, found.public_id, found.url) == (
        live.pk,
        live.public_id,
        live.get_absolute_url(),
    )
    assert (found.title, found.employer_name) == ("Customer Service Manager", "Harbour")
    assert (found.same_employer, found.standing) == (False, Standing.OPEN)
    assert found.published_at == NOW


def test_a_posting_does_not_look_like_itself() -> None:
    assert seen(published_posting(now=NOW)) == ()


def test_the_most_alike_comes_first_and_no_more_than_asked_for() -> None:
    employer = make_employer()
    moved = published_posting(now=NOW, employer=employer, locations=(Place("IE", DUBLIN),))
    same = published_posting(now=NOW, employer=employer)
    assert [row.posting_id for row in seen(employer=employer)] == [same.pk, moved.pk]
    assert [row.posting_id for row in seen(employer=employer, limit=1)] == [same.pk]


def test_what_the_public_cannot_have_again_is_not_live() -> None:
    mine, person = make_employer("Mine"), make_user()
    paused = published_posting(employer=mine, now=NOW)
    lifecycle.pause(posting=paused, actor=person, now=NOW)
    suspended = published_posting(employer=mine, now=NOW)
    moderation.suspend(posting=suspended, actor=person, note="Spam.", now=NOW)
    withheld = published_posting(now=NOW)
    Posting.objects.filter(pk=withheld.pk).update(withheld=True)
    run_out = published_posting(employer=mine, now=NOW - timedelta(days=60))
    closed = published_posting(employer=mine, now=NOW, title="Customer Services Manager")
    lifecycle.close(posting=closed, actor=person, now=NOW)
    draft_posting(employer=mine, now=NOW)
    (live,) = seen(employer=mine)
    assert (live.posting_id, live.standing) == (paused.pk, Standing.PAUSED)
    with_over = {row.posting_id: row.standing for row in seen(employer=mine, over=True)}
    assert with_over == {
        paused.pk: Standing.PAUSED,
        closed.pk: Standing.OVER,
        run_out.pk: Standing.OVER,
    }
    stranger = make_employer("Stranger")
    assert [row.posting_id for row in seen(employer=stranger, over=True)] == [paused.pk]


def test_what_waits_is_for_moderators_only() -> None:
    waiting = submitted_posting(now=NOW)
    employer = make_employer()
    assert seen(employer=employer, over=True) == ()
    (found,) = seen(employer=employer, waiting=True)
    assert (found.posting_id, found.standing) == (waiting.pk, Standing.WAITING)
    assert (found.published_at, found.closes_at) == (None, None)
    lifecycle.withdraw(
        posting=waiting, revision=waiting.revisions.get(), actor=make_user(), now=NOW
    )
    assert seen(employer=employer, waiting=True) == ()


def test_what_an_employer_has_not_published_shows_nowhere() -> None:
    live = published_posting(now=NOW, **OTHER_WORK)
    revision = start_revision(posting=live, actor=None, now=NOW)
    content = complete_content()
    save_draft(revision=revision, actor=None, now=NOW, version=1, content=content)
    lifecycle.submit_for_review(posting=live, revision=revision, actor=None, now=NOW)
    assert seen(employer=make_employer("Quay")) == ()
    moderation.approve(revision=revision, actor=None, now=NOW)
    assert [row.posting_id for row in seen(employer=make_employer("Quay"))] == [live.pk]


def test_the_employers_own_of_the_same_title_is_found_where_the_text_tells_nothing() -> None:
    bare = {"description": "Help people.", "responsibilities": ("Listen.", "Answer.", "Write.")}
    mine = published_posting(now=NOW, **bare)
    published_posting(now=NOW, employer=make_employer("Other"), **bare)
    content = complete_content(**bare)
    found = look_alikes(content, posting=None, employer=mine.employer, now=NOW, limit=5)
    assert [row.posting_id for row in found] == [mine.pk]


def test_projecting_again_writes_the_same_print() -> None:
    posting = published_posting(now=NOW)
    before = TextPrint.objects.get(posting=posting).bands
    assert len(before) == 32
    TextPrint.objects.all().delete()
    project_again(pk=posting.pk)
    assert TextPrint.objects.get(posting=posting).bands == before


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries: Any, count: int) -> None:
    employer = make_employer()
    for _ in range(count):
        published_posting(employer=employer, now=NOW)
    with django_assert_num_queries(4):
        assert len(seen(employer=employer, over=True)) == count

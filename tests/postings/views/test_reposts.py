"""What the public learns of a posting that was posted again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from postings.actions import lifecycle, moderation, reposts
from postings.models import Posting
from tests.factories.people import make_employer, make_user
from tests.factories.postings import draft_posting, published_posting

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
BEGAN = NOW - timedelta(days=100)


@pytest.fixture
def chain() -> tuple[Posting, Posting, Posting]:
    """Three postings of a chain, the last of them open."""
    employer, person = make_employer("Harbour"), make_user()
    first = published_posting(employer=employer, now=NOW - timedelta(days=9),
                              first_published_at=BEGAN)  # fmt: skip
    postings = [first]
    for days in (5, 1):
        at = NOW - timedelta(days=days)
        draft = draft_posting(employer=employer, now=at)
        revision = draft.revisions.get()
        answer = reposts.Answer(follows=postings[-1].public_id)
        reposts.submit(posting=draft, revision=revision, actor=person, now=at, answer=answer)
        postings.append(moderation.approve(revision=revision, actor=None, now=at))
    return postings[0], postings[1], postings[2]


def test_the_page_says_how_often_and_since_when(
    client: Client, chain: tuple[Posting, Posting, Posting]
) -> None:
    page = client.get(chain[2].get_absolute_url()).content.decode()
    assert f"Posted 3 times since {BEGAN:%-d %b %Y}" in page
    once = published_posting(title="Night desk lead", now=NOW)
    assert "times since" not in client.get(once.get_absolute_url()).content.decode()


def test_what_was_followed_leads_to_what_is_open(
    client: Client, chain: tuple[Posting, Posting, Posting]
) -> None:
    link = f'<a href="{chain[2].get_absolute_url()}">Customer Service Manager</a>, published'
    for posting in chain[:2]:
        answer = client.get(posting.get_absolute_url())
        assert (answer.status_code, link in answer.content.decode()) == (410, True)
    lifecycle.close(posting=chain[2], actor=None, now=NOW)
    page = client.get(chain[0].get_absolute_url()).content.decode()
    assert "has posted this job again" not in page


def test_the_api_counts_reposts(client: Client, chain: tuple[Posting, Posting, Posting]) -> None:
    once = published_posting(title="Night desk lead", now=NOW)
    for posting, count, since in ((chain[2], 2, BEGAN), (once, 0, NOW)):
        told = client.get(f"/api/v1/postings/{posting.public_id}").json()["reposts"]
        assert told["count"] == count
        assert datetime.fromisoformat(told["first_published_at"]) == since

"""What a moderator learns of the jobs that the one under review looks like."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from postings.actions import lifecycle, moderation, reposts
from postings.enums import PostingState
from tests.factories.people import make_employer, make_user
from tests.factories.postings import draft_posting, published_posting, submitted_posting

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def review_url(revision):
    return reverse("admin:postings_postingrevision_change", args=(revision.pk,))


def waiting(**changes):
    return submitted_posting(**changes).revisions.get()


def test_a_moderator_sees_what_a_job_looks_like(client, moderator):
    author = make_user()
    live = published_posting(employer=make_employer("Harbour"), title="Desk lead <b>")
    revision = waiting(employer=make_employer("Quay"), title="Desk lead <b>", author=author)
    twin = waiting(employer=make_employer("Pier"), title="Desk lead <b>")
    page = client.get(review_url(revision)).content.decode()
    assert "Looks like 2 others, live or waiting" in page
    for row, cells in (
        (live, "Harbour</td><td>Open</td><td>100%</td><td>text 100%, title 100%, place 100%, pay"),
        (twin.posting, "Pier</td><td>In review</td>"),
    ):
        link = f'<a href="/admin/postings/posting/{row.pk}/change/">Desk lead &lt;b&gt;</a>'
        assert f"{link}</th><td>{cells}" in page
    lifecycle.withdraw(posting=revision.posting, revision=revision, actor=author, now=NOW)
    reposts.submit(
        posting=revision.posting,
        revision=revision,
        actor=author,
        now=NOW,
        answer=reposts.Answer(explanation="We know <i>nobody</i> at Harbour."),
    )
    page = client.get(review_url(revision)).content.decode()
    assert "We know &lt;i&gt;nobody&lt;/i&gt; at Harbour." in page


def test_a_successor_that_came_too_late_is_not_approved(client, moderator):
    employer, author = make_employer(), make_user()
    live = published_posting(employer=employer)
    draft = draft_posting(employer=employer)
    revision = draft.revisions.get()
    reposts.submit(
        posting=draft,
        revision=revision,
        actor=author,
        now=NOW,
        answer=reposts.Answer(follows=live.public_id),
    )
    page = client.get(review_url(revision)).content.decode()
    assert "as its author says. Approving this ends that one." in page
    moderation.suspend(posting=live, actor=author, note="Spam.", now=NOW)
    answer = client.post(review_url(revision), {"_approve": "1"}, follow=True)
    assert "What it follows was posted again or taken out of view." in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == PostingState.IN_REVIEW

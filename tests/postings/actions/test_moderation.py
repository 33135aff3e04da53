"""What an approval does not do, and whom a decision is mailed to."""

from datetime import UTC, datetime, timedelta

import pytest

from postings.actions import lifecycle, moderation
from postings.actions.moderation import AuthorSuspended
from postings.actions.postings import start_revision
from postings.enums import PostingState
from postings.models import Posting
from profiles.actions.suspension import reinstate_account, suspend_account
from tests.factories.people import make_user
from tests.factories.postings import published_posting, submitted_posting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_what_a_suspended_account_wrote_is_not_approved() -> None:
    author, moderator = make_user("a@example.test"), make_user("m@example.test")
    posting = submitted_posting(author=author, now=NOW)
    suspend_account(user=author, actor=moderator, note="Spam.", now=NOW)
    with pytest.raises(AuthorSuspended):
        moderation.approve(revision=posting.revisions.get(), actor=moderator, now=NOW)
    posting.refresh_from_db()
    assert posting.state == PostingState.IN_REVIEW
    reinstate_account(user=author, actor=moderator, note="", now=NOW)
    moderation.approve(revision=posting.revisions.get(), actor=moderator, now=NOW)
    assert Posting.objects.published(now=NOW).get() == posting


def test_a_change_does_not_bring_back_what_is_over() -> None:
    author = make_user("a@example.test")
    posting = published_posting(author=author, now=NOW)
    revision = start_revision(posting=posting, actor=author, now=NOW)
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=author, now=NOW)
    over = NOW + timedelta(days=61)
    with pytest.raises(lifecycle.IllegalMove):
        moderation.approve(revision=revision, actor=None, now=over)
    assert not Posting.objects.published(now=over).exists()

"""What an approval does not do, and whom a decision is mailed to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cscareers.core.models import Country, OutgoingMail
from postings import tasks
from postings.actions import lifecycle, moderation
from postings.actions.moderation import AuthorSuspended
from postings.actions.postings import save_draft, start_revision
from postings.enums import PostingState, RejectionReason
from postings.models import Posting
from postings.search.params import SearchParams
from postings.search.query import search
from profiles.actions.employers import EmployerFacts, update_employer
from profiles.actions.suspension import reinstate_account, suspend_account
from profiles.enums import MemberRole
from tests.factories.people import make_employer, make_member, make_user
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


def test_what_was_paused_before_its_suspension_is_paused_again() -> None:
    person = make_user()
    posting = published_posting(author=person, now=NOW)
    lifecycle.pause(posting=posting, actor=person, now=NOW)
    moderation.suspend(posting=posting, actor=person, note="Spam.", now=NOW)
    moderation.reinstate(posting=posting, actor=person, now=NOW)
    posting.refresh_from_db()
    assert posting.state == PostingState.PAUSED


@pytest.mark.parametrize(
    ("written", "kept"),
    [(date(2026, 12, 1), date(2026, 12, 20)), (date(2026, 12, 10), date(2026, 12, 10))],
)
def test_a_change_undoes_no_new_deadline_unless_it_says_one(written: date, kept: date) -> None:
    person = make_user()
    posting = published_posting(author=person, now=NOW, apply_until=date(2026, 11, 30))
    begun, later = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    lifecycle.extend(posting=posting, actor=person, now=NOW, apply_until=date(2026, 12, 1))
    revision = start_revision(posting=posting, actor=person, now=begun)
    for day in (15, 20):
        until = date(2026, 12, day)
        lifecycle.extend(posting=posting, actor=person, now=later, apply_until=until)
    content = revision.value.with_(apply_until=written)
    save_draft(revision=revision, actor=person, now=later, version=1, content=content)
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=person, now=later)
    assert moderation.approve(revision=revision, actor=None, now=later).apply_until == kept


def test_no_change_is_begun_to_what_is_closed() -> None:
    person = make_user()
    posting = published_posting(author=person, now=NOW)
    lifecycle.close(posting=posting, actor=person, now=NOW)
    with pytest.raises(lifecycle.IllegalMove):
        start_revision(posting=posting, actor=person, now=NOW)


def test_a_new_name_of_the_employer_is_found() -> None:
    employer = make_employer("Harbour")
    owner = make_member(employer)
    published_posting(employer=employer, author=owner, now=NOW)
    facts = EmployerFacts(
        name="Quayside", site="https://quay.example", sector="retail", size="11-50",
        country=Country.objects.get(pk="US"),
    )  # fmt: skip
    update_employer(employer=employer, actor=owner, facts=facts, version=employer.version, now=NOW)
    assert waiting_jobs() == [{"employer_id": employer.pk}]
    tasks.reindex_employer(**waiting_jobs()[0])
    assert [search(SearchParams(q=word), now=NOW).count for word in ("quayside", "harbour")] == [
        1,
        0,
    ]


def waiting_jobs() -> list[dict[str, int]]:
    jobs = ProcrastinateJob.objects.filter(task_name="postings.reindex_employer")
    return list(jobs.values_list("args", flat=True))


def test_a_decision_is_mailed_to_the_writer_or_to_the_owners_when_they_have_left() -> None:
    employer = make_employer()
    owner = make_member(employer)
    first, second = (make_member(employer, role=MemberRole.RECRUITER) for _ in range(2))
    posting = published_posting(employer=employer, author=first, now=NOW)
    assert told() == [first.email]
    revision = start_revision(posting=posting, actor=second, now=NOW)
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=second, now=NOW)
    moderation.reject(revision=revision, actor=owner, now=NOW, reasons=[RejectionReason.OTHER])
    assert told() == [second.email]
    # Whoever only reads by now is not asked to act; whoever has left reads nothing.
    first.memberships.update(role=MemberRole.INTERVIEWER)
    moderation.suspend(posting=posting, actor=owner, note="Spam.", now=NOW)
    assert told() == [owner.email]
    first.memberships.all().delete()
    moderation.reinstate(posting=posting, actor=owner, note="No spam.", now=NOW)
    assert told() == [owner.email]


def told() -> list[str]:
    """Who was mailed since the last call."""
    found = list(OutgoingMail.objects.order_by("pk").values_list("recipient", flat=True))
    OutgoingMail.objects.all().delete()
    return found

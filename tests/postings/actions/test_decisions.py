"""What each decision of a moderator leaves behind: states, events, mails."""

from datetime import UTC, datetime, timedelta

import pytest

from cscareers.core.models import OutgoingMail
from postings.actions import lifecycle, moderation
from postings.actions.postings import create_posting, save_draft, start_revision
from postings.enums import PostingState, RejectionReason, RevisionState
from postings.models import Posting, PostingRevision
from profiles.actions.suspension import reinstate_account, suspend_account, suspend_employer
from profiles.models import User
from tests.factories.people import make_employer, make_member, make_moderator, make_user
from tests.factories.postings import (
    complete_content,
    draft_posting,
    pay,
    published_posting,
    submitted_posting,
)

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
LATER = NOW + timedelta(hours=1)
REASONS = list(RejectionReason)[:2]


@pytest.fixture
def moderator() -> User:
    return make_moderator(name="Mo")


def submitted(**changes: object) -> tuple[Posting, PostingRevision]:
    employer = make_employer()
    author = make_member(employer)
    posting = submitted_posting(employer=employer, author=author, now=NOW, **changes)
    return posting, posting.revisions.get()


def changed(posting: Posting, **changes: object) -> PostingRevision:
    """A change to a live posting, in review."""
    member = make_member(posting.employer)
    revision = start_revision(posting=posting, actor=member, now=NOW)
    content = complete_content(**changes)
    save_draft(revision=revision, actor=member, now=NOW, version=1, content=content)
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=member, now=NOW)
    return revision


def mails() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("recipient", flat=True))


def test_the_first_approval_publishes(moderator: User) -> None:
    posting, revision = submitted()
    moderation.approve(revision=revision, actor=moderator, now=LATER)
    posting.refresh_from_db()
    assert posting.state == PostingState.PUBLISHED
    assert (posting.first_published_at, posting.confirmed_at) == (LATER, LATER)
    assert posting.live_revision == revision
    revision.refresh_from_db()
    assert (revision.state, revision.decided_by, revision.decided_at) == (
        RevisionState.APPROVED,
        moderator,
        LATER,
    )
    event = posting.events.latest("pk")
    assert (event.verb, event.from_state, event.to_state, event.actor_label) == (
        "approve",
        "in_review",
        "published",
        "Mo",
    )
    assert mails() == [posting.author.email]
    assert (posting.pay_bands.count(), posting.locations.count()) == (1, 1)
    assert posting.requirements.count() == 1


def test_a_later_approval_replaces_what_is_live_and_confirms(moderator: User) -> None:
    posting = published_posting(now=NOW - timedelta(days=10), author=make_user())
    before, first = posting.live_revision, posting.first_published_at
    revision = changed(posting, title="Care Manager", pay_bands=(pay(), pay(zone=("IE",))))
    moderation.approve(revision=revision, actor=moderator, now=LATER)
    posting.refresh_from_db()
    before.refresh_from_db()
    assert before.state == RevisionState.SUPERSEDED
    assert (posting.live_revision, posting.title) == (revision, "Care Manager")
    assert (posting.first_published_at, posting.confirmed_at) == (first, LATER)
    event = posting.events.latest("pk")
    assert (event.verb, event.to_state) == ("approve-revision", "")
    assert event.details["closes_to"] == posting.closes_at.isoformat()
    assert posting.pay_bands.count() == 2


def test_a_change_to_a_paused_posting_is_approved_and_it_stays_paused(moderator: User) -> None:
    posting = published_posting(now=NOW)
    revision = changed(posting, title="Care Manager")
    lifecycle.pause(posting=posting, actor=moderator, now=NOW)
    moderation.approve(revision=revision, actor=moderator, now=LATER)
    posting.refresh_from_db()
    assert (posting.state, posting.title) == (PostingState.PAUSED, "Care Manager")


def test_a_change_to_a_suspended_posting_is_not_approved(moderator: User) -> None:
    posting = published_posting(now=NOW)
    revision = changed(posting)
    moderation.suspend(posting=posting, actor=moderator, now=NOW, note="Checking.")
    with pytest.raises(lifecycle.IllegalMove):
        moderation.approve(revision=revision, actor=moderator, now=LATER)
    revision = PostingRevision.objects.get(pk=revision.pk)
    assert revision.state == RevisionState.IN_REVIEW


def test_nothing_of_a_suspended_employer_is_approved(moderator: User) -> None:
    posting, revision = submitted()
    suspend_employer(employer=posting.employer, actor=moderator, note="", now=NOW)
    with pytest.raises(lifecycle.EmployerSuspended):
        moderation.approve(revision=revision, actor=moderator, now=LATER)


def test_what_was_decided_is_not_decided_again(moderator: User) -> None:
    posting, revision = submitted()
    moderation.approve(revision=revision, actor=moderator, now=LATER)
    revision = PostingRevision.objects.get(pk=revision.pk)
    with pytest.raises(lifecycle.IllegalMove):
        moderation.approve(revision=revision, actor=moderator, now=LATER)
    with pytest.raises(lifecycle.IllegalMove):
        moderation.reject(revision=revision, actor=moderator, now=LATER, reasons=REASONS)
    assert posting.events.filter(verb="approve").count() == 1


def test_markup_that_search_engines_would_refuse_is_not_published(moderator: User) -> None:
    posting = draft_posting(content=complete_content(locations=()))
    revision = posting.revisions.get()
    lifecycle.hand_in(posting=posting, revision=revision, actor=None, now=NOW)
    with pytest.raises(moderation.NotPublishable) as refused:
        moderation.approve(revision=revision, actor=moderator, now=LATER)
    assert {problem.pointer for problem in refused.value.problems} == {"/jobLocation"}
    posting.refresh_from_db()
    assert (posting.state, mails()) == (PostingState.IN_REVIEW, [])


def test_a_rejection_goes_back_with_reasons_and_a_mail(moderator: User) -> None:
    posting, revision = submitted()
    moderation.reject(
        revision=revision, actor=moderator, now=LATER, reasons=REASONS, note="Say more."
    )
    posting.refresh_from_db()
    revision.refresh_from_db()
    codes = [str(reason) for reason in REASONS]
    assert (posting.state, revision.state) == (PostingState.REJECTED, RevisionState.REJECTED)
    assert (revision.reasons, revision.decision_note) == (codes, "Say more.")
    event = posting.events.latest("pk")
    assert (event.verb, event.reasons, event.note) == ("reject", codes, "Say more.")
    mail = OutgoingMail.objects.get()
    assert mail.recipient == posting.author.email
    assert "Say more." in mail.text


def test_a_rejected_change_leaves_the_posting_open(moderator: User) -> None:
    posting = published_posting(now=NOW)
    revision = changed(posting, title="Care Manager")
    moderation.reject(revision=revision, actor=moderator, now=LATER, reasons=REASONS)
    posting.refresh_from_db()
    assert (posting.state, posting.title) == (PostingState.PUBLISHED, "Customer Service Manager")
    assert posting.events.latest("pk").verb == "reject-revision"


def test_a_rejection_needs_a_reason(moderator: User) -> None:
    _, revision = submitted()
    with pytest.raises(moderation.ReasonNeeded):
        moderation.reject(revision=revision, actor=moderator, now=LATER, reasons=[])


def test_pausing_suspending_and_reinstating_tell_the_author(moderator: User) -> None:
    employer = make_employer()
    posting = published_posting(now=NOW, employer=employer, author=make_member(employer))
    OutgoingMail.objects.all().delete()
    moderation.pause(posting=posting, actor=moderator, now=NOW, note="A question.")
    moderation.suspend(posting=posting, actor=moderator, now=NOW, note="No answer.")
    moderation.reinstate(posting=posting, actor=moderator, now=LATER, note="Answered.")
    posting.refresh_from_db()
    # It was paused before, so it is paused again.
    assert posting.state == PostingState.PAUSED
    moves = posting.events.order_by("-pk").values_list("verb", "note")[:4]
    assert list(moves) == [
        ("pause", ""),
        ("reinstate", "Answered."),
        ("suspend", "No answer."),
        ("pause", "A question."),
    ]
    assert mails() == [posting.author.email] * 3


def test_what_was_suspended_twice_over_comes_back_when_both_are_undone(moderator: User) -> None:
    posting = published_posting(now=NOW, author=make_user())
    suspend_employer(employer=posting.employer, actor=moderator, note="", now=NOW)
    suspend_account(user=posting.author, actor=moderator, note="", now=NOW)
    reinstate_account(user=posting.author, actor=moderator, note="", now=NOW)
    posting.refresh_from_db()
    assert posting.withheld
    Employer = type(posting.employer)
    Employer.objects.filter(pk=posting.employer_id).update(suspended_at=None)
    assert moderation.refresh_withheld(employer=posting.employer, user=None) == 1
    posting.refresh_from_db()
    assert not posting.withheld


@pytest.mark.parametrize("decided", [False, True])
def test_what_ends_takes_the_change_that_waits_with_it(moderator: User, decided: bool) -> None:
    posting = published_posting(now=NOW)
    revision = changed(posting)
    if decided:
        moderation.reject(revision=revision, actor=moderator, now=NOW, reasons=REASONS)
    lifecycle.close(posting=posting, actor=moderator, now=LATER)
    assert PostingRevision.objects.get(pk=revision.pk).state == RevisionState.DISCARDED


def test_withholding_is_brought_into_line_for_all(moderator: User) -> None:
    hidden, shown = published_posting(now=NOW), published_posting(now=NOW)
    type(hidden.employer).objects.filter(pk=hidden.employer_id).update(suspended_at=NOW)
    Posting.objects.filter(pk=shown.pk).update(withheld=True)
    assert moderation.refresh_withheld(employer=None, user=None) == 2
    assert [Posting.objects.get(pk=p.pk).withheld for p in (hidden, shown)] == [True, False]


def test_a_draft_begun_by_a_suspended_employer_is_withheld_from_the_start() -> None:
    employer = make_employer(suspended_at=NOW)
    posting = create_posting(employer=employer, actor=None, now=NOW)
    assert posting.withheld

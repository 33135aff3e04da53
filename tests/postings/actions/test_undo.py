"""Taking back an approval: what the public sees is as it was before, and nothing else is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cscareers.core.models import OutgoingMail
from postings.actions import lifecycle, moderation, undo
from postings.actions.postings import save_draft, start_revision
from postings.enums import PostingState, RevisionState
from postings.models import Posting, PostingEvent, PostingRevision
from profiles.models import User
from tests.factories.applications import make_application
from tests.factories.people import make_employer, make_member, make_moderator
from tests.factories.postings import complete_content, pay, published_posting, submitted_posting

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def moderator() -> User:
    return make_moderator(name="Mo")


def last(posting: Posting) -> PostingEvent:
    return PostingEvent.objects.select_related("posting", "revision").filter(
        posting=posting
    ).latest("pk")  # fmt: skip


def approved(moderator: User, **fields: Any) -> Posting:
    employer = make_employer()
    posting = submitted_posting(employer=employer, author=make_member(employer), now=NOW, **fields)
    moderation.approve(revision=posting.revisions.get(), actor=moderator, now=NOW)
    OutgoingMail.objects.all().delete()
    return Posting.objects.get(pk=posting.pk)


def changed(moderator: User) -> tuple[Posting, dict[str, object]]:
    """A posting with an approved change, and how it stood before that."""
    employer = make_employer()
    author = make_member(employer)
    posting = published_posting(
        employer=employer,
        author=author,
        now=NOW - timedelta(days=9),
        apply_until=NOW.date() + timedelta(days=20),
    )
    before = stand(posting)
    revision = start_revision(posting=posting, actor=author, now=NOW)
    content = complete_content(
        title="Head of Service", pay_bands=(pay(), pay(zone=("IE",))), apply_until=None
    )
    save_draft(revision=revision, actor=author, now=NOW, version=1, content=content)
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=author, now=NOW)
    moderation.approve(revision=revision, actor=moderator, now=NOW)
    OutgoingMail.objects.all().delete()
    return Posting.objects.get(pk=posting.pk), before


def stand(posting: Posting) -> dict[str, object]:
    row = Posting.objects.get(pk=posting.pk)
    names = ("state", "title", "slug", "live_revision", "apply_until", "confirmed_at", "closes_at")
    return {
        **{name: getattr(row, name) for name in names},
        "first": row.first_published_at,
        "bands": row.pay_bands.count(),
        "card": row.document.card,
    }


def test_a_first_approval_leaves_the_public_as_if_it_had_not_been(moderator: User) -> None:
    posting = approved(moderator)
    undo.retract(event=last(posting), actor=moderator, now=LATER, note="I misread the pay.")
    posting.refresh_from_db()
    revision = posting.revisions.get()
    assert (posting.state, revision.state) == (PostingState.IN_REVIEW, RevisionState.IN_REVIEW)
    assert (posting.live_revision, posting.first_published_at, posting.closes_at) == (None,) * 3
    assert (revision.decided_at, revision.decided_by, revision.submitted_at) == (None, None, NOW)
    assert not Posting.objects.published(now=LATER).exists()
    assert not Posting.objects.over(now=LATER).exists()
    left = (posting.pay_bands, posting.locations, posting.requirements)
    assert [rows.count() for rows in left] == [0, 0, 0]
    assert not hasattr(Posting.objects.get(pk=posting.pk), "document")
    event = last(posting)
    assert (event.verb, event.from_state, event.to_state, event.note) == (
        "retract",
        "published",
        "in_review",
        "I misread the pay.",
    )
    mail = OutgoingMail.objects.get()
    assert mail.recipient == posting.author.email
    assert "I misread the pay." in mail.text
    # It can be decided anew.
    moderation.approve(revision=revision, actor=moderator, now=LATER)
    assert Posting.objects.published(now=LATER).get() == posting


def test_what_people_applied_for_is_not_made_a_draft_again(moderator: User) -> None:
    posting = approved(moderator, apply_url="", reply_days=14)
    make_application(posting, now=NOW)
    with pytest.raises(undo.ChangedSince):
        undo.retract(event=last(posting), actor=moderator, now=LATER)
    assert posting.applications.open().count() == 1


def test_of_a_change_the_version_before_is_public_again(moderator: User) -> None:
    posting, before = changed(moderator)
    assert stand(posting) != before
    undo.retract(event=last(posting), actor=moderator, now=LATER)
    assert stand(posting) == before
    states = dict(posting.revisions.values_list("number", "state"))
    assert states == {1: RevisionState.APPROVED, 2: RevisionState.IN_REVIEW}
    assert (last(posting).verb, OutgoingMail.objects.count()) == ("retract-revision", 1)
    waiting = posting.revisions.get(number=2)
    moderation.approve(revision=waiting, actor=moderator, now=LATER)
    posting.refresh_from_db()
    assert posting.title == "Head of Service"


def test_the_change_of_a_paused_posting_is_taken_back_too(moderator: User) -> None:
    employer = make_employer()
    author = make_member(employer)
    posting = published_posting(employer=employer, author=author, now=NOW)
    revision = start_revision(posting=posting, actor=author, now=NOW)
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=author, now=NOW)
    lifecycle.pause(posting=posting, actor=author, now=NOW)
    moderation.approve(revision=revision, actor=moderator, now=NOW)
    undo.retract(event=last(posting), actor=moderator, now=LATER)
    posting.refresh_from_db()
    assert (posting.state, posting.live_revision.number) == (PostingState.PAUSED, 1)


def test_after_a_day_it_is_too_late(moderator: User) -> None:
    posting = approved(moderator)
    event = last(posting)
    at = NOW + undo.UNDO_WITHIN
    assert undo.can_retract(event, now=at) is False
    with pytest.raises(undo.TooLate):
        undo.retract(event=event, actor=moderator, now=at)
    assert undo.can_retract(event, now=at - timedelta(seconds=1)) is True


@pytest.mark.parametrize("verb", ["pause", "mark_filled", "close", "confirm", "revise", "extend"])
def test_what_the_owner_changed_since_stays(moderator: User, verb: str) -> None:
    posting = approved(moderator)
    event, author = last(posting), posting.author
    if verb == "revise":
        start_revision(posting=posting, actor=author, now=LATER)
    elif verb == "extend":
        until = LATER.date() + timedelta(days=9)
        lifecycle.extend(posting=posting, actor=author, now=LATER, apply_until=until)
    else:
        getattr(lifecycle, verb)(posting=posting, actor=author, now=LATER)
    before = Posting.objects.values().get(pk=posting.pk)
    with pytest.raises(undo.ChangedSince):
        undo.retract(event=event, actor=moderator, now=LATER)
    assert Posting.objects.values().get(pk=posting.pk) == before


def test_what_was_taken_back_is_not_taken_back_again(moderator: User) -> None:
    posting = approved(moderator)
    event = last(posting)
    undo.retract(event=event, actor=moderator, now=LATER)
    for again in (event, last(posting)):
        with pytest.raises(undo.ChangedSince):
            undo.retract(event=again, actor=moderator, now=LATER)
        assert undo.can_retract(PostingEvent.objects.get(pk=again.pk), now=LATER) is False


def test_an_import_is_the_operators_decision(moderator: User) -> None:
    posting = submitted_posting(now=NOW)
    revision = posting.revisions.get()
    moderation.approve(revision=revision, actor=None, now=NOW, label="import")
    assert undo.can_retract(last(posting), now=NOW) is False
    with pytest.raises(undo.ChangedSince):
        undo.retract(event=last(posting), actor=moderator, now=NOW)


def test_a_posting_that_ended_another_one_stays(moderator: User) -> None:
    before = published_posting(now=NOW)
    posting = submitted_posting(employer=before.employer, now=NOW, title="Another")
    Posting.objects.filter(pk=posting.pk).update(successor_of=before)
    moderation.approve(revision=posting.revisions.get(), actor=moderator, now=NOW)
    with pytest.raises(undo.TookAPlace):
        undo.retract(event=last(posting), actor=moderator, now=LATER)
    assert PostingRevision.objects.get(posting=posting).state == RevisionState.APPROVED

"""The review queue and the page of a decision."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from cscareers.core.models import OutgoingMail
from postings.actions import lifecycle, moderation
from postings.actions.postings import save_draft, start_revision
from postings.enums import PostingState, RevisionState
from postings.models import Posting, PostingRevision
from profiles.actions.suspension import suspend_employer
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.postings import (
    complete_content,
    draft_posting,
    published_posting,
    submitted_posting,
)

pytestmark = pytest.mark.django_db
QUEUE = "admin:postings_postingrevision_changelist"
LONG = "You look after the people who look after our customers. " * 4


def review_url(revision):
    return reverse("admin:postings_postingrevision_change", args=(revision.pk,))


def waiting(**changes):
    employer = changes.pop("employer", None) or make_employer()
    author = changes.pop("author", None) or make_member(employer)
    posting = submitted_posting(employer=employer, author=author, description=LONG, **changes)
    return posting.revisions.get()


def changed(posting):
    """An edit of a public posting, in review."""
    now, author = datetime.now(UTC), make_user()
    revision = start_revision(posting=posting, actor=author, now=now)
    content = revision.value.with_(title="Head of Service")
    save_draft(revision=revision, actor=author, now=now, version=1, content=content)
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=author, now=now)
    return revision


def test_the_queue_shows_what_waits_oldest_first(client, moderator):
    now = datetime.now(UTC)
    waiting(title="Younger", now=now)
    waiting(title="Older", now=now - timedelta(hours=5))
    published_posting(title="Is public", description=LONG)
    changed(published_posting(description=LONG))
    page = client.get(reverse(QUEUE)).content.decode()
    places = [page.find(title) for title in ("Older", "Younger", "Head of Service")]
    assert places == sorted(places)
    assert -1 not in places
    assert ("Is public" in page, "5\N{NO-BREAK SPACE}hours" in page) == (False, True)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_queue_asks_the_same_number_of_times(
    client, moderator, rows, django_assert_num_queries
):
    posting = submitted_posting()
    for number in range(1, rows):
        Posting.objects.bulk_create(
            [
                Posting(
                    employer=make_employer(),
                    created_at=posting.created_at,
                    updated_at=posting.updated_at,
                )
            ]
        )
        copy = Posting.objects.latest("pk")
        revision = PostingRevision.objects.create(
            posting=copy,
            number=number,
            content=posting.revisions.get().content,
            created_at=posting.created_at,
            updated_at=posting.updated_at,
        )
        lifecycle.hand_in(posting=copy, revision=revision, actor=None, now=posting.created_at)
    with django_assert_num_queries(8):
        page = client.get(reverse(QUEUE)).content.decode()
    assert page.count('class="action-select"') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_review_asks_at_most_so_often(client, moderator, rows, django_assert_num_queries):
    employer = make_employer()
    posting = published_posting(employer=employer, description=LONG)
    for _ in range(rows):
        published_posting(employer=employer, description=LONG)
    revision = changed(posting)
    with django_assert_num_queries(18):
        client.get(review_url(revision))


def test_the_page_tells_the_facts(client, moderator):
    employer = make_employer("Harbour", site="https://harbour.test")
    revision = waiting(employer=employer, apply_url="https://jobs.harbour.test/1")
    page = client.get(review_url(revision)).content.decode()
    assert [
        words in page
        for words in (
            "First review of a new job",
            "Harbour",
            "Every answer that we ask for is there",
            "The markup follows the rules",
            "At the employer’s own domain",
            "$60,000–75,000 a year",
            "1 in review",
            "What is different",
        )
    ] == [True] * 7 + [False]


def test_a_change_is_shown_beside_what_is_public(client, moderator):
    revision = changed(published_posting(description=LONG))
    page = client.get(review_url(revision)).content.decode()
    assert "Change of a public job" in page
    assert "<del>Customer Service Manager</del>" in page
    assert "<ins>Head of Service</ins>" in page


def test_the_preview_is_the_public_page_in_a_frame_of_ours(client, moderator):
    revision = waiting(title="Service Lead")
    response = client.get(reverse("admin:postings_postingrevision_preview", args=(revision.pk,)))
    assert "Service Lead" in response.content.decode()
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]


def test_approving_publishes_and_tells_the_author(client, moderator):
    revision = waiting()
    response = client.post(review_url(revision), {"_approve": "Approve"})
    assert response.headers["Location"] == reverse(QUEUE)
    revision.refresh_from_db()
    event = revision.posting.events.get(verb="approve")
    assert (revision.state, revision.decided_by, event.actor) == (
        RevisionState.APPROVED,
        moderator,
        moderator,
    )
    assert Posting.objects.published(now=datetime.now(UTC)).get() == revision.posting
    assert OutgoingMail.objects.get().subject == "Published: Customer Service Manager"


def test_approve_and_open_next(client, moderator):
    first = waiting(now=datetime.now(UTC) - timedelta(hours=1))
    second = waiting()
    response = client.post(review_url(first), {"_next": "x"})
    assert response.headers["Location"] == review_url(second) + "#content-start"
    response = client.post(review_url(second), {"_next": "x"})
    assert response.headers["Location"] == reverse(QUEUE)


def test_sending_back_needs_a_reason_and_keeps_what_was_typed(client, moderator):
    revision = waiting()
    page = client.post(review_url(revision), {"_reject": "x", "note": "Kept words"})
    assert "Choose at least one reason." in page.content.decode()
    assert "Kept words" in page.content.decode()
    page = client.post(review_url(revision), {"_reject": "x", "reasons": "other"})
    assert "Say what to change" in page.content.decode()
    revision.refresh_from_db()
    assert revision.state == RevisionState.IN_REVIEW


def test_sending_back_mails_reasons_and_words(client, moderator):
    revision = waiting()
    words = {"_reject": "x", "reasons": ["pay-unclear", "other"], "note": "Name the bonus."}
    assert client.post(review_url(revision), words).status_code == 302
    revision.refresh_from_db()
    assert (revision.state, revision.reasons, revision.decision_note) == (
        RevisionState.REJECTED,
        ["pay-unclear", "other"],
        "Name the bonus.",
    )
    mail = OutgoingMail.objects.get().text
    assert ("Pay unclear" in mail, "Name the bonus." in mail) == (True, True)


def test_the_second_of_two_moderators_is_told(client, moderator):
    revision = waiting()
    other = make_user("ada@example.test", is_staff=True, name="Ada")
    moderation.approve(revision=revision, actor=other, now=datetime.now(UTC))
    page = client.post(review_url(revision), {"_reject": "x", "reasons": "duplicate"})
    assert "Somebody else decided on this already" in page.content.decode()
    assert "by Ada" in page.content.decode()
    revision.posting.refresh_from_db()
    assert revision.posting.state == PostingState.PUBLISHED


def test_what_search_engines_refuse_is_not_approved(client, moderator):
    posting = draft_posting(content=complete_content(locations=(), description=LONG))
    revision = posting.revisions.get()
    lifecycle.hand_in(posting=posting, revision=revision, actor=None, now=datetime.now(UTC))
    page = client.post(review_url(revision), {"_approve": "x"}).content.decode()
    assert "Search engines would refuse it" in page
    assert "The place of work is missing." in page
    revision.refresh_from_db()
    assert revision.state == RevisionState.IN_REVIEW


def test_a_suspended_employers_posting_is_not_approved(client, moderator):
    revision = waiting()
    employer = revision.posting.employer
    suspend_employer(employer=employer, actor=moderator, note="x", now=datetime.now(UTC))
    page = client.post(review_url(revision), {"_approve": "x"}).content.decode()
    assert "Its employer is suspended" in page


def test_many_are_approved_at_once_after_a_page_that_asks(client, moderator):
    revisions = [waiting(), waiting()]
    chosen = {"action": "approve", "index": 0, "_selected_action": [r.pk for r in revisions]}
    page = client.post(reverse(QUEUE), chosen).content.decode()
    assert "Approve these? They are public at once." in page
    assert Posting.objects.published(now=datetime.now(UTC)).count() == 0
    answer = client.post(reverse(QUEUE), {**chosen, "confirmed": "1"}, follow=True)
    assert "Approve: 2 of 2 done." in answer.content.decode()
    assert Posting.objects.published(now=datetime.now(UTC)).count() == 2


def test_who_may_only_look_decides_nothing(client, moderator):
    moderator.groups.clear()
    from django.contrib.auth.models import Permission

    moderator.user_permissions.add(Permission.objects.get(codename="view_postingrevision"))
    revision = waiting()
    assert "_approve" not in client.get(review_url(revision)).content.decode()
    assert client.post(review_url(revision), {"_approve": "x"}).status_code == 404
    revision.refresh_from_db()
    assert revision.state == RevisionState.IN_REVIEW


def test_staff_without_rights_see_nothing(client, moderator):
    moderator.groups.clear()
    revision = waiting()
    preview = reverse("admin:postings_postingrevision_preview", args=(revision.pk,))
    codes = [client.get(url).status_code for url in (review_url(revision), preview)]
    assert codes == [404, 404]
    assert client.get(reverse(QUEUE)).status_code == 403


def test_a_torn_draft_can_be_looked_at(client, moderator):
    posting = submitted_posting(content=complete_content(title="A" * 300))
    assert client.get(review_url(posting.revisions.get())).status_code == 200


def test_the_lint_stands_beside_the_posting(client, moderator):
    revision = waiting(title="Service ninja", responsibilities=("Man the phones",) * 3)
    page = client.get(review_url(revision)).content.decode()
    assert [page.count(f"<mark>{words}</mark>") for words in ("ninja", "Man the phones")] == [1, 1]
    assert "Nothing found." in client.get(review_url(waiting())).content.decode()

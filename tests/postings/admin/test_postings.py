"""Postings, events and the taxonomy in the admin."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from cscareers.core.models import OutgoingMail
from postings.enums import PostingState
from postings.hiring.actions import confirmations
from postings.models import Posting, PostingEvent
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.postings import draft_posting, published_posting
from tests.postings.admin.deciding import decide

pytestmark = pytest.mark.django_db
POSTINGS = "admin:postings_posting_changelist"
SKILLS = "admin:profiles_skill_changelist"


def test_jobs_are_suspended_with_words_and_brought_back(client, moderator):
    employer = make_employer()
    author = make_member(employer, make_user("ann@example.test"))
    posting = published_posting(employer=employer, author=author)
    OutgoingMail.objects.all().delete()
    page = decide(client, POSTINGS, "suspend", [posting], note="Asks for money.")
    assert "Suspend: 1 of 1 done." in page
    posting.refresh_from_db()
    assert posting.state == PostingState.SUSPENDED
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, "Asks for money." in mail.text) == ("ann@example.test", True)
    decide(client, POSTINGS, "reinstate", [posting])
    assert Posting.objects.published(now=datetime.now(UTC)).get() == posting


def test_what_nobody_confirms_is_confirmed_by_a_moderator(client, moderator):
    imported = published_posting(employer=make_employer(), now=datetime.now(UTC) - timedelta(20))
    assert confirmations.pause_unconfirmed(now=datetime.now(UTC)) == 1
    page = decide(client, POSTINGS, "confirm", [imported], note="Seen on their own site.")
    assert "Confirm as open: 1 of 1 done." in page
    imported.refresh_from_db()
    event = imported.events.get(verb="confirm")
    assert (imported.state, imported.paused_for) == (PostingState.PUBLISHED, [])
    assert (event.actor, event.note) == (moderator, "Seen on their own site.")
    assert event.details["by_us"] is True


def test_a_decision_without_words_is_asked_again(client, moderator):
    posting = published_posting()
    page = decide(client, POSTINGS, "pause", [posting], note="")
    assert "This field is required." in page
    posting.refresh_from_db()
    assert posting.state == PostingState.PUBLISHED


def test_what_a_state_does_not_allow_is_told_row_by_row(client, moderator):
    fine, draft = published_posting(), draft_posting(title="Still a draft")
    page = decide(client, POSTINGS, "pause", [fine, draft], note="x")
    assert "Pause: 1 of 2 done." in page
    assert "Still a draft: Its state does not allow that" in page


def test_the_page_of_a_job_has_its_decisions_and_no_field_to_edit(client, moderator):
    posting = published_posting()
    url = reverse("admin:postings_posting_change", args=(posting.pk,))
    page = client.get(url).content.decode()
    assert ('value="suspend"' in page, 'name="state"' in page) == (True, False)
    assert client.post(url, {"state": "filled"}).status_code == 403
    posting.refresh_from_db()
    assert posting.state == PostingState.PUBLISHED


@pytest.mark.parametrize("model", ["posting", "postingevent", "postingrevision"])
def test_nobody_adds_or_deletes(client, model):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    event = published_posting().events.first()
    rows = {"posting": event.posting_id, "postingevent": event.pk}
    pk = rows.get(model, event.revision_id)
    codes = [
        client.post(reverse(f"admin:postings_{model}_{verb}", args=args)).status_code
        for verb, args in (("add", ()), ("delete", (pk,)))
    ]
    assert codes == [403, 403]
    assert PostingEvent.objects.filter(pk=event.pk).exists()


@pytest.mark.parametrize(
    ("changelist", "queries"),
    [
        (POSTINGS, 9),
        ("admin:postings_postingevent_changelist", 8),
        (SKILLS, 12),
        ("admin:profiles_employer_changelist", 10),
        ("admin:profiles_user_changelist", 8),
    ],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_number_of_times(
    client, moderator, changelist, queries, rows, django_assert_num_queries
):
    for _ in range(rows):
        published_posting(author=make_user())
    with django_assert_num_queries(queries):
        assert client.get(reverse(changelist)).status_code == 200

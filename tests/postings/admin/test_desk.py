"""A moderator's own tools: private notes, saved replies, the age of the queue, what I decided."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cscareers.core.models import OutgoingMail
from postings.actions import moderation, reports
from postings.actions.alarm import warn_moderators
from postings.actions.moderators import appoint
from postings.actions.notes import write_note
from postings.enums import PostingState, ReportCategory, RevisionState
from postings.models import ModeratorNote, Posting, PostingRevision, SavedReply
from postings.queue_age import reports_age, revisions_age
from profiles.actions.suspension import suspend_employer
from profiles.models import User
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.postings import published_posting, submitted_posting

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
QUEUE = "admin:postings_postingrevision_changelist"
DECIDED = "admin:postings_postingrevision_decided"


def waiting(title: str = "Support lead", **arguments: object) -> PostingRevision:
    employer = make_employer("Brightloom")
    author = make_member(employer)
    posting = submitted_posting(employer=employer, author=author, title=title, **arguments)
    return posting.revisions.select_related("posting__employer").get()


def page_of(revision: PostingRevision) -> str:
    return reverse("admin:postings_postingrevision_change", args=(revision.pk,))


def undo_of(revision: PostingRevision) -> str:
    return reverse("admin:postings_postingrevision_undo", args=(revision.pk,))


def read(client: Client, url: str) -> str:
    return client.get(url).content.decode()


# --- notes --------------------------------------------------------------------------------


def test_notes_on_a_job_and_its_employer_are_kept_with_who_and_when(
    client: Client, moderator: User
) -> None:
    revision = waiting()
    page = read(client, page_of(revision))
    url = re.findall(r'<form method="post" action="([^"]+)" id="note-form">', page)[0]
    for about in ("posting", "employer"):
        fields = {"text": f"About the {about}.", "about": about, "next": page_of(revision)}
        assert client.post(url, fields)["Location"] == page_of(revision)
    rows = ModeratorNote.objects.order_by("pk").values_list("posting", "employer", "text")
    assert list(rows) == [
        (revision.posting_id, None, "About the posting."),
        (None, revision.posting.employer_id, "About the employer."),
    ]
    assert set(ModeratorNote.objects.values_list("author", "author_label")) == {
        (moderator.pk, "Moe")
    }
    # Both stand beside the employer's next job too, the job's own only beside that one.
    other = submitted_posting(employer=revision.posting.employer).revisions.get()
    page, elsewhere = read(client, page_of(revision)), read(client, page_of(other))
    assert ("About the posting." in page, "About the employer." in page) == (True, True)
    assert ("About the posting." in elsewhere, "About the employer." in elsewhere) == (False, True)
    reported = reverse("admin:postings_reportedposting_change", args=(revision.posting_id,))
    assert "About the employer." in read(client, reported)


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "\0"])
def test_a_note_has_words_and_not_too_many(client: Client, moderator: User, text: str) -> None:
    url = reverse("admin:postings_moderatornote_write", args=(waiting().posting_id,))
    page = client.post(url, {"text": text, "about": "posting"}, follow=True).content.decode()
    assert "Write a note of 1 to 2000 characters." in page
    assert ModeratorNote.objects.count() == 0


def test_a_note_on_an_employer_is_written_from_its_page(client: Client, moderator: User) -> None:
    employer = make_employer("Brightloom")
    page = read(client, reverse("admin:profiles_employer_change", args=(employer.pk,)))
    url = re.findall(r'href="([^"]*/moderatornote/add/[^"]*)"', page)[0]
    assert client.post(url, {"employer": employer.pk, "text": "Called them."}).status_code == 302
    assert ModeratorNote.objects.get().employer == employer
    both = {"employer": employer.pk, "posting": published_posting().pk, "text": "x"}
    assert "Choose a job or an employer" in client.post(url, both).content.decode()
    listed = reverse("admin:postings_moderatornote_changelist")
    assert "Called them." in read(client, f"{listed}?employer__id__exact={employer.pk}")
    assert "Called them." not in read(client, f"{listed}?employer__id__exact=0")


def test_owners_and_the_public_never_see_a_note(client: Client, moderator: User) -> None:
    employer = make_employer()
    owner = make_member(employer)
    posting = published_posting(employer=employer, author=owner)
    for about in (posting, employer):
        write_note(about=about, text="Pangolin.", actor=moderator, now=NOW)
    client.force_login(owner)
    desk = f"/hire/{employer.slug}/"
    one = f"{desk}postings/{posting.public_id}/"
    address = posting.get_absolute_url()
    pages = [desk, f"{desk}postings/", one, f"{desk}settings/", f"{desk}team/", address,
             f"{address}report/", address.removesuffix("/") + ".json",
             f"/employers/{employer.slug}/", f"/api/v1/postings/{posting.public_id}",
             "/me/"]  # fmt: skip
    answers = [client.get(url) for url in pages]
    assert {answer.status_code for answer in answers} == {200}
    assert [a.request["PATH_INFO"] for a in answers if b"Pangolin" in a.content] == []
    url = reverse("admin:postings_moderatornote_write", args=(posting.pk,))
    assert client.post(url, {"text": "Mine"}).status_code == 302
    assert ModeratorNote.objects.count() == 2


# --- saved replies ------------------------------------------------------------------------


def test_a_saved_reply_goes_into_the_note_by_a_button(client: Client, moderator: User) -> None:
    add = reverse("admin:postings_savedreply_add")
    words = {"name": "Pay", "reasons": ["pay-unclear"], "text": "{employer}: pay of {title}? {x}"}
    assert client.post(add, words).status_code == 302
    reply = SavedReply.objects.get()
    revision = waiting("Lead {employer}")
    typed = {"_insert": "1", "reply": reply.pk, "note": "Hello.", "reasons": ["other"]}
    page = client.post(page_of(revision), typed).content.decode()
    note = re.findall(r'<textarea name="note"[^>]*>\n?(.*?)</textarea>', page, re.S)[0]
    # The title's own braces are filled in as well; nothing else is.
    assert note == "Hello.\n\nBrightloom: pay of Lead Brightloom? {x}"
    ticked = re.findall(r'value="([a-z-]+)"[^>]* checked', page)
    assert ticked == ["pay-unclear", "other"]
    assert f'formaction="{page_of(revision)}#id_note"' in page
    revision.refresh_from_db()
    assert revision.state == RevisionState.IN_REVIEW


@pytest.mark.parametrize("reply", ["", "999999", "nonsense"])
def test_no_reply_leaves_the_note_as_it_was(client: Client, moderator: User, reply: str) -> None:
    typed = {"_insert": "1", "reply": reply, "note": "Mine.", "reasons": ["nonsense"]}
    page = client.post(page_of(waiting()), typed).content.decode()
    assert re.findall(r'<textarea name="note"[^>]*>\s*(.*?)</textarea>', page, re.S) == ["Mine."]


# --- the age of the queue -----------------------------------------------------------------


def test_the_age_of_a_queue_is_said_in_words() -> None:
    assert revisions_age(now=NOW).words == "Nothing waits."
    waiting(now=NOW - timedelta(hours=23))
    age = revisions_age(now=NOW)
    assert age.words == "1 waits, the oldest for 23 hours. All within our 24 hours."
    waiting(now=NOW - timedelta(hours=24))
    waiting(now=NOW - timedelta(days=3))
    age = revisions_age(now=NOW)
    assert (age.waiting, age.late) == (3, 2)
    assert age.words == "3 wait, the oldest for 3 days. 2 longer than the 24 hours that we promise."


def test_the_alarm_stands_on_the_first_page_and_on_the_queue(
    client: Client, moderator: User, settings: object
) -> None:
    waiting(now=NOW - timedelta(hours=3))
    for url in (reverse("admin:index"), reverse(QUEUE)):
        assert 'class="csc-note csc-note--late"' not in read(client, url)
    settings.MODERATION_HOURS = 1  # type: ignore[attr-defined]
    for url in (reverse("admin:index"), reverse(QUEUE)):
        page = read(client, url)
        assert page.count('class="csc-note csc-note--late"') == 1
        assert "1 waits, the oldest for 3 hours. 1 longer than the 1 hour that we promise." in page
    moderator.groups.clear()
    assert "csc-note" not in read(client, reverse("admin:index"))


def test_moderators_are_written_to_once_a_day(moderator: User) -> None:
    appoint(user=make_user("second@example.test"))
    gone = make_user("gone@example.test", is_active=False)
    appoint(user=gone)
    # The day of a letter is that of its moment: both moments have to be of one.
    noon = NOW.replace(hour=12)
    posting = published_posting(now=noon - timedelta(days=2))
    reports.report(
        posting=posting,
        category=ReportCategory.OVER,
        words="",
        email="",
        reporter=None,
        address="192.0.2.1",
        now=noon - timedelta(hours=25),
    )
    OutgoingMail.objects.all().delete()
    assert reports_age(now=noon).late == 1
    for moment in (noon, noon + timedelta(hours=1)):
        assert warn_moderators(now=moment) == 2
    mails = OutgoingMail.objects.order_by("recipient")
    assert [mail.recipient for mail in mails] == ["moe@example.test", "second@example.test"]
    assert "Reports: 1 waits, the oldest for 1 day." in mails[0].text
    warn_moderators(now=noon + timedelta(days=1))
    assert OutgoingMail.objects.count() == 4
    posting.reports.update(status="dismissed", decided_at=NOW)
    assert warn_moderators(now=noon + timedelta(days=2)) == 0


# --- what I decided -----------------------------------------------------------------------


def test_what_i_decided_today_with_a_way_back(client: Client, moderator: User) -> None:
    mine, sent_back, theirs = waiting("Mine"), waiting("Sent back"), waiting("Theirs")
    now = datetime.now(UTC)
    client.post(page_of(mine), {"_approve": "x"})
    client.post(page_of(sent_back), {"_reject": "x", "reasons": ["duplicate"], "note": "Twice."})
    moderation.approve(revision=theirs, actor=make_user(is_staff=True), now=now)
    suspend_employer(employer=make_employer("Odd Ltd"), actor=moderator, note="Fraud.", now=now)
    page = read(client, reverse(DECIDED))
    found = re.findall(
        r"<td>[^<]*<time[^>]*>[^<]*</time></td><td>([^<]+)</td><td><a[^>]*>([^<]+)<", page
    )
    assert sorted(found) == [
        ("Approved and published", "Mine"),
        ("Sent back by us", "Sent back"),
        ("Suspended by us", "Odd Ltd"),
    ]
    assert re.findall(r'<td><a href="([^"]+/undo/)"', page) == [undo_of(mine)]


def test_an_approval_is_taken_back_after_a_page_that_asks(client: Client, moderator: User) -> None:
    revision = waiting()
    client.post(page_of(revision), {"_approve": "x"})
    assert "leaves the public at once" in read(client, undo_of(revision))
    assert Posting.objects.published(now=datetime.now(UTC)).count() == 1
    answer = client.post(undo_of(revision), {"note": "Too early."}, follow=True)
    assert "the approval is taken back" in answer.content.decode()
    revision.refresh_from_db()
    assert revision.posting.state == PostingState.IN_REVIEW
    assert revision.state == RevisionState.IN_REVIEW
    assert "There is no approval to take back" in read(client, undo_of(revision))
    again = client.post(undo_of(revision), {"note": ""}, follow=True).content.decode()
    assert "Something happened to the job since" in again


def test_the_list_asks_the_same_number_of_times(
    client: Client, moderator: User, django_assert_num_queries: object
) -> None:
    for rows in (1, 3):
        while PostingRevision.objects.filter(state=RevisionState.APPROVED).count() < rows:
            client.post(page_of(waiting()), {"_approve": "x"})
        with django_assert_num_queries(7):  # type: ignore[operator]
            page = read(client, reverse(DECIDED))
        assert len(re.findall(r'<td><a href="[^"]+/undo/"', page)) == rows

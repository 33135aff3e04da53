"""No posting without somebody behind it: the weekly question, its link, and the pause."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cscareers.core.models import OutgoingMail
from postings.actions import lifecycle, moderation
from postings.demo import seed
from postings.enums import Origin, PauseReason
from postings.hiring.actions import confirmations
from postings.hiring.engines.confirm_links import ConfirmLink
from postings.models import Posting
from postings.posting_page import history, paused_words, public_events
from profiles.actions.suspension import suspend_employer
from profiles.enums import MemberRole
from profiles.models import User
from tests.factories.applications import open_posting
from tests.factories.people import make_employer, make_member, make_moderator

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def made(now: datetime = NOW, **fields: Any) -> tuple[Posting, User]:
    """A posting that was confirmed at `now`, with its author; a recruiter works there too."""
    employer = make_employer()
    author = make_member(employer)
    make_member(employer, role=MemberRole.RECRUITER)
    return open_posting(employer=employer, author=author, now=now, **fields), author


def mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(dedupe_key__startswith="still-hiring:").order_by("pk"))


def sweep(now: datetime) -> tuple[int, int]:
    return confirmations.ask(now=now), confirmations.pause_unconfirmed(now=now)


def test_a_week_a_last_call_and_a_pause_each_once() -> None:
    posting, author = made()
    done = {hours: sweep(NOW + timedelta(hours=hours)) for hours in range(0, 24 * 16, 12)}
    assert {hours: both for hours, both in done.items() if any(both)} == {
        7 * 24: (1, 0),
        13 * 24: (1, 0),
        14 * 24: (0, 1),
    }
    assert {mail.recipient for mail in mails()} == {author.email}
    assert [mail.subject for mail in mails()] == [
        "Still hiring? Customer Service Manager",
        "Last call: Customer Service Manager is paused tomorrow",
        "Paused, nobody confirmed it: Customer Service Manager",
    ]
    payload = ConfirmLink.to(author, posting).token.partition(":")[0]
    posting.refresh_from_db()
    assert (posting.state, posting.paused_for) == ("paused", ["unconfirmed"])
    assert paused_words(posting) == "Paused: not confirmed for 14 days"
    assert all(f"/jobs/confirm/{payload}:" in mail.text for mail in mails())


def test_a_confirmation_starts_the_weeks_anew_and_opens_what_was_paused() -> None:
    posting, author = made()
    sweep(NOW + 14 * DAY)
    posting.refresh_from_db()
    lifecycle.confirm(posting=posting, actor=author, now=NOW + 15 * DAY)
    assert (posting.state, posting.paused_for) == ("published", [])
    assert sweep(NOW + 21 * DAY) == (0, 0)
    assert sweep(NOW + 22 * DAY) == (1, 0)
    told = [line.text for line in history(public_events(posting), time_zone="UTC")]
    assert told[:3] == [
        "Open again: confirmed by the employer",
        "Confirmed open by the employer",
        "Paused: not confirmed for 14 days",
    ]


def test_owners_are_asked_when_the_author_has_left_or_hires_no_more() -> None:
    posting, author = made()
    other = make_member(posting.employer)
    posting.employer.memberships.filter(user=author).update(role=MemberRole.VIEWER)
    sweep(NOW + 7 * DAY)
    assert [mail.recipient for mail in mails()] == [other.email]


def test_without_a_team_nobody_is_asked_and_it_is_paused_all_the_same() -> None:
    posting = open_posting(employer=make_employer(), now=NOW)
    assert [sweep(NOW + days * DAY) for days in (7, 13, 14)] == [(0, 0), (0, 0), (0, 1)]
    posting.refresh_from_db()
    lifecycle.confirm(posting=posting, actor=make_moderator(), now=NOW + 15 * DAY, by_us=True)
    assert posting.state == "published"
    told = [line.text for line in history(public_events(posting), time_zone="UTC")]
    assert told[1] == "Confirmed open by us"


def _paused(posting: Posting, author: User) -> None:
    lifecycle.pause(posting=posting, actor=author, now=NOW)


def _for_replies(posting: Posting, author: User) -> None:
    lifecycle.pause(posting=posting, actor=None, now=NOW, why=PauseReason.REPLIES)


def _held(posting: Posting, author: User) -> None:
    lifecycle.hold(posting=posting, actor=None, now=NOW)


def _suspended(posting: Posting, author: User) -> None:
    moderation.suspend(posting=posting, actor=make_moderator(), now=NOW, note="")


def _withheld(posting: Posting, author: User) -> None:
    suspend_employer(employer=posting.employer, actor=make_moderator(), now=NOW, note="")


def _over(posting: Posting, author: User) -> None:
    Posting.objects.filter(pk=posting.pk).update(closes_at=NOW + DAY)


@pytest.mark.parametrize(
    ("before", "asked", "paused", "reasons", "told"),
    [
        (_paused, 0, 1, ["member", "unconfirmed"], 0),  # needs a confirmation to come back
        (_for_replies, 1, 1, ["replies", "unconfirmed"], 2),
        (_held, 0, 0, [], 0),  # when we have decided, the sweep comes by again
        (_suspended, 0, 0, [], 0),
        (_withheld, 0, 1, ["unconfirmed"], 0),
        (_over, 0, 0, [], 0),
    ],
)
def test_who_is_asked_about_what_is_not_simply_open(
    before: Any, asked: int, paused: int, reasons: list, told: int
) -> None:
    posting, author = made()
    before(posting, author)
    assert sweep(NOW + 7 * DAY) == (asked, 0)
    assert sweep(NOW + 14 * DAY) == (0, paused)
    posting.refresh_from_db()
    assert posting.paused_for == reasons
    assert len(mails()) == told


# ---- the link ----


def follow(link: ConfirmLink, method: str = "get") -> HttpResponse:
    address = reverse("hiring:confirm", kwargs={"link": link.token})
    return getattr(Client(), method)(address)


def clock(posting: Posting) -> tuple[str, datetime | None, int]:
    posting.refresh_from_db()
    return posting.state, posting.confirmed_at, posting.events.count()


def test_a_look_changes_nothing_and_yes_confirms_without_a_login() -> None:
    posting, author = made(timezone.now() - 15 * DAY)
    confirmations.pause_unconfirmed(now=timezone.now())
    link, before = ConfirmLink.to(author, posting), clock(posting)
    page = follow(link)
    assert (page.status_code, follow(link, "head").status_code) == (200, 200)
    assert "Are you still hiring for this job?" in page.content.decode()
    assert "Paused: not confirmed for 14 days" in page.content.decode()
    assert clock(posting) == before

    answer = follow(link, "post")
    assert answer.status_code == 302
    state, confirmed_at, _ = clock(posting)
    assert state == "published"
    assert confirmed_at
    assert confirmed_at > timezone.now() - DAY
    assert posting.events.get(verb="confirm").actor == author


def test_a_link_used_twice_says_when_it_was_confirmed() -> None:
    posting, author = made(timezone.now() - 8 * DAY)
    link = ConfirmLink.to(author, posting)
    follow(link, "post")
    before = clock(posting)
    again = follow(link, "post")
    assert clock(posting) == before
    page = Client().get(again["Location"])
    assert page.status_code == 200
    assert "<h1>Confirmed on" in page.content.decode()


def test_a_late_link_says_so_and_offers_the_way_on() -> None:
    posting, author = made(timezone.now() - 8 * DAY)
    link = ConfirmLink.to(author, posting)
    lifecycle.close(posting=posting, actor=author, now=timezone.now())
    before = clock(posting)
    assert follow(link, "post").status_code == 302
    page = follow(link)
    assert (page.status_code, clock(posting)) == (410, before)
    assert f"/postings/{posting.public_id}/duplicate/" in page.content.decode()


@pytest.mark.parametrize("case", ["left", "viewer", "suspended", "edited", "other salt"])
def test_a_link_works_for_its_recipient_alone(case: str) -> None:
    posting, author = made(timezone.now() - 8 * DAY)
    token = ConfirmLink.to(author, posting).token
    membership = posting.employer.memberships.filter(user=author)
    match case:
        case "left":
            membership.delete()
        case "viewer":
            membership.update(role=MemberRole.VIEWER)
        case "suspended":
            User.objects.filter(pk=author.pk).update(is_active=False)
        case "edited":
            token = "A" + token[1:]
        case "other salt":
            token = signing.dumps([posting.public_id, author.pk, 0], salt="else")
    before = clock(posting)
    address = reverse("hiring:confirm", kwargs={"link": token})
    assert Client().get(address).status_code == 404
    assert Client().post(address).status_code == 404
    assert clock(posting) == before


def test_still_paused_for_answers_the_page_says_so() -> None:
    posting, author = made(timezone.now() - 8 * DAY)
    lifecycle.pause(posting=posting, actor=None, now=timezone.now(), why=PauseReason.REPLIES)
    link = ConfirmLink.to(author, posting)
    follow(link, "post")
    assert "Paused until its applicants are answered" in follow(link).content.decode()


# ---- what is said elsewhere ----


def test_the_public_and_the_team_read_why_it_is_paused() -> None:
    posting, author = made(timezone.now() - 15 * DAY)
    confirmations.pause_unconfirmed(now=timezone.now())
    gone = Client().get(posting.get_absolute_url())
    assert gone.status_code == 410
    assert "Paused: not confirmed for 14 days. It may open again." in gone.content.decode()

    browser = Client()
    browser.force_login(author)
    names = {"employer": posting.employer.slug, "public_id": posting.public_id}
    page = browser.get(reverse("postings:manage", kwargs=names)).content.decode()
    assert "Confirm that you still hire, and it opens." in page.replace("\n", " ")
    assert page.count("Paused: not confirmed for 14 days") == 2  # why, and in the history
    refused = browser.post(reverse("postings:act", kwargs={**names, "verb": "resume"}), follow=True)
    assert "It stays paused: nobody has confirmed for 14 days" in refused.content.decode()


def test_whoever_starts_the_demo_again_finds_it_open() -> None:
    posting, author = made()
    mine, _ = made(title="Of nobody’s demo")
    Posting.objects.filter(pk=posting.pk).update(origin=Origin.DEMO)
    later = NOW + 20 * DAY
    assert confirmations.pause_unconfirmed(now=later) == 2
    seed._confirm_again(now=later)
    posting.refresh_from_db()
    mine.refresh_from_db()
    assert (posting.state, posting.confirmed_at) == ("published", later)
    assert mine.state == "paused"
    seed._confirm_again(now=later + DAY)
    posting.refresh_from_db()
    assert posting.confirmed_at == later
    assert posting.events.filter(verb="confirm", actor=author).count() == 1

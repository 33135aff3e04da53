"""An employer's home and its list of postings."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from postings.actions import lifecycle, moderation
from postings.enums import PauseReason, PostingState, RejectionReason
from postings.models import Posting
from postings.views.desk import PAGE
from profiles.enums import MemberRole
from profiles.models import Employer, User
from tests.factories.people import make_employer, make_member, make_moderator
from tests.factories.postings import draft_posting, published_posting, submitted_posting

pytestmark = pytest.mark.django_db
WRITING = re.compile(
    r"/(imports|new|edit|settings|confirm|extend|revise|pause|fill|close|duplicate"
    r"|discard|begin)/"
)
"""Addresses that only who writes jobs for the employer is led to."""


@pytest.fixture
def employer() -> Employer:
    return make_employer(name="Harbour Telecom")


@pytest.fixture
def owner(client: Client, employer: Employer) -> User:
    user = make_member(employer)
    client.force_login(user)
    return user


def desk(client: Client, employer: Employer) -> str:
    response = client.get(f"/hire/{employer.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_desk_says_what_to_do(client: Client, employer: Employer, owner: User) -> None:
    page = desk(client, employer)
    assert "No jobs yet" in page
    assert f"/hire/{employer.slug}/postings/new/" in page
    assert f"/hire/{employer.slug}/team/" in page
    assert f"/hire/{employer.slug}/settings/" in page


def test_each_posting_stands_with_its_next_step(
    client: Client, employer: Employer, owner: User
) -> None:
    now = timezone.now()
    draft_posting(employer=employer, title="A draft")
    submitted_posting(employer=employer, title="In the queue")
    sent_back = submitted_posting(employer=employer, title="Sent back")
    moderation.reject(
        revision=sent_back.revisions.get(),
        actor=make_moderator(),
        now=now,
        reasons=[RejectionReason.DUPLICATE],
    )
    published_posting(employer=employer, title="Fresh")
    published_posting(employer=employer, title="Old", now=now - timedelta(days=20))
    published_posting(employer=employer, title="Soon", now=now - timedelta(days=55))
    published_posting(employer=employer, title="Over", now=now - timedelta(days=61))
    paused = published_posting(employer=employer, title="Resting")
    lifecycle.pause(posting=paused, actor=owner, now=now)
    closed = published_posting(employer=employer, title="Gone for good")
    lifecycle.close(posting=closed, actor=owner, now=now)
    page = desk(client, employer)
    order = ["Sent back", "Drafts", "In review", "Open", "Paused", "Over"]
    places = [page.index(f"<h2>{title} ") for title in order]
    assert places == sorted(places)
    assert page.count("Confirm: still hiring<span") == 2
    assert "We sent it back: Already posted" in page
    assert "(soon)" in page
    for words in ("Go on writing", "Work on it again", "Open it again"):
        assert page.count(f"{words}<span") == 1
    assert "Gone for good" not in page


@pytest.mark.parametrize(
    ("why", "step", "verb"),
    [
        (PauseReason.REPLIES, "Answer applicants", ""),
        (PauseReason.UNCONFIRMED, "Confirm: still hiring", "confirm/"),
    ],
)
def test_a_job_that_paused_itself_is_offered_what_opens_it(
    client: Client, employer: Employer, owner: User, why: PauseReason, step: str, verb: str
) -> None:
    posting = published_posting(employer=employer)
    lifecycle.pause(posting=posting, actor=None, now=timezone.now(), why=why)
    path = f"/hire/{employer.slug}/postings/{posting.public_id}/"
    assert f'href="{path}{verb}">{step}<span' in desk(client, employer)
    offered = client.get(path).content.decode()
    assert ("Open it again" in offered, "Close without a hire" in offered) == (False, True)


def test_who_only_reads_is_offered_nothing_to_do(
    client: Client, employer: Employer, owner: User
) -> None:
    """Every link of these pages leads somewhere, for each role."""
    job = published_posting(employer=employer, author=owner)
    draft = draft_posting(employer=employer, author=owner)
    home = f"/hire/{employer.slug}/"
    mine = [f"{home}postings/{posting.public_id}/" for posting in (job, draft)]
    writes: dict[MemberRole, int] = {}
    for role in MemberRole:
        client.force_login(make_member(employer, role=role))
        links = {
            link
            for path in (home, f"{home}postings/", *mine, f"{mine[1]}preview/")
            for link in re.findall(r'href="(/hire/[^"?#]+)', client.get(path).content.decode())
        }
        assert {link for link in links if client.get(link).status_code not in (200, 302)} == set()
        writes[role] = sum(bool(WRITING.search(link)) for link in links)
    assert writes.pop(MemberRole.OWNER) == writes.pop(MemberRole.RECRUITER) + 1  # the settings
    assert writes == {MemberRole.INTERVIEWER: 0, MemberRole.VIEWER: 0}


def test_nobody_else_sees_a_desk(client: Client, employer: Employer, owner: User) -> None:
    other = make_employer()
    for path in ("", "postings/", "postings/new/"):
        assert client.get(f"/hire/{other.slug}/{path}").status_code == 404
        assert client.get(f"/hire/no-such-employer/{path}").status_code == 404


def test_a_suspended_employer_is_told(client: Client, employer: Employer, owner: User) -> None:
    Employer.objects.filter(pk=employer.pk).update(suspended_at=timezone.now())
    assert "This employer is suspended" in desk(client, employer)


def test_the_list_by_state_and_page(client: Client, employer: Employer, owner: User) -> None:
    drafts = [draft_posting(employer=employer, title=f"Draft {n}") for n in range(PAGE + 1)]
    live = published_posting(employer=employer, title="Live")
    address = f"/hire/{employer.slug}/postings/"
    page = client.get(address).content.decode()
    assert live.title in page
    assert f"before={drafts[2].pk}" in page
    second = client.get(address, {"before": drafts[2].pk}).content.decode()
    assert ("Draft 1<" in second, "Draft 2<" in second, "Next page" in second) == (
        True,
        False,
        False,
    )
    only = client.get(address, {"state": "published"}).content.decode()
    assert (only.count("<li><div>"), ">Live</a>" in only) == (1, True)
    closed = client.get(address, {"state": "closed"}).content.decode()
    assert "No jobs here" in closed
    for odd in ({"state": "x"}, {"before": "x"}, {"before": "9" * 40}, {"before": "²"}):
        assert client.get(address, odd).status_code == 200


@pytest.mark.parametrize("path", ["", "postings/"])
def test_queries_do_not_grow_with_postings(
    client: Client, employer: Employer, owner: User, path: str
) -> None:
    counts = []
    for _ in range(3):
        published_posting(employer=employer)
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/hire/{employer.slug}/{path}")
        counts.append(len(caught))
    assert counts[0] == counts[1] == counts[2] <= 12
    assert Posting.objects.filter(state=PostingState.PUBLISHED).count() == 3

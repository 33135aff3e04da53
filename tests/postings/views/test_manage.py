"""A posting from its employer's side: what is shown, and each verb by GET and POST."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from postings.actions import lifecycle, moderation
from postings.actions.offers import MEMBER_VERBS
from postings.enums import PostingState, RejectionReason
from postings.labels import EVENT_WORDS
from postings.models import Posting
from postings.states import POSTING_MOVES, REVISION_MOVES
from postings.views.manage import OFFERS
from profiles.models import Employer, User
from tests.browserless import page_form
from tests.factories.people import make_employer, make_member, make_moderator
from tests.factories.postings import draft_posting, published_posting, submitted_posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer() -> Employer:
    return make_employer(name="Harbour Telecom")


@pytest.fixture
def owner(client: Client, employer: Employer) -> User:
    user = make_member(employer)
    client.force_login(user)
    return user


@pytest.fixture
def live(employer: Employer, owner: User) -> Posting:
    return published_posting(employer=employer, author=owner)


def url(posting: Posting, verb: str = "") -> str:
    return f"/hire/{posting.employer.slug}/postings/{posting.public_id}/{verb}"


def test_every_verb_and_every_event_has_words() -> None:
    assert set(OFFERS) == set(MEMBER_VERBS)
    moves = {m.verb for m in POSTING_MOVES}
    revision_moves = {f"{m.verb}-revision" for m in REVISION_MOVES} - {
        "supersede-revision", "restore-revision",
    }  # fmt: skip
    others = {"create", "confirm", "extend", "start-revision"}
    others |= {"uphold-reports", "dismiss-reports", "ask-change"}
    assert set(EVENT_WORDS) == moves | revision_moves | others


def test_the_team_does_not_learn_which_moderator_it_was(client: Client, live: Posting) -> None:
    moderator = make_moderator()
    assert moderator.label == moderator.email
    moderation.pause(posting=live, actor=moderator, now=timezone.now(), note="Is this real?")
    page = client.get(url(live)).content.decode()
    assert "A moderator. Is this real?" in page
    assert moderator.email not in page


def test_the_page_of_a_live_posting(client: Client, live: Posting) -> None:
    page = client.get(url(live)).content.decode()
    for words in ("First published", "Last confirmed", "Closes", "Approved and published"):
        assert words in page
    assert live.get_absolute_url() in page
    for verb in ("confirm", "extend", "revise", "pause", "fill", "close", "duplicate"):
        assert url(live, f"{verb}/") in page
    assert url(live, "submit/") not in page


@pytest.mark.parametrize("verb", ["pause", "confirm", "fill", "close", "duplicate", "revise"])
def test_each_verb_asks_first_and_acts_then(client: Client, live: Posting, verb: str) -> None:
    before = live.events.count()
    response = client.get(url(live, f"{verb}/"))
    assert OFFERS[verb].question in response.content.decode()
    assert live.events.count() == before
    done = client.post(url(live, f"{verb}/"), page_form(response.content).send(), follow=True)
    assert OFFERS[verb].done.replace("’", "’") in done.content.decode()
    live.refresh_from_db()
    states = {"pause": "paused", "fill": "filled", "close": "closed"}
    assert live.state == states.get(verb, "published")
    if verb == "duplicate":
        assert Posting.objects.get(copied_from=live).state == PostingState.DRAFT


def test_a_resent_duplicate_makes_one(client: Client, live: Posting) -> None:
    sent = page_form(client.get(url(live, "duplicate/")).content).send()
    first = client.post(url(live, "duplicate/"), sent)
    assert client.post(url(live, "duplicate/"), sent)["Location"] == first["Location"]
    assert Posting.objects.filter(copied_from=live).count() == 1
    other = Client()
    other.force_login(make_member(live.employer))
    assert other.post(url(live, "duplicate/"), sent).status_code == 404
    # Without its key a form is one of its own; the copy that nobody touched yet serves it too.
    assert client.post(url(live, "duplicate/"), {})["Location"] == first["Location"]
    assert Posting.objects.filter(copied_from=live).count() == 1


def test_a_resent_change_leads_to_the_same_draft(client: Client, live: Posting) -> None:
    first, second = (client.post(url(live, "revise/")) for _ in range(2))
    assert first["Location"] == second["Location"] == url(live, "edit/")
    assert live.revisions.count() == 2


def test_a_deadline_is_changed_in_public(client: Client, live: Posting) -> None:
    day = (timezone.now() + timedelta(days=20)).date()
    form = page_form(client.get(url(live, "extend/")).content)
    client.post(url(live, "extend/"), form.send(apply_until=day.isoformat()))
    live.refresh_from_db()
    assert live.apply_until == day
    page = client.get(url(live)).content.decode()
    assert "Last day to apply changed" in page
    assert "instead of" in page


@pytest.mark.parametrize(("typed", "words"), [("2001-01-01", "in the past"), ("x", "year, month")])
def test_a_wrong_deadline_comes_back(client: Client, live: Posting, typed: str, words: str) -> None:
    response = client.post(url(live, "extend/"), {"apply_until": typed})
    assert response.status_code == 200
    assert words in response.content.decode()
    assert page_form(response.content).values["apply_until"] == [typed]


def test_what_is_no_longer_offered_does_nothing(client: Client, live: Posting) -> None:
    lifecycle.close(posting=live, actor=None, now=timezone.now())
    for response in (client.get(url(live, "pause/")), client.post(url(live, "pause/"))):
        assert response["Location"] == url(live)
    assert b"another state by now" in client.get(url(live)).content
    live.refresh_from_db()
    assert live.state == PostingState.CLOSED


def test_submitting_goes_by_the_check_page(client: Client, employer: Employer, owner: User) -> None:
    draft = draft_posting(employer=employer, author=owner)
    for response in (client.get(url(draft, "submit/")), client.post(url(draft, "submit/"))):
        assert response["Location"] == url(draft, "edit/check/")
    submitted = submitted_posting(employer=employer, author=owner)
    assert client.get(url(submitted, "submit/"))["Location"] == url(submitted)
    draft.refresh_from_db()
    assert draft.state == PostingState.DRAFT


def test_what_was_sent_back_says_why(client: Client, employer: Employer, owner: User) -> None:
    posting = submitted_posting(employer=employer, author=owner)
    moderation.reject(
        revision=posting.revisions.get(),
        actor=make_moderator(),
        now=timezone.now(),
        reasons=[RejectionReason.PAY_UNCLEAR],
        note="Is it gross or net?",
    )
    page = client.get(url(posting)).content.decode()
    assert "We could not tell what the job pays." in page
    assert "Is it gross or net?" in page
    response = client.post(url(posting, "rework/"))
    assert response["Location"] == url(posting, "edit/")
    assert client.get(url(posting, "edit/")).status_code == 200


def test_what_is_over_by_its_date_says_so(client: Client, live: Posting) -> None:
    now = timezone.now()
    long_ago = now - timedelta(days=70)
    Posting.objects.filter(pk=live.pk).update(
        first_published_at=long_ago, confirmed_at=long_ago, closes_at=now - timedelta(days=10)
    )
    page = client.get(url(live)).content.decode()
    assert "Expired" in page
    assert live.get_absolute_url() not in page
    assert url(live, "confirm/") not in page
    assert url(live, "duplicate/") in page


def test_a_withheld_posting_says_so(client: Client, live: Posting) -> None:
    Employer.objects.filter(pk=live.employer_id).update(suspended_at=timezone.now())
    Posting.objects.filter(pk=live.pk).update(withheld=True)
    page = client.get(url(live)).content.decode()
    assert "Not shown: suspended" in page
    assert live.get_absolute_url() not in page


def test_the_history_does_not_grow_the_queries(
    client: Client, live: Posting, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(url(live))
        return len(caught)

    before = count()
    for _ in range(5):
        lifecycle.confirm(posting=live, actor=None, now=timezone.now())
    assert count() == before
    assert before <= 12

"""The candidate's matches as pages: groups, what is not shown and why, one match alone."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postings.actions import shelf
from postings.actions.lifecycle import pause
from postings.content import Place
from postings.enums import Cefr, Importance, Mark, RequirementKind, WorkMode
from postings.models import Posting
from tests.factories.candidates import make_candidate
from tests.factories.people import make_member, make_user
from tests.factories.postings import asks, pay, published_posting, published_postings

pytestmark = pytest.mark.django_db
ZENDESK = asks("zendesk", 1, kind=RequirementKind.TOOL, min_level=3)
SPANISH = asks(None, 2, kind=RequirementKind.LANGUAGE, language="es", min_cefr=Cefr.B2)
COACHING = asks("coaching", 3, importance=Importance.NICE, min_years=2)
AWAY = {"mode": WorkMode.ONSITE, "locations": (Place("DE"),)}


@pytest.fixture
def me(client):
    """Somebody who can do something, signed in."""
    profile = make_candidate(
        skills={"zendesk": 3}, work_countries=["US"], pay_floor=50_000, pay_currency="USD"
    )
    client.force_login(profile.user)
    return profile


def body_of(client, address: str = "/me/matches/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def listed(body: str) -> dict[str, list[str]]:
    """The jobs under each heading of a group, in their order."""
    parts = re.split(r'<h2[^>]* id="g-[^"]*">', body)[1:]
    return {
        text_of(part[: part.index("</h2>")]): re.findall(r'card__t2"><a [^>]*>([^<]*)<', part)
        for part in parts
    }


def between(body: str, begin: str, end: str) -> str:
    return text_of(body[body.index(begin) : body.index(end, body.index(begin))])


def test_jobs_stand_in_their_tier(client, me):
    published_posting(title="All", requirements=(ZENDESK,))
    published_posting(title="All, less", requirements=(ZENDESK, COACHING))
    published_posting(title="Stretch", requirements=(ZENDESK, SPANISH))
    published_posting(title="More", requirements=(asks("coaching", 1), SPANISH))
    published_posting(title="Away", requirements=(ZENDESK,), **AWAY)
    body = body_of(client)
    assert listed(body) == {
        "Meets all must-haves 2": ["All", "All, less"],
        "One gap 1": ["Stretch"],
        "More gaps 1": ["More"],
    }
    assert "4 of 5 open jobs meet your conditions, ordered by" in text_of(body)
    stretch = body[body.index("Stretch</a>") :]
    said = text_of(stretch)[:400]
    assert "One gap: Spanish 50 of 100 up to 100 if you confirm 1 fact Confirm Spanish B2 ," in said
    assert between(body, '<h2 id="gain-h"', "</section>").endswith(
        "One change that opens the most +1 job Confirm Spanish B2 2 jobs ask for it and you have "
        "not said."
    )
    assert 'href="/me/profile/languages/">Confirm Spanish B2</a>: <span class="nb">+3' in body


def test_what_is_not_shown_is_counted_and_listed(client, me):
    published_posting(title="Near", requirements=(ZENDESK,))
    published_posting(title="Away", requirements=(ZENDESK,), **AWAY)
    published_posting(
        title="Poor and away", requirements=(ZENDESK,), pay_bands=(pay(30_000, 40_000),), **AWAY
    )
    body = body_of(client)
    assert between(body, '<h2 class="h4" id="not-h"', "</section>") == (
        "Not shown: 2 jobs Place, or who may apply 2 1 by this alone Top of the pay is below your"
        " least 1 "
        "A job can fail several. What is not known keeps no job away."
    )
    assert listed(body) == {"Meets all must-haves 1": ["Near"]}
    place = body_of(client, "/me/matches/?not_shown=place")
    assert listed(place) == {"Jobs 2": ["Poor and away", "Away"]}
    for said in (
        "2 open jobs do not meet this condition of yours.",
        "Nothing else keeps 1 of them away, and of 1 you meet all must-haves.",
    ):
        assert said in text_of(place)
    assert "Place The job is in Germany. You may work in: United States." in text_of(place)
    assert listed(body_of(client, "/me/matches/?not_shown=pay")) == {"Jobs 1": ["Poor and away"]}
    assert listed(body_of(client, "/me/matches/?not_shown=age")) == listed(body)


def test_the_filters_of_the_board_narrow(client, me):
    published_posting(title="Near", requirements=(ZENDESK,))
    published_posting(title="Other", requirements=(SPANISH,))
    body = body_of(client, "/me/matches/?skill=zendesk&level=boss&sort=pay")
    assert listed(body) == {"Meets all must-haves 1": ["Near"]}
    assert "Only jobs that pass 1 filter of the board." in text_of(body)
    assert 'href="/jobs/?skill=zendesk"' in body
    assert "note note--warn" in body
    nothing = body_of(client, "/me/matches/?q=quokka")
    assert "No open job passes these filters" in nothing


def test_pages_follow_one_another(client, me):
    for number in range(3):
        published_posting(title=f"Job {number}", requirements=(ZENDESK,))
    seen, address = [], "/me/matches/?page_size=2&skill=zendesk"
    while address:
        body = body_of(client, address)
        seen += [title for titles in listed(body).values() for title in titles]
        found = re.search(r'rel="next" href="([^"]*)"', body)
        address = found[1] if found else ""
    assert seen == ["Job 2", "Job 1", "Job 0"]
    assert "Showing 3 to 3 of 3" in body
    assert 'href="/me/matches/?skill=zendesk&page_size=2"' in body
    # Somebody hides the job that a page ended with: the next page is where it was.
    [last] = Posting.objects.filter(title="Job 1")
    shelf.mark(user=me.user, posting=last, as_=Mark.HIDDEN, now=datetime.now(UTC))
    after = body_of(client, f"/me/matches/?after={last.public_id}")
    assert listed(after) == {"Meets all must-haves 2": ["Job 0"]}
    assert f'name="next" value="/me/matches/?after={last.public_id}"' in after
    shelf.unmark(user=me.user, posting=last)
    lost = body_of(client, "/me/matches/?after=0000000000")
    assert "This link to a further page is not valid" in lost
    assert len(listed(lost)["Meets all must-haves 3"]) == 3


def test_what_somebody_hid_is_left_out_and_can_be_found(client, me):
    hidden = published_posting(title="Hidden", requirements=(ZENDESK,))
    saved = published_posting(title="Saved", requirements=(ZENDESK,))
    now = datetime.now(UTC)
    shelf.mark(user=me.user, posting=hidden, as_=Mark.HIDDEN, now=now)
    shelf.mark(user=me.user, posting=saved, as_=Mark.SAVED, now=now)
    body = body_of(client)
    assert listed(body) == {"Meets all must-haves 1": ["Saved"]}
    assert "1 of 2 open jobs meets your conditions" in text_of(body)
    assert "You have hidden 1 more: see them" in text_of(body)
    assert "Saved , take off the list: Saved" in text_of(body)
    assert "Hidden , take off" in text_of(body_of(client, f"/me/matches/{hidden.public_id}/"))


def test_somebody_who_says_nothing_sees_what_to_add_and_no_number(client):
    client.force_login(make_user())
    assert "No job is open today" in body_of(client)
    published_posting(requirements=(ZENDESK, SPANISH))
    published_posting(requirements=(ZENDESK,), title="Only Zendesk")
    body = body_of(client)
    assert listed(body) == {}
    assert between(body, '<h2 id="gain-h"', "</section>").startswith(
        "What to add first We match what you can do with what each job asks. This is asked most:"
        " 2 jobs Zendesk 2 jobs ask for it and you have not said."
        " 1 job Spanish 1 job asks for it and you have not said."
    )
    assert "2 open jobs wait to be compared with what you can do." in text_of(body)
    assert 'href="/me/profile/import/">Bring a CV</a>' in body
    assert "of 100" not in body
    alone = body_of(client, f"/me/matches/{published_posting(requirements=(ZENDESK,)).public_id}/")
    assert "so there is no number" in alone
    assert "of 100" not in alone


def test_one_match_alone(client, me):
    row = published_posting(title="Desk lead", requirements=(ZENDESK, SPANISH))
    address = f"/me/matches/{row.public_id}/"
    body = text_of(body_of(client, address))
    assert "Your match: Desk lead" in body
    assert "Zendesk Must have · Level 3 Level 3 Met 3 of 3" in body
    assert "Spanish Must have · B2 You have not said Unknown Confirm Spanish B2 : +3 0 of 3" in body
    assert "Confirm Spanish B2 Then: meets all must-haves 50 → 100 opens 1 more job" in body
    assert "Way of working: not known" in body
    away = published_posting(requirements=(ZENDESK,), **AWAY)
    body = text_of(body_of(client, f"/me/matches/{away.public_id}/"))
    assert "Not among your matches. One of your conditions does not hold: Place:" in body
    pause(posting=row, actor=make_member(row.employer), now=datetime.now(UTC))
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, row.get_absolute_url())
    assert client.get("/me/matches/0000000000/").status_code == 404


def test_pages_ask_the_same_number_of_times(client, me):
    one = published_posting(requirements=(ZENDESK,))
    published_posting(requirements=(ZENDESK,), **AWAY)
    paths = {
        "/me/matches/": 9,
        "/me/matches/?not_shown=place": 9,
        f"/me/matches/{one.public_id}/": 9,
        "/me/matches.json": 6,
    }
    for _ in range(2):
        for path, expected in paths.items():
            with CaptureQueriesContext(connection) as queries:
                body_of(client, path)
            assert len(queries) == expected, path
        published_postings(2, requirements=(ZENDESK, SPANISH))
        published_posting(requirements=(ZENDESK,), **AWAY)


def test_home_begins_with_the_best_matches(client, me):
    for number in range(3):
        published_posting(title=f"Job {number}", requirements=(ZENDESK,))
    published_posting(title="Stretch", requirements=(ZENDESK, SPANISH))
    published_posting(title="Far", requirements=(asks("coaching", 1), SPANISH))
    with CaptureQueriesContext(connection) as queries:
        body = body_of(client, "/")
    assert len(queries) == 12
    best = between(body, '<h2 id="best-h"', "</section>")
    assert best.startswith(
        "Your matches All 5 that meet your conditions You meet all must-haves of 3 open jobs, and"
        " 1 is one gap away. Job 2"
    )
    assert ("Job 0" in best, "Stretch" in best) == (True, False)
    for posting in Posting.objects.filter(title__startswith="Job").order_by("pk"):
        pause(posting=posting, actor=make_member(posting.employer), now=datetime.now(UTC))
    best = between(body_of(client, "/"), '<h2 id="best-h"', "</section>")
    assert "One gap: Spanish" in best
    client.force_login(make_user())
    assert 'id="best-h"' not in body_of(client, "/")


def test_who_has_not_said_where_they_may_work_is_asked(client, me):
    published_posting(requirements=(ZENDESK,))
    words = "You have not said where you may work"
    assert words not in body_of(client)
    me.work_countries = []
    me.save(update_fields=["work_countries"])
    assert words in body_of(client)

"""What the public sees starts at `Posting.objects.published(now=…)`: every surface is tried with a
posting in every condition."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from cscareers.core.models import OutgoingMail
from postings.hiring.actions import alert_runs
from postings.hiring.engines.alert_tokens import manage_token
from postings.hiring.models import Subscription
from postings.models import Posting
from tests.architecture.routes import our_routes
from tests.architecture.world import finish
from tests.factories.alerts import make_alert
from tests.factories.candidates import make_candidate
from tests.factories.lives import CHANGED_TITLE, CONDITIONS, LIVE_TITLE, OPEN, Condition
from tests.factories.postings import published_posting

pytestmark = pytest.mark.django_db
Look = Callable[[Client, Posting], str]


def body(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    finish(answer)
    return answer.content.decode()


# --- where postings are listed ------------------------------------------------------------


def board(client: Client, posting: Posting) -> str:
    return body(client, "/jobs/")


def board_searched(client: Client, posting: Posting) -> str:
    return body(client, "/jobs/?q=quokka") + body(
        client, f"/jobs/?employer={posting.employer.slug}"
    )


def similar(client: Client, posting: Posting) -> str:
    """The page of another open posting of the same level and place."""
    other = published_posting(title="Another desk lead")
    return body(client, other.get_absolute_url())


def employer_page(client: Client, posting: Posting) -> str:
    suspended = posting.employer.__class__.objects.get(pk=posting.employer_id).suspended_at
    return body(client, f"/employers/{posting.employer.slug}/", 404 if suspended else 200)


def path_only(path: str) -> Look:
    return lambda client, posting: body(client, path)


def api_searched(client: Client, posting: Posting) -> str:
    """The API's results for words of the title and each facet, with every count in them."""
    html = body(client, "/api/v1/postings?q=quokka")
    document = json.loads(html)
    counts = [value["count"] for facet in document["facets"].values() for value in facet]
    found = len(document["results"])
    assert (document["count"], max(counts, default=0)) == (found, found)
    return html


def matched(client: Client, posting: Posting) -> str:
    """The answer to somebody who says nothing."""
    answer = client.post("/api/v1/match", "{}", content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["count"] == len(answer.json()["results"])
    return answer.content.decode()


def my_matches(client: Client, posting: Posting) -> str:
    """The matches of somebody who can do one thing."""
    person = Client()
    person.force_login(make_candidate(skills={"zendesk": 3}).user)
    return body(person, "/me/matches/")


def alert(client: Client, posting: Posting) -> str:
    """The page of an alert, with the mail that would go now."""
    began = datetime.now(UTC) - timedelta(days=90)
    found = make_alert(now=began)
    Subscription.objects.filter(pk=found.pk).update(last_sent_at=began)
    return body(client, f"/alerts/{manage_token(found.public_id)}/")


def alerted(client: Client, posting: Posting) -> str:
    """The mail of an alert that is due."""
    now = datetime.now(UTC)
    found = make_alert(now=now - timedelta(days=2))
    run = alert_runs.begin(now=now)
    assert run is not None
    alert_runs.send(run_id=run.pk, ids=[found.pk], now=now)
    run.delete()
    mail = OutgoingMail.objects.filter(recipient=found.address).first()
    return f"{mail.text}{mail.html}" if mail else ""


LISTS: dict[str, dict[str, Look]] = {
    "home": {"home": path_only("/")},
    "postings:board": {"board": board, "board, searched": board_searched},
    "postings:board_json": {"the board's JSON": path_only("/jobs.json")},
    "postings:api_postings": {"API": path_only("/api/v1/postings"), "API, searched": api_searched},
    "postings:api_match": {"match": matched},
    "postings:posting": {"similar jobs": similar},
    "postings:employer": {"employer page": employer_page},
    "postings:feed_atom": {
        "Atom": path_only("/jobs/feed.atom"),
        "Atom, searched": path_only("/jobs/feed.atom?q=quokka"),
    },
    "postings:feed_json": {
        "JSON Feed": path_only("/jobs/feed.json"),
        "JSON Feed, searched": path_only("/jobs/feed.json?q=quokka"),
    },
    "hiring:alert": {"an alert's page": alert, "an alert's mail": alerted},
    "postings:sitemap": {"sitemap": path_only("/sitemap.xml")},
}
"""By the name of the route: how to look at every list of postings that the route shows."""

WITHOUT_TITLES = {"sitemap", "match"}
BEHIND_LOGIN: dict[str, Look] = {"my matches": my_matches}

ONE = {
    "postings:posting",
    "postings:posting_json",
    "postings:api_posting",
    "postings:report",
    "postings:report_sent",
    "hiring:apply",
}
"""Routes that answer about one posting; tried below, reports beside their own tests."""

NO_POSTINGS = {
    "healthz": "health",
    "readyz": "health",
    "robots": "what crawlers may read",
    "security_txt": "a contact",
    "about_data": "credits",
    "profiles:skills": "terms of the taxonomy",
    "profiles:skills_json": "terms of the taxonomy",
    "profiles:skills_csv": "terms of the taxonomy",
    "hiring:confirm": "a job of one's own team, by a signed link",
    "theme": "takes a form",
    "profiles:logo": "a picture",
    "postings:reports_policy": "how we deal with reports",
    "postings:reports_policy_version": "how we deal with reports",
    "postings:api_vocabulary": "coded values",
    "hiring:apply_requirements": "an application that one has begun",
    "hiring:apply_message": "an application that one has begun",
    "hiring:apply_check": "an application that one has begun",
    "hiring:apply_sent": "an application that one has sent",
    "hiring:apply_file": "a file of one's own",
    "hiring:apply_discard": "a question",
    "hiring:alert_new": "takes a form",
    "hiring:alert_sent": "what happens next",
    "hiring:alert_confirm": "a question",
    "hiring:alert_act": "a question",
    "hiring:alert_stop": "a question",
    "postings:api_schema": "the API's document",
    "postings:api_nothing": "404 in the API's shape",
}


def test_every_public_route_is_known_here() -> None:
    public = {route.name for route in our_routes() if route.is_public}
    assert public == set(LISTS) | ONE | set(NO_POSTINGS)


LOOKS = [(name, look) for looks in (*LISTS.values(), BEHIND_LOGIN) for name, look in looks.items()]


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.name)
def test_lists_show_what_is_open_and_nothing_else(client: Client, condition: Condition) -> None:
    posting = condition.make(datetime.now(UTC))
    is_open = condition in OPEN
    found = {name: look(client, posting) for name, look in LOOKS}
    shown = {name: posting.public_id in html for name, html in found.items()}
    assert shown == dict.fromkeys(found, is_open)
    # The approved text is what stands there, whatever is being written meanwhile.
    for name, html in found.items():
        assert (LIVE_TITLE in html) == (is_open and name not in WITHOUT_TITLES), name
        assert CHANGED_TITLE not in html, name


# --- one posting --------------------------------------------------------------------------


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.name)
def test_a_posting_itself_answers_as_its_condition_says(
    client: Client, condition: Condition
) -> None:
    posting = condition.make(datetime.now(UTC))
    html = body(client, posting.get_absolute_url(), condition.status)
    assert CHANGED_TITLE not in html
    assert (LIVE_TITLE in html) == (condition.status != 404)
    markup = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    titles = [json.loads(text)["title"] for text in markup]
    assert titles == ([LIVE_TITLE] if condition in OPEN else [])
    way = f"{posting.get_absolute_url()}apply/"
    assert (way in html) == (condition in OPEN)
    html = body(client, way, condition.status)
    assert (LIVE_TITLE in html) == (condition.status != 404)
    assert ("example.test" in html) == (condition in OPEN)
    assert CHANGED_TITLE not in html


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.name)
def test_a_posting_in_json_answers_as_its_condition_says(
    client: Client, condition: Condition
) -> None:
    posting = condition.make(datetime.now(UTC))
    twin = posting.get_absolute_url().removesuffix("/") + ".json"
    for path in (twin, f"/api/v1/postings/{posting.public_id}"):
        document = json.loads(body(client, path, condition.status))
        assert document.get("title") == (LIVE_TITLE if condition in OPEN else None)
        assert set(document) == {"errors"} or condition in OPEN


def test_what_never_was_public_looks_like_nothing(client: Client) -> None:
    posting = CONDITIONS[0].make(datetime.now(UTC))
    wrong_slug = posting.get_absolute_url().replace(posting.slug, "another")
    assert body(client, wrong_slug, 404)

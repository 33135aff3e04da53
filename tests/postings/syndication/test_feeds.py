"""Feeds carry the board's search: the same jobs, the newest first."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from postings.actions import lifecycle
from postings.enums import Level, RequirementKind
from tests.factories.people import make_employer
from tests.factories.postings import asks, published_posting, published_postings

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
NOW = datetime.now(UTC)


def titles(client: Client, query: str = "") -> list[list[str]]:
    """The titles of both feeds."""
    tree = ElementTree.fromstring(client.get(f"/jobs/feed.atom{query}").content)  # noqa: S314
    items = json.loads(client.get(f"/jobs/feed.json{query}").content)["items"]
    return [
        [str(one.text) for one in tree.findall("a:entry/a:title", ATOM)],
        [item["title"] for item in items],
    ]


def test_both_feeds_hold_the_search_newest_first(client):
    lark = make_employer("Lark & Co")
    published_posting(employer=lark, title="Lead <A>", now=NOW - timedelta(hours=3))
    published_posting(employer=lark, title="Lead B", now=NOW - timedelta(hours=2))
    published_posting(employer=lark, title="Agent", level=Level.REPRESENTATIVE, now=NOW)
    found = ["Lead B, Lark & Co", "Lead <A>, Lark & Co"]
    assert titles(client, "?level=manager&sort=pay") == [found, found]
    assert titles(client, "?page_size=1") == [["Agent, Lark & Co"]] * 2


def test_what_an_employer_wrote_is_no_markup_in_a_reader_of_feeds(client):
    row = asks("", kind=RequirementKind.EXPERIENCE, name="<i>R&D</i>\uffff", min_years=2)
    published_posting(requirements=(row,), now=NOW)
    tree = ElementTree.fromstring(client.get("/jobs/feed.atom").content)  # noqa: S314
    [summary] = tree.iterfind("a:entry/a:summary", ATOM)
    [item] = json.loads(client.get("/jobs/feed.json").content)["items"]
    assert summary.get("type") == "html"
    assert "Asks &lt;i&gt;R&amp;D&lt;/i&gt; , 2 years." in summary.text
    assert "Asks <i>R&D</i> , 2 years." in item["content_text"]


def test_an_entry_says_pay_and_the_last_day(client):
    posting = published_posting(
        employer=make_employer("Lark"),
        now=datetime(2026, 11, 2, 9, tzinfo=UTC),
        apply_until=datetime(2026, 11, 30, tzinfo=UTC).date(),
        title="Lead",
    )
    now = datetime(2026, 11, 3, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        feed = json.loads(client.get("/jobs/feed.json?level=manager").content)
    [item] = feed.pop("items")
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Manager: jobs on CS Careers",
        "home_page_url": "http://localhost:8000/jobs/?level=manager",
        "feed_url": "http://localhost:8000/jobs/feed.json?level=manager",
        "language": "en",
    }
    assert item == {
        "id": f"tag:localhost,2026:job/{posting.public_id}",
        "url": f"http://localhost:8000{posting.get_absolute_url()}",
        "title": "Lead, Lark",
        "content_text": "$60,000–75,000 a year. Manager. Columbus, Ohio, Hybrid, 8 days a month"
        " on site. Asks Complaint handling, level 3. Apply until 30 Nov 2026.",
        "date_published": "2026-11-02T09:00:00+00:00",
        "date_modified": "2026-11-02T09:00:00+00:00",
        "authors": [{"name": "Lark"}],
        "tags": ["Manager"],
        "_job": {
            "id": posting.public_id,
            "level": "manager",
            "employer": "Lark",
            "place": "Columbus, Ohio",
            "pay": {
                "words": "$60,000–75,000 a year",
                "currency": "USD",
                "annual_min": 60000,
                "annual_max": 75000,
            },
            "closes_at": "2026-12-01T00:00:00+00:00",
        },
    }


@pytest.mark.parametrize("path", ["/jobs/feed.atom", "/jobs/feed.json"])
def test_a_reader_of_the_feed_gets_it_once(client, path):
    kept = published_posting()
    gone = published_posting()
    first = client.get(path)
    known = {"if-none-match": first["ETag"]}
    assert client.get(path, headers=known).status_code == 304
    # A date says nothing of what has gone: the feed comes anew.
    lifecycle.close(posting=gone, actor=None, now=datetime.now(UTC))
    dated = client.get(path, headers={"if-modified-since": first["Last-Modified"]})
    anew = client.get(path, headers=known)
    assert [dated.status_code, anew.status_code] == [200, 200]
    assert (gone.public_id in anew.text, kept.public_id in anew.text) == (False, True)


def test_a_bad_value_is_named_and_nothing_else_is_followed(client):
    published_posting()
    answer = client.get("/jobs/feed.atom?level=king&q=lead")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert answer.text.startswith("level: ")


def test_the_board_names_its_feeds(client):
    html = client.get("/jobs/?sort=pay&level=manager&level=vp").text
    for kind in ("atom", "json"):
        assert f'href="/jobs/feed.{kind}?level=manager&amp;level=vp"' in html


def test_feeds_ask_the_same_number_of_times(client):
    employer, counts, made = make_employer(), [], 0
    for rows in (1, 3):
        published_postings(rows - made, employer=employer)
        made = rows
        for path in ("/jobs/feed.atom", "/jobs/feed.json"):
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            counts.append(len(queries))
    assert counts == [1] * 4

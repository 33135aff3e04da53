"""The board as a page: chips, filters, messages, pages, and how many queries it takes."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse

from postings.actions.lifecycle import pause
from postings.content import Place
from postings.enums import Level, WorkMode
from postings.models import Posting
from tests.factories.people import make_employer
from tests.factories.places import MUNICH
from tests.factories.postings import asks, pay, published_posting, published_postings

pytestmark = pytest.mark.django_db


def body_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def links(body: str, css: str) -> dict[str, str]:
    """Text → address of the links with a class."""
    found = re.findall(rf'<a class="{css}" href="([^"]*)">(.*?)</a>', body, re.DOTALL)
    return {re.sub(r"<[^>]+>", "", text).strip(): address for address, text in found}


def test_an_empty_board_says_so(client):
    body = body_of(client, "/jobs/")
    assert "No job is open today" in body
    assert '<meta name="robots"' not in body


def test_a_published_posting_stands_on_the_board(client):
    posting = published_posting(title="Head of Care <now>")
    answer = client.get(reverse("postings:board"))
    assert "Head of Care &lt;now&gt;" in answer.content.decode()
    assert posting.get_absolute_url() in answer.content.decode()
    assert "$60,000–75,000" in answer.content.decode()


def test_chips_take_one_filter_off(client):
    published_posting()
    rest = "pay_min=50000&currency=USD"
    body = body_of(client, f"/jobs/?q=care&level=manager&level=vp&country=US&{rest}")
    assert links(body, "chip") == {
        "Remove “care”": f"/jobs/?level=manager&level=vp&country=US&{rest}",
        "Remove Manager": f"/jobs/?q=care&level=vp&country=US&{rest}",
        "Remove Vice president": f"/jobs/?q=care&level=manager&country=US&{rest}",
        "Remove In United States": f"/jobs/?q=care&level=manager&level=vp&{rest}",
        "Remove $50,000 or more a year": (
            "/jobs/?q=care&level=manager&level=vp&country=US&currency=USD"
        ),
    }
    assert '<meta name="robots" content="noindex, follow">' in body
    assert '<link rel="canonical" href="http://testserver/jobs/?q=care&level=manager' in body


EVERYTHING = (
    "exact=1&q=care&level=vp&mode=remote&country=DE&remote_from=DE&pay_min=20&currency=EUR"
    "&pay_period=hour&skill=zendesk&language=de&employment=INTERN&industry=bpo"
    "&specialisation=billing&schedule=nights&benefit=meals&education_max=none&years_max=1"
    "&utc_offset=1&visa=1&verified=1&posted_days=1&employer=harrow&sort=pay&page_size=5"
    f"&city={MUNICH}"
)


def test_every_filter_has_words_and_its_field_keeps_it(client):
    make_employer("Harrow", slug="harrow")
    published_posting()
    body = body_of(client, f"/jobs/?{EVERYTHING}")
    assert len(links(body, "chip")) == 21
    assert "No job meets all 21 filters today" in body
    rail = body[body.index('<form class="rail"') : body.index('<section id="results"')]
    for field in (
        'name="q" value="care"',
        'name="years_max" value="1"',
        'name="pay_min" value="20"',
    ):
        assert field in rail
    assert re.search(r'<option value="DE" selected>Germany', rail)
    assert re.search(r'id="level-vp" name="level" value="vp" checked', rail)


def test_nothing_found_says_which_filter_to_drop(client):
    published_posting()
    published_posting(level=Level.DIRECTOR, mode=WorkMode.ONSITE)
    body = body_of(client, "/jobs/?level=vp&mode=hybrid")
    rows = re.findall(r'<th scope="row">(.*?)</th><td class="r"><span class="num">(\d+)<', body)
    assert rows == [("Vice president", "1"), ("Hybrid", "0")]
    assert 'href="/jobs/?mode=hybrid">Remove' in body


def test_a_wrong_value_is_named_at_its_field_and_the_rest_applies(client):
    published_posting()
    body = body_of(client, "/jobs/?pay_min=lots&currency=USD&level=manager&country=XX")
    assert "Enter an amount in figures, like 55000. We left it out and applied the rest." in body
    assert 'href="#f-pay_min">Change it' in body
    assert 'name="pay_min" value="lots"' in body
    assert 'aria-describedby="e-pay_min" aria-invalid="true"' in body
    assert 'id="f-country"' in body
    assert links(body, "chip").keys() == {"Remove Manager"}


def test_other_currencies_are_offered_apart(client):
    published_posting()
    published_posting(pay_bands=(pay(50_000, 60_000, "EUR"),), locations=(Place("DE", MUNICH),))
    body = body_of(client, "/jobs/?pay_min=50000&currency=USD")
    assert "1 more job pays in another currency" in body
    assert 'href="/jobs/?pay_min=50000&currency=USD&convert=1"' in body
    converted = body_of(client, "/jobs/?pay_min=50000&currency=USD&convert=1")
    assert "reference rate of" in converted
    assert 'datetime="2026-10-30"' in converted
    assert "Drawn on its own EUR scale, not converted" in converted


def test_pages_follow_each_other(client):
    for number in range(3):
        published_posting(title=f"Manager {number}")
    body = body_of(client, "/jobs/?page_size=2")
    [following] = re.findall(r'<a class="btn" rel="next" href="([^"]+)"', body)
    assert "2 of 3 on this page" in body
    second = body_of(client, following)
    titles = re.findall(r">(Manager \d)</a>", body + second)
    assert sorted(titles) == ["Manager 0", "Manager 1", "Manager 2"]
    assert 'rel="next"' not in second
    assert 'href="/jobs/?page_size=2">' in second


def test_synonyms_are_named_and_can_be_left_out(client):
    published_posting(title="Call centre agent")
    body = body_of(client, "/jobs/?q=call+center+agent")
    assert "Call centre agent" in body
    assert 'href="/jobs/?q=call+center+agent&exact=1">Only my words' in body
    assert "Also searched" not in body_of(client, "/jobs/?q=call+centre+agent&exact=1")


def test_sorts_are_links(client):
    published_posting(title="Care")
    body = body_of(client, "/jobs/?q=care&sort=newest")
    assert '<b aria-current="true">Newest</b>' in body
    assert '<a href="/jobs/?q=care">Relevance</a>' in body
    assert '<a href="/jobs/?q=care&sort=closing">Closing soon</a>' in body
    assert "Relevance" not in body_of(client, "/jobs/")


@pytest.mark.parametrize("end", ["expired", "paused", "withheld"])
def test_what_is_not_public_stands_nowhere(client, end):
    posting = published_posting(title="Vanishing work")
    if end == "expired":
        long_ago = datetime.now(UTC) - timedelta(days=70)
        Posting.objects.filter(pk=posting.pk).update(
            first_published_at=long_ago,
            confirmed_at=long_ago,
            closes_at=long_ago + timedelta(days=60),
        )
    elif end == "paused":
        pause(posting=posting, actor=None, now=datetime.now(UTC))
    else:
        Posting.objects.filter(pk=posting.pk).update(withheld=True)
    for path in ("/", "/jobs/", "/jobs/?q=vanishing", "/jobs.json", "/api/v1/postings",
                 "/sitemap.xml", f"/employers/{posting.employer.slug}/"):  # fmt: skip
        text = client.get(path).content.decode()
        assert posting.public_id not in text, path
        assert "Vanishing work" not in text, path
    assert client.get(posting.get_absolute_url()).status_code == 410
    assert client.get(posting.get_absolute_url().rstrip("/") + ".json").status_code == 410


def test_the_number_of_queries_is_fixed(client, django_assert_num_queries):
    make_employer(slug="harrow")
    expected = {
        "/": 4,
        "/jobs/": 4,
        "/jobs/?q=service&level=manager&country=US&skill=coaching": 5,
        "/jobs/?sort=pay&convert=1&pay_min=10&currency=USD&pay_period=hour": 5,
        "/jobs/?level=vp&q=service&skill=zendesk&employer=harrow&city=2867714": 10,
    }
    for rows in (1, 3, 50):
        published_postings(rows - Posting.objects.count(), requirements=(asks("coaching"),))
        for path, number in expected.items():
            with django_assert_num_queries(number):
                assert client.get(path).status_code == 200


def test_a_full_page_is_light(client):
    published_postings(
        25,
        title="Customer service manager, region {number}",
        requirements=tuple(
            asks(slug, i) for i, slug in enumerate(("zendesk", "coaching", "complaint-handling"))
        ),
    )
    page = client.get("/jobs/?page_size=20").content
    assert len(gzip.compress(page)) < 20_000


def test_home_leads_into_the_board(client):
    published_posting(title="Head of Care")
    body = body_of(client, "/")
    assert "Head of Care" in body
    assert 'href="/jobs/?level=manager">Manager</a><span class="n">1</span>' in body
    assert 'href="/jobs/?country=US">United States' in body
    assert "Search 1 job" in body


def test_home_without_any_job(client):
    assert "No job is open today" in body_of(client, "/")


def test_the_sitemap_lists_what_is_open(client):
    posting = published_posting()
    text = client.get("/sitemap.xml").content.decode()
    assert re.findall(r"<loc>http://testserver(.*?)</loc>", text) == [
        "/",
        "/jobs/",
        posting.get_absolute_url(),
        f"/employers/{posting.employer.slug}/",
    ]
    today = posting.confirmed_at.date().isoformat()
    assert re.findall(r"<lastmod>(.*?)</lastmod>", text) == [today, today]


def test_robots_are_told_where_to_look(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /hire/\n" in text
    assert text.endswith("Sitemap: http://testserver/sitemap.xml\n")

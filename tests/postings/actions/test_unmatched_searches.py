"""Searches without an answer: what is kept of them, and what is not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from postings.actions import unmatched_searches
from postings.actions.moderators import appoint
from postings.models import UnmatchedSearch
from profiles.models import SkillAlias, SkillEvent
from tests.factories.people import make_user
from tests.factories.postings import asks, published_posting
from tests.postings.admin.deciding import decide

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
QUEUE = "admin:postings_unmatchedsearch_changelist"


def kept() -> dict[str, int]:
    return dict(UnmatchedSearch.objects.values_list("words", "searches"))


def note(text, *, alone=True, address="203.0.113.7", now=NOW):
    unmatched_searches.note(text=text, alone=alone, address=address, now=now)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deflection", {"deflection"}),
        ("customer Défléction", {"deflection"}),
        ("deflection or churn -manager", {"deflection", "churn"}),
        ("manager complaint", {"manager complaint"}),
        ("zendesk", set()),
        ("the of", set()),
        ("Munich", set()),
        ("Ohio", set()),
        ("ann@example.test", set()),
        ("ann.example@x deflection", set()),
        ("call 5551234 deflection", set()),
        ("ann lives in a house deflection", set()),
        ("x" * 31, set()),
        ("!!! -- or", set()),
        ("", set()),
    ],
)
def test_only_words_that_nothing_knows_are_kept(text, expected):
    published_posting()
    note(text)
    assert set(kept()) == expected


def test_words_that_each_find_jobs_count_together_only_without_filters():
    published_posting()
    note("manager complaint", alone=False)
    assert kept() == {}


def test_the_board_counts_what_found_nothing(client):
    published_posting()
    for query in ("q=deflection", "q=deflection&level=vp", "q=manager", "q=manager&level=vp", ""):
        assert client.get(f"/jobs/?{query}").status_code == 200
    row = UnmatchedSearch.objects.get()
    assert (row.words, row.searches, row.status) == ("deflection", 2, "open")
    assert {f.name for f in UnmatchedSearch._meta.fields} == {
        "id", "words", "searches", "first_seen", "last_seen", "status", "skill",
    }  # fmt: skip


def test_a_term_that_unfolds_into_a_sentence_breaks_no_search(client):
    published_posting(title="Internationalization manager")
    # One sign of the second is six folded; the third has four words that jobs know.
    for query in ("½" * 30, "㌖" * 30, "internationalization " * 4 + "x", "㌖ churn"):
        assert client.get("/jobs/", {"q": query}).status_code == 200
    assert set(kept()) == {"churn", "キロメートル"}


def test_one_network_counts_so_often_an_hour():
    for number in range(22):
        note(f"deflection{'abcdefghijklmnopqrstuvwxyz'[number]}")
    assert len(kept()) == unmatched_searches.BY_NETWORK.hits
    note("elsewhere", address="198.51.100.1")
    assert "elsewhere" in kept()


def test_the_rarest_make_room_and_old_ones_are_forgotten(monkeypatch):
    monkeypatch.setattr(unmatched_searches, "MOST_KEPT", 2)
    for words in ("deflection", "deflection", "churning", "escalator"):
        note(words)
    assert kept() == {"deflection": 2, "escalator": 1}
    assert unmatched_searches.forget(now=NOW + timedelta(days=90)) == 0
    assert unmatched_searches.forget(now=NOW + timedelta(days=91)) == 1
    assert kept() == {"deflection": 2}


@pytest.fixture
def moderator(client, settings):
    settings.DEMO = True
    user = make_user("moe@example.test", is_staff=True, name="Moe")
    appoint(user=user)
    client.force_login(user)
    return user


def test_a_moderator_makes_words_lead_to_a_term(client, moderator, run_jobs):
    published_posting(title="Planner", requirements=(asks("workforce-planning", 1),))
    run_jobs()
    assert "No job meets" in client.get("/jobs/?q=rostering").content.decode()
    row = UnmatchedSearch.objects.get()
    url = reverse("admin:postings_unmatchedsearch_alias", args=(row.pk,))
    assert url in client.get(reverse(QUEUE)).content.decode()
    assert "We know no approved term “x y”" in client.post(url, {"skill": "x y"}).content.decode()
    done = client.post(url, {"skill": "Workforce planning"}, follow=True).content.decode()
    assert "“rostering” leads to Workforce planning from now on." in done
    run_jobs()
    assert "Planner" in client.get("/jobs/?q=rostering").content.decode()
    row.refresh_from_db()
    assert (row.status, row.skill.slug) == ("alias", "workforce-planning")
    assert SkillAlias.objects.get(normalized="rostering").source == "search"
    assert SkillEvent.objects.get().details == {"alias": "rostering"}
    assert client.get(url).status_code == 404


def test_a_moderator_ignores_words(client, moderator):
    note("deflection")
    decide(client, QUEUE, "ignore", [UnmatchedSearch.objects.get()])
    assert UnmatchedSearch.objects.get().status == "ignored"
    note("deflection")
    assert UnmatchedSearch.objects.get().status == "ignored"
    assert "deflection" not in client.get(reverse(QUEUE)).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_asks_the_same_number_of_times(
    client, moderator, rows, django_assert_num_queries
):
    for words in ("deflection", "churning", "escalator")[:rows]:
        note(words)
    with django_assert_num_queries(6):
        assert client.get(reverse(QUEUE)).status_code == 200

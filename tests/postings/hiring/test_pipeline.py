"""The list and the board of applications: what they show, in which order, and how they ask."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from postings.hiring.actions import decisions, review
from postings.hiring.engines import pipeline
from postings.hiring.engines.listing import Listing
from postings.hiring.enums import RejectReason
from postings.hiring.models import Application, ApplicationCopy
from postings.models import Posting
from profiles.enums import MemberRole
from profiles.models import Employer, User
from tests.factories.applications import make_application, open_posting
from tests.factories.candidates import make_candidate
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.postings import asks

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
SKILLS = ("complaint-handling", "coaching")


@pytest.fixture(scope="module")
def world(kept_rows: None) -> dict[str, Any]:
    """Three who applied, the best last: Cy has all that is asked, Ben one gap, Ann nothing."""
    employer = make_employer("Harrow & Vale")
    before = NOW - timedelta(days=13)
    posting = open_posting(
        employer=employer,
        now=before - timedelta(days=1),
        requirements=tuple(asks(slug, place) for place, slug in enumerate(SKILLS, 1)),
    )
    people = {
        "Ann": (dict.fromkeys(SKILLS, 0), before),
        "Ben": ({SKILLS[0]: 3}, before + timedelta(days=2)),
        "Cy": (dict.fromkeys(SKILLS, 3), before + timedelta(days=6)),
    }
    sent = {}
    for name, (skills, at) in people.items():
        person = make_user(name=name)
        make_candidate(person, skills=skills)
        sent[name] = make_application(posting, candidate=person, now=at).pk
    return {
        "posting": posting.pk,
        "sent": sent,
        "owner": make_member(employer).pk,
        "viewer": make_member(employer, role=MemberRole.VIEWER).pk,
    }


@pytest.fixture
def posting(world: dict[str, Any]) -> Posting:
    return Posting.objects.select_related("employer").get(pk=world["posting"])


@pytest.fixture
def owner(world: dict[str, Any], client: Client) -> User:
    found = User.objects.get(pk=world["owner"])
    client.force_login(found)
    return found


def sent(world: dict[str, Any], name: str) -> Application:
    return Application.objects.get(pk=world["sent"][name])


def url(posting: Posting, name: str = "applications") -> str:
    names = {"employer": posting.employer.slug, "public_id": posting.public_id}
    return reverse(f"hiring:{name}", kwargs=names)


def names(posting: Posting, **asked: Any) -> list[str]:
    """Who stands in the list, in its order."""
    rows = pipeline.page(posting, Listing(**asked), by_match=True, now=NOW)
    return [row.name for row in rows]


def test_the_orders_of_the_list(world, posting) -> None:
    assert names(posting) == ["Ann", "Ben", "Cy"]
    assert names(posting, order="match") == ["Cy", "Ben", "Ann"]
    assert names(posting, order="newest") == ["Cy", "Ben", "Ann"]
    owner = User.objects.get(pk=world["owner"])
    answered = sent(world, "Ann")
    decisions.advance(application=answered, verb="interview", actor=owner, now=NOW)
    assert names(posting) == ["Ben", "Cy", "Ann"]


def test_what_narrows_the_list(world, posting) -> None:
    review.add_tag(application=sent(world, "Ben"), name="Night shift")
    assert names(posting, musts="all") == ["Cy"]
    assert names(posting, musts="one_gap") == ["Ben", "Cy"]
    assert names(posting, tag="Night shift") == ["Ben"]
    assert names(posting, stage="new") == ["Ann", "Ben", "Cy"]
    assert names(posting, stage="ended") == names(posting, stage="offer") == []


def test_a_row_says_how_it_matches_and_how_long_it_waits(posting) -> None:
    ann, ben, cy = pipeline.page(posting, Listing(), by_match=True, now=NOW)
    assert [row.score for row in (ann, ben, cy)] == [0, 50, 100]
    assert ben.headline == "One gap: Coaching"
    assert cy.strip is not None
    assert cy.strip.words == "2 met"
    assert (ann.since, cy.since) == ("For 13 days", "For 7 days")
    assert ann.due is not None
    assert (ann.due.urgent, ann.due.is_late) == ("1 day left", False)
    assert cy.due is not None
    assert cy.due.urgent == ""
    assert ann.verbs == (
        ("review", "In review"), ("interview", "Interview"), ("reject", "Reject, with a reason"),
    )  # fmt: skip


def test_the_head_counts_what_is_open_and_what_was_promised(world, posting, owner, client) -> None:
    page = client.get(url(posting)).content.decode()
    assert (
        '<b class="num">3</b> in all, 3 open. You promised a first answer within 14 days.' in page
    )
    assert "<b>1 reply is due tomorrow.</b>" in page
    decisions.reject(
        application=sent(world, "Ann"), actor=owner, now=NOW, reasons=[RejectReason.PAY]
    )
    counts = pipeline.count(posting, now=NOW + timedelta(days=4))
    assert (counts.total, counts.open, counts.overdue, counts.soon) == (3, 2, 1, 0)
    assert (counts.kept, counts.known, counts.ends) == (1, 2, "1 not chosen")


def test_where_nothing_can_be_ticked_no_move_is_offered(world, posting, owner, client) -> None:
    reasons = [RejectReason.PAY]
    open_ones, ended = "Move those that you tick", {"stage": "ended"}
    decisions.reject(application=sent(world, "Ann"), actor=owner, now=NOW, reasons=reasons)
    pages = [client.get(url(posting), query).content.decode() for query in ({}, ended)]
    assert [(open_ones in page, page.count("<th scope=")) for page in pages] == [
        (True, 6 + 3),
        (False, 5 + 1),
    ]


def test_a_job_with_applications_elsewhere_says_so(posting, owner, client) -> None:
    said = []
    for here in ({}, {"apply_url": "https://h.example/", "reply_days": None}):
        empty = open_posting(employer=posting.employer, author=owner, **here)
        for view in ("list", "board"):
            page = client.get(url(empty), {"view": view}).content.decode()
            said.append([words in page for words in ("No applications yet", "None come here")])
    assert said == [[True, False]] * 2 + [[False, True]] * 2


def test_the_board_has_a_column_for_each_stage(world, posting, owner, client) -> None:
    decisions.advance(application=sent(world, "Cy"), verb="review", actor=owner, now=NOW)
    decisions.reject(
        application=sent(world, "Ann"), actor=owner, now=NOW, reasons=[RejectReason.PAY]
    )
    counts = pipeline.count(posting, now=NOW)
    found = pipeline.columns(posting, Listing(view="board"), counts, by_match=True, now=NOW)
    assert [(c.title, c.count, [row.name for row in c.rows]) for c in found] == [
        ("New", 1, ["Ben"]),
        ("In review", 1, ["Cy"]),
        ("Interview", 0, []),
        ("Offer", 0, []),
        ("Ended", 1, []),
    ]
    page = client.get(url(posting), {"view": "board"}).content.decode()
    assert "1 not chosen. <a" in page
    narrow = Listing(view="board", musts="all")
    found = pipeline.columns(posting, narrow, counts, by_match=True, now=NOW)
    assert [column.count for column in found] == [0, 1, 0, 0, 0]


def test_the_match_is_switched_off_everywhere(world, posting, owner, client) -> None:
    Employer.objects.update(orders_by_match=False)
    one = sent(world, "Cy")
    explained = reverse(
        "hiring:explanation", args=[posting.employer.slug, posting.public_id, one.public_id]
    )
    for view in ("list", "board"):
        page = client.get(url(posting), {"view": view, "order": "match", "musts": "all"})
        shown = page.content.decode()
        assert [name for name in ("Ann", "Ben", "Cy") if name not in shown] == []
        for word in ("strip", "Match", "match", "Must-haves", "Meets all", "gap", ">100<", ">50<"):
            assert word not in shown.partition("<main")[2].partition("</main")[0], word
    assert client.get(explained).status_code == 404
    single = client.get(explained.replace("explanation.json", "")).content.decode()
    assert "Complaint handling" in single
    for word in ("Points", "of 100", "strip", "The explanation as a file"):
        assert word not in single, word
    table = client.get(url(posting, "applications_csv"), {"order": "match"}).content.decode()
    assert "Match of 100" not in table
    assert [line.split(",")[1] for line in table.splitlines()[1:]] == ["Ann", "Ben", "Cy"]


def test_the_export_is_a_table_that_runs_nothing(world, posting, owner, client) -> None:
    review.add_tag(application=sent(world, "Ann"), name="=1+1")
    decisions.reject(
        application=sent(world, "Ann"), actor=owner, now=NOW, reasons=[RejectReason.PAY]
    )
    answer = client.get(url(posting, "applications_csv"))
    read = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [row["Name"] for row in read] == ["Ben", "Cy", "Ann"]
    ann = read[2]
    today = (NOW + timedelta(days=365)).date().isoformat()
    assert {name: ann[name] for name in ("Stage", "Reasons", "Tags", "Match of 100")} == {
        "Stage": "Not chosen",
        "Reasons": "The pay does not fit",
        "Tags": "'=1+1",
        "Match of 100": "0",
    }
    assert ann["Only for"] == f"Hiring for {posting.title} at Harrow & Vale"
    assert ann["Delete by"] == today
    assert answer["Content-Disposition"] == (
        f'attachment; filename="applications-{posting.public_id}.csv"'
    )


def test_who_only_reads_exports_nothing(world, posting, client) -> None:
    client.force_login(User.objects.get(pk=world["viewer"]))
    page = client.get(url(posting)).content.decode()
    assert "Cy" in page
    assert "export.csv" not in page
    assert url(posting, "move_many") not in page


def many(posting: Posting, number: int) -> None:
    """So many more applications like the last one, without events and mails."""
    last = Application.objects.filter(posting=posting).latest("pk")
    copy = last.copy
    people = User.objects.bulk_create(
        User(email=f"many{one}-{User.objects.count()}@example.test") for one in range(number)
    )
    made = Application.objects.bulk_create(
        Application(
            posting=posting, revision_id=last.revision_id, candidate=person, score=last.score,
            tier=last.tier, applied_at=NOW, moved_at=NOW, answer_due_at=NOW + timedelta(days=14),
        )
        for person in people
    )  # fmt: skip
    values = {"name": "Dee", "email": "dee@example.test", "resume": copy.resume,
              "explanation": copy.explanation, "spec_version": copy.spec_version}  # fmt: skip
    ApplicationCopy.objects.bulk_create(ApplicationCopy(application=a, **values) for a in made)


def test_lists_ask_as_often_for_one_as_for_fifty(world, posting, owner, client) -> None:
    pages = [
        (url(posting), 10),
        (f"{url(posting)}?view=board", 10),
        (f"{url(posting)}?view=board&musts=all&order=match", 11),
        (url(posting, "applications_csv"), 7),
    ]
    found: dict[str, list[int]] = {page: [] for page, _ in pages}
    for more in (0, 2, 47):
        many(posting, more)
        for page, numbers in found.items():
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            numbers.append(len(queries))
    assert found == {page: [number] * 3 for page, number in pages}


def test_one_application_asks_as_often_with_notes_as_without(world, posting, owner, client) -> None:
    one = sent(world, "Cy")
    page = f"{url(posting)}{one.public_id}/"
    found = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        found.append(len(queries))
        for number in range(3):
            review.add_note(application=one, author=owner, text=f"Note {number}", now=NOW)
            review.add_tag(application=one, name=f"Tag {number}")
    assert found == [11, 11]


def test_hundreds_have_pages(posting, owner, client) -> None:
    many(posting, 60)
    asked = [Listing(order="newest", page=number) for number in (1, 2, 3, 4)]
    pages = [pipeline.page(posting, one, by_match=False, now=NOW) for one in asked]
    assert [len(rows) for rows in pages] == [26, 26, 13, 0]  # one more tells of a next page
    shown = [row.public_id for rows in pages for row in rows[: pipeline.PAGE]]
    assert len(set(shown)) == 63
    last = client.get(url(posting), {"page": 3, "order": "newest"})
    assert last.context["previous_url"] == f"{url(posting)}?order=newest&page=2"
    assert last.context["next_url"] == ""


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ({}, Listing()),
        ({"view": "grid", "order": "x", "stage": "x", "musts": "x", "page": "x"}, Listing()),
        ({"page": "0"}, Listing()),
        ({"page": "99999"}, Listing(page=10_000)),
        ({"page": "٣"}, Listing()),
        ({"tag": " A\0 "}, Listing(tag="A")),
        ({"order": "match", "musts": "all", "view": "board"}, Listing("board")),
    ],
)
def test_what_a_list_does_not_know_counts_as_not_said(query, read) -> None:
    assert Listing.read(query, by_match=False) == read


def test_a_list_has_one_address() -> None:
    asked = Listing(order="match", tag="a b", page=3)
    assert Listing.read({"order": "match", "tag": "a b", "page": "3"}, by_match=True) == asked
    assert asked.query() == "?order=match&tag=a+b"
    assert asked.query(page=4, tag="") == "?order=match&page=4"
    assert Listing().query() == ""

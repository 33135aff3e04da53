"""Whom must-haves remove: beside the rows, as one types, and before the draft is handed in."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from postings.actions import audience as asking
from postings.content import RequirementRow
from postings.enums import Cefr, Importance, RequirementKind
from postings.models import AudienceQuestions, FrozenCrowd, Posting
from profiles.models import CandidateLanguage, Employer, User
from tests.browserless import page_form
from tests.factories.candidates import a_crowd, make_candidate
from tests.factories.people import make_employer, make_member
from tests.factories.places import reference_rows
from tests.factories.postings import asks, draft_posting

pytestmark = pytest.mark.django_db
SPANISH = RequirementRow(
    "r2", RequirementKind.LANGUAGE, Importance.MUST, language="es", min_cefr=Cefr.B2
)


@pytest.fixture
def employer() -> Employer:
    reference_rows()
    return make_employer()


@pytest.fixture
def owner(client: Client, employer: Employer) -> User:
    user = make_member(employer)
    client.force_login(user)
    return user


def url(posting: Posting, page: str) -> str:
    return f"/hire/{posting.employer.slug}/postings/{posting.public_id}/edit/{page}/"


def page_of(client: Client, posting: Posting, page: str = "requirements") -> str:
    response = client.get(url(posting, page))
    assert response.status_code == 200
    return response.content.decode()


def text(html: str) -> str:
    """What stands there, without markup, each run of white space as one."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def draft(employer: Employer, author: User, *rows: RequirementRow) -> Posting:
    return draft_posting(employer=employer, author=author, requirements=rows)


def figures(html: str) -> list[tuple[str, int, int]]:
    found = re.findall(r"(Removes|Leaves) (?:about|fewer than) ([\d,]+) of about (\d+)", text(html))
    return [(verb, int(number), int(pool)) for verb, number, pool in found]


def test_each_must_have_says_whom_it_removes_without_a_script(
    client: Client, employer: Employer, owner: User
) -> None:
    a_crowd(120)
    posting = draft(employer, owner, asks("coaching", 1), SPANISH)
    page = page_of(client, posting)
    (coaching, spanish) = figures(page)
    pool = coaching[2]
    assert coaching == ("Removes", 20, pool)
    assert pool == 120
    assert (spanish[0], spanish[1], spanish[2]) == ("Removes", 90, pool)
    said = text(page)
    assert f"Could do this job otherwise about {pool}" in said
    assert f"All 2 must-haves together remove about {spanish[1]} of them." in said
    assert re.search(r"With B1 it removes about 30\.", said)
    assert f"as of {datetime.now(UTC).day} " in said
    # More than half: the two cheaper choices; less: none.
    form = page_form(page.encode())
    wanted = [("nice", "requirements-1"), ("less", "requirements-1")]
    assert [button for button in form.buttons if button[0] in ("nice", "less")] == wanted


def test_the_cheaper_choices_change_the_row_and_keep_what_was_typed(
    client: Client, employer: Employer, owner: User
) -> None:
    a_crowd(120)
    posting = draft(employer, owner, asks("coaching", 1), SPANISH)
    before = posting.revisions.get().content
    form = page_form(page_of(client, posting).encode())
    address = url(posting, "requirements")
    typed = {"requirements__0__min_years": "nonsense"}
    less = client.post(address, form.send(press=("less", "requirements-1"), **typed)).content
    sent = page_form(less)
    assert sent.values["requirements-1-min_cefr"] == ["B1"]
    assert sent.values["requirements-0-min_years"] == ["nonsense"]
    assert "nice" not in dict(sent.buttons)
    nice = client.post(address, form.send(press=("nice", "requirements-1"))).content
    assert page_form(nice).values["requirements-1-importance"] == ["nice"]
    assert "Ranks people, removes nobody" in nice.decode()
    assert posting.revisions.get().content == before


def test_a_group_becomes_nice_as_a_whole(client: Client, employer: Employer, owner: User) -> None:
    a_crowd(60)
    rows = (asks("unheard-of", 1, any_of="a"), asks("unknown", 2, any_of="a"))
    posting = draft(employer, owner, asks("coaching", 3), *rows)
    make_candidate(skills={"unheard-of": 1, "unknown": 1})
    page = page_of(client, posting)
    assert [verb for verb, _, _ in figures(page)] == ["Removes", "Leaves"]
    assert "Counted together with “Unheard of”." in page
    form = page_form(page.encode())
    sent = client.post(url(posting, "requirements"), form.send(press=("nice", "requirements-1")))
    values = page_form(sent.content).values
    assert [values[f"requirements-{n}-importance"] for n in range(3)] == [
        ["must"],
        ["nice"],
        ["nice"],
    ]


def test_the_fragment_says_what_the_page_says(
    client: Client, employer: Employer, owner: User
) -> None:
    a_crowd(60)
    posting = draft(employer, owner, asks("coaching", 1), SPANISH)
    page = page_of(client, posting)
    form = page_form(page.encode())
    fragment = client.post(url(posting, "requirements/people"), form.send()).content.decode()
    for part in re.split(r'<div id="effect-[^>]*>', fragment):
        assert part.strip() in page
    assert fragment.count('data-hx-swap-oob="true"') == 2
    typed = form.send(requirements__1__min_cefr="B1", requirements__0__term="no such term")
    changed = client.post(url(posting, "requirements/people"), typed).content.decode()
    ((verb, number, _),) = figures(changed)
    assert (verb, number) == ("Removes", 20)
    assert posting.revisions.get().content["requirements"][1]["min_cefr"] == "B2"


def test_the_figures_stand_on_the_page_before_submission(
    client: Client, employer: Employer, owner: User
) -> None:
    a_crowd(60)
    posting = draft(employer, owner, asks("coaching", 1), SPANISH)
    assert figures(page_of(client, posting, "check")) == figures(page_of(client, posting))


def test_nothing_moves_within_a_day(
    client: Client, employer: Employer, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_crowd(60)
    posting = draft(employer, owner, asks("coaching", 1), SPANISH)
    before = page_of(client, posting)
    a_crowd(60)
    CandidateLanguage.objects.all().delete()
    assert figures(page_of(client, posting)) == figures(before)
    assert FrozenCrowd.objects.count() == 1
    FrozenCrowd.objects.update(day=datetime.now(UTC).date() - timedelta(days=1))
    assert figures(page_of(client, posting))[0][2] == 120
    assert FrozenCrowd.objects.count() == 1


def test_of_few_people_nothing_is_said(client: Client, employer: Employer, owner: User) -> None:
    a_crowd(49)
    page = page_of(client, draft(employer, owner, asks("coaching", 1)))
    assert (figures(page), "Too few people to count" in page) == ([], True)


def test_an_employer_that_is_not_verified_or_suspended_gets_no_figure(client: Client) -> None:
    a_crowd(60)
    for fields in ({"verified": False}, {"suspended_at": datetime.now(UTC)}):
        employer = make_employer(**fields)
        author = make_member(employer)
        client.force_login(author)
        page = page_of(client, draft(employer, author, asks("coaching", 1)))
        assert (figures(page), "Once this employer is verified" in page) == ([], True)
    assert (FrozenCrowd.objects.count(), AudienceQuestions.objects.count()) == (0, 0)


def test_an_employer_asks_so_many_different_questions_a_day(
    client: Client, employer: Employer, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_crowd(60)
    monkeypatch.setattr(asking, "MOST_QUESTIONS", 2)
    posting = draft(employer, owner, asks("coaching", 1))
    form = page_form(page_of(client, posting).encode())

    def asked(level: int) -> bool:
        typed = form.send(requirements__0__min_level=str(level))
        answer = client.post(url(posting, "requirements/people"), typed).content.decode()
        assert bool(figures(answer)) is not ("Enough for today" in answer)
        return bool(figures(answer))

    # The first was asked by the page; asking again is free, also when it is too much to ask more.
    assert [asked(level) for level in (1, 3, 4, 3, 2, 1)] == [True, True, False, True, False, True]
    client.force_login(make_member(employer))
    assert asked(4) is False
    AudienceQuestions.objects.update(day=datetime.now(UTC).date() - timedelta(days=1))
    assert asked(4) is True


def test_whatever_is_sent_is_answered(client: Client, employer: Employer, owner: User) -> None:
    a_crowd(60)
    posting = draft(employer, owner, asks("coaching", 1))
    odd = {
        "requirements-count": "3",
        "requirements-0-kind": "no kind",
        "requirements-0-term": "\x00" * 5,
        "requirements-1-kind": "language",
        "requirements-1-language": "xx" * 50,
        "requirements-1-min_cefr": "Z9",
        "requirements-2-kind": "experience",
        "requirements-2-min_years": "²",
        "requirements-2-any_of": "a" * 1000,
    }
    for typed in ({}, odd, {"requirements-count": "99999999"}):
        response = client.post(url(posting, "requirements/people"), typed)
        assert response.status_code == 200


def test_queries(client: Client, employer: Employer, owner: User) -> None:
    a_crowd(60)
    posting = draft(employer, owner, asks("coaching", 1))
    page_of(client, posting)
    found = []
    for rows in (1, 3):
        posting = draft(employer, owner, *(asks("coaching", n) for n in range(1, rows + 1)))
        form = page_form(page_of(client, posting).encode())
        pages = [queries_of(client.get, url(posting, step)) for step in ("requirements", "check")]
        people = url(posting, "requirements/people")
        found.append([*pages, queries_of(client.post, people, form.send())])
    assert found == [[11, 12, 9]] * 2


def queries_of(ask: Callable[..., object], *args: object) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask(*args)
    return len(queries)

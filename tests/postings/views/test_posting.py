"""The public page of one posting, open and over."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from postings.actions import lifecycle, moderation
from postings.content import Benefit, RequirementRow
from postings.enums import BenefitKind, EducationLevel, Importance, RequirementKind, WorkMode
from postings.models import Posting
from postings.structured_data import validate
from profiles.actions.suspension import reinstate_employer, suspend_employer
from tests.factories.candidates import make_candidate
from tests.factories.people import make_member, make_moderator
from tests.factories.postings import (
    asks,
    complete_content,
    draft_posting,
    pay,
    published_posting,
    published_postings,
    submitted_posting,
)

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def markup_of(html: str) -> list[dict]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return [json.loads(text) for text in found]


def without_token(html: bytes) -> bytes:
    """The page without what differs by request: the forms' security token, and where to go on."""
    return re.sub(rb'name="(csrfmiddlewaretoken|next)" value="[^"]+"', b"", html)


def test_the_page_says_all_that_one_decides_by(client: Client):
    posting = published_posting(
        pay_bands=(pay(72_000, 88_000),),
        benefits=(Benefit(BenefitKind.LEAVE_DAYS, "25 days"),),
        requirements=(
            asks("complaint-handling", 1, min_level=3),
            asks(None, 2, kind=RequirementKind.LANGUAGE, language="es", min_cefr="B2"),
        ),
    )
    answer = client.get(posting.get_absolute_url())
    html = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "Customer Service Manager",
        "$72,000–88,000",
        "a year",
        "Columbus, Ohio",
        "Hybrid, 8 days a month on site",
        "Manager, 4 of 7",
        "Complaint handling",
        "Level 3",
        "Spanish",
        "Must have",
        "25 days",
        "Confirmed open",
        "Lead a team of twelve",
        "Published after review by us",
    ):
        assert words in html
    assert f'href="{posting.get_absolute_url()}apply/"' in html


def test_the_markup_follows_the_rules_and_names_the_pay(client: Client):
    posting = published_posting(
        description="You lead the claims desk in Columbus. " * 5,
        requirements=(
            RequirementRow(
                "r1",
                RequirementKind.EDUCATION,
                Importance.MUST,
                education=EducationLevel.BACHELOR,
                any_of="a",
            ),
            RequirementRow(
                "r2",
                RequirementKind.EXPERIENCE,
                Importance.MUST,
                name="Leading a team",
                min_years=5,
                any_of="a",
            ),
        ),
    )
    [document] = markup_of(client.get(posting.get_absolute_url()).content.decode())
    assert validate(document) == []
    assert document["baseSalary"]["value"]["minValue"] == 60_000
    assert document["experienceInPlaceOfEducation"] is True
    assert document["experienceRequirements"]["monthsOfExperience"] == 60
    assert document["validThrough"] == posting.closes_at.isoformat(timespec="seconds")


def test_text_can_not_break_out_of_the_page(client: Client):
    evil = '</script><script>alert(1)</script><img src=x onerror="alert(1)">'
    posting = published_posting(
        title=f"Manager {evil}",
        description=f"{evil}\n\n[x](javascript:alert(1)) "
        + "Enough text to be a description. " * 5,
        responsibilities=(evil, "two", "three"),
    )
    html = client.get(posting.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert len(markup_of(html)) == 1


def test_a_wrong_slug_redirects_for_good(client: Client):
    posting = published_posting()
    answer = client.get(f"/jobs/other-words-{posting.public_id}/")
    assert (answer.status_code, answer["Location"]) == (301, posting.get_absolute_url())
    assert answer["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("make", [draft_posting, submitted_posting])
def test_what_never_was_public_looks_like_what_does_not_exist(client: Client, make):
    posting = make()
    there = client.get(posting.get_absolute_url())
    missing = client.get("/jobs/job-0000000000/")
    assert (there.status_code, missing.status_code) == (404, 404)
    assert without_token(there.content) == without_token(missing.content)


def end_by(verb: str, posting: Posting) -> None:
    person = make_moderator()
    match verb:
        case "pause":
            lifecycle.pause(posting=posting, actor=person, now=NOW)
        case "fill":
            lifecycle.mark_filled(posting=posting, actor=person, now=NOW)
        case "close":
            lifecycle.close(posting=posting, actor=person, now=NOW)
        case "suspend":
            moderation.suspend(posting=posting, actor=person, now=NOW, note="Checking.")
        case "suspend the employer":
            suspend_employer(employer=posting.employer, actor=person, note="", now=NOW)


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("pause", "The employer has paused this job."),
        ("fill", "The employer has hired somebody."),
        ("close", "The employer has closed this job."),
        ("suspend", "We have taken this job out of view."),
        ("suspend the employer", "We have taken this job out of view."),
    ],
)
def test_what_is_over_is_gone_with_a_reason_and_without_markup(client: Client, verb, words):
    posting = published_posting()
    other = published_posting(title="Care Manager")
    end_by(verb, posting)
    answer = client.get(posting.get_absolute_url())
    html = answer.content.decode()
    # Chromium keeps a 410 for ever unless it is told to ask again.
    assert (answer.status_code, answer["Cache-Control"]) == (410, "no-cache")
    assert words in html
    assert markup_of(html) == []
    assert "https://example.test/apply" not in html
    assert other.get_absolute_url() in html


def test_the_clock_alone_ends_a_posting(client: Client):
    began = NOW - timedelta(days=60, minutes=1)
    posting = published_posting(now=began)
    answer = client.get(posting.get_absolute_url())
    assert answer.status_code == 410
    assert "The last day to apply is over." in answer.content.decode()


def test_an_employer_that_is_reinstated_is_back_with_its_jobs(client: Client):
    posting = published_posting()
    person = make_moderator()
    suspend_employer(employer=posting.employer, actor=person, note="", now=NOW)
    assert client.get(f"/employers/{posting.employer.slug}/").status_code == 404
    reinstate_employer(employer=posting.employer, actor=person, note="", now=NOW)
    assert client.get(posting.get_absolute_url()).status_code == 200
    page = client.get(f"/employers/{posting.employer.slug}/").content.decode()
    assert posting.get_absolute_url() in page


def test_every_change_of_the_deadline_is_public(client: Client):
    began = NOW - timedelta(days=10)
    posting = published_posting(now=began)
    member = make_member(posting.employer)
    until = (NOW + timedelta(days=5)).date()
    lifecycle.extend(posting=posting, actor=member, now=NOW, apply_until=until)
    html = client.get(posting.get_absolute_url()).content.decode()
    assert "Deadline moved 1 time" in html
    assert "Deadline changed by the employer" in html


def test_similar_jobs_are_of_the_same_level_and_open(client: Client):
    posting = published_posting()
    near = published_posting(title="Nearby Manager")
    level = complete_content(title="Director of Care", level="director")
    far = published_posting(content=level)
    html = client.get(posting.get_absolute_url()).content.decode()
    assert near.get_absolute_url() in html
    assert far.get_absolute_url() not in html


def test_a_remote_job_says_who_can_apply(client: Client):
    posting = published_posting(
        mode=WorkMode.REMOTE,
        locations=(),
        applicant_countries=("US", "IE"),
        applicant_subdivisions=("US-OH",),
        utc_offset_min=-480,
        utc_offset_max=0,
        description="The job is done from home, wherever you are in these countries. " * 3,
    )
    html = client.get(posting.get_absolute_url()).content.decode()
    assert "People in Ireland or Ohio (US)" in html
    assert "UTC−8 to UTC+0" in html
    [document] = markup_of(html)
    assert document["jobLocationType"] == "TELECOMMUTE"
    assert document["applicantLocationRequirements"] == [
        {"@type": "Country", "name": "Ireland"},
        {"@type": "State", "name": "Ohio, United States"},
    ]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_takes_6_queries_however_many_jobs_are_like_it(
    client: Client, django_assert_num_queries, rows
):
    employer = published_posting().employer
    *_, posting = published_postings(rows, employer=employer, title="Manager {number}")
    with django_assert_num_queries(6):
        client.get(posting.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_employer_page_takes_2_queries_however_many_jobs_it_has(
    client: Client, django_assert_num_queries, rows
):
    employer = published_posting().employer
    published_postings(rows - 1, employer=employer, title="Manager {number}")
    with django_assert_num_queries(2):
        answer = client.get(f"/employers/{employer.slug}/")
    assert answer.content.decode().count('class="card"') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_who_is_signed_in_sees_their_match_row_by_row(
    client: Client, django_assert_num_queries, rows
):
    asked = [asks("coaching", 1, min_level=3), asks("zendesk", 2), asks("complaint-handling", 3)]
    posting = published_posting(requirements=tuple(asked[:rows]))
    person = make_candidate(skills={"coaching": 2}, work_countries=["US"], modes=["remote"])
    client.force_login(person.user)
    with django_assert_num_queries(11):
        body = client.get(posting.get_absolute_url()).content.decode()
    assert "Your match" in body
    assert "One gap: Coaching" in body or "gaps: Coaching" in body
    assert "The job: Hybrid. You: Remote." in body
    assert reverse("me:match", kwargs={"public_id": posting.public_id}) in body


def test_without_facts_there_is_the_table_of_what_is_asked(client: Client):
    posting = published_posting()
    client.force_login(make_candidate().user)
    body = client.get(posting.get_absolute_url()).content.decode()
    assert "Your match" not in body
    assert "See how you match" in body

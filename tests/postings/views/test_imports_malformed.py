"""Whatever is brought to the importer has a reason at its field or line, and breaks nothing."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from postings.enums import ImportStage
from postings.models import ImportRun, Posting
from profiles.models import Employer, User
from tests.browserless import page_form
from tests.factories.people import make_employer, make_member
from tests.factories.places import reference_rows
from tests.postings.views.import_world import JOB, line, paste, shown, upload, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer() -> Employer:
    reference_rows()
    return make_employer(name="Harbour Telecom")


@pytest.fixture
def owner(client: Client, employer: Employer) -> User:
    user = make_member(employer)
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b" \n\t\n", "The file is empty."),
        (b"PK\x03\x04rest", "This is a zip file"),
        (b"\x1f\x8brest", "This is a compressed file"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"\x00\x01\x02", "This is not a text file"),
        (line().encode() + b"\n\xff\xfe", "Line 2 is not in UTF-8"),
        (b"a;b;c\n1;2;3", "There is no JSON in this file."),
        (b"<html><p>Nothing", "This page holds no job in JSON-LD."),
        (b"{}\n" * 20_001, "This file has 20,001 lines. Import at most 20,000 at a time."),
        (b"x" * (10 * 1024 * 1024 + 1), "This file has 10.0 MB. Import at most 10 MB"),
    ],
    ids=range(11),
)
def test_what_is_no_file_of_jobs_is_refused_at_the_field(
    client: Client, employer: Employer, owner: User, data: bytes, words: str
) -> None:
    answer = upload(client, employer, data)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert ImportRun.objects.count() == 0


EVIL = "</script><script>alert(1)</script>"


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "JobPosting", "title": "A\x00B"}',
        '{"@type": "JobPosting", "title": "A\\u0000B \\ud800", "identifier": "\\udfff\\u0000"}',
        "{" * 200_000,
        '{"a": ' + "[" * 100_000 + "}",
        json.dumps({**JOB, "description": "x " * 4_500_000}),
        json.dumps(dict.fromkeys(JOB, EVIL) | {"@type": "JobPosting"}),
        line(datePosted="0000-00-00", validThrough="10000-01-01"),
        line(title="T" * 5_000, identifier="I" * 5_000, hiringOrganization="E" * 5_000),
        '{"@type": "JobPosting", "title": ' + "9" * 5_000 + "}",
        "[1, null, {}, []]",
    ],
    ids=range(10),
)
def test_hostile_lines_have_a_reason_and_break_nothing(
    client: Client, employer: Employer, owner: User, run_jobs: Callable[[], object], text: str
) -> None:
    answer = upload(client, employer, text + "\n" + line(identifier="fine"))
    assert answer.status_code in (200, 302)
    run_jobs()
    for run in ImportRun.objects.all():
        assert client.get(url(run)).status_code == 200
        assert "<script>alert" not in shown(client, run)
        assert client.post(url(run, "confirm/")).status_code == 302
        run_jobs()
        run.refresh_from_db()
        assert run.stage in (ImportStage.CONFIRMED, ImportStage.PREVIEWED)
        for posting in Posting.objects.all():
            page = f"/hire/{employer.slug}/postings/{posting.public_id}/edit/"
            assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  ", "Paste the ad."),
        ("x" * 200_001, "This is longer than any ad."),
        ("[[", "There is no JSON in this file."),
        ("{ not json", "This line is not JSON"),
        ('{"@type": "Person"}', "This object is not a JobPosting"),
        ("[]", "There is no job in this list."),
        ("<b></b>", "It has no title."),
    ],
)
def test_a_paste_that_says_nothing_is_asked_again_and_kept(
    client: Client, employer: Employer, owner: User, text: str, words: str
) -> None:
    answer = paste(client, employer, text, place="Columbus")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert page_form(page).values["place"] == ["Columbus"]
    assert page_form(page).values["text"][0].strip() == text.strip()

"""Filling a profile from a CV, page by page, without JavaScript; and taking it away."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cscareers.core.throttling import Limit
from profiles.actions import cv_import
from profiles.enums import SuggestionStatus
from profiles.models import (
    CandidateLanguage,
    CandidateSkill,
    CvImport,
    CvSuggestion,
    Experience,
    User,
)
from tests.browserless import page_form
from tests.factories.candidates import make_candidate
from tests.factories.full import make_full_candidate
from tests.factories.people import make_user
from tests.factories.places import reference_rows
from tests.profiles.cv.pdfs import document, stream, written

pytestmark = pytest.mark.django_db
BRING = "/me/profile/import/"
ASKED = (("level", "3"), ("cefr", "C1"))
CV = """\
Experience
Team lead, Acme, 2019-01 to 2021-06
Coaching with Zendesk
Languages
Spanish (B2)
"""


@pytest.fixture
def user() -> User:
    reference_rows()
    return make_user()


@pytest.fixture
def visitor(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def bring(visitor: Client, **typed: object):
    form = page_form(visitor.get(BRING).content.decode())
    return visitor.post(BRING, form.send(**typed))


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("cv.any", data)


def errors(answer) -> list[str]:
    form = answer.context["form"]
    return [message for found in form.errors.values() for message in found]


def test_from_a_pasted_text_to_the_matches(visitor, user):
    answer = bring(visitor, text=CV)
    found = CvImport.objects.get()
    where = reverse("me:cv_import", kwargs={"cv": found.public_id})
    assert (answer.status_code, answer["Location"], found.profile.user) == (302, where, user)
    page = visitor.get(where)
    groups = [group.title for group in page.context["page"].groups]
    assert groups == ["Skills and tools", "Languages", "Experience"]
    assert "Read from “Coaching with Zendesk / Team lead, Acme" in page.content.decode()
    form = page_form(page.content.decode())
    zendesk = found.suggestions.get(facts__slug="zendesk")
    coaching = found.suggestions.get(facts__slug="coaching")
    form.values["take"].remove(str(coaching.pk))
    sent = form.send(press=("do", "take"), **{f"level-{zendesk.pk}": "3"})
    answer = visitor.post(where, sent)
    assert (answer.status_code, answer["Location"]) == (302, "/me/matches/")
    row = CandidateSkill.objects.get(profile=user.candidate)
    assert (row.skill.slug, row.level, str(row.years), row.last_used) == (
        "zendesk",
        3,
        "2.5",
        "2021-06",
    )
    assert user.candidate.experience.get().position == "Team lead"
    assert user.candidate.languages.get().cefr == "B2"
    rest = visitor.get(where).context["page"]
    assert (rest.open, rest.taken) == (1, 3)
    assert "1 suggestion from your last CV" in visitor.get(BRING).content.decode()
    visitor.post(where, {"do": "leave-all"})
    assert "3 taken, 1 left out" in visitor.get(where).content.decode()


def test_a_pdf_and_a_json_resume_are_taken_as_files(visitor, user):
    bring(visitor, file=upload(document(stream(written("Coaching with Zendesk")))))
    resume = {"skills": [{"name": "Zendesk", "level": "Expert"}], "interests": [{"name": "Go"}]}
    bring(visitor, file=upload(json.dumps(resume).encode()))
    pdf, as_json = CvImport.objects.order_by("pk")
    assert (pdf.kind, as_json.kind) == ("pdf", "json")
    assert sorted(pdf.suggestions.values_list("facts__slug", flat=True)) == ["coaching", "zendesk"]
    assert as_json.suggestions.get().facts == {"slug": "zendesk", "level": 3}
    page = visitor.get(reverse("me:cv_import", kwargs={"cv": as_json.public_id}))
    assert "what you do in your own time is yours" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, ["Choose a file, or paste the text of your CV."]),
        ({"text": "a", "file": b"b"}, ["Choose a file or paste the text, not both."]),
        ({"file": b""}, ["The file is empty. Choose another one."]),
        ({"text": '{"work": [{"startDate": 3}], "skills": {}}'}, [
            "/work/0/startDate: This must be a text.", "/skills: This must be a list.",
        ]),
        ({"text": "\0\0"}, ["Null characters are not allowed."]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_the_field(visitor, typed, expected):
    sent = {k: upload(v) if isinstance(v, bytes) else v for k, v in typed.items()}
    answer = bring(visitor, **sent)
    assert (answer.status_code, errors(answer)) == (200, expected)
    assert not CvImport.objects.exists()


def test_a_form_that_arrives_twice_begins_once(visitor):
    sent = page_form(visitor.get(BRING).content.decode()).send(text=CV)
    both = [visitor.post(BRING, sent)["Location"] for _ in range(2)]
    assert (len(set(both)), CvImport.objects.count()) == (1, 1)


def test_too_many_within_an_hour(visitor, monkeypatch):
    monkeypatch.setattr(cv_import, "PER_HOUR", Limit("cv-test", 1, timedelta(hours=1)))
    assert bring(visitor, text=CV).status_code == 302
    answer = bring(visitor, text=CV)
    assert (answer.status_code, CvImport.objects.count()) == (429, 1)
    assert int(answer["Retry-After"]) > 0


def test_take_all_and_nothing_to_take(visitor, user):
    make_candidate(user, skills={"coaching": 4})
    bring(visitor, text=CV)
    found = CvImport.objects.get()
    where = reverse("me:cv_import", kwargs={"cv": found.public_id})
    assert visitor.post(where, {"do": "take"})["Location"] == where
    visitor.post(where, {"do": "all", "take": "x", "level-9": "9", "cefr-1": "Z9"})
    assert not CvSuggestion.objects.exclude(status=SuggestionStatus.ACCEPTED).exists()
    assert user.candidate.skills.get(skill__slug="coaching").level == 4
    bring(visitor, text="My name is Ada")
    empty = CvImport.objects.latest("pk")
    page = visitor.get(reverse("me:cv_import", kwargs={"cv": empty.public_id}))
    assert "We found nothing that fits into a profile." in page.content.decode()


def test_a_page_of_many_takes_as_many_queries_as_one_of_few(
    visitor, user, django_assert_num_queries
):
    for text in ("Zendesk", CV):
        bring(visitor, text=text)
        found = CvImport.objects.latest("pk")
        with django_assert_num_queries(12):
            visitor.get(reverse("me:cv_import", kwargs={"cv": found.public_id}))


def test_the_export_is_a_file_that_comes_back_whole(visitor, user):
    empty = visitor.get("/me/profile/export.json")
    assert [*empty.json()] == ["$schema"]
    assert not hasattr(User.objects.get(pk=user.pk), "candidate")
    full = Client()
    full.force_login(make_full_candidate().user)
    answer = full.get("/me/profile/export.json")
    assert answer["Content-Disposition"] == 'attachment; filename="profile.json"'
    assert answer["Content-Type"] == "application/json"
    assert "no-store" in answer["Cache-Control"]
    bring(visitor, file=upload(answer.content))
    where = reverse("me:cv_import", kwargs={"cv": CvImport.objects.get().public_id})
    visitor.post(where, {"do": "all"})
    assert visitor.get("/me/profile/export.json").json() == answer.json()


def test_a_level_beside_what_has_none_is_no_answer_to_it(visitor):
    """Forged names of fields: of a skill a level is asked, of a language a CEFR level."""
    bring(visitor, text=CV)
    found = CvImport.objects.get()
    forged = {f"{name}-{row.pk}": value for row in found.suggestions.all() for name, value in ASKED}
    where = reverse("me:cv_import", kwargs={"cv": found.public_id})
    assert visitor.post(where, {"do": "all", **forged}).status_code == 302
    assert not found.suggestions.exclude(status=SuggestionStatus.ACCEPTED).exists()
    assert set(CandidateSkill.objects.values_list("level", flat=True)) == {3}
    assert list(CandidateLanguage.objects.values_list("cefr", flat=True)) == ["C1"]
    assert list(Experience.objects.values_list("level", flat=True)) == [""]

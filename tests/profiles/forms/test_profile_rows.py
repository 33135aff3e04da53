"""Forms of the rows of a profile: what they read, and what they refuse at which field."""

from datetime import date
from typing import Any

import pytest

from cscareers.core.models import City
from profiles.forms.profile_kinds import KINDS
from profiles.forms.profile_row import RowForm
from profiles.models import CandidateProfile, Skill
from tests.factories.candidates import make_candidate
from tests.factories.places import DUBLIN, reference_rows

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def profile(kept_rows: None) -> CandidateProfile:
    reference_rows()
    return make_candidate(languages={"es": "B1"}, skills={"coaching": 2})


def filled(profile: CandidateProfile, of: str, /, **data: Any) -> RowForm:
    return KINDS[of].form(data, profile=profile, today=TODAY)


pytestmark = pytest.mark.django_db
WORK = {"position": "Agent", "kind": "job"}


@pytest.mark.parametrize(
    ("kind", "data", "field", "words"),
    [
        ("skills", {"term": ""}, "term", "Name the skill."),
        ("tools", {"term": ""}, "term", "Name the tool."),
        ("skills", {"term": "Zendesk", "level": "5"}, "level", "Choose a level from 0 to 4."),
        ("skills", {"term": "Zendesk", "level": "x"}, "level", "Choose a level from 0 to 4."),
        ("skills", {"term": "Zendesk", "years": "-3"}, "years",
         "Enter a number of years from 0 to 60, like 4 or 2.5."),
        ("skills", {"term": "Zendesk", "years": "61"}, "years",
         "Enter a number of years from 0 to 60, like 4 or 2.5."),
        ("skills", {"term": "Zendesk", "years": "1e9"}, "years",
         "Enter a number of years from 0 to 60, like 4 or 2.5."),
        ("skills", {"term": "Zendesk", "last_used": "Dec 2026"}, "last_used",
         "This lies ahead. When did you last use it?"),
        ("skills", {"term": "Zendesk", "last_used": "1019"}, "last_used",
         "Enter a year from 1940 to 2100."),
        ("skills", {"term": "coaching"}, "term", "“Coaching” is in your profile already."),
        ("skills", {"term": "HDI-SCM"}, "term",
         "“HDI Support Center Manager” is a certificate. Certificates have a page of their own:"
         " “Education and certificates”."),
        ("skills", {"term": "qqqqqq"}, "term", "We don’t know “qqqqqq”. Try another name for it."),
        ("experience", {"position": "", "kind": "job"}, "position",
         "Say what your position was."),
        ("experience", {**WORK, "started": "Apr 2020", "ended": "2019"}, "ended",
         "This ends before it begins."),
        ("experience", {**WORK, "started": "2019-13"}, "started", "There is no such month."),
        ("experience", {**WORK, "url": "javascript:alert(1)"}, "url",
         "Enter an address like example.com."),
        ("experience", {**WORK, "highlights": "x" * 501}, "highlights",
         "Write at most 500 characters in a line."),
        ("experience", {**WORK, "highlights": "x\n" * 51}, "highlights",
         "Write at most 50 lines."),
        ("evidence", {"what": "x", "before": "5"}, "kpi", "Choose what the figures measure."),
        ("evidence", {"what": "x", "kpi": "nps", "after": "NaN"}, "after",
         "Enter a number like 78 or 4.5."),
        ("evidence", {"what": "x", "team_size": "100001"}, "team_size",
         "This is not a number of people. Write a whole number from 0 to 100,000."),
        ("evidence", {"what": "x", "started": "2020", "ended": "2019"}, "ended",
         "This ends before it begins."),
        ("evidence", {"what": "\x00x"}, "what", "Null characters are not allowed."),
        ("languages", {"code": ""}, "code", "Choose a language."),
        ("languages", {"code": "es"}, "code", "Spanish is in your profile already."),
        ("languages", {"code": "en", "cefr": "D1"}, "cefr",
         "Select a valid choice. D1 is not one of the available choices."),
        ("education", {"started": "2019"}, "level",
         "Choose a level, or say what you learnt or where."),
        ("education", {"area": "History", "started": "2019", "ended": "2018"}, "ended",
         "This ends before it begins."),
        ("certificates", {"term": "HDI-SCM", "expires": "0001"}, "expires",
         "Enter a year like 2019, a month like 2019-04 or a day like 2019-04-30."),
        ("certificates", {"term": "HDI-SCM", "expires": "1019-01-01"}, "expires",
         "Enter a year from 1940 to 2100."),
        ("certificates", {"term": "HDI-SCM", "issued": "2025", "expires": "2024"}, "expires",
         "This ends before it begins."),
        ("certificates", {"term": "HDI-SCM", "issued": "2027"}, "issued",
         "This lies ahead. When was it issued?"),
        ("certificates", {"term": "Zendesk"}, "term",
         "“Zendesk” is a tool. It has its place under “Skills” or “Tools”."),
        ("places", {"text": ""}, "text", "Name the city."),
        ("places", {"text": "Qqqq"}, "text",
         "We don’t know “Qqqq”. Write a city and its country, like Dublin, Ireland."),
        ("places", {"text": "Dublin", "radius_km": "9999"}, "radius_km",
         "This is not a distance. Write a whole number from 0 to 500."),
        ("places", {"text": "Dublin", "radius_km": "-1"}, "radius_km",
         "This is not a distance. Write a whole number from 0 to 500."),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused_at_its_field(profile, kind, data, field, words) -> None:
    assert filled(profile, kind, **data).errors == {field: [words]}


def test_a_term_is_found_by_its_name_or_another_name(profile: CandidateProfile) -> None:
    found = {}
    for text in ("COMPLAINT handling", "Dealing with complaints", "Zendesk support"):
        form = filled(profile, "skills", term=text)
        assert form.is_valid()
        found[text] = form.values()["skill"].slug
    assert found == {
        "COMPLAINT handling": "complaint-handling",
        "Dealing with complaints": "complaint-handling",
        "Zendesk support": "zendesk",
    }


def test_a_misspelt_term_brings_near_ones_and_one_of_them_is_taken(profile) -> None:
    form = filled(profile, "skills", term="complaint handlin", level="3")
    assert form.errors == {
        "choice": [
            "We don’t know “complaint handlin”. Choose one of these, or write another name above."
        ]
    }
    (offered,) = form.fields["choice"].widget.choices
    assert offered == ("complaint-handling", "Complaint handling")
    chosen = filled(profile, "skills", term="complaint handlin", choice="complaint-handling")
    assert chosen.is_valid()
    assert chosen.values()["skill"].slug == "complaint-handling"
    # What was not offered for these words can't be chosen by writing it into the page.
    assert set(filled(profile, "skills", term="complaint handlin", choice="zendesk").errors) == {
        "choice"
    }


def test_a_certificate_nobody_knows_is_kept_by_its_name_on_request(profile) -> None:
    form = filled(profile, "certificates", term="First aid")
    assert set(form.errors) == {"choice"}
    (by_name,) = form.fields["choice"].widget.choices
    assert by_name == ("by-name", "None of these: keep “First aid” by its name")
    form = filled(profile, "certificates", term="First aid", choice="by-name", expires="Feb 2028")
    assert form.is_valid()
    assert form.values() == {
        "issuer": "", "issued": "", "url": "", "skill": None, "name": "First aid",
        "expires": date(2028, 2, 29),
    }  # fmt: skip


def test_a_place_that_several_cities_may_be_is_asked_about(profile: CandidateProfile) -> None:
    for key, country in ((1, "IE"), (2, "US")):
        City.objects.create(
            geonames_id=key, name="Newport", country_id=country, latitude=1, longitude=1,
            population=1000, time_zone="UTC", search_names=["newport"],
        )  # fmt: skip
    form = filled(profile, "places", text="Newport", radius_km="40")
    assert form.errors == {"choice": ["“Newport” can be several places. Choose one."]}
    assert form.fields["choice"].widget.choices == [
        ("1", "Newport, Ireland"),
        ("2", "Newport, United States"),
    ]
    form = filled(profile, "places", text="Newport", choice="2", radius_km="40")
    assert form.is_valid()
    assert (form.values()["city"].pk, form.values()["radius_km"]) == (2, 40)


def test_a_clear_place_is_taken_and_a_radius_assumed(profile: CandidateProfile) -> None:
    form = filled(profile, "places", text="dublin", radius_km="")
    assert form.is_valid()
    assert (form.values()["city"].pk, form.values()["radius_km"]) == (DUBLIN, 25)


@pytest.mark.parametrize("kind", ["merged", "rejected"])
def test_a_term_that_is_offered_no_more_stays_in_a_row_that_has_it(profile, kind) -> None:
    skill = Skill.objects.create(
        slug="old", kind="skill", name="Old term", normalized="old term", status="rejected"
    )
    if kind == "merged":
        Skill.objects.filter(pk=skill.pk).update(
            status="merged", merged_into=Skill.objects.get(slug="coaching")
        )
    row = profile.skills.create(skill=Skill.objects.get(pk=skill.pk))
    form = KINDS["skills"].form(
        {"term": "Old term", "level": "0"}, profile=profile, today=TODAY, row=row
    )
    assert form.is_valid()
    assert (form.filled().skill, form.filled().level) == (skill, 0)


def test_somebody_without_a_profile_fills_in_the_same_forms() -> None:
    reference_rows()
    nobody = CandidateProfile()
    assert filled(nobody, "languages", code="es").is_valid()
    assert filled(nobody, "skills", term="Coaching").is_valid()

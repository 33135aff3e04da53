"""The pages in which a candidate keeps the profile."""

import re
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.forms import Form
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from profiles.actions import candidates
from profiles.models import (
    BlockedName,
    CandidateProfile,
    CandidateSkill,
    Evidence,
    Experience,
    Skill,
    User,
)
from profiles.profile_page import SLUGS
from profiles.profile_rows import KINDS, stored
from tests.browserless import told
from tests.factories.candidates import make_candidate
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.places import DUBLIN, MUNICH, reference_rows

pytestmark = pytest.mark.django_db
ROOT = "/me/profile/"
NEW = {
    "skills": {"term": "Coaching", "level": "3", "years": "2.5", "last_used": "Oct 2026"},
    "tools": {"term": "zendesk support", "level": "0"},
    "experience": {
        "position": "Team lead", "employer_name": "Corriveau", "kind": "job", "started": "4/2019",
        "level": "supervisor", "summary": "Led\nnine", "highlights": " One \n\nTwo",
    },
    "evidence": {
        "what": "Fewer escalations", "kpi": "backlog", "before": "210", "after": "96.5",
        "unit": "a month", "team_size": "9", "term": "Complaint handling", "started": "2020",
    },
    "languages": {"code": "es", "cefr": "B2"},
    "education": {"level": "bachelor", "area": "History", "ended": "2014"},
    "certificates": {"term": "HDI-SCM", "issued": "2023", "expires": "31 Mar 2028"},
    "places": {"text": "Dublin", "radius_km": "40"},
}  # fmt: skip


@pytest.fixture
def user() -> User:
    reference_rows()
    return make_user()


@pytest.fixture
def mine(user: User, client: Client) -> Client:
    client.force_login(user)
    return client


def post(client: Client, path: str, data: dict[str, Any]) -> HttpResponse:
    return client.post(f"{ROOT}{path}", {"key": str(uuid.uuid4()), **data})


def notes(client: Client, path: str) -> list[str]:
    """What the next page says on top."""
    return told(client.get(path).content)


def errors(answer: HttpResponse) -> dict[str, list[str]]:
    assert answer.status_code == 200
    assert b'id="error-summary"' in answer.content
    return dict(answer.context["form"].errors)


def as_typed(form: Form) -> dict[str, Any]:
    """What a browser would send of a form as it is shown."""
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in shown.items() if value not in (None, "")}


def test_looking_makes_no_profile_and_saving_makes_one(mine: Client, user: User) -> None:
    for slug in SLUGS:
        assert mine.get(f"{ROOT}{slug}/").status_code == 200
    assert not CandidateProfile.objects.exists()
    assert post(mine, "about/", {"headline": "Lead"}).status_code == 302
    assert CandidateProfile.objects.get().user == user
    for slug in ("work", "skills"):
        assert post(mine, f"{slug}/", {}).status_code == 405
    assert mine.get(f"{ROOT}nothing/").status_code == 404


def test_a_section_saves_on_its_own_and_says_so(mine: Client, user: User) -> None:
    profile = make_candidate(user, summary="Stays", visibility="nobody", modes=["hybrid"])
    answer = post(mine, "conditions/", {"pay_period": "hour", "work_countries": "EU"})
    assert (answer.status_code, answer["Location"]) == (302, f"{ROOT}conditions/")
    assert notes(mine, f"{ROOT}conditions/") == ["Conditions: saved."]
    assert notes(mine, f"{ROOT}conditions/") == []
    profile.refresh_from_db()
    assert (profile.summary, profile.visibility, profile.modes) == ("Stays", "nobody", [])
    assert (profile.pay_period, len(profile.work_countries)) == ("hour", 27)
    post(mine, "visibility/", {"visibility": "verified"})
    profile.refresh_from_db()
    assert (profile.visibility, profile.summary) == ("verified", "Stays")


def test_an_error_keeps_what_was_typed_and_saves_nothing(mine: Client, user: User) -> None:
    typed = {"pay_floor": "40,000", "pay_period": "month", "work_countries": "Atlantis"}
    answer = post(mine, "conditions/", typed)
    assert set(errors(answer)) == {"pay_currency", "work_countries"}
    page = answer.content.decode()
    assert re.findall(r'href="#(id_\w+)"', page) == ["id_pay_currency", "id_work_countries"]
    assert 'value="40,000"' in page
    assert ">\nAtlantis</textarea>" in page
    assert not CandidateProfile.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_added_shown_opened_and_saved_unchanged(mine, user, kind) -> None:
    answer = post(mine, f"{kind}/add/", NEW[kind])
    row = stored(kind).get()
    assert row.profile.user == user
    assert answer["Location"].endswith(f"#row-{row.public_id}")
    page = mine.get(answer["Location"])
    assert f'id="row-{row.public_id}"' in page.content.decode()
    form = mine.get(f"{ROOT}{kind}/{row.public_id}/").context["form"]
    before = stored(kind).values().get()
    again = post(mine, f"{kind}/{row.public_id}/", as_typed(form))
    assert (again.status_code, again["Location"]) == (302, answer["Location"])
    assert stored(kind).values().get() == before


def test_what_rows_keep(mine: Client) -> None:
    for kind, data in NEW.items():
        post(mine, f"{kind}/add/", data)
    skill, tool = (stored(kind).get() for kind in ("skills", "tools"))
    assert (skill.level, skill.years, skill.last_used) == (3, Decimal("2.5"), "2026-10")
    assert (tool.skill.slug, tool.level, tool.years) == ("zendesk", 0, None)
    job, proof = stored("experience").get(), stored("evidence").get()
    assert (job.started, job.ended, job.level) == ("2019-04", "", "supervisor")
    assert job.highlights == ["One", "Two"]
    assert (proof.before, proof.after, proof.skill.slug) == (
        Decimal(210), Decimal("96.5"), "complaint-handling",
    )  # fmt: skip
    certificate, place = stored("certificates").get(), stored("places").get()
    assert (certificate.name, certificate.expires.isoformat()) == ("", "2028-03-31")
    assert (place.city_id, place.radius_km) == (DUBLIN, 40)
    post(mine, f"places/{place.public_id}/", {"text": "Munich", "radius_km": "0"})
    assert stored("places").values_list("pk", "city", "radius_km").get() == (place.pk, MUNICH, 0)


@pytest.mark.parametrize("kind", ["skills", "experience"])
def test_a_double_click_makes_one_row(mine: Client, kind: str) -> None:
    data = {**NEW[kind], "key": str(uuid.uuid4())}
    first = post(mine, f"{kind}/add/", data)
    said = notes(mine, first["Location"])  # the page that the second click takes away
    second, third = (post(mine, f"{kind}/add/", data) for _ in range(2))
    assert [first.status_code, second.status_code, third.status_code] == [302, 302, 302]
    assert first["Location"] == second["Location"] == third["Location"]
    row = stored(kind).get()
    assert said == notes(mine, third["Location"]) == [f"{row}: saved."]
    assert notes(mine, third["Location"]) == []


def test_removing_asks_first_and_a_second_click_is_no_error(mine: Client, user: User) -> None:
    profile = make_candidate(user, skills={"coaching": 3})
    path = f"skills/{profile.skills.get().public_id}/remove/"
    page = mine.get(f"{ROOT}{path}")
    assert "Remove Coaching?" in page.content.decode()
    data = {"key": str(page.context["form"]["key"].value())}
    assert [post(mine, path, data)["Location"] for _ in range(2)] == [f"{ROOT}skills/"] * 2
    assert not profile.skills.exists()
    assert notes(mine, f"{ROOT}skills/") == ["Coaching is no longer in your profile."]
    assert post(mine, path, {}).status_code == 404


def test_a_term_alone_leads_to_its_level(mine: Client) -> None:
    answer = post(mine, "skills/add/", {"term": "dealing with complaints"})
    row = stored("skills").get()
    assert answer["Location"] == f"{ROOT}skills/{row.public_id}/#open"
    assert notes(mine, answer["Location"]) == [
        "Complaint handling is in your profile. How well do you know it?"
    ]
    again = post(mine, "skills/add/", {"term": "Complaint handling"})
    assert errors(again) == {"term": ["“Complaint handling” is in your profile already."]}


def test_a_link_may_say_which_term_is_meant(mine: Client, user: User) -> None:
    make_candidate(user, skills={"coaching": 3})
    page = mine.get(f"{ROOT}skills/").content.decode()
    (link,) = re.findall(r'href="(/me/profile/evidence/add/[^"#]*)', page)
    form = mine.get(link).context["form"]
    assert (form["term"].value(), form["what"].value()) == ("Coaching", None)
    form = mine.get(f"{ROOT}languages/add/?code=es&cefr=C2&key=x").context["form"]
    assert (form["code"].value(), form["cefr"].value()) == ("es", None)
    post(mine, "evidence/add/", {"what": "Trained nine", "term": "Coaching"})
    assert b"evidence/add/" not in mine.get(f"{ROOT}skills/").content


def test_a_tool_typed_among_skills_stands_among_tools(mine: Client) -> None:
    answer = post(mine, "skills/add/", {"term": "Zendesk", "level": "4"})
    row = stored("tools").get()
    assert answer["Location"] == f"{ROOT}tools/#row-{row.public_id}"
    assert mine.get(f"{ROOT}skills/{row.public_id}/").status_code == 404


def test_an_unknown_term_comes_back_with_near_ones(mine: Client) -> None:
    data = {"term": "complaint handlin", "level": "2", "years": "1"}
    page = post(mine, "skills/add/", data).content.decode()
    assert 'value="complaint handlin"' in page
    assert re.search(r'type="radio" name="choice" value="complaint-handling"', page)
    assert post(mine, "skills/add/", {**data, "choice": "complaint-handling"}).status_code == 302
    assert stored("skills").values_list("skill__slug", "level").get() == ("complaint-handling", 2)


def test_more_rows_than_fit_are_refused_in_words(mine: Client, user: User, monkeypatch) -> None:
    make_candidate(user, languages={"en": "C2"})
    monkeypatch.setattr(candidates, "MOST_ROWS", 1)
    answer = post(mine, "languages/add/", NEW["languages"])
    assert errors(answer)["__all__"][0].startswith("There are ")
    assert stored("languages").count() == 1


def test_the_header_leads_to_profile_and_matches(mine: Client, client: Client) -> None:
    def leads(path: str) -> list[str]:
        header = mine.get(path).content.decode().partition("</header>")[0]
        return re.findall(r'href="(/[^"]*)"( aria-current="\w+")?', header.partition("logo")[2])

    assert [(path, bool(mark)) for path, mark in leads(f"{ROOT}skills/")] == [
        ("/", False), ("/jobs/", False), ("/me/matches/", False), ("/hire/", False), (ROOT, True),
        ("/me/applications/", False), ("/me/tracker/", False), ("/me/saved/", False),
        ("/me/", False),
    ]  # fmt: skip
    assert [path for path, mark in leads("/me/") if mark] == ["/me/"]
    client.logout()
    assert "/me/matches/" not in dict(leads("/jobs/"))


# ---- who can see this ----


def blocks(client: Client) -> list[tuple[str, bool]]:
    page = client.get(f"{ROOT}visibility/")
    return [(one.name, one.by_name) for one in page.context["blocks"]]


def test_an_employer_is_blocked_by_its_name_and_let_in_again(mine: Client) -> None:
    employer = make_employer("Corriveau Foods")
    for _ in range(2):
        answer = post(mine, "visibility/block/", {"name": "corriveau foods inc"})
        assert (answer.status_code, answer["Location"]) == (302, f"{ROOT}visibility/")
    assert blocks(mine) == [("Corriveau Foods", False)]
    assert not CandidateProfile.objects.open_to(employer).exists()
    post(mine, f"visibility/block/{employer.public_id}/remove/", {})
    assert blocks(mine) == []


def test_near_names_are_offered_and_one_or_the_name_is_blocked(mine: Client) -> None:
    employer = make_employer("Corriveau Foods")
    answer = post(mine, "visibility/block/", {"name": "Corriveau"})
    assert errors(answer) == {
        "choice": ["An employer here has a name like “Corriveau”. Say whether you mean it."]
    }
    assert blocks(mine) == []
    post(mine, "visibility/block/", {"name": "Corriveau", "choice": employer.public_id})
    post(mine, "visibility/block/", {"name": "Corriveau", "choice": "by-name"})
    mine.get(f"{ROOT}visibility/")
    post(mine, "visibility/block/", {"name": "Nobody here"})
    assert notes(mine, f"{ROOT}visibility/") == [
        "Nobody here is blocked. No employer of this name is here today."
    ]
    assert blocks(mine) == [("Corriveau", True), ("Corriveau Foods", False), ("Nobody here", True)]
    row = BlockedName.objects.get(name="Corriveau")
    post(mine, f"visibility/block/{row.public_id}/remove/", {})
    assert blocks(mine) == [("Corriveau Foods", False), ("Nobody here", True)]


def test_those_one_works_for_now_are_offered_for_a_block(mine: Client, user: User) -> None:
    profile = make_candidate(user)
    make_member(make_employer("Harbour"), user)
    for name, ended in (("Corriveau Foods", ""), ("Old Mill", "2019"), ("", "")):
        Experience.objects.create(
            profile=profile, position="Agent", employer_name=name, started="2018", ended=ended
        )
    shown = mine.get(f"{ROOT}visibility/").context["current"]
    assert shown == ["Harbour", "Corriveau Foods"]
    post(mine, "visibility/block/", {"name": "Corriveau Foods", "choice": "by-name"})
    assert mine.get(f"{ROOT}visibility/").context["current"] == ["Harbour"]


def test_no_block_of_somebody_else_is_taken_back(mine: Client) -> None:
    other, employer = make_candidate(), make_employer()
    other.blocked.add(employer)
    row = BlockedName.objects.create(profile=other, name="Harbour", key="harbour")
    for pid in (employer.public_id, row.public_id):
        assert post(mine, f"visibility/block/{pid}/remove/", {}).status_code == 404
    assert (other.blocked.count(), other.blocked_names.count()) == (1, 1)


# ---- how often the database is asked ----


def with_rows(size: int) -> User:
    """Somebody with `size` rows of each kind."""
    user = make_user()
    slugs = [f"term-{n}" for n in range(size)]
    profile = make_candidate(
        user, skills=dict.fromkeys(slugs, 2), languages=dict.fromkeys(("en", "es", "fr")[:size], "")
    )
    tools = [
        Skill.objects.get_or_create(
            slug=f"tool-{n}", defaults={"kind": "tool", "name": f"T{n}", "normalized": f"t{n}"}
        )[0]
        for n in range(size)
    ]
    for tool in tools:
        CandidateSkill.objects.create(profile=profile, skill=tool)
        Evidence.objects.create(profile=profile, what="Calls", skill=tool)
        Experience.objects.create(profile=profile, position="Agent")
        profile.education.create(area="History")
        profile.certificates.create(name="First aid")
        profile.blocked_names.create(name=tool.name, key=tool.name)
        profile.blocked.add(make_employer())
    for city in (DUBLIN, MUNICH, 4509177)[:size]:
        profile.places.create(city_id=city)
    return user


QUERIES = {
    "about": 4, "conditions": 5, "work": 6, "skills": 7, "tools": 7, "languages": 5,
    "education": 6, "visibility": 8,
}  # fmt: skip


def test_pages_ask_the_same_number_of_times_for_one_row_and_three(client: Client) -> None:
    reference_rows()
    found: dict[str, list[int]] = {slug: [] for slug in SLUGS}
    for size in (1, 3):
        client.force_login(with_rows(size))
        for slug, numbers in found.items():
            with CaptureQueriesContext(connection) as queries:
                client.get(f"{ROOT}{slug}/")
            numbers.append(len(queries))
    assert found == {slug: [number] * 2 for slug, number in QUERIES.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_malformed_key_is_an_error_of_the_form(mine: Client, kind: str) -> None:
    answer = mine.post(f"{ROOT}{kind}/add/", {"key": "no key", **NEW[kind]})
    assert list(errors(answer)) == ["key"]
    assert not stored(kind).exists()

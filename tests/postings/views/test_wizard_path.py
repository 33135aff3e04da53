"""From a template to a submitted job: how many pages and answers that takes."""

import pytest
from django.test import Client

from postings.enums import Level, PostingState, RequirementKind
from postings.level_templates import all_templates
from postings.models import Posting
from profiles.models import Employer, Skill
from profiles.taxonomy.normalize import normalize
from tests.browserless import page_form
from tests.factories.people import make_employer, make_member
from tests.factories.places import reference_rows

pytestmark = pytest.mark.django_db

MOST_PAGES = 6
MOST_ANSWERS = 12

# What only the employer can know, by the step that asks it.
ANSWERS = {
    "place": {"mode": "onsite", "locations__0__text": "Columbus, United States"},
    "pay": {
        "bands__0__currency": "USD",
        "bands__0__minimum": "52,000",
        "bands__0__maximum": "61000",
        "bands__0__period": "year",
    },
    "closing": {
        "apply_url": "https://example.test/apply",
        "vacancy_exists": "yes",
        "ai_used": "no",
    },
}


@pytest.fixture
def employer() -> Employer:
    reference_rows()
    for template in all_templates():
        for row in template.content.requirements:
            if row.skill and row.kind in RequirementKind:
                name = row.skill.replace("-", " ")
                Skill.objects.get_or_create(
                    slug=row.skill,
                    defaults={"kind": row.kind, "name": name, "normalized": normalize(name)},
                )
    return make_employer()


@pytest.fixture
def member(client: Client, employer: Employer) -> Client:
    client.force_login(make_member(employer))
    return client


def _step(url: str) -> str:
    return url.rstrip("/").rsplit("/", 1)[-1]


HERE = {"where": "here", "vacancy_exists": "yes", "ai_used": "no"}


@pytest.mark.parametrize(
    ("level", "closing"),
    [*((level, ANSWERS["closing"]) for level in Level), (Level.MANAGER, HERE)],
    ids=[*Level, "apply-here"],
)
def test_template_to_submitted(
    member: Client, employer: Employer, level: Level, closing: dict[str, str]
) -> None:
    pages = answers = 0
    url = f"/hire/{employer.slug}/postings/new/"
    form = page_form(member.get(url).content)
    pages, answers = 1, 1
    response = member.post(url, form.send(start=f"level:{level}"), follow=True)
    while _step(url := response.redirect_chain[-1][0]) != "check":
        given = {**ANSWERS, "closing": closing}[_step(url)]
        pages, answers = pages + 1, answers + len(given)
        form = page_form(response.content)
        response = member.post(url, form.send(press=("go", "next"), **given), follow=True)
        assert response.redirect_chain, f"{url} came back: {response.content.decode()[:4000]}"
    pages += 1
    assert b"missing" not in response.content
    done = member.post(url, page_form(response.content).send())

    posting = Posting.objects.get()
    assert done.status_code == 302
    assert done["Location"] == f"/hire/{employer.slug}/postings/{posting.public_id}/"
    assert posting.state == PostingState.IN_REVIEW
    assert (pages, answers) == (5, 10)
    assert pages <= MOST_PAGES
    assert answers <= MOST_ANSWERS


@pytest.mark.parametrize("left_out", [(s, n) for s, given in ANSWERS.items() for n in given])
def test_each_counted_answer_is_needed(
    member: Client, employer: Employer, left_out: tuple[str, str]
) -> None:
    url = f"/hire/{employer.slug}/postings/new/"
    form = page_form(member.get(url).content)
    response = member.post(url, form.send(start="level:manager"), follow=True)
    missing_step, missing_name = left_out
    while (step := _step(url := response.redirect_chain[-1][0])) != missing_step:
        form = page_form(response.content)
        response = member.post(url, form.send(press=("go", "next"), **ANSWERS[step]), follow=True)
    given = {name: value for name, value in ANSWERS[step].items() if name != missing_name}
    response = member.post(
        url, page_form(response.content).send(press=("go", "next"), **given), follow=True
    )
    assert response.redirect_chain == []
    assert b"error-summary" in response.content

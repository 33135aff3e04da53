"""The vocabulary in public."""

import csv
from io import StringIO

import pytest

from profiles.enums import SkillStatus
from profiles.models import Skill
from tests.factories.places import reference_rows

pytestmark = pytest.mark.django_db
URI = "http://data.europa.eu/esco/skill/e8ef317f"


@pytest.fixture
def terms():
    reference_rows()
    Skill.objects.filter(slug="coaching").update(esco_uri=URI)
    Skill.objects.filter(slug="zendesk").update(onet="Zendesk")
    into = Skill.objects.get(slug="coaching")
    others = {"kind": "skill", "esco_uri": URI}
    Skill.objects.create(
        slug="coachings", name="Coachings", normalized="coachings", status=SkillStatus.MERGED,
        merged_into=into, **others,
    )  # fmt: skip
    Skill.objects.create(
        slug="mine", name="Mine", normalized="mine", status=SkillStatus.PROPOSED, **others
    )


@pytest.mark.usefixtures("terms")
def test_the_table_has_the_links_and_the_credit(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/about/data/skills.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    table, credit = rows[:6], rows[6:]
    assert {row["slug"]: (row["esco_uri"], row["onet"]) for row in table} == {
        "coaching": (URI, ""),
        "complaint-handling": ("", ""),
        "hdi-support-center-manager": ("", ""),
        "salesforce-service-cloud": ("", ""),
        "workforce-planning": ("", ""),
        "zendesk": ("", "Zendesk"),
    }
    assert [row["slug"].partition(":")[0] for row in credit] == ["# ESCO", "# O*NET® 29"]


@pytest.mark.usefixtures("terms")
def test_the_document_has_aliases_and_former_slugs(client):
    document = client.get("/about/data/skills.json").json()
    found = {row["slug"]: row for row in document["skills"]}
    assert found["coaching"]["former_slugs"] == ["coachings"]
    assert (found["coaching"]["esco_uri"], found["coaching"]["onet"]) == (URI, None)
    assert found["zendesk"]["aliases"] == ["Zendesk Support"]
    assert "which has not approved or tested our changes" in document["credits"][1]["credit"]


@pytest.mark.usefixtures("terms")
def test_the_page_links_what_is_linked(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = client.get("/about/data/skills/").content.decode()
    assert page.count(f'href="{URI}"') == 1
    assert "in these 6 terms. 1 of them links to ESCO and 1 carries its name in O*NET" in page

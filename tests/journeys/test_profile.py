"""A new candidate writes a profile by hand, with a browser that runs scripts and with one that
does not."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from profiles.models import CandidateProfile
from profiles.profile_rows import rows_of
from tests.factories.people import make_employer
from tests.factories.places import reference_rows
from tests.journeys.visitor import NewVisitor, Visitor
from tests.journeys.world import person

ROOT = "/me/profile/"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_profile_is_written_by_hand(new_visitor: NewVisitor, script: bool) -> None:
    reference_rows()
    make_employer("Corriveau Foods")
    visitor = new_visitor(user=person("dana@example.test"), script=script)
    _says_what_is_wanted(visitor)
    _says_what_is_known(visitor)
    _keeps_an_employer_out(visitor)
    profile = CandidateProfile.objects.get()
    rows = rows_of(profile, "skills", today=date(2026, 11, 22))
    assert [row.line for row in rows] == [
        "Complaint handling: Level 3, advanced; 2.5 years; Customer satisfaction (CSAT): 78 to 91 %"
    ]
    if script:
        _judged(visitor)


def _says_what_is_wanted(visitor: Visitor) -> None:
    page = visitor.open(f"{ROOT}conditions/")
    visitor.fill(pay_floor="40.000", work_countries="Ireland, Atlantis", modes="remote")
    visitor.press("Save conditions")
    visitor.reads("There are 2 problems", at="#error-summary")
    assert visitor.value("#id_pay_floor") == "40.000"
    visitor.fill(pay_floor="40,000", pay_currency="EUR", work_countries="Ireland")
    visitor.press("Save conditions")
    visitor.reads("Conditions: saved.")
    visitor.follow("Add place")
    visitor.fill(text="Dublin", radius_km="40")
    visitor.press("Save place")
    visitor.reads("Dublin, Leinster, Ireland", "within 40 km", at="#places")
    assert visitor.value("#id_pay_floor") == "40,000"
    expect(page).to_have_url(re.compile("/conditions/#row-"))


def _says_what_is_known(visitor: Visitor) -> None:
    visitor.open(f"{ROOT}skills/")
    visitor.fill(term="complaint handlin")
    visitor.press("Add")
    visitor.reads("We don’t know “complaint handlin”", at="#error-summary")
    visitor.fill(choice="complaint-handling", level="3", years="-3")
    visitor.press("Save skill")
    visitor.reads("Enter a number of years from 0 to 60", at="#error-summary")
    visitor.fill(years="2.5")
    visitor.go_twice(visitor.button("Save skill"))
    visitor.reads("Complaint handling: saved.")
    visitor.follow("Add evidence")
    visitor.fill(what="Happier callers", kpi="csat", before="78", after="91", unit="%")
    visitor.press("Save evidence")
    visitor.open(f"{ROOT}languages/")
    visitor.follow("Add language")
    visitor.fill(code="es", cefr="B2")
    visitor.press("Save language")
    visitor.follow("Change Spanish")
    visitor.fill(cefr="C1")
    visitor.press("Save language")
    visitor.reads("C1 – fluent, also in writing", at="#languages")
    visitor.follow("Change Spanish")
    visitor.follow("Remove")
    visitor.stands_at("Remove Spanish?")
    visitor.press("Remove")
    visitor.reads("Spanish is no longer in your profile.", "Nothing here yet.")


def _keeps_an_employer_out(visitor: Visitor) -> None:
    visitor.open(f"{ROOT}experience/add/")
    visitor.fill(position="Agent", employer_name="Corriveau Foods", started="Apr 2019")
    visitor.press("Save job")
    visitor.open(f"{ROOT}visibility/")
    visitor.press("Block Corriveau Foods")
    visitor.reads("Corriveau Foods is blocked.")
    visitor.fill(visibility="verified")
    visitor.press("Save")
    visitor.reads("Who can see this: saved.")


def _judged(visitor: Visitor) -> None:
    for section in ("about", "conditions", "work", "tools", "visibility"):
        visitor.open(f"{ROOT}{section}/")
        visitor.judge(f"profile-{section}")
    for kind in ("evidence", "certificates", "places"):
        visitor.open(f"{ROOT}{kind}/add/")
        visitor.judge(f"profile-{kind}-add")
    visitor.press("Save place")
    visitor.judge("profile-place-error")
    visitor.open(f"{ROOT}skills/")
    visitor.follow("Change Complaint handling")
    visitor.judge("profile-skill")
    visitor.follow("Remove")
    visitor.judge("profile-skill-remove")

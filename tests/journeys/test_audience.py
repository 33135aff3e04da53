"""Whom must-haves remove: as one types, and by a button without a script."""

from playwright.sync_api import expect

from postings.content import RequirementRow
from postings.enums import Cefr, Importance, RequirementKind
from tests.factories.candidates import a_crowd
from tests.factories.people import make_employer, make_member
from tests.factories.postings import asks, draft_posting
from tests.journeys.visitor import NewVisitor
from tests.journeys.world import terms_of_templates

HALF = "Removes about 90 of about 120 people who could do this job otherwise"
FEWER = "Removes about 30 of about 120 people who could do this job otherwise"
SPANISH = RequirementRow(
    "r2", RequirementKind.LANGUAGE, Importance.MUST, language="es", min_cefr=Cefr.B2
)


def test_the_effect_of_a_must_have_is_seen_while_it_is_written(new_visitor: NewVisitor) -> None:
    terms_of_templates()
    a_crowd(120)
    employer = make_employer("Lindqvist Outfitters", slug="lindqvist")
    author = make_member(employer)
    rows = (asks("coaching", 1), SPANISH)
    posting = draft_posting(employer=employer, author=author, requirements=rows)
    edit = f"/hire/lindqvist/postings/{posting.public_id}/edit/"

    visitor = new_visitor(user=author)
    page = visitor.open(f"{edit}requirements/")
    effect, panel = page.locator("#effect-requirements-1"), page.locator("#people")
    expect(effect).to_contain_text(HALF)
    expect(panel).to_contain_text("All 2 must-haves together remove about")
    visitor.judge("wizard-requirements-effects")
    visitor.touch(page.locator("#effect-requirements-1 + details summary"))
    page.select_option("[name=requirements-1-min_cefr]", "B1")
    expect(effect).to_contain_text(FEWER)
    expect(effect.locator("button")).to_have_count(0)
    page.get_by_role("group", name="Weight").nth(1).get_by_label("Nice to have").check()
    expect(effect).to_have_text("Ranks people, removes nobody")
    expect(panel).not_to_contain_text("together")

    plain = new_visitor(user=author, script=False)
    page = plain.open(f"{edit}requirements/")
    effect = page.locator("#effect-requirements-1")
    expect(effect).to_contain_text(HALF)
    plain.press("Ask for B1 Spanish")
    expect(effect).to_contain_text(FEWER)
    plain.press("Save and go on")
    page = plain.open(f"{edit}check/")
    expect(page.locator(".fun__r")).to_have_count(2)
    expect(page.locator(".fun__r").nth(1)).to_contain_text("Removes about 30 of about 120")
    visitor.open(f"{edit}check/")
    visitor.judge("wizard-check-effects")

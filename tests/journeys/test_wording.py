"""Hints while a job is written: below the field as one types, or after saving without a script."""

import re

from playwright.sync_api import expect

from postings.enums import PostingState
from tests.factories.people import make_employer, make_member
from tests.factories.postings import draft_posting
from tests.journeys.visitor import NewVisitor
from tests.journeys.world import terms_of_templates


def test_hints_come_as_one_types_and_after_saving_without_a_script(
    new_visitor: NewVisitor,
) -> None:
    terms_of_templates()
    employer = make_employer("Lindqvist Outfitters", slug="lindqvist")
    author = make_member(employer)
    posting = draft_posting(employer=employer, author=author)
    edit = f"/hire/lindqvist/postings/{posting.public_id}/edit/"

    visitor = new_visitor(user=author)
    page = visitor.open(f"{edit}about/")
    tips = page.locator("#id_title_tips li")
    expect(tips).to_have_count(0)
    page.fill("#id_title", "")
    page.locator("#id_title").press_sequentially("URGENT: service ninja in London!")
    expect(tips.locator("b")).to_have_text(["“URGENT”", "“ninja”", "“London”", "“!”"])
    page.fill("#id_description", "You start after you pay a training fee of $50.\n" * 3)
    expect(page.locator("#id_description_tips .tip--wall")).to_be_visible()
    visitor.judge("wizard-wording-typed")
    page.fill("#id_title", "Service manager")
    expect(tips).to_have_count(0)
    visitor.press("Save and go on")
    visitor.reads("asks people for money", at="#id_description_error")

    plain = new_visitor(user=author, script=False)
    page = plain.open(f"{edit}about/")
    plain.fill(title="Service ninja", description="We want a young team. Man the phones.")
    plain.press("Save and leave")
    page = plain.open(f"{edit}about/")
    expect(page.locator("#id_title_tips li")).to_have_count(1)
    expect(page.locator("#id_description_tips li")).to_have_count(2)
    page = plain.open(f"{edit}check/")
    expect(page.locator("section[aria-labelledby=wording] li")).to_have_count(3)
    visitor.open(f"{edit}check/")
    visitor.judge("wizard-wording-check")
    page = visitor.go(visitor.page.locator("section[aria-labelledby=wording] a").first)
    expect(page).to_have_url(re.compile("/edit/about/#id_title$"))
    plain.press("Submit for review")
    plain.reads("In review")
    posting.refresh_from_db()
    assert posting.state == PostingState.IN_REVIEW

"""Hints while a job is written: below the field as one types, or after saving without a script."""

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
    assert tips.count() == 0
    page.fill("#id_title", "")
    page.locator("#id_title").press_sequentially("URGENT: service ninja in London!")
    tips.nth(3).wait_for()
    assert [words.strip("“”") for words in tips.locator("b").all_inner_texts()] == [
        "URGENT",
        "ninja",
        "London",
        "!",
    ]
    page.fill("#id_description", "You start after you pay a training fee of $50.\n" * 3)
    wall = page.locator("#id_description_tips .tip--wall")
    wall.wait_for()
    visitor.judge("wizard-wording-typed")
    page.fill("#id_title", "Service manager")
    tips.first.wait_for(state="detached")
    with page.expect_navigation():
        visitor.press("Save and go on")
    assert "asks people for money" in page.locator("#id_description_error").inner_text()

    plain = new_visitor(user=author, script=False)
    page = plain.open(f"{edit}about/")
    plain.fill(title="Service ninja", description="We want a young team. Man the phones.")
    plain.press("Save and leave")
    page = plain.open(f"{edit}about/")
    assert page.locator("#id_title_tips li").count() == 1
    assert page.locator("#id_description_tips li").count() == 2
    page = plain.open(f"{edit}check/")
    assert page.locator("section[aria-labelledby=wording] li").count() == 3
    visitor.open(f"{edit}check/")
    visitor.judge("wizard-wording-check")
    page.locator("section[aria-labelledby=wording] a").first.click()
    assert page.url.endswith("/edit/about/#id_title")
    page.go_back()
    plain.press("Submit for review")
    posting.refresh_from_db()
    assert posting.state == PostingState.IN_REVIEW

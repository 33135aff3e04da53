"""The main job from nothing: an employer posts, a moderator approves, anybody finds and reads."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import expect

from postings.actions.moderators import ensure_group
from postings.enums import Level, PostingState
from postings.models import Posting
from tests.factories.people import make_moderator
from tests.journeys.visitor import NewVisitor, Visitor
from tests.journeys.world import terms_of_templates

PASSWORD = "a long sentence 9"


def sign_up(owner: Visitor, run_jobs: Callable[[], object], box: list[EmailMessage]) -> None:
    """From the front page to a confirmed account that is signed in."""
    owner.open("/jobs/")
    owner.follow("Sign up")
    owner.fill(name="Ruth Lindqvist", email="ruth@lindqvist.test", password1=PASSWORD)
    owner.press("Create account")
    run_jobs()
    link = re.search(r"/accounts/confirm-email/\S+", str(box[-1].body))
    assert link
    owner.open(link[0])
    owner.go(owner.page.locator("main form button").first)
    expect(owner.page).to_have_url(re.compile("/accounts/login/$"))
    owner.fill(login="ruth@lindqvist.test", password=PASSWORD)
    owner.press("Sign in")


def add_employer(owner: Visitor) -> None:
    """The employer that she hires for."""
    owner.follow("For employers")
    owner.follow("Add your employer")
    owner.fill(
        name="Lindqvist Outfitters",
        site="lindqvist.test",
        sector="retail",
        size="50-249",
        country="US",
    )
    owner.press("Add employer")


def write_posting(owner: Visitor) -> None:
    """From a template to handed in: the questions that a template leaves open."""
    owner.open("/hire/lindqvist-outfitters/")
    owner.follow("New job")
    owner.fill(start=f"level:{Level.MANAGER}")
    owner.press("Start writing")
    owner.fill(mode="onsite", locations__0__text="Columbus, United States")
    owner.press("Save and go on")
    owner.fill(
        bands__0__currency="USD",
        bands__0__minimum="52,000",
        bands__0__maximum="61000",
        bands__0__period="year",
    )
    owner.press("Save and go on")
    owner.fill(apply_url="https://lindqvist.test/jobs", vacancy_exists="yes", ai_used="no")
    owner.press("Save and go on")
    owner.stands_at("Check and submit")
    owner.press("Submit for review")
    owner.reads("In review")


def approve(moderator: Visitor) -> None:
    """From the admin's front page to approved."""
    moderator.open("/admin/")
    moderator.go(moderator.page.locator("a[href='/admin/postings/postingrevision/']").first)
    moderator.follow("Customer Service Manager")
    moderator.go(moderator.page.get_by_role("button", name="Approve", exact=True))
    moderator.reads("is approved and public", at=".messagelist")


def find_and_read(reader: Visitor, title: str) -> None:
    """By words and by pay, on the board, then on its page."""
    page = reader.open("/jobs/")
    cards = page.locator(".card__t a")
    page.get_by_label("Words in the job").fill("columbus manager")
    reader.go(page.get_by_role("button", name="Search"))
    expect(cards).to_have_text([title])
    for least, found in (("62000", []), ("60,000", [title])):
        page.get_by_label("Pay at least").fill(least)
        page.locator("#f-currency").select_option("USD")
        reader.go(page.locator(".rail__go button"))
        expect(page).to_have_url(re.compile(f"pay_min={quote(least)}&"))
        expect(cards).to_have_text(found)
    reader.follow(title)
    reader.stands_at(title)
    reader.reads("$52,000–61,000", "Columbus, Ohio", "Lindqvist Outfitters", "Must have")
    apply = page.get_by_role("link", name="Apply on the employer’s site")
    expect(apply).to_have_attribute("href", re.compile(r"^/jobs/[a-z-]+-[0-9a-z]{10}/apply/$"))
    reader.go(apply)
    reader.stands_at("You apply on another site")
    reader.reads("lindqvist.test", "we can’t promise that you get an answer")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_employer_posts_a_moderator_approves_anybody_reads(
    new_visitor: NewVisitor,
    run_jobs: Callable[[], list[str]],
    mailoutbox: list[EmailMessage],
    settings: Any,
    script: bool,
) -> None:
    settings.DEMO = True  # staff enter the admin without a second factor
    terms_of_templates()
    owner = new_visitor(script=script)
    sign_up(owner, run_jobs, mailoutbox)
    add_employer(owner)
    write_posting(owner)
    posting = Posting.objects.get()
    assert posting.state == PostingState.IN_REVIEW

    moderator = make_moderator()
    moderator.groups.add(ensure_group())
    approve(new_visitor(user=moderator, script=script))
    posting.refresh_from_db()
    assert posting.state == PostingState.PUBLISHED
    run_jobs()
    assert mailoutbox[-1].to == ["ruth@lindqvist.test"]

    find_and_read(new_visitor(script=script), posting.title)

"""Jobs from elsewhere, with a script and without: a file with errors and an ad, mended
and submitted."""

import json

import pytest
from playwright.sync_api import expect

from postings.enums import PostingState
from postings.models import ImportRun, Posting
from profiles.models import Employer
from tests.factories.people import make_employer, make_member
from tests.factories.places import reference_rows
from tests.journeys.visitor import NewVisitor, Visitor

JOB = {
    "@type": "JobPosting",
    "title": "Customer Service Manager",
    "description": "<p>Lead a team of <b>twelve</b>.</p>",
    "identifier": "A-1",
    "jobLocation": "Columbus, US",
    "baseSalary": "$65K - $100K",
    "employmentType": "FULL_TIME",
    "experienceRequirements": "3 years",
    "url": "https://example.test/jobs/1",
}
AD = """Customer Support Team Lead

Location: Columbus, US
Salary: $48,000 - $55,000 per year
Job type: Full-time

We answer by phone and chat. Hybrid, two days in the office.
Apply at https://example.test/jobs/2.
"""
WORK = {
    "responsibilities__0__text": "Lead the people who answer.",
    "responsibilities__1__text": "Plan shifts a month ahead.",
    "responsibilities__2__text": "Settle what others could not.",
}


def step(visitor: Visitor, name: str, said: list[str], **typed: str) -> None:
    """Look at a step of the wizard, fill in what it lacks and go on."""
    visitor.stands_at(name)
    expect(visitor.page.get_by_text("check it")).to_have_text(said)
    visitor.fill(**typed)
    visitor.press("Save and go on")


def submit(visitor: Visitor) -> None:
    visitor.stands_at("Check and submit")
    visitor.press("Submit for review")
    visitor.reads("In review")


def upload_and_submit(visitor: Visitor, employer: Employer) -> None:
    lines = [json.dumps(JOB), "{broken", json.dumps({**JOB, "identifier": "A-2", "title": "Agent"})]
    visitor.open(f"/hire/{employer.slug}/")
    visitor.follow("Import jobs")
    visitor.follow("Upload a file")
    visitor.press("Look at the file")
    visitor.reads("Choose the file to import.", at=".errs")
    visitor.page.locator("input[type=file]").set_input_files(
        {"name": "jobs.jsonl", "mimeType": "text/plain", "buffer": "\n".join(lines).encode()}
    )
    visitor.press("Look at the file")
    visitor.follow("Refused 1")
    visitor.reads("Line 2", "This line is not JSON", at="ol.desk")
    assert Posting.objects.count() == 0
    visitor.press("Import as 2 drafts")
    visitor.follow("Customer Service Manager")
    visitor.follow("Go on writing")
    visitor.follow("Go on: The job")
    step(visitor, "The job", ["Guessed from the title: check it"])
    step(visitor, "Place", ["Guessed from the place and the text: check it"])
    step(visitor, "The work", [], **WORK)
    step(visitor, "What you ask for", ["Guessed from the ad: check it"])
    step(visitor, "How people apply", [], vacancy_exists="yes", ai_used="no")
    submit(visitor)


def paste_and_submit(visitor: Visitor, employer: Employer) -> None:
    visitor.open(f"/hire/{employer.slug}/imports/paste/")
    visitor.fill(text=AD)
    visitor.press("Look at the ad")
    visitor.press("Import as 1 draft")
    visitor.stands_at("Customer Support Team Lead")
    visitor.follow("Go on: The job")
    said = ["first line", "title", "text", "text"]
    step(visitor, "The job", [f"Guessed from the {part}: check it" for part in said])
    place = ["Guessed from the place and the text: check it", "Guessed from the text: check it"]
    step(visitor, "Place", place, mode="onsite")
    step(visitor, "Pay", ["Guessed from the text: check it"], bands__0__maximum="56,000")
    step(visitor, "The work", [], **WORK)
    visitor.press("Experience")
    years = {"requirements__0__name": "leading a team", "requirements__0__min_years": "2"}
    step(visitor, "What you ask for", [], **years)
    closing = {"vacancy_exists": "yes", "ai_used": "no"}
    step(visitor, "How people apply", ["Guessed from the text: check it"], **closing)
    submit(visitor)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_file_with_errors_and_an_ad_are_mended_and_submitted(
    new_visitor: NewVisitor, script: bool
) -> None:
    reference_rows()
    employer = make_employer(name="Harbour Telecom")
    owner = make_member(employer)
    visitor = new_visitor(user=owner, script=script)
    upload_and_submit(visitor, employer)
    paste_and_submit(visitor, employer)
    handed_in = Posting.objects.filter(state=PostingState.IN_REVIEW).order_by("title")
    contents = [posting.revisions.get().value for posting in handed_in]
    assert [content.title for content in contents] == [
        "Customer Service Manager",
        "Customer Support Team Lead",
    ]
    assert [content.guessed for content in contents] == [(), ()]
    assert contents[1].pay_bands[0].band.annual_max == 56_000
    if script:
        judge_pages(new_visitor(user=owner), employer)


def judge_pages(judge: Visitor, employer: Employer) -> None:
    """The pages of the imports that were made, up to the undoing of one."""
    run = ImportRun.objects.get(file_name="jobs.jsonl")
    address = f"/hire/{employer.slug}/imports/"
    for name, path in {
        "imports": address,
        "import-paste": f"{address}paste/",
        "import-run": f"{address}{run.public_id}/",
    }.items():
        judge.open(path)
        judge.judge(name)
    judge.follow("Undo this import")
    judge.reads("1 job stays as it is")
    judge.judge("import-undo")
    judge.press("Undo the import")
    judge.reads("1 of 2 drafts taken back")

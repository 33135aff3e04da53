"""From an open job to hired: two people apply, one is rejected with a reason, one is hired, and
both read what happened."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import expect

from postings.hiring.models import Application, ApplicationEvent
from postings.models import Posting
from profiles.enums import MemberRole
from profiles.models import User
from tests.factories.applications import open_posting
from tests.factories.candidates import make_candidate
from tests.factories.people import make_employer, make_member
from tests.factories.postings import asks
from tests.journeys.visitor import NewVisitor, Visitor
from tests.journeys.world import PASSWORD, person

ASKED = "Which shifts suit you?"
WHY = "I led the night desk for a year."
MAIL = "ada@candidate.test"


def open_job() -> tuple[Posting, User]:
    """A job that takes applications here, and who owns its employer."""
    employer = make_employer("Harbour Supply", slug="harbour-supply")
    owner = make_member(employer, role=MemberRole.OWNER)
    posting = open_posting(
        employer=employer,
        author=owner,
        questions=(ASKED,),
        requirements=(asks("complaint-handling", 1, min_level=3), asks("coaching", 2, min_level=2)),
    )
    return posting, owner


def begin(seeker: Visitor, posting: Posting) -> None:
    """From the job's page to the first step."""
    seeker.open(posting.get_absolute_url())
    start(seeker)


def start(seeker: Visitor) -> None:
    """From a job's page that is open to the first step."""
    seeker.follow("Apply with your profile")
    seeker.press("Start")


def apply_to(seeker: Visitor) -> None:
    """From a job's page that is open to sent, with nothing to add."""
    start(seeker)
    seeker.press("Save and go on")
    seeker.press("Save and go on")
    seeker.press("Send the application")
    seeker.stands_at("Your application is sent")


def say(seeker: Visitor, *, judged: bool) -> None:
    """The step of the message, and a look at all that goes out."""
    seeker.fill(reply__1="Early ones.", note="I would like to talk to you.")
    if judged:
        seeker.judge("apply-message")
    seeker.press("Save and go on")
    seeker.reads("Early ones.", "I would like to talk to you.")


def apply_without_an_account(
    seeker: Visitor,
    posting: Posting,
    run_jobs: Callable[[], object],
    box: list[EmailMessage],
    *,
    judged: bool,
) -> None:
    """Everything is written first; signing up inside keeps it, whichever way one comes back."""
    begin(seeker, posting)
    seeker.page.get_by_label("How well do you know it?").first.select_option("4")
    seeker.page.get_by_label("In a few words").first.fill(WHY)
    if judged:
        seeker.judge("apply-requirements")
    seeker.press("Save and go on")
    say(seeker, judged=judged)
    seeker.follow("Create an account")
    seeker.fill(name="Ada Lindgren", email=MAIL, password1=PASSWORD)
    seeker.press("Create account")
    run_jobs()
    [confirm] = [mail for mail in box if mail.to == [MAIL]]
    link = re.search(r"/accounts/confirm-email/\S+", str(confirm.body))
    assert link
    seeker.open(link[0])
    seeker.go(seeker.page.locator("main form button").first)
    expect(seeker.page).to_have_url(re.compile("/accounts/login/"))
    seeker.fill(login=MAIL, password=PASSWORD)
    seeker.press("Sign in")
    seeker.open(f"{posting.get_absolute_url()}apply/check/")
    seeker.reads(WHY, "Early ones.")
    if judged:
        seeker.judge("apply-check")
    seeker.go_twice(seeker.button("Send the application"))
    seeker.stands_at("Your application is sent")
    if judged:
        seeker.judge("apply-sent")


def apply_with_a_profile(seeker: Visitor, posting: Posting) -> None:
    begin(seeker, posting)
    seeker.press("Save and go on")
    say(seeker, judged=False)
    seeker.press("Send the application")
    seeker.stands_at("Your application is sent")


def move(team: Visitor, to: str) -> None:
    """Choose on the page of an application."""
    team.fill(verb=to)
    team.press("Move")


def decide(
    team: Visitor, to: str, title: str, *, because: str = "r1", judged: bool = False
) -> None:
    """Move on; a rejection names a row of what the job asks."""
    move(team, to)
    if to == "reject":
        team.fill(reason=f"row:{because}")
    team.fill(note="Thank you for your time.")
    if judged:
        team.judge(f"decide-{to}")
    team.press("Go on: read the mail")
    if judged:
        team.judge(f"decide-{to}-mail")
    team.press(f"{title} and send")


def review(team: Visitor, posting: Posting, *, judged: bool) -> None:
    """The list, the board, then one no and one yes."""
    path = f"/hire/harbour-supply/postings/{posting.public_id}/applications/"
    team.open(path)
    team.reads("2 in all, 2 open")
    if judged:
        team.judge("applications-list")
    team.follow("Board", exact=True)
    if judged:
        team.judge("applications-board")
    team.follow("Ben Castellano")
    if judged:
        team.judge("application")
    decide(team, "reject", "Reject", because="r2", judged=judged)
    team.open(path)
    team.follow("Ada Lindgren")
    team.reads(WHY, "Early ones.")
    for verb, title in (
        ("interview", "Invite to an interview"),
        ("offer", "Make an offer"),
        ("hire", "Hire"),
    ):
        decide(team, verb, title)
    team.reads("Hired")


def their_page(seeker: Visitor, posting: Posting, *, judged: str = "") -> None:
    """From one's own page to the application, and the tracker that tells it too."""
    seeker.open("/me/applications/")
    seeker.follow(posting.title)
    if judged:
        seeker.judge(judged)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_two_apply_one_is_rejected_with_a_reason_one_is_hired(
    new_visitor: NewVisitor,
    run_jobs: Callable[[], list[str]],
    mailoutbox: list[EmailMessage],
    script: bool,
) -> None:
    judged = script
    posting, owner = open_job()
    ada = new_visitor(script=script)
    apply_without_an_account(ada, posting, run_jobs, mailoutbox, judged=judged)
    ben_account = person("ben@candidate.test")
    User.objects.filter(pk=ben_account.pk).update(name="Ben Castellano")
    make_candidate(ben_account, skills={"complaint-handling": 3, "coaching": 1})
    ben = new_visitor(user=ben_account, script=script)
    apply_with_a_profile(ben, posting)
    assert Application.objects.count() == 2

    review(new_visitor(user=owner, script=script), posting, judged=judged)
    run_jobs()
    told = {(mail.to[0], mail.subject.split(":")[0]) for mail in mailoutbox}
    assert (ben_account.email, "An answer to your application") in told
    assert (MAIL, "You are hired") in told

    their_page(ben, posting, judged="own-application" if judged else "")
    ben.reads("Not chosen", "A requirement of the job", "Coaching", "Thank you for your time.")
    their_page(ada, posting)
    ada.reads("Invited to an interview", "Offer made", "Hired")
    ada.open("/me/tracker/")
    ada.reads(posting.title, "Accepted")
    if judged:
        ada.judge("tracker")
    assert ApplicationEvent.objects.filter(verb="reject").get().at < datetime.now(UTC)

"""The tracker, with a script and without: what was applied for here moves by itself, jobs elsewhere
are moved by their person, and whoever comes back from another site is asked."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from postings.hiring.actions import decisions
from postings.hiring.enums import TrackedStatus
from postings.hiring.models import Application, TrackedJob
from profiles.models import User
from tests.factories.applications import make_application, open_posting
from tests.factories.people import make_employer, make_member
from tests.factories.postings import published_posting
from tests.journeys.visitor import NewVisitor, Visitor
from tests.journeys.world import person


def applied(user: User, *, days_ago: int, title: str) -> Application:
    then = datetime.now(UTC) - timedelta(days=days_ago)
    posting = open_posting(title=title, employer=make_employer("Harbour Supply"), now=then)
    return make_application(posting, candidate=user, now=then, note="Early shifts suit me.")


def leave_and_come_back(seeker: Visitor, *, judged: bool) -> None:
    """To an employer's site, for which ours stands in, and back to a page of one's own, which
    asks."""
    posting = published_posting(title="Care lead", apply_url=f"{seeker.origin}/about/data/")
    seeker.open(f"{posting.get_absolute_url()}apply/")
    seeker.go(seeker.page.locator("main form button").first)
    seeker.open("/me/saved/")
    seeker.reads("Did you apply at localhost?")
    seeker.go(seeker.button("Yes, I applied", exact=False))
    seeker.reads("Care lead: in your tracker as applied.")
    seeker.open(posting.get_absolute_url())
    expect(seeker.page.get_by_role("link", name="In your tracker")).to_be_visible()
    if judged:
        seeker.judge("posting-tracked")


def note_a_job(seeker: Visitor, *, judged: bool) -> None:
    """A job from elsewhere: a wrong address first, then as it is."""
    seeker.open("/me/tracker/")
    seeker.follow("Add a job")
    seeker.fill(title="Support manager", employer_name="Northwind", url="ftp://northwind.test/")
    seeker.press("Add it")
    seeker.reads("Enter a web address that begins with https:// or http://.")
    if judged:
        seeker.judge("tracker-add-error")
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    seeker.fill(url="https://northwind.test/1", next_on=tomorrow.isoformat(), next_what="Call Dana")
    seeker.press("Add it")
    seeker.stands_at("Support manager")
    if judged:
        seeker.judge("tracker-job")


def move_it(seeker: Visitor, *, judged: bool) -> None:
    """From one column of the board to another, by a choice and a button."""
    seeker.open("/me/tracker/?view=board")
    seeker.reads("Call Dana", "Harbour Supply")
    if judged:
        seeker.judge("tracker-board")
    card = seeker.page.locator("li.pc", has_text="Support manager")
    card.locator("select").select_option("interviewing")
    seeker.go(card.get_by_role("button"))
    column = seeker.page.get_by_role("region", name="Interviewing")
    expect(column).to_contain_text("Support manager")
    job = TrackedJob.objects.get(title="Support manager")
    assert job.status == TrackedStatus.INTERVIEWING


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_tracker_tells_where_one_stands(new_visitor: NewVisitor, script: bool) -> None:
    user = person("dana@example.test")
    sent = applied(user, days_ago=2, title="Shift lead")
    applied(user, days_ago=60, title="Desk lead")
    seeker = new_visitor(user=user, script=script)
    leave_and_come_back(seeker, judged=script)
    note_a_job(seeker, judged=script)
    move_it(seeker, judged=script)
    seeker.open("/me/tracker/")
    seeker.reads("Did Harbour Supply answer?", "Late")
    if script:
        seeker.judge("tracker-list")
    seeker.go(seeker.button("No: call it ghosted", exact=False))
    seeker.reads("Desk lead: ghosted.")
    owner = make_member(sent.posting.employer)
    decisions.advance(application=sent, verb="interview", actor=owner, now=datetime.now(UTC))
    seeker.again()
    expect(seeker.page.locator("ol.trk > li", has_text="Shift lead")).to_contain_text(
        "Interviewing"
    )
    seeker.follow("Shift lead")
    seeker.reads("Invited to an interview", "Early shifts suit me.")
    if script:
        seeker.judge("my-application")
    seeker.follow("Withdraw")
    seeker.fill(note="I found another job.")
    if script:
        seeker.judge("my-application-withdraw")
    seeker.press("Withdraw")
    seeker.reads("You wrote: I found another job.", "You can apply for this job again")
    seeker.open("/me/applications/")
    seeker.reads("Withdrawn")
    if script:
        seeker.judge("my-applications")
        seeker.open("/me/")
        seeker.judge("me-with-applications")

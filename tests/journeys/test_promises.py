"""The owner who forgets: reminded, paused, and back as soon as the answer is given."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import EmailMessage

from postings.actions import lifecycle
from postings.hiring.actions import promises
from postings.models import Posting
from profiles.enums import MemberRole
from profiles.models import User
from tests.factories.applications import make_application, open_posting
from tests.factories.candidates import make_candidate
from tests.factories.people import make_employer, make_member
from tests.journeys.test_hiring import decide
from tests.journeys.visitor import NewVisitor
from tests.journeys.world import person


def forgotten(now: datetime) -> tuple[Posting, User, User]:
    """A job that is open and confirmed, its owner, and whom they have not answered in time."""
    employer = make_employer("Harbour Supply", slug="harbour-supply")
    owner = make_member(employer, role=MemberRole.OWNER)
    posting = open_posting(employer=employer, author=owner, now=now - timedelta(days=20))
    lifecycle.confirm(posting=posting, actor=owner, now=now - timedelta(days=2))
    waiting = person("ada@candidate.test")
    make_candidate(waiting, skills={"complaint-handling": 2})
    make_application(posting, candidate=waiting, now=now - timedelta(days=15, hours=12))
    return posting, owner, waiting


def link_in(mail: EmailMessage, part: str) -> str:
    """The path of the mail's first link with this in it."""
    paths: list[str] = re.findall(r"https?://[^/\s]+(/\S*)", str(mail.body))
    return next(path for path in paths if part in path)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_owner_who_forgets_is_reminded_paused_and_recovers(
    new_visitor: NewVisitor,
    run_jobs: Callable[[], list[str]],
    mailoutbox: list[EmailMessage],
    script: bool,
) -> None:
    now = datetime.now(UTC)
    posting, owner, waiting = forgotten(now)
    path = posting.get_absolute_url()
    due = posting.applications.get().answer_due_at
    assert due < now
    run_jobs()
    for before in (timedelta(days=2, hours=12), timedelta(hours=12)):
        mailoutbox.clear()
        promises.remind_due(now=due - before)
        run_jobs()
        assert [mail.to for mail in mailoutbox] == [[owner.email]]

    mailoutbox.clear()
    promises.break_promises(now=now)
    run_jobs()
    [mail] = [mail for mail in mailoutbox if mail.to == [owner.email]]
    reader = new_visitor(script=script)
    reader.open(path)
    reader.reads("applicants are answered")
    if script:
        reader.judge("posting-waits-for-answers", status=410)

    team = new_visitor(user=owner, script=script)
    team.open(f"/hire/harbour-supply/postings/{posting.public_id}/")
    team.reads("Paused until its applicants are answered")
    if script:
        team.judge("manage-waits-for-answers")
    team.open(link_in(mail, "/applications/"))
    decide(team, "reject", "Reject")

    mailoutbox.clear()
    run_jobs()
    told = {tuple(mail.to) for mail in mailoutbox}
    assert told == {(owner.email,), (waiting.email,)}
    reader.open(path)
    reader.reads("Apply with your profile")
    seeker = new_visitor(user=waiting, script=script)
    seeker.open("/me/applications/")
    seeker.follow(posting.title)
    seeker.reads("Not chosen", "Complaint handling")

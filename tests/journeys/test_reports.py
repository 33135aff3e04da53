"""From three reports of fraud to the mail on what came of them, with a script and without."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import expect

from postings.actions.moderators import ensure_group
from postings.enums import Consequence, PostingState, ReportStatus
from postings.models import Posting, Report
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.postings import published_posting
from tests.journeys.visitor import NewVisitor, Visitor

TITLE = "Guest services lead"
READERS = {
    "203.0.113.7": ("asks-payment", "Forty dollars for a headset.", "ada@example.test"),
    "198.51.100.7": ("fake", "Nobody lives at that address.", ""),
    "192.0.2.7": ("asks-bank-details", "", "bo@example.test"),
}
SUSPEND = Consequence.SUSPEND.value
DISMISS = "dismiss"


def report(readers: Sequence[Visitor], posting: Posting) -> None:
    """All open the form and send it, one after the other, as soon as the form believes them."""
    for reader, (category, words, email) in zip(readers, READERS.values(), strict=True):
        reader.open(posting.get_absolute_url())
        reader.follow("Report this job")
        reader.fill(category=category, words=words, email=email)
    readers[-1].linger()
    for number, reader in enumerate(readers, 1):
        reader.press("Send the report")
        reader.reads("Thank you. We have your report")
        assert bool(Posting.objects.get().held_at) is (number == len(readers))


def status(visitor: Visitor, path: str) -> int:
    visitor.open(path)
    assert visitor.answer is not None
    return visitor.answer.status


def try_to_resume(owner: Visitor, posting: Posting, *, judged: bool) -> None:
    """The page says why it can't be, offers no button, and the address behind it says so too."""
    manage = f"/hire/velvet-pine/postings/{posting.public_id}/"
    owner.open(manage)
    owner.reads("Paused by us")
    expect(owner.page.locator("main a[href$='/resume/']")).to_have_count(0)
    if judged:
        owner.judge("manage-held")
    owner.open(f"{manage}resume/")
    owner.reads("Paused by us")
    assert Posting.objects.get().state == PostingState.PAUSED


def decide(staff: Visitor, decision: str, *, judged: bool) -> None:
    """From the admin's front page to a decision on all three."""
    staff.open("/admin/")
    staff.follow("Reports", exact=True)
    if judged:
        staff.judge("admin-reports-held")
    staff.follow(TITLE)
    expect(staff.page.locator("[name=reports]:checked")).to_have_count(len(READERS))
    if judged:
        staff.judge("admin-reports-of-a-held-job")
    staff.page.locator("[name=note]").fill("We rang the hotel.")
    staff.page.locator("[name=outcome]").fill("The hotel told us more.")
    staff.go(staff.page.locator(f"button[name=decision][value={decision}]"))
    staff.reads("3 reports decided", at=".messagelist")


@pytest.mark.parametrize(
    ("script", "decision"), [(True, SUSPEND), (False, DISMISS)], ids=["script", "no-script"]
)
def test_three_reports_pause_a_job_until_a_moderator_has_decided(
    new_visitor: NewVisitor,
    run_jobs: Callable[[], list[str]],
    mailoutbox: list[EmailMessage],
    settings: Any,
    script: bool,
    decision: str,
) -> None:
    settings.DEMO = True  # staff enter the admin without a second factor
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # so that each reader can have a network
    employer = make_employer("Velvet Pine", slug="velvet-pine")
    author = make_member(employer, make_user("ruth@velvetpine.test"))
    posting = published_posting(
        employer=employer, author=author, title=TITLE, now=datetime.now(UTC)
    )
    run_jobs()
    mailoutbox.clear()

    readers = [new_visitor(script=script) for _ in READERS]
    for reader, address in zip(readers, READERS, strict=True):
        reader.context.set_extra_http_headers({"X-Forwarded-For": address})
    report(readers, posting)
    passer_by = readers[0]
    assert status(passer_by, posting.get_absolute_url()) == 410
    if script:
        passer_by.judge("posting-held", status=410)
    assert status(passer_by, f"{posting.get_absolute_url()}report/") == 410
    if script:
        passer_by.judge("report-held", status=410)
    run_jobs()
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        ([author.email], f"Paused for a check: {TITLE}")
    ]
    try_to_resume(new_visitor(user=author, script=script), posting, judged=script)

    mailoutbox.clear()
    moderator = make_user("moe@example.test", is_staff=True, name="Moe")
    moderator.groups.add(ensure_group())
    decide(new_visitor(user=moderator, script=script), decision, judged=script)
    upheld = decision == SUSPEND
    posting.refresh_from_db()
    assert posting.state == (PostingState.SUSPENDED if upheld else PostingState.PUBLISHED)
    assert status(passer_by, posting.get_absolute_url()) == (410 if upheld else 200)
    found = ReportStatus.UPHELD if upheld else ReportStatus.DISMISSED
    assert set(Report.objects.values_list("status", flat=True)) == {found.value}
    judge_mails(mailoutbox, run_jobs, upheld=upheld, owner=author.email)


def judge_mails(
    box: list[EmailMessage], run_jobs: Callable[[], list[str]], *, upheld: bool, owner: str
) -> None:
    """Who left an address hears once what came of it; the owner reads the moderator's words."""
    run_jobs()
    run_jobs()
    mails = {mail.to[0]: mail for mail in box}
    assert sorted(mail.to[0] for mail in box) == ["ada@example.test", "bo@example.test", owner]
    for name in ("ada", "bo"):
        mail = mails[f"{name}@example.test"]
        assert mail.subject == f"Your report: {TITLE}"
        assert ("You were right" in mail.body) is upheld
        assert "The hotel told us more." in mail.body
    told = mails[owner]
    assert told.subject == f"{'Suspended' if upheld else 'Open again'}: {TITLE}"
    assert "We rang the hotel." in told.body

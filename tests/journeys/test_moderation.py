"""A moderator's round by keyboard alone, and the pages of reports and of moderators' tools."""

from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page, expect

from postings.actions.moderators import ensure_group
from postings.actions.notes import write_note
from postings.enums import PostingState
from postings.models import Posting, SavedReply
from tests.factories.people import make_employer, make_member, make_user
from tests.factories.postings import published_posting, submitted_posting
from tests.journeys.keyboard import enter, jump, pick, press, tab, tab_to
from tests.journeys.visitor import NewVisitor


def push(page: Page, value: str) -> None:
    """Come to a form's button by Tab, and press Enter."""
    tab_to(page, value=value)
    enter(page)


def skip_to_decision(page: Page) -> None:
    tab_to(page, text="Skip to the decision")
    jump(page)


def state(posting: Posting) -> str:
    return Posting.objects.get(pk=posting.pk).state


def test_read_send_back_approve_and_take_back_without_a_mouse(
    new_visitor: NewVisitor, settings: Any
) -> None:
    settings.DEMO = True  # no second factor is asked
    employer = make_employer("Harbour Telecom")
    author = make_member(employer)
    first, second = (
        submitted_posting(employer=employer, author=author, title=title)
        for title in ("Complaints lead", "Chat team manager")
    )
    SavedReply.objects.create(
        name="Pay unclear", reasons=["pay-unclear"], text="State the pay of {title}."
    )
    moderator = make_user("moe@example.test", is_staff=True, name="Moe")
    moderator.groups.add(ensure_group())
    visitor = new_visitor(user=moderator)
    page = visitor.open("/admin/")
    press(page, "Review queue")

    press(page, "Complaints lead")
    visitor.judge("admin-review-replies")
    skip_to_decision(page)
    pick(page, "reply", "Pay")
    press(page, "Put it into the note")
    # The page came anew, and one goes on in the note.
    note = page.locator('[name="note"]')
    expect(note).to_be_focused()
    expect(note).to_have_value("State the pay of Complaints lead.")
    reasons = page.locator('[name="reasons"]:checked')
    expect(reasons).to_have_count(1)
    expect(reasons).to_have_value("pay-unclear")
    push(page, "Send back and open next")
    # The next job is open, and Tab goes on at its beginning.
    visitor.stands_at("Review: Chat team manager")
    assert state(first) == PostingState.REJECTED
    expect(page.locator("#content-start")).to_be_focused()
    skip_to_decision(page)
    push(page, "Approve")
    visitor.reads("is approved and public", at=".messagelist")
    assert state(second) == PostingState.PUBLISHED
    press(page, "Take it back")
    visitor.judge("admin-undo")
    tab(page)
    push(page, "Take it back")
    visitor.reads("the approval is taken back", at=".messagelist")
    assert state(second) == PostingState.IN_REVIEW
    visitor.judge("admin-decided")


def test_the_pages_of_reports_and_tools(new_visitor: NewVisitor, settings: Any) -> None:
    settings.DEMO = True
    employer = make_employer("Harbour Telecom")
    posting = published_posting(employer=employer, author=make_member(employer))
    reader = new_visitor()
    reader.open(f"{posting.get_absolute_url()}report/")
    reader.judge("report")
    reader.press("Send the report")
    reader.judge("report-error")
    reader.fill(category="fake", words="They asked for $40.")
    reader.linger()
    reader.press("Send the report")
    reader.judge("report-sent")
    reader.follow("What happens with a report")
    reader.judge("report-policy")

    moderator = make_user("moe@example.test", is_staff=True, name="Moe")
    moderator.groups.add(ensure_group())
    write_note(about=posting, text="Called them.", actor=moderator, now=datetime.now(UTC))
    staff = new_visitor(user=moderator)
    for name, path in (
        ("reports", "reportedposting/"),
        ("reports-of-a-job", f"reportedposting/{posting.pk}/change/"),
        ("notes", "moderatornote/"),
        ("note-new", "moderatornote/add/"),
        ("reply-new", "savedreply/add/"),
    ):
        staff.open(f"/admin/postings/{path}")
        staff.judge(f"admin-{name}")

"""Many at once: one form makes one row, one decision wins, and nobody overwrites in silence."""

import uuid
from datetime import UTC, datetime
from itertools import pairwise
from threading import Event
from time import sleep

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cscareers.core.models import FormSubmission
from postings.actions import lifecycle, moderation, reports
from postings.actions.postings import EditConflict, save_draft, start_revision
from postings.enums import (
    Consequence,
    PostingState,
    RejectionReason,
    ReportCategory,
    RevisionState,
)
from postings.models import Posting, PostingEvent, PostingRevision, Report, SearchDocument
from profiles.actions import cv_import, skill_review
from profiles.cv.facts import Fact, Suggestion
from profiles.cv.resume_in import Reading
from profiles.enums import CvKind, FactKind, SuggestionStatus
from profiles.models import Skill
from tests.at_once import MANY, at_once, kinds
from tests.factories.people import make_employer, make_member, make_moderator, make_user
from tests.factories.places import reference_rows
from tests.factories.postings import (
    asks,
    complete_content,
    draft_posting,
    published_posting,
    submitted_posting,
)

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime.now(UTC)


def test_a_form_that_comes_twenty_times_makes_one_posting() -> None:
    employer = make_employer()
    member = make_member(employer)
    url = reverse("postings:new", kwargs={"employer": employer.slug})
    fields = {"key": str(uuid.uuid4()), "start": "empty"}
    clients = [Client() for _ in range(MANY)]
    for client in clients:
        client.force_login(member)
    answers = at_once(lambda number: clients[number].post(url, fields))
    assert kinds(answers) == {"HttpResponseRedirect": MANY}
    assert len({answer["Location"] for answer in answers}) == 1
    assert (Posting.objects.count(), FormSubmission.objects.count()) == (1, 1)
    assert PostingEvent.objects.count() == 1


def test_twenty_decisions_on_one_revision_one_wins() -> None:
    posting = submitted_posting()
    pk = posting.revisions.get().pk
    moderators = [make_moderator() for _ in range(MANY)]

    def decide(number: int) -> str:
        revision = PostingRevision.objects.get(pk=pk)
        actor = moderators[number]
        if number % 2:
            moderation.approve(revision=revision, actor=actor, now=NOW)
            return "approved"
        reasons = [next(iter(RejectionReason))]
        moderation.reject(revision=revision, actor=actor, now=NOW, reasons=reasons)
        return "rejected"

    answers = at_once(decide)
    assert kinds(answers) == {"str": 1, "IllegalMove": MANY - 1}
    [won] = [answer for answer in answers if isinstance(answer, str)]
    posting.refresh_from_db()
    revision = posting.revisions.get()
    state = PostingState.PUBLISHED if won == "approved" else PostingState.REJECTED
    assert (posting.state, revision.state) == (state, RevisionState(won))
    decided = posting.events.filter(verb__in=("approve", "reject"))
    assert decided.get().actor == revision.decided_by


def test_twenty_editors_of_one_draft_one_is_kept_and_the_others_hear_of_it() -> None:
    posting = draft_posting()
    pk = posting.revisions.get().pk

    def save(number: int) -> int:
        revision = PostingRevision.objects.get(pk=pk)
        content = complete_content(title=f"Title of editor {number}")
        save_draft(revision=revision, actor=None, now=NOW, version=1, content=content)
        return number

    answers = at_once(save)
    assert kinds(answers) == {"int": 1, "EditConflict": MANY - 1}
    [won] = [answer for answer in answers if isinstance(answer, int)]
    revision = PostingRevision.objects.get(pk=pk)
    assert (revision.version, revision.value.title) == (2, f"Title of editor {won}")
    conflicts = [answer for answer in answers if isinstance(answer, EditConflict)]
    assert {c.theirs.value.title for c in conflicts} == {f"Title of editor {won}"}


def test_twenty_who_begin_a_change_get_the_same_one() -> None:
    posting = published_posting()
    answers = at_once(lambda _: start_revision(posting=posting, actor=None, now=NOW).pk)
    assert len(set(answers)) == 1
    assert posting.revisions.count() == 2


def test_twenty_who_close_a_posting_close_it_once() -> None:
    pk = published_posting().pk

    def close(number: int) -> str:
        posting = Posting.objects.get(pk=pk)
        if number % 2:
            lifecycle.close(posting=posting, actor=None, now=NOW)
        else:
            lifecycle.pause(posting=posting, actor=None, now=NOW)
        return "done"

    answers = at_once(close)
    assert set(kinds(answers)) == {"str", "IllegalMove"}
    moves = list(
        PostingEvent.objects.filter(posting_id=pk, verb__in=("close", "pause"))
        .order_by("pk")
        .values_list("from_state", "to_state")
    )
    # Each event goes on from where the one before it led: no move was made twice.
    assert moves[0][0] == "published"
    assert all(before[1] == after[0] for before, after in pairwise(moves))
    assert Posting.objects.get(pk=pk).state == moves[-1][1]
    assert len(moves) == kinds(answers)["str"]


def test_twenty_reports_at_once_hold_a_posting_once() -> None:
    posting = published_posting()

    def tell(number: int) -> Report:
        return reports.report(
            posting=posting,
            category=ReportCategory.FAKE,
            words="",
            email="",
            reporter=None,
            address=f"192.0.{number}.1",
            now=NOW,
        )

    answers = at_once(tell)
    assert kinds(answers) == {"Report": 3, "NotOpen": MANY - 3}
    posting.refresh_from_db()
    assert (posting.state, posting.held_at) == (PostingState.PAUSED, NOW)
    assert posting.events.filter(verb="hold").count() == 1


def test_twenty_decisions_on_one_report_one_wins() -> None:
    posting = published_posting()
    tell = {"category": ReportCategory.OVER, "words": "", "email": "", "reporter": None}
    made = reports.report(posting=posting, address="192.0.2.1", now=NOW, **tell)
    moderators = [make_moderator() for _ in range(MANY)]

    def decide(number: int) -> str:
        decision = {"posting": posting, "reports": [made.pk], "actor": moderators[number]}
        if number % 2:
            reports.dismiss(now=NOW, **decision)
            return "dismissed"
        reports.uphold(consequence=Consequence.CLOSE, note="", now=NOW, **decision)
        return "upheld"

    answers = at_once(decide)
    assert kinds(answers) == {"str": 1, "DecidedAlready": MANY - 1}
    [won] = [answer for answer in answers if isinstance(answer, str)]
    posting.refresh_from_db()
    state = PostingState.CLOSED if won == "upheld" else PostingState.PUBLISHED
    assert (posting.reports.get().status, posting.state) == (won, state)


def test_a_job_approved_during_a_merge_follows_the_term() -> None:
    reference_rows()
    old, new = (Skill.objects.get(slug=slug) for slug in ("zendesk", "salesforce-service-cloud"))
    moderator, merged = make_moderator(), Event()
    posting = submitted_posting(requirements=(asks(old.slug, 1),))
    revision = posting.revisions.get()

    def work(number: int) -> None:
        if number:
            assert merged.wait(timeout=30)
            moderation.approve(revision=revision, actor=moderator, now=NOW)
            return
        with transaction.atomic():
            skill_review.merge(skill=old, into=new, actor=moderator, now=NOW)
            merged.set()
            sleep(0.3)  # the approval comes to the term meanwhile

    assert at_once(work, 2) == [None, None]
    assert posting.requirements.get().skill == new
    assert SearchDocument.objects.get(posting=posting).skills == [new.pk]


def test_twenty_who_take_what_was_read_in_a_cv_take_it_once() -> None:
    job = Fact(FactKind.EXPERIENCE, {"kind": "job", "position": "Lead", "started": "2019"})
    read = Reading((Suggestion(job, "Lead, 2019"),))
    found = cv_import.start_import(user=make_user(), kind=CvKind.TEXT, reading=read, now=NOW)

    def decide(number: int) -> int:
        if number % 2:
            return cv_import.dismiss(cv_import=found, chosen=None, now=NOW)
        return cv_import.accept_all(cv_import=found, said={}, now=NOW).taken

    answers = at_once(decide)
    assert (kinds(answers), sum(answers)) == ({"int": MANY}, 1)
    taken = found.suggestions.get().status == SuggestionStatus.ACCEPTED
    assert found.profile.experience.count() == int(taken)

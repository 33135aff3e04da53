"""The demo world as it stands after loading."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db.models import Count

from cscareers.core.models import OutgoingMail
from cscareers.demo_logins import DOMAIN, ROLES
from postings.actions.moderators import MODERATORS
from postings.actions.undo import can_retract
from postings.demo.seed import OWNED_BY_DEMO_OWNER, seed
from postings.demo.world import DemoEmployer, demo_world, doubtful_world
from postings.enums import PostingState, ReportStatus
from postings.hiring.engines.sent import unmet_rows
from postings.hiring.models import (
    Application,
    ApplicationEvent,
    ApplicationNote,
    ReplyTemplate,
    TaggedApplication,
)
from postings.markup import document_for, problems_of
from postings.matching.candidates import facts_of_many
from postings.models import (
    ImportRun,
    ModeratorNote,
    Posting,
    PostingEvent,
    PostingRevision,
    ReplyFacts,
    Report,
    RiskAssessment,
    RiskRule,
    SavedReply,
    UnmatchedSearch,
)
from postings.reading import names_for
from postings.wording.lint import lint, texts_of
from profiles.models import CandidateProfile, Employer, Skill, User

pytestmark = pytest.mark.django_db
LOGINS = {f"{role}@{DOMAIN}": f"secret of {role}" for role in ROLES}


def _some() -> Iterator[DemoEmployer]:
    """The owner's employers, and of the others one posting for each state that is still missing:
    the actions treat every posting of a state alike, and test_world sees that each is whole."""
    missing = set(PostingState)
    for world in demo_world():
        own = world.slug in OWNED_BY_DEMO_OWNER
        picked = []
        for posting in world.postings:
            if own or posting.state in missing:
                picked.append(posting)
                missing.discard(posting.state)
        if picked:
            yield replace(world, postings=tuple(picked))


def _refused(now: datetime) -> Iterator[str]:
    """Titles of public postings whose markup search engines would refuse."""
    worlds = (*demo_world(), *doubtful_world())
    employers = [(Employer(name=w.name, site=w.site), w.postings) for w in worlds]
    public = [(e, p) for e, postings in employers for p in postings if p.published_days_ago]
    names = names_for(p.content for _, p in public)
    for employer, posting in public:
        row = Posting(employer=employer, first_published_at=now, closes_at=now + timedelta(days=30))
        if problems_of(document_for(row, posting.content, names)):
            yield posting.content.title


# A copy in review, a draft, two imported drafts and one that was taken back; and one that is paused
# because an answer is overdue.
ADDED = Counter(in_review=1, draft=3, closed=1, paused=1, published=-1)
HONEST = "saltmeadow-pharmacies"


def _judge_the_queue() -> None:
    """Each rule hits something that waits for a moderator."""
    waiting = RiskAssessment.objects.filter(revision__state="in_review")
    hit = {code for codes in waiting.values_list("codes", flat=True) for code in codes}
    assert set(RiskRule.objects.filter(enabled=True).values_list("code", flat=True)) - hit == set()
    said = PostingRevision.objects.filter(state="in_review").exclude(explanation="")
    assert said.count() == 2
    notes = ModeratorNote.objects.values_list("employer", "posting")
    assert sorted((bool(employer), bool(posting)) for employer, posting in notes) == [
        (False, True),
        (True, False),
        (True, False),
    ]
    assert SavedReply.objects.count() == 3
    assert Skill.objects.filter(status="proposed").count() == 2
    assert list(UnmatchedSearch.objects.order_by("words").values_list("words", "searches")) == [
        ("callquill", 4),
        ("helpsmith", 3),
        ("kundengluck", 2),
    ]


def _judge_the_reports(now: datetime) -> None:
    """All that can become of reports, and that nothing doubtful is public."""
    found = Report.objects.values_list("status", "consequence", "posting__state").distinct()
    assert set(found) == {
        ("open", "", "paused"),
        ("open", "", "published"),
        ("upheld", "suspend", "suspended"),
        ("upheld", "close", "closed"),
        ("upheld", "change", "paused"),
        ("upheld", "none", "published"),
        ("dismissed", "", "published"),
    }
    assert {status for status, _, _ in found} == set(ReportStatus)
    held = Posting.objects.filter(held_at__isnull=False).order_by("title")
    assert [str(posting) for posting in held] == [
        "Guest services assistant",
        "Technical helpdesk agent, routers",
    ]
    theirs = Posting.objects.published(now=now).filter(
        employer__slug__in=[world.slug for world in doubtful_world()]
    )
    assert {posting.employer.slug for posting in theirs.select_related("employer")} == {HONEST}
    again = theirs.get(times_posted=2)
    assert (again.successor_of.state, again.title) == ("closed", "Home delivery coordinator")
    events = PostingEvent.objects.select_related("posting", "revision")
    undoable = [event.posting.title for event in events if can_retract(event, now=now)]
    assert "Service desk supervisor, evenings" in undoable


def _judge_what_owners_see() -> None:
    runs = ImportRun.objects.order_by("-created_at")
    fields = ("stage", "created", "refused", "taken_back")
    assert list(runs.values_list(*fields)) == [
        ("previewed", 2, 0, 0),
        ("undone", 1, 0, 1),
        ("confirmed", 2, 2, 0),
    ]
    draft = PostingRevision.objects.get(posting__title__startswith="URGENT: rockstar")
    assert len(lint(texts_of(draft.value), language="en")) >= 6


def _judge_the_people() -> None:
    owned = Employer.objects.filter(memberships__user__email=f"owner@{DOMAIN}")
    assert owned.aggregate(n=Count("pk"))["n"] == 2
    moderator = User.objects.get(email=f"moderator@{DOMAIN}")
    assert moderator.is_staff
    assert moderator.check_password("secret of moderator")
    assert [group.name for group in moderator.groups.all()] == [MODERATORS]


def _judge_the_candidates(now: datetime) -> None:
    """Everybody has facts, and nobody but the one of the demo can sign in."""
    facts = facts_of_many(CandidateProfile.objects.all(), today=now.date())
    assert len(facts) == 61
    assert not any(profile.says_nothing for profile in facts.values())
    drawn = User.objects.filter(email__endswith="@people.example")
    assert [user.has_usable_password() for user in drawn] == [False] * 60


def _judge_the_applications() -> None:
    """All that can become of an application, at the employer of the demo's owner."""
    team = Employer.objects.get(slug="tallgrass-mutual")
    received = Application.objects.filter(posting__employer=team)
    states = received.filter(posting__title__startswith="Complaints").values_list(
        "state", flat=True
    )
    assert Counter(states) == {
        "new": 2,
        "in_review": 2,
        "interview": 2,
        "offer": 1,
        "hired": 1,
        "rejected": 8,
        "withdrawn": 2,
    }
    lacking = list(ApplicationEvent.objects.filter(reasons=["requirement"]).order_by("pk"))
    assert lacking
    for event in lacking:
        unmet = {row["requirement"]["id"] for row in unmet_rows(event.application.copy)}
        assert (event.requirement or {})["id"] in unmet
    late = Posting.objects.get(title="Director of member service")
    assert (late.state, late.paused_for) == ("paused", ["replies"])
    facts = ReplyFacts.objects.get(employer=team)
    assert (facts.due, facts.in_time) == (17, 14)
    times = ApplicationEvent.objects.order_by("pk").values_list("at", flat=True)
    assert list(times) == sorted(times)
    kept = (ApplicationNote, TaggedApplication, ReplyTemplate)
    assert [model.objects.count() for model in kept] == [2, 5, 3]
    dana = User.objects.get(email=f"candidate@{DOMAIN}")
    assert dana.tracked_jobs.count() == 3
    assert set(dana.alerts.values_list("kind", flat=True)) == {"search", "match"}


def test_the_world_comes_to_life_once() -> None:
    call_command("load_places")
    call_command("load_taxonomy")
    now = datetime.now(UTC)
    assert list(_refused(now)) == []
    worlds = [*_some(), *doubtful_world()]
    made = seed(logins=LOGINS, now=now, worlds=worlds, crowds=1)
    states = Counter(str(p.state) for world in worlds for p in world.postings)
    assert set(states) == {str(state) for state in PostingState}
    counts = {"employers": len(worlds), "postings": sum(states.values()), "candidates": 61}
    assert made == counts
    doubtful = [world.slug for world in doubtful_world()]
    usual = Posting.objects.exclude(employer__slug__in=doubtful)
    states -= Counter(str(p.state) for world in doubtful_world() for p in world.postings)
    states.update(ADDED)
    assert Counter(usual.values_list("state", flat=True)) == states
    assert usual.published(now=now).count() == states["published"]
    assert PostingRevision.objects.filter(state="in_review").count() >= states["in_review"]
    assert not OutgoingMail.objects.filter(sent_at__isnull=True).exists()
    _judge_the_queue()
    _judge_the_reports(now)
    _judge_what_owners_see()
    _judge_the_people()
    _judge_the_candidates(now)
    _judge_the_applications()
    counted = (Posting, Report, ImportRun, Application, ApplicationEvent)
    before = [model.objects.count() for model in counted]
    assert seed(logins=LOGINS, now=now, worlds=worlds, crowds=1) == dict.fromkeys(counts, 0)
    assert [model.objects.count() for model in counted] == before

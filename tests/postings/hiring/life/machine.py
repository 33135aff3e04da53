"""A machine that does anything to a posting in any order through the real actions, and asks after
each step whether the database and the model tell the same story."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cscareers.core.models import OutgoingMail
from postings.actions import lifecycle, moderation
from postings.actions.postings import EditConflict, NotADraft, save_draft, start_revision
from postings.enums import PauseReason, RejectionReason
from postings.hiring.actions import applications, confirmations, decisions, moves, promises
from postings.hiring.enums import CloseReason, RejectReason
from postings.hiring.models import Application, ApplicationDraft, ApplicationEvent
from postings.models import Posting, PostingRevision
from profiles.actions import suspension, teams
from profiles.enums import MemberRole
from profiles.models import Employer, Membership, User
from tests.factories.applications import open_posting
from tests.factories.candidates import make_candidate
from tests.factories.people import make_employer, make_member, make_moderator, make_user
from tests.factories.postings import complete_content, draft_posting
from tests.postings.hiring.life.model import APPLICATION, ModelApplication, ModelPosting

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CANDIDATES = 3
SELDOM = st.sampled_from([False, False, False, True])
"""For what ends a history early."""
DECIDING = {"owner", "recruiter"}
REASONS = [str(reason) for reason in PauseReason]
budget = settings(
    max_examples=int(os.environ.get("LIFE_EXAMPLES", "20")),
    stateful_step_count=int(os.environ.get("LIFE_STEPS", "30")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    print_blob=True,
    phases=(Phase.generate, Phase.shrink) if os.environ.get("LIFE_SHRINK") else (Phase.generate,),
)


@dataclass(frozen=True)
class Stage:
    """What all examples begin with; each undoes what it did to it."""

    public: int
    draft: int
    employer: int
    owner: User
    member: int
    moderator: User
    candidates: tuple[User, ...]


def make_stage() -> Stage:
    """An employer with an owner and a recruiter, two postings, and people who may apply."""
    employer = make_employer()
    owner = make_member(employer)
    colleague = make_member(employer, role=MemberRole.RECRUITER)
    people = tuple(make_user() for _ in range(CANDIDATES))
    for person in people:
        make_candidate(person, skills={"complaint-handling": 3})
    arguments: dict[str, Any] = {"employer": employer, "author": owner, "now": START}
    return Stage(
        public=open_posting(**arguments).pk,
        draft=draft_posting(**arguments, apply_url="", reply_days=14).pk,
        employer=employer.pk,
        owner=owner,
        member=employer.memberships.get(user=colleague).pk,
        moderator=make_moderator(),
        candidates=people,
    )


class Life(RuleBasedStateMachine):
    """See the module. `stage` is set by whoever runs it."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = START
        self.role = "recruiter"
        self.suspended = False
        self.opened: dict[int, datetime] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(public=st.sampled_from([True, True, True, False]))
    def begin(self, public: bool) -> None:
        self.pk = self.stage.public if public else self.stage.draft
        self.model = ModelPosting()
        if public:
            self.model.step("submit")
            self.model.approve(START)
        self.tick()

    # --- Helpers ---------------------------------------------------------------------------------

    @property
    def soon(self) -> datetime:
        """When the next thing happens."""
        return self.now + timedelta(minutes=1)

    def tick(self) -> None:
        self.now = self.soon

    @property
    def posting(self) -> Posting:
        return Posting.objects.select_related("employer", "live_revision").get(pk=self.pk)

    @property
    def revision(self) -> PostingRevision:
        rows = PostingRevision.objects.select_related("posting__employer")
        return rows.filter(posting=self.pk).order_by("-number")[0]

    def do(self, refusal: type[Exception] | None, act: Callable[[], Any]) -> bool:
        """Whether `act` was carried out; it has to be, or to be refused in just this way."""
        self.tick()
        if refusal is None:
            act()
            return True
        with pytest.raises(refusal) as found, transaction.atomic():
            act()
        assert type(found.value) is refusal
        return False

    def by(self, **more: Any) -> dict[str, Any]:
        return {"actor": self.stage.owner, "now": self.now, **more}

    # --- Writing and deciding on what is written -------------------------------------------------

    @rule(verb=st.sampled_from(["submit", "submit", "withdraw", "rework", "discard"]), often=SELDOM)
    def hand(self, verb: str, often: bool) -> None:
        if verb == "discard" and not often:
            return
        starts = {
            "submit": {"draft"},
            "withdraw": {"in_review"},
            "rework": {"rejected"},
            "discard": {"draft", "rejected"},
        }
        refusal: type[Exception] | None = None
        newest = self.model.revisions[-1]
        if verb == "submit" and self.suspended:
            refusal = lifecycle.EmployerSuspended
        elif newest.state not in starts[verb]:
            refusal = lifecycle.IllegalMove
        elif verb == "submit" and newest.until and newest.until < self.soon.date():
            refusal = lifecycle.Incomplete  # a day that was ahead when the change was begun
        name = "submit_for_review" if verb == "submit" else verb
        act, revision = getattr(lifecycle, name), self.revision
        if self.do(refusal, lambda: act(posting=revision.posting, revision=revision, **self.by())):
            self.model.step(verb)

    @rule()
    def approve(self) -> None:
        newest = self.model.revisions[-1]
        refusal: type[Exception] | None = None
        if self.suspended:
            refusal = lifecycle.EmployerSuspended
        elif newest.state != "in_review" or not (
            self.model.state == "in_review" or self.model.running(self.soon)
        ):
            refusal = lifecycle.IllegalMove
        revision, actor = self.revision, self.stage.moderator
        if self.do(
            refusal, lambda: moderation.approve(revision=revision, actor=actor, now=self.now)
        ):
            self.model.approve(self.now)

    @rule()
    def send_back(self) -> None:
        legal = self.model.revisions[-1].state == "in_review"
        revision, reasons = self.revision, [next(iter(RejectionReason))]
        if self.do(
            None if legal else lifecycle.IllegalMove,
            lambda: moderation.reject(
                revision=revision, actor=self.stage.moderator, now=self.now, reasons=reasons
            ),
        ):
            self.model.step("reject")

    @rule(behind=st.sampled_from([0, 0, 1]))
    def save(self, behind: int) -> None:
        newest, revision = self.model.revisions[-1], self.revision
        refusal: type[Exception] | None = EditConflict if behind else None
        if newest.state != "draft":
            refusal = NotADraft
        content = complete_content(apply_url="", reply_days=14, title=f"Lead {newest.version}")
        content = content.with_(apply_until=revision.value.apply_until)
        saved = self.do(
            refusal,
            lambda: save_draft(
                revision=revision,
                version=newest.version - behind,
                content=content,
                **self.by(),
            ),
        )
        newest.version += saved

    @rule()
    def change(self) -> None:
        legal = self.model.draft is not None or self.model.state in {"published", "paused"}
        refusal = None if legal else lifecycle.IllegalMove
        if self.do(refusal, lambda: start_revision(posting=self.posting, **self.by())):
            self.model.begin_change()

    # --- The clock -------------------------------------------------------------------------------

    @rule(hours=st.sampled_from([1, 1, 30, 30, 24 * 8, 24 * 8, 24 * 15, 24 * 40, 24 * 61]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def sweep(self) -> None:
        self.tick()
        lifecycle.expire_due(now=self.now)
        live = self.model.state in {"published", "paused"}
        if live and not self.model.running(self.now):
            self.model.end("expire", self.now, answers=False)

    @rule()
    def look_after_promises(self) -> None:
        self.tick()
        promises.break_promises(now=self.now)
        self.model.look_after_promises(self.now)

    @rule()
    def look_after_confirmations(self) -> None:
        self.tick()
        confirmations.pause_unconfirmed(now=self.now)
        self.model.look_after_confirmations(self.now)

    @rule()
    def confirm(self) -> None:
        legal = self.model.running(self.soon)
        if self.do(
            None if legal else lifecycle.IllegalMove,
            lambda: lifecycle.confirm(posting=self.posting, **self.by()),
        ):
            self.model.confirm("confirm", self.now)

    @rule(days=st.sampled_from([None, -1, 0, 5, 90]))
    def extend(self, days: int | None) -> None:
        at = self.soon
        until = None if days is None else at.date() + timedelta(days=days)
        refusal: type[Exception] | None = None
        if until is not None and until < at.date():
            refusal = lifecycle.DeadlineInvalid
        elif not self.model.running(at):
            refusal = lifecycle.IllegalMove
        if self.do(
            refusal,
            lambda: lifecycle.extend(posting=self.posting, apply_until=until, **self.by()),
        ):
            self.model.until = until
            self.model.confirm("extend", self.now)

    # --- Out of public view and back -------------------------------------------------------------

    @rule(why=st.sampled_from(REASONS))
    def pause(self, why: str) -> None:
        legal = self.model.may("pause") or (
            self.model.state == "paused" and why != "member" and why not in self.model.reasons
        )
        if self.do(
            None if legal else lifecycle.IllegalMove,
            lambda: lifecycle.pause(posting=self.posting, why=PauseReason(why), **self.by()),
        ):
            self.model.pause(why)

    @rule(why=st.sampled_from(REASONS))
    def resume(self, why: str) -> None:
        posting, others = self.model, [r for r in self.model.reasons if r != why]
        at, refusal = self.soon, None
        if (posting.closes_at and posting.closes_at <= at) or posting.state != "paused":
            refusal = lifecycle.IllegalMove
        elif why == "member" and (others or posting.held):
            refusal = lifecycle.StillPaused if others else lifecycle.Held
        elif why not in posting.reasons:
            refusal = lifecycle.IllegalMove
        if self.do(
            refusal,
            lambda: lifecycle.resume(posting=self.posting, why=PauseReason(why), **self.by()),
        ):
            self.model.resume(why)

    @rule(verb=st.sampled_from(["hold", "release", "suspend", "reinstate"]))
    def moderate(self, verb: str) -> None:
        legal = self.model.held if verb == "release" else self.model.may(verb)
        act = lifecycle.hold if verb == "hold" else getattr(moderation, verb)
        event = {"actor": self.stage.moderator, "now": self.now, "note": "Looked into."}
        refusal = None if legal else lifecycle.IllegalMove
        if not self.do(refusal, lambda: act(posting=self.posting, **event)):
            return
        if verb == "hold":
            self.model.move("hold")
            self.model.held = True
        else:
            getattr(self.model, verb)()

    @rule(often=SELDOM)
    def suspend_employer(self, often: bool) -> None:
        if not (self.suspended or often):
            return
        act = suspension.reinstate_employer if self.suspended else suspension.suspend_employer
        employer = Employer.objects.get(pk=self.stage.employer)
        self.tick()
        act(employer=employer, actor=self.stage.moderator, note="Why.", now=self.now)
        self.suspended = self.model.withheld = not self.suspended

    @rule(verb=st.sampled_from(["fill", "close"]), often=SELDOM)
    def end(self, verb: str, often: bool) -> None:
        if not often:
            return
        refusal = None if self.model.may(verb) else lifecycle.IllegalMove
        act = lifecycle.mark_filled if verb == "fill" else lifecycle.close
        if self.do(refusal, lambda: act(posting=self.posting, **self.by())):
            self.model.end(verb, self.now, answers=True)

    @rule(role=st.sampled_from([str(role) for role in MemberRole]))
    def change_role(self, role: str) -> None:
        self.tick()
        membership = Membership.objects.select_related("employer").get(pk=self.stage.member)
        teams.change_role(membership=membership, role=MemberRole(role), **self.by())
        self.role = role

    # --- Applications ----------------------------------------------------------------------------

    @rule(candidate=st.integers(0, CANDIDATES - 1))
    def open_application(self, candidate: int) -> None:
        self._draft(candidate)

    def _draft(self, candidate: int) -> ApplicationDraft:
        opened = self.opened.setdefault(candidate, self.now)
        times = {"opened_at": opened, "updated_at": opened}
        user = self.stage.candidates[candidate]
        rows = ApplicationDraft.objects
        return rows.get_or_create(posting_id=self.pk, user=user, defaults=times)[0]

    @rule(candidate=st.integers(0, CANDIDATES - 1))
    def apply_first(self, candidate: int) -> None:
        self.apply(candidate)

    def apply(self, candidate: int) -> None:
        if self.model.closes_at is None:
            return  # there is no page to apply on
        draft, user = self._draft(candidate), self.stage.candidates[candidate]
        before = self.model.of(candidate)
        taken = self.model.takes(opened=self.opened[candidate], now=self.soon)
        refusal = None if before or taken else applications.NotOpen
        if not self.do(
            refusal, lambda: applications.apply(draft=draft, candidate=user, now=self.now)
        ):
            return
        del self.opened[candidate]
        if before is None:
            self.model.applications.append(ModelApplication(candidate, self.now))
            self._told_all()

    @rule(candidate=st.integers(0, CANDIDATES - 1))
    def apply_too(self, candidate: int) -> None:
        self.apply(candidate)

    def _told_all(self) -> None:
        """The receipt is queued with the application, and word to each who decides."""
        event = ApplicationEvent.objects.order_by("-pk")[0]
        mails = OutgoingMail.objects.filter(dedupe_key__startswith=f"application-apply:{event.pk}")
        assert mails.count() == 2 + (self.role in DECIDING)

    @rule(pick=st.integers(0, 30), which=st.integers(0, 3))
    def go_on(self, pick: int, which: int) -> None:
        """A move that is legal, so that histories get somewhere."""
        if self.model.applications:
            model = self.model.applications[which % len(self.model.applications)]
            if legal := [verb for verb in sorted(APPLICATION) if model.may(verb)]:
                self._decide(legal[pick % len(legal)], which, None)

    @rule(
        verb=st.sampled_from(sorted(APPLICATION)),
        which=st.integers(0, 3),
        seen=st.sampled_from([None, "new", "in_review", "interview", "offer"]),
    )
    def decide(self, verb: str, which: int, seen: str | None) -> None:
        """Any move, as from a page that shows any state."""
        if self.model.applications:
            self._decide(verb, which, seen)

    def _decide(self, verb: str, which: int, seen: str | None) -> None:
        place = which % len(self.model.applications)
        model = self.model.applications[place]
        rows = Application.objects.select_related("posting__employer", "candidate")
        sent = rows.filter(posting=self.pk).order_by("pk")[place]
        if verb in {"withdraw", "decline"}:
            verb = "decline" if model.state == "offer" else "withdraw"
        if verb in {"withdraw", "decline", "close"}:
            seen = None
        refusal: type[Exception] | None = None
        if not model.may(verb, seen):
            refusal = moves.IllegalMove
        elif seen is not None and seen != model.state:
            refusal = moves.Overtaken
        if self.do(refusal, lambda: self._act(verb, sent, seen)):
            self.model.answer(model, verb, self.now)

    def _act(self, verb: str, sent: Application, seen: str | None) -> None:
        by = self.by(application=sent)
        if verb in {"withdraw", "decline"}:
            applications.withdraw(**{**by, "actor": sent.candidate})
        elif verb == "close":
            decisions.close_with_posting(**by, reason=CloseReason.POSTING_CLOSED)
        elif verb == "reject":
            decisions.reject(**by, seen=seen, reasons=[RejectReason.OTHERS_CLOSER])
        else:
            decisions.advance(**by, verb=verb, seen=seen)

    # --- The two accounts agree ------------------------------------------------------------------

    @invariant()
    def agrees(self) -> None:
        if not hasattr(self, "model"):
            return
        model = self.model
        with connection.cursor() as cursor:
            cursor.execute(STORY, [self.now, self.pk])
            columns, revisions, told, sent, happened = (
                json.loads(part) for part in cursor.fetchone()
            )
        people = self.stage.candidates
        assert columns == [
            model.state,
            model.reasons,
            model.withheld,
            model.held,
            _iso(model.closes_at),
            _iso(model.until),
            model.public(self.now),
        ]
        assert revisions == [[one.number, one.state, one.version] for one in model.revisions]
        assert told == [list(line) for line in model.told]
        assert sent == [
            [people[one.candidate].pk, one.state, _iso(one.applied_at), _iso(one.answered_at)]
            for one in model.applications
        ]
        assert happened == [list(line) for one in model.applications for line in one.told]


def _iso(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()


STORY = """
SELECT jsonb_build_array(state, paused_for, withheld, held_at IS NOT NULL, closes_at, apply_until,
    state = 'published' AND NOT withheld AND closes_at > %s)::text,
(SELECT coalesce(jsonb_agg(jsonb_build_array(number, state, version) ORDER BY number), '[]')
    FROM postings_postingrevision WHERE posting_id = p.id)::text,
(SELECT coalesce(jsonb_agg(jsonb_build_array(verb, from_state, to_state) ORDER BY id), '[]')
    FROM postings_postingevent WHERE posting_id = p.id)::text,
(SELECT coalesce(jsonb_agg(jsonb_build_array(candidate_id, state, applied_at, answered_at)
    ORDER BY id), '[]') FROM postings_application WHERE posting_id = p.id)::text,
(SELECT coalesce(jsonb_agg(jsonb_build_array(verb, from_state, to_state)
    ORDER BY application_id, e.id), '[]') FROM postings_applicationevent e
    JOIN postings_application a ON a.id = application_id WHERE a.posting_id = p.id)::text
FROM postings_posting p WHERE id = %s
"""
"""All that is written of one posting, in one query: it is asked after each step."""

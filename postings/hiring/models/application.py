"""An application: who for which posting, where it stands, by when it is answered."""

from datetime import datetime
from typing import Any, Final

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cscareers.core.coded import values
from cscareers.core.events import Event, append_only
from cscareers.core.ids import new_public_id
from postings.hiring.enums import ApplicationState
from postings.hiring.labels import EVENT_WORDS, choices
from postings.hiring.states import (
    ANSWERED_STATES,
    APPLICATION_MOVES,
    ENDED_STATES,
    OPEN_STATES,
)
from postings.policy import REMIND_BEFORE
from postings.states import pairs
from profiles.models import User

NAMELESS: Final = "Candidate"


class ApplicationQuerySet(models.QuerySet["Application"]):
    def open(self) -> "ApplicationQuerySet":
        """Those that somebody still has to decide on."""
        return self.filter(state__in=OPEN_STATES)

    def unanswered(self) -> "ApplicationQuerySet":
        """Open ones whose candidate has had no answer yet."""
        return self.open().filter(answered_at__isnull=True)

    def overdue(self, *, now: datetime) -> "ApplicationQuerySet":
        """Unanswered ones whose promise is broken at `now`."""
        return self.unanswered().filter(answer_due_at__lte=now)

    def due_soon(self, *, now: datetime) -> "ApplicationQuerySet":
        """Unanswered ones whose answer is due within `REMIND_BEFORE`, or was."""
        return self.unanswered().filter(answer_due_at__lte=now + REMIND_BEFORE)

    def of_candidate(self, user: User) -> "ApplicationQuerySet":
        """What somebody sent; nobody else reads it as theirs."""
        return self.filter(candidate=user)


class Application(models.Model):
    """See the module. What the employer reads of the candidate stands in `copy`, frozen when they
    applied; `score` and `tier` are those of its explanation, for the order of lists.

    `answered_at` is when the first of `states.ANSWERS` reached the candidate.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    posting = models.ForeignKey(
        "postings.Posting", on_delete=models.PROTECT, related_name="applications"
    )
    revision = models.ForeignKey(
        "postings.PostingRevision", on_delete=models.PROTECT, related_name="+"
    )
    """What the posting said when they applied."""
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="applications",
    )
    state = models.CharField(
        max_length=20, choices=choices(ApplicationState), default=ApplicationState.NEW.value
    )
    score = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    tier = models.CharField(max_length=10, blank=True)
    applied_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    """When it came into its state."""
    answer_due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=values(ApplicationState)), name="application_state_known"
            ),
            models.UniqueConstraint(
                fields=["posting", "candidate"],
                condition=~Q(state=ApplicationState.WITHDRAWN.value),
                name="application_live_once",
                violation_error_message="You applied for this job already.",
            ),
            models.CheckConstraint(
                condition=Q(answer_due_at__gt=F("applied_at")), name="application_due_after_applied"
            ),
            models.CheckConstraint(
                condition=Q(moved_at__gte=F("applied_at"))
                & (Q(answered_at__isnull=True) | Q(answered_at__gte=F("applied_at"))),
                name="application_times_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=values(ANSWERED_STATES)) | Q(answered_at__isnull=False),
                name="application_decided_was_answered",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                name="application_score_in_range",
            ),
        ]
        indexes = [
            models.Index(fields=["posting", "state"], name="application_pipeline"),
            models.Index(fields=["candidate", "-applied_at"], name="application_of_candidate"),
            models.Index(
                fields=["answer_due_at"],
                condition=Q(answered_at__isnull=True, state__in=values(OPEN_STATES)),
                name="application_awaiting_answer",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=pairs(APPLICATION_MOVES)),
            pgtrigger.Protect(
                name="born_as_new",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__state__df=ApplicationState.NEW.value),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_open(self) -> bool:
        """Somebody still has to decide."""
        return self.state not in ENDED_STATES

    @property
    def shown_name(self) -> str:
        """The name of whoever applied, as the team reads it on pages, in mails and in an export;
        reads `copy`."""
        return self.copy.name or f"{NAMELESS} {self.public_id[:4].upper()}"

    def is_overdue(self, *, now: datetime) -> bool:
        """The row's twin of `ApplicationQuerySet.overdue`."""
        return self.is_open and self.answered_at is None and self.answer_due_at <= now


class ApplicationCopy(models.Model):
    """What the employer got, as it was when somebody applied; both sides read these bytes.

    `resume` is the profile as a JSON Resume, `explanation` the match as
    `postings.matching.explanations.canonical` wrote it under `spec_version`; `answers` what the
    candidate said of requirements while applying, by row and with its name (see
    `postings.hiring.engines.answers`), `questions` the employer's own with what was answered:
    `[{"question": …, "answer": …}]`.
    """

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, primary_key=True, related_name="copy"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    resume = models.TextField()
    explanation = models.TextField()
    spec_version = models.CharField(max_length=10)
    answers = models.JSONField(default=list, blank=True)
    questions = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        triggers = [pgtrigger.Protect(name="frozen", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"copy of {self.application_id}"


class ApplicationEvent(Event):
    """One move of an application; both sides read it. `note` is what the candidate was written;
    `details` may name the requirement row that a rejection is tied to."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        indexes = [models.Index(fields=["application", "at"], name="application_event_order")]
        triggers = [
            *append_only(),
            # Nobody is rejected by a program: each rejection has a person who decided it.
            pgtrigger.Protect(
                name="rejected_by_somebody",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__verb="reject", new__actor__isnull=True),
            ),
        ]

    @property
    def words(self) -> str:
        """What happened, as histories say it."""
        return EVENT_WORDS.get(self.verb, self.verb)

    @property
    def requirement(self) -> dict[str, Any] | None:
        """The requirement row that a rejection names, as `{"id", "name"}`."""
        found: dict[str, Any] | None = self.details.get("requirement")
        return found

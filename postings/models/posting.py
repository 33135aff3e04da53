"""A posting: its identity, its place in the lifecycle, and its clock.

What it says stands in its revisions (`PostingRevision.content`); the tables beside it are the
projection of the approved one, for search, matching and constraints.
"""

from datetime import date, datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from cscareers.core.coded import values
from cscareers.core.events import Event
from cscareers.core.ids import new_public_id
from postings.content import PostingContent
from postings.enums import Origin, PauseReason, PostingState
from postings.labels import EVENT_WORDS, choices, pause_event_words
from postings.policy import FRESH_FOR, REPLY_DAYS, last_day
from postings.states import ENDED_STATES, LIVE_STATES, OVER_STATES, POSTING_MOVES, pairs
from profiles.enums import HIRING
from profiles.models import Employer, User


class PostingQuerySet(models.QuerySet["Posting"]):
    def published(self, *, now: datetime) -> "PostingQuerySet":
        """What the public sees at `now`: the only door to public postings."""
        return self.filter(state=PostingState.PUBLISHED, closes_at__gt=now, withheld=False)

    def live(self, *, now: datetime) -> "PostingQuerySet":
        """Open or paused at `now`: the employer can have them public."""
        return self.filter(state__in=LIVE_STATES, closes_at__gt=now, withheld=False)

    def ended(self, *, now: datetime) -> "PostingQuerySet":
        """Public once, and at an end by the employer's will or the clock."""
        was_public = self.filter(first_published_at__isnull=False, withheld=False)
        run_out = Q(state__in=LIVE_STATES, closes_at__lte=now)
        return was_public.filter(Q(state__in=ENDED_STATES) | run_out)

    def over(self, *, now: datetime) -> "PostingQuerySet":
        """Postings that were public once and are not at `now`: these answer 410."""
        return self.filter(first_published_at__isnull=False).filter(
            Q(state__in=OVER_STATES) | Q(closes_at__lte=now) | Q(withheld=True)
        )

    def visible_to(self, user: User) -> "PostingQuerySet":
        """Postings whose unpublished side `user` may see: those of employers that they belong to.

        The row-set twin of `postings.permissions.can_see`.
        """
        return self.filter(employer__memberships__user=user)

    def managed_by(self, user: User) -> "PostingQuerySet":
        """Postings that `user` may write, close and decide about; twin of `can_manage`."""
        return self.filter(employer__memberships__user=user, employer__memberships__role__in=HIRING)

    def locked(self) -> "PostingQuerySet":
        """The postings with their employers; nobody moves one of them, nor its applications, before
        the transaction ends."""
        return self.select_for_update(no_key=True, of=("self",)).select_related("employer")

    def with_applications(self, *, now: datetime) -> "PostingQuerySet":
        """Each with `applications_all`, `applications_open` and `applications_due`: those to be
        answered soon, or late."""
        # The model lies above this one; Django hands it over.
        received: Any = self.model._meta.get_field("applications").related_model
        rows = received._default_manager.filter(posting=OuterRef("pk"))
        return self.annotate(
            applications_all=_count(rows),
            applications_open=_count(rows.open()),
            applications_due=_count(rows.due_soon(now=now)),
        )


def _count(rows: Any) -> Coalesce:
    """How many `rows` there are of each posting, 0 included."""
    counted = rows.order_by().values("posting").annotate(number=models.Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


class Posting(models.Model):
    """See the module. `closes_at` is the earlier of the apply-until date's end in the employer's
    time zone and `confirmed_at` plus `FRESH_FOR`."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="postings")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="authored_postings",
    )
    state = models.CharField(
        max_length=20, choices=choices(PostingState), default=PostingState.DRAFT.value
    )
    origin = models.CharField(max_length=10, choices=choices(Origin), default=Origin.FORM.value)
    title = models.CharField(max_length=200, blank=True)
    slug = models.CharField(max_length=80, default="job")
    live_revision = models.OneToOneField(
        "PostingRevision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    successor_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors"
    )
    """The posting that this one is posted again for; settled when it is approved."""
    chain = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="chained"
    )
    """The first posting of a chain of reposts; none where nothing was posted again."""
    times_posted = models.PositiveSmallIntegerField(default=1)
    """Which of its chain this posting is."""
    chain_began_at = models.DateTimeField(null=True, blank=True)
    """When the first of its chain was published."""
    external_identifier = models.CharField(max_length=200, blank=True)
    external_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the imported line: tells an edited line from an unchanged one."""
    date_posted = models.DateField(null=True, blank=True)
    """When the source says that it was first posted; a fact of its own."""
    first_published_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    apply_until = models.DateField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    withheld = models.BooleanField(default=False)
    """Its employer or its author is suspended."""
    held_at = models.DateTimeField(null=True, blank=True)
    """When we paused it because of reports; empty again once a moderator has decided."""
    paused_for = ArrayField(
        models.CharField(max_length=12, choices=choices(PauseReason)), default=list, blank=True
    )
    """Why it is paused; empty when it is not, or when only we hold it."""
    reply_days = models.PositiveSmallIntegerField(null=True, blank=True)
    """Within so many days its applicants are promised a first answer; None: apply elsewhere."""
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = PostingQuerySet.as_manager()

    class Meta:
        permissions = [("moderate_posting", "Can decide on postings in review and suspend them")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=values(PostingState)), name="posting_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=PostingState.PUBLISHED.value)
                | Q(
                    live_revision__isnull=False,
                    first_published_at__isnull=False,
                    confirmed_at__isnull=False,
                    closes_at__isnull=False,
                ),
                name="posting_published_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__gte=F("first_published_at")),
                name="posting_confirmed_after_published",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__lte=F("confirmed_at") + FRESH_FOR),
                name="posting_closes_within_60_days_of_confirmation",
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(state=PostingState.PAUSED.value),
                name="posting_held_is_paused",
            ),
            models.CheckConstraint(
                condition=Q(paused_for__contained_by=values(PauseReason)),
                name="posting_pause_reason_known",
            ),
            models.CheckConstraint(
                condition=Q(paused_for=[]) | Q(state=PostingState.PAUSED.value),
                name="posting_paused_for_a_reason_is_paused",
            ),
            models.CheckConstraint(
                condition=Q(reply_days__isnull=True) | Q(reply_days__in=REPLY_DAYS),
                name="posting_reply_days_offered",
            ),
            models.UniqueConstraint(
                fields=["employer", "external_identifier"],
                condition=~Q(external_identifier=""),
                name="posting_external_identifier_once",
            ),
            models.UniqueConstraint(
                fields=["chain"],
                condition=Q(state__in=values(LIVE_STATES)),
                name="posting_live_once_in_a_chain",
            ),
            models.UniqueConstraint(
                fields=["successor_of"],
                condition=Q(chain__isnull=False),
                name="posting_succeeded_once",
            ),
            models.CheckConstraint(
                condition=Q(chain__isnull=True, chain_began_at__isnull=True, times_posted=1)
                | Q(chain=F("id"), chain_began_at=F("first_published_at"), times_posted=1)
                | Q(
                    chain__isnull=False,
                    chain_began_at__isnull=False,
                    successor_of__isnull=False,
                    times_posted__gt=1,
                ),
                name="posting_place_in_its_chain",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-first_published_at", "-id"],
                condition=Q(state=PostingState.PUBLISHED.value),
                name="posting_newest",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=pairs(POSTING_MOVES)),
            pgtrigger.Protect(
                name="born_as_draft",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__state__df=PostingState.DRAFT.value),
            ),
        ]

    def __str__(self) -> str:
        return self.title or "Untitled job"

    def get_absolute_url(self) -> str:
        return reverse("postings:posting", kwargs={"slug": self.slug, "public_id": self.public_id})

    @property
    def live_content(self) -> PostingContent:
        """What the approved revision says; raises LookupError when none was approved yet."""
        if self.live_revision is None:
            raise LookupError(f"{self.public_id} was never approved")
        return self.live_revision.value

    @property
    def closes_on(self) -> date | None:
        """The last day to apply, by the employer's calendar; None where no moment is set."""
        return last_day(self.closes_at, self.employer.time_zone) if self.closes_at else None

    def is_public(self, *, now: datetime) -> bool:
        """The row's twin of `PostingQuerySet.published`."""
        return (
            self.state == PostingState.PUBLISHED
            and self.closes_at is not None
            and self.closes_at > now
            and not self.withheld
        )


class PostingEvent(Event):
    """One move of a posting or a revision, or one change of its clock."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="events")
    revision = models.ForeignKey(
        "PostingRevision", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )

    class Meta(Event.Meta):
        indexes = [models.Index(fields=["posting", "at"], name="posting_event_order")]

    @property
    def words(self) -> str:
        """What happened, as histories say it."""
        special = pause_event_words(self.verb, self.reasons, moved=bool(self.to_state))
        return special or EVENT_WORDS.get(self.verb, self.verb)

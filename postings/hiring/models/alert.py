"""Alerts: who gets which new jobs by mail and when, what each has sent, and the runs that send."""

from datetime import datetime
from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cscareers.core.coded import values
from cscareers.core.ids import new_public_id
from postings.hiring.enums import AlertEnd, AlertKind, Cadence
from postings.hiring.labels import choices
from profiles.models import User

QUERY_LENGTH: Final = 1500
NAME_LENGTH: Final = 120
HOURS: Final = 24
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def of_user(self, user: User) -> "SubscriptionQuerySet":
        """Those of an account, and those that its confirmed addresses took by themselves."""
        addresses = EmailAddress.objects.filter(user=user, verified=True).values("email")
        return self.filter(Q(user=user) | Q(email__in=addresses, confirmed_at__isnull=False))

    def live(self) -> "SubscriptionQuerySet":
        """Confirmed, not stopped; paused or not."""
        return self.filter(confirmed_at__isnull=False, ended_at__isnull=True)

    def due(self, *, now: datetime) -> "SubscriptionQuerySet":
        """Whose next mail should go by `now`; none of accounts that are shut."""
        mine = Q(user__isnull=True) | Q(user__is_active=True)
        return self.filter(mine, next_at__lte=now)


class Subscription(models.Model):
    """An alert. It belongs to an account, or to an address alone (`email`, in lower case) that has
    confirmed it. `query` is canonical, as `SearchParams.query` writes it.

    `next_at` is when its next mail is due; None while it is not confirmed, paused or ended.
    `last_period_at` is the last moment at which one was due, `last_sent_at` the last one that had
    something new. `renewed_at`: when its reader last said that it is wanted.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="alerts",
    )
    email = models.EmailField(max_length=254, blank=True)
    kind = models.CharField(max_length=10, choices=choices(AlertKind))
    query = models.CharField(max_length=QUERY_LENGTH, blank=True)
    words = models.TextField(blank=True)
    """What it follows, as it was said when it was taken."""
    name = models.CharField(max_length=NAME_LENGTH)
    cadence = models.CharField(max_length=10, choices=choices(Cadence))
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    """0 is Monday; of a weekly one."""
    hour = models.PositiveSmallIntegerField()
    time_zone = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    renewed_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    """When we asked whether it is still wanted; empty again with the answer."""
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=10, choices=choices(AlertEnd), blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    last_period_at = models.DateTimeField(null=True, blank=True)
    last_sent_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="") | (Q(user__isnull=True) & ~Q(email="")),
                name="alert_of_account_or_address",
            ),
            models.CheckConstraint(
                condition=Q(kind=AlertKind.SEARCH.value) | Q(user__isnull=False),
                name="alert_of_match_has_account",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=values(AlertKind)), name="alert_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(cadence=Cadence.DAILY.value, weekday__isnull=True)
                | Q(cadence=Cadence.WEEKLY.value, weekday__gte=0, weekday__lte=6),
                name="alert_weekday_of_weekly",
            ),
            models.CheckConstraint(condition=Q(hour__lt=HOURS), name="alert_hour_of_day"),
            models.CheckConstraint(
                condition=Q(
                    next_at__isnull=False,
                    confirmed_at__isnull=False,
                    paused_at__isnull=True,
                    ended_at__isnull=True,
                )
                | (
                    Q(next_at__isnull=True)
                    & (
                        Q(confirmed_at__isnull=True)
                        | Q(paused_at__isnull=False)
                        | Q(ended_at__isnull=False)
                    )
                ),
                name="alert_due_when_running",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, renewed_at__isnull=True)
                | Q(confirmed_at__isnull=False, renewed_at__gte=F("confirmed_at")),
                name="alert_renewed_after_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="")
                | Q(ended_at__isnull=False, ended_why__in=values(AlertEnd)),
                name="alert_ended_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "query"],
                condition=Q(user__isnull=False, ended_at__isnull=True),
                name="alert_once_an_account",
            ),
            models.UniqueConstraint(
                fields=["email", "kind", "query"],
                condition=Q(user__isnull=True, ended_at__isnull=True),
                name="alert_once_an_address",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(next_at__isnull=False), name="alert_due_first"
            ),
            models.Index(fields=["email"], condition=~Q(email=""), name="alert_of_address"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where its mails go."""
        return self.user.email if self.user is not None else self.email

    @property
    def is_waiting(self) -> bool:
        """Not confirmed yet."""
        return self.confirmed_at is None

    @property
    def rhythm(self) -> str:
        """When its mails go, in words."""
        day = "Every day" if self.weekday is None else f"Every {WEEKDAYS[self.weekday]}"
        return f"{day} at {self.hour:02d}:00, {self.time_zone.replace('_', ' ')}"


class AlertedPosting(models.Model):
    """A posting that an alert has sent: it never sends it again."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="sent")
    posting = models.ForeignKey("postings.Posting", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "posting"], name="alerted_posting_once")
        ]
        indexes = [models.Index(fields=["at"], name="alerted_posting_age")]

    def __str__(self) -> str:
        return f"{self.posting_id} to {self.subscription_id}"


class AlertRun(models.Model):
    """One sending of what is due: `period` is its quarter of an hour. `due` alerts were looked at,
    `sent` of them had something new, `postings` in all; `failures` could not be written.

    `is_silent`: nothing was sent although alerts were due and jobs had been published since the
    last mails. That happens where nobody asked for these jobs; when it goes on, look.
    """

    period = models.DateTimeField(unique=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    due = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    postings = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    is_silent = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent__lte=F("due")), name="alert_run_sends_what_is_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.period:%Y-%m-%d %H:%M}"

"""What readers report about postings, and what became of it."""

from collections.abc import Iterable

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Length

from cscareers.core.coded import values
from postings.enums import FRAUD, Consequence, ReportCategory, ReportStatus
from postings.labels import choices
from postings.models.posting import Posting

WORDS_LENGTH = 1000


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> "ReportQuerySet":
        """Reports that wait for a moderator."""
        return self.filter(status=ReportStatus.OPEN)

    def of_fraud(self) -> "ReportQuerySet":
        """Reports in the categories that can pause a posting."""
        return self.filter(category__in=values(FRAUD))

    def counts(self, posting_ids: Iterable[int]) -> dict[int, int]:
        """How many of these reports each of the postings has; postings without are left out."""
        rows = self.filter(posting__in=list(posting_ids)).values_list("posting_id")
        return dict(rows.annotate(number=Count("pk")).order_by("posting_id"))


class Report(models.Model):
    """One reader's word about one posting. `status` moves from open to a decision once.

    `reporter_key` and `network_key` are hashes scoped to the posting: they tell whether two reports
    of it come from one reader or one network, and nothing across postings. No IP address is kept.
    `forgotten_at` says when all that leads to the person was blanked.
    """

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="reports")
    revision = models.ForeignKey("PostingRevision", on_delete=models.PROTECT, related_name="+")
    """What the posting said when it was reported."""
    category = models.CharField(max_length=20, choices=choices(ReportCategory))
    words = models.TextField(blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    email = models.EmailField(max_length=254, blank=True)
    """Where to tell the outcome."""
    reporter_key = models.CharField(max_length=64, blank=True)
    network_key = models.CharField(max_length=64, blank=True)
    by_account = models.BooleanField(default=False)
    """Sent from an account that has been there for a while, with a confirmed address."""
    created_at = models.DateTimeField()
    status = models.CharField(
        max_length=10, choices=choices(ReportStatus), default=ReportStatus.OPEN.value
    )
    consequence = models.CharField(max_length=10, choices=choices(Consequence), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    outcome = models.TextField(blank=True)
    """The moderator's words to the reporter, if any."""
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=values(ReportCategory)), name="report_category_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=values(ReportStatus)), name="report_status_known"
            ),
            models.CheckConstraint(
                condition=Q(consequence__in=("", *values(Consequence)))
                & (Q(consequence="") ^ Q(status=ReportStatus.UPHELD.value)),
                name="report_consequence_when_upheld",
            ),
            models.CheckConstraint(
                condition=Q(status=ReportStatus.OPEN.value) ^ Q(decided_at__isnull=False),
                name="report_decided_at_its_decision",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | Q(decided_at__gte=models.F("created_at")),
                name="report_decided_after_it_came",
            ),
            models.CheckConstraint(
                condition=models.lookups.LessThanOrEqual(Length("words"), WORDS_LENGTH),
                name="report_words_short",
            ),
            models.CheckConstraint(
                condition=~Q(category=ReportCategory.OTHER.value)
                | ~Q(words="")
                | Q(forgotten_at__isnull=False),
                name="report_other_says_what",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True)
                | (
                    Q(decided_at__isnull=False)
                    & Q(email="", reporter_key="", network_key="", reporter__isnull=True)
                ),
                name="report_forgotten_leads_to_nobody",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=False) | ~Q(reporter_key=""),
                name="report_has_a_reporter",
            ),
            models.UniqueConstraint(
                fields=["posting", "reporter_key"],
                condition=Q(status=ReportStatus.OPEN.value),
                name="report_open_once_a_reporter",
            ),
        ]
        indexes = [
            models.Index(fields=["posting", "status"], name="report_by_posting"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="decided_once",
                field="status",
                transitions=[
                    (ReportStatus.OPEN.value, ReportStatus.UPHELD.value),
                    (ReportStatus.OPEN.value, ReportStatus.DISMISSED.value),
                ],
            ),
            pgtrigger.Protect(
                name="born_open",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__status__df=ReportStatus.OPEN.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()} ({self.posting})"


class ReportedPosting(Posting):
    """A posting as the queue of reports lists it; no table of its own."""

    class Meta:
        proxy = True
        verbose_name = "reported job"

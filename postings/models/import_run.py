"""A run of the importer's pages: an upload, what its lines would do, and what they did."""

from typing import Any, Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cscareers.core.coded import values
from cscareers.core.ids import new_public_id
from postings.enums import ImportStage, LineOutcome
from postings.labels import choices
from postings.models.posting import Posting
from postings.models.revision import PostingRevision
from profiles.models import Employer

MAX_BYTES: Final = 10 * 1024 * 1024
_HOLDING: Final = (ImportStage.CHECKING, ImportStage.PREVIEWED, ImportStage.IMPORTING)


def _person(name: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name=name,
    )


class ImportRun(models.Model):
    """`packed` are the lines, compressed, kept only until they are imported or dropped. `done`
    counts the lines that the present stage has dealt with; the four figures add up to it but
    while an import is undone, when they tell what it did.

    `guesses` are the fields that were read out of plain text, see `RunOrders`.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="import_runs")
    stage = models.CharField(
        max_length=20, choices=choices(ImportStage), default=ImportStage.CHECKING.value
    )
    actor = _person("+")
    confirmed_by = _person("+")
    undone_by = _person("+")
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    touched_at = models.DateTimeField()
    """When the present stage last moved on."""
    file_name = models.CharField(max_length=200, blank=True)
    """Empty for an ad that was pasted."""
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    packed = models.BinaryField(null=True)
    guesses = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    taken_back = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=values(ImportStage)), name="import_run_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(size__lte=MAX_BYTES),
                name="import_run_at_most_10_mb",
                violation_error_message="A file may have at most 10 MB.",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")), name="import_run_done_within_total"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=values((ImportStage.UNDOING, ImportStage.UNDONE)))
                | Q(done=F("created") + F("updated") + F("unchanged") + F("refused")),
                name="import_run_figures_add_up",
            ),
            models.CheckConstraint(
                condition=Q(packed__isnull=False, stage__in=values(_HOLDING))
                | Q(packed__isnull=True) & ~Q(stage__in=values(_HOLDING)),
                name="import_run_text_kept_while_needed",
            ),
        ]
        indexes = [models.Index(fields=["employer", "-id"], name="import_run_newest")]

    def __str__(self) -> str:
        return self.file_name or "A pasted ad"

    @property
    def is_busy(self) -> bool:
        """True while a request or the worker carries it out."""
        return self.stage in (ImportStage.CHECKING, ImportStage.IMPORTING, ImportStage.UNDOING)


class ImportedLine(models.Model):
    """A line of a run: what it would do and, once imported, what it did.

    `reason` says why it was refused or left its posting alone; `understood` is what a person should
    compare with the source, in words; `lacking` are fields that a draft needs before review.
    `revision` at `version`, `before` and `digest` are what it takes to undo it, see
    `actions.imports.Change`.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=choices(LineOutcome))
    reason = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200, blank=True)
    employer_name = models.CharField(max_length=200, blank=True)
    understood = models.JSONField(default=list, blank=True)
    guessed = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    lacking = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    posting = models.ForeignKey(
        Posting, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.ForeignKey(
        PostingRevision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)
    before = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    taken_back = models.BooleanField(null=True)
    """Whether an undo took it back; None where nobody asked."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="import_line_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=values(LineOutcome)), name="import_line_outcome_known"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=LineOutcome.REFUSED.value) | ~Q(reason=""),
                name="import_line_refused_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["run", "outcome", "number"], name="import_line_by_outcome")]

    def __str__(self) -> str:
        return f"line {self.number} of {self.run_id}"

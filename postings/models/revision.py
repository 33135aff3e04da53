"""A revision: one version of what a posting says, on its way from draft to approval."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cscareers.core.coded import values
from cscareers.core.ids import new_public_id
from postings.content import PostingContent
from postings.enums import RevisionState
from postings.labels import choices
from postings.models.posting import Posting
from postings.states import OPEN_REVISIONS, REVISION_MOVES, pairs

MAX_EXPLANATION = 500


class PostingRevision(models.Model):
    """`content` is a `PostingContent` document; `version` counts its saved edits, so that two
    editors can't overwrite each other in silence. Only a draft's content can change."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=20, choices=choices(RevisionState), default=RevisionState.DRAFT.value
    )
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    explanation = models.CharField(max_length=MAX_EXPLANATION, blank=True)
    """Why it is no copy of the postings that it looks like, in its author's words to us."""
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    reasons = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posting", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["posting"],
                condition=Q(state__in=values(OPEN_REVISIONS)),
                name="revision_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=values(RevisionState)), name="revision_state_known"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=pairs(REVISION_MOVES)),
            pgtrigger.Protect(
                name="born_as_draft",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__state__df=RevisionState.DRAFT.value),
            ),
            pgtrigger.Protect(
                name="content_settled",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__df=RevisionState.DRAFT.value)
                & pgtrigger.Q(old__content__df=pgtrigger.F("new__content")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posting} (revision {self.number})"

    @property
    def value(self) -> PostingContent:
        """The content as a value."""
        return PostingContent.from_json(self.content)

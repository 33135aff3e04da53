"""A CV that somebody brought: not itself, only what was read in it, until they have decided."""

from django.db import models
from django.db.models import Count, Q

from cscareers.core.coded import values
from cscareers.core.ids import new_public_id
from profiles.enums import CvKind, FactKind, SuggestionStatus
from profiles.labels import choices
from profiles.models.candidate import CandidateProfile
from profiles.models.user import User


class CvImportQuerySet(models.QuerySet["CvImport"]):
    def waiting_for(self, user: User) -> "CvImportQuerySet":
        """Those of a person with something to decide, newest first, with `open`, how much."""
        number = Count("suggestions", filter=Q(suggestions__status=SuggestionStatus.OPEN))
        rows = self.filter(profile__user=user).annotate(open=number)
        return rows.filter(open__gt=0).order_by("-created_at", "-pk")


class CvImport(models.Model):
    """One CV of one person. `not_taken`: what no suggestion was made of, as `where` and `why`."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    profile = models.ForeignKey(
        CandidateProfile, on_delete=models.CASCADE, related_name="cv_imports"
    )
    kind = models.CharField(max_length=8, choices=choices(CvKind))
    not_taken = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(db_index=True)

    objects = CvImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=values(CvKind)), name="cv_import_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class CvSuggestion(models.Model):
    """A fact that was read in a CV, with the words it was read from. `facts` are its values, by
    column; see `profiles.cv.facts`."""

    cv_import = models.ForeignKey(CvImport, on_delete=models.CASCADE, related_name="suggestions")
    kind = models.CharField(max_length=12, choices=choices(FactKind))
    facts = models.JSONField()
    quote = models.CharField(max_length=400)
    status = models.CharField(
        max_length=10,
        choices=choices(SuggestionStatus),
        default=SuggestionStatus.OPEN.value,
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=values(FactKind)), name="cv_suggestion_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=values(SuggestionStatus)),
                name="cv_suggestion_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status=SuggestionStatus.OPEN.value, decided_at__isnull=True)
                | ~Q(status=SuggestionStatus.OPEN.value) & Q(decided_at__isnull=False),
                name="cv_suggestion_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return self.kind

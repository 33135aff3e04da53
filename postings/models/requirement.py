"""The requirement rows of a published posting."""

from django.db import models
from django.db.models import Q

from cscareers.core.coded import values
from postings.enums import Cefr, EducationLevel, Importance, RequirementKind
from postings.labels import choices
from postings.models.posting import Posting
from profiles.models import Skill


class Requirement(models.Model):
    """One row of `PostingContent.requirements`; `row_id` is its id there."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField()
    row_id = models.CharField(max_length=8)
    kind = models.CharField(max_length=20, choices=choices(RequirementKind))
    importance = models.CharField(max_length=8, choices=choices(Importance))
    name = models.CharField(max_length=160, blank=True)
    skill = models.ForeignKey(
        Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    language = models.CharField(max_length=8, blank=True)
    min_cefr = models.CharField(max_length=2, choices=choices(Cefr), blank=True)
    education = models.CharField(max_length=20, choices=choices(EducationLevel), blank=True)
    min_level = models.PositiveSmallIntegerField(null=True, blank=True)
    min_years = models.PositiveSmallIntegerField(null=True, blank=True)
    any_of = models.CharField(max_length=2, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posting", "row_id"], name="requirement_row_once"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        RequirementKind.SKILL.value,
                        RequirementKind.TOOL.value,
                        RequirementKind.CERTIFICATE.value,
                    ],
                    skill__isnull=False,
                )
                | Q(kind=RequirementKind.LANGUAGE.value) & ~Q(language="")
                | Q(kind=RequirementKind.EDUCATION.value) & ~Q(education="")
                | Q(kind=RequirementKind.EXPERIENCE.value, min_years__isnull=False) & ~Q(name=""),
                name="requirement_says_what_its_kind_needs",
            ),
            models.CheckConstraint(
                condition=Q(min_level__isnull=True) | Q(min_level__range=(1, 4)),
                name="requirement_level_1_to_4",
            ),
            models.CheckConstraint(
                condition=Q(importance__in=values(Importance)), name="requirement_importance_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.skill or self.language or self.education)

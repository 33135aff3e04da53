"""The taxonomy: skills, tools and certificates with their names in other words."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from cscareers.core.coded import values
from cscareers.core.events import Event
from profiles.enums import SkillKind, SkillStatus
from profiles.labels import choices


class SkillQuerySet(models.QuerySet["Skill"]):
    def approved(self) -> "SkillQuerySet":
        """Terms that everybody is offered."""
        return self.filter(status=SkillStatus.APPROVED)

    def by_slug(self, slugs: Iterable[str]) -> dict[str, "Skill"]:
        """The terms that these slugs mean today: of a merged term the one that took its place."""
        rows = self.filter(slug__in=set(slugs)).select_related("merged_into")
        return {row.slug: row.merged_into or row for row in rows}


class Skill(models.Model):
    """A term of the taxonomy. `slug` is permanent, also that of a merged term; `esco_uri` links to
    ESCO where it can, `onet` is the name of a technology there."""

    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=choices(SkillKind))
    name = models.CharField(max_length=120)
    normalized = models.CharField(max_length=120, db_index=True)
    description = models.TextField(blank=True)
    category = models.CharField(max_length=60, blank=True)
    esco_uri = models.URLField(max_length=200, blank=True)
    onet = models.CharField(max_length=200, blank=True)
    status = models.CharField(
        max_length=20, choices=choices(SkillStatus), default=SkillStatus.APPROVED.value
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    """The term that took its place; that one is never merged itself."""
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SkillQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=values(SkillKind)), name="skill_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=values(SkillStatus)), name="skill_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status=SkillStatus.MERGED.value, merged_into__isnull=False)
                | (~models.Q(status=SkillStatus.MERGED.value) & models.Q(merged_into__isnull=True)),
                name="skill_merged_leads_on",
                violation_error_message="A merged term names the term that took its place.",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True)
                | ~models.Q(merged_into=models.F("id")),
                name="skill_not_merged_into_itself",
                violation_error_message="A term can’t be merged into itself.",
            ),
            models.UniqueConstraint(fields=["normalized", "kind"], name="skill_name_once"),
        ]
        indexes = [
            GinIndex(OpClass("normalized", name="gin_trgm_ops"), name="skill_normalized_trgm")
        ]

    def __str__(self) -> str:
        return self.name


class SkillAlias(models.Model):
    """Another name of a skill; a normalised alias leads to one skill only."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=160)
    normalized = models.CharField(max_length=160, unique=True)
    language = models.CharField(max_length=8, default="en")
    source = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name_plural = "skill aliases"
        indexes = [
            GinIndex(OpClass("normalized", name="gin_trgm_ops"), name="alias_normalized_trgm")
        ]

    def __str__(self) -> str:
        return self.name


class SkillEvent(Event):
    """What moderators decided about a term; a merge keeps its impact in `details`."""

    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        pass

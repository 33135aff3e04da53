"""The facts of a candidate: skills with their proof, work, education, certificates, languages.

Dates are years, months or days in ISO 8601, as people remember them; see `profiles.periods`.
"""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left, Length
from django.db.models.lookups import GreaterThanOrEqual

from cscareers.core.coded import values
from cscareers.core.languages import language_name
from profiles.enums import Cefr, EducationLevel, Kpi, Level, WorkKind
from profiles.labels import choices
from profiles.models.candidate import CandidateProfile, ProfileRow
from profiles.models.skill import Skill
from profiles.periods import DATE, EARLIEST_YEAR, LATEST_YEAR

MOST_YEARS = 60


def date_text() -> "models.CharField[str, str]":
    """A column for a year, a month or a day; "" is not said."""
    return models.CharField(max_length=10, blank=True)


def dates_hold(name: str, *columns: str) -> list[models.CheckConstraint]:
    """Constraints: each column is a date or empty; of two, the second does not lie before the
    first as far as both are known."""
    rules = [
        models.CheckConstraint(
            condition=Q(**{column: ""}) | Q(**{f"{column}__regex": f"^{DATE}$"}),
            name=f"{name}_{column}_is_a_date",
            violation_error_message="Enter a year like 2019 or a month like 2019-04.",
        )
        for column in columns
    ]
    if len(columns) == 2:
        begins, ends = columns
        in_order: GreaterThanOrEqual[str] = GreaterThanOrEqual(
            Left(ends, Length(begins)), Left(begins, Length(ends))
        )
        rules.append(
            models.CheckConstraint(
                condition=Q(**{begins: ""}) | Q(**{ends: ""}) | Q(in_order),
                name=f"{name}_ends_after_it_begins",
                violation_error_message="This ends before it begins.",
            )
        )
    return rules


class CandidateSkill(ProfileRow):
    """A skill or tool of the taxonomy that somebody holds; `level` 0 is an explicit no, None is
    held without a level."""

    dates: ClassVar[tuple[str, ...]] = ("last_used",)
    profile = models.ForeignKey(CandidateProfile, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="held")
    level = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(4, "Choose a level from 0 to 4.")]
    )
    years = models.DecimalField(
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[
            MinValueValidator(0, f"Enter a number of years from 0 to {MOST_YEARS}."),
            MaxValueValidator(MOST_YEARS, f"Enter a number of years from 0 to {MOST_YEARS}."),
        ],
    )
    last_used = date_text()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "skill"],
                name="candidate_skill_once",
                violation_error_message="This skill is there already.",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__range=(0, 4)),
                name="candidate_skill_level_0_to_4",
                violation_error_message="Choose a level from 0 to 4.",
            ),
            models.CheckConstraint(
                condition=Q(years__isnull=True) | Q(years__range=(0, MOST_YEARS)),
                name="candidate_skill_years",
                violation_error_message=f"Enter a number of years from 0 to {MOST_YEARS}.",
            ),
            *dates_hold("candidate_skill", "last_used"),
        ]

    def __str__(self) -> str:
        return str(self.skill)


class Experience(ProfileRow):
    """A job that somebody had, or voluntary work; without `ended` it goes on."""

    dates: ClassVar[tuple[str, ...]] = ("started", "ended")
    profile = models.ForeignKey(
        CandidateProfile, on_delete=models.CASCADE, related_name="experience"
    )
    kind = models.CharField(max_length=12, choices=choices(WorkKind), default=WorkKind.JOB.value)
    position = models.CharField(max_length=160)
    employer_name = models.CharField(max_length=160, blank=True)
    level = models.CharField(max_length=20, choices=choices(Level), blank=True)
    location = models.CharField(max_length=160, blank=True)
    url = models.URLField(max_length=200, blank=True)
    started = date_text()
    ended = date_text()
    summary = models.TextField(max_length=2000, blank=True)
    highlights = ArrayField(models.CharField(max_length=500), default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=values(WorkKind)), name="experience_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(level__in=["", *values(Level)]), name="experience_level_known"
            ),
            models.CheckConstraint(
                condition=~Q(position=""),
                name="experience_has_a_position",
                violation_error_message="Say what your position was.",
            ),
            *dates_hold("experience", "started", "ended"),
        ]

    def __str__(self) -> str:
        return self.position


class Evidence(ProfileRow):
    """Something that somebody achieved, in numbers where there are any: a KPI from `before` to
    `after`, in the unit that they name."""

    dates: ClassVar[tuple[str, ...]] = ("started", "ended")
    profile = models.ForeignKey(CandidateProfile, on_delete=models.CASCADE, related_name="evidence")
    what = models.CharField(max_length=160)
    where = models.CharField(max_length=160, blank=True)
    skill = models.ForeignKey(
        Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    team_size = models.PositiveIntegerField(null=True, blank=True)
    started = date_text()
    ended = date_text()
    kpi = models.CharField(max_length=20, choices=choices(Kpi), blank=True)
    before = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    after = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    how = models.TextField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kpi__in=["", *values(Kpi)]), name="evidence_kpi_known"
            ),
            models.CheckConstraint(
                condition=~Q(what=""),
                name="evidence_says_what",
                violation_error_message="Say what you did.",
            ),
            models.CheckConstraint(
                condition=Q(team_size__isnull=True) | Q(team_size__lte=100_000),
                name="evidence_team_size",
                violation_error_message="Enter a team size of at most 100,000.",
            ),
            models.CheckConstraint(
                condition=Q(before__isnull=True, after__isnull=True) | ~Q(kpi=""),
                name="evidence_figures_have_a_kpi",
                violation_error_message="Choose what the figures measure.",
            ),
            *dates_hold("evidence", "started", "ended"),
        ]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.what


class Education(ProfileRow):
    """Something learnt; `level` counts in a match once it is over, or without an end."""

    dates: ClassVar[tuple[str, ...]] = ("started", "ended")
    profile = models.ForeignKey(
        CandidateProfile, on_delete=models.CASCADE, related_name="education"
    )
    level = models.CharField(max_length=20, choices=choices(EducationLevel), blank=True)
    study_type = models.CharField(max_length=120, blank=True)
    area = models.CharField(max_length=120, blank=True)
    institution = models.CharField(max_length=160, blank=True)
    started = date_text()
    ended = date_text()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["", *values(EducationLevel)]), name="education_level_known"
            ),
            models.CheckConstraint(
                condition=~Q(level="", study_type="", area="", institution=""),
                name="education_says_something",
                violation_error_message="Choose a level, or say what you learnt or where.",
            ),
            *dates_hold("education", "started", "ended"),
        ]
        verbose_name_plural = "education"

    def __str__(self) -> str:
        return self.study_type or self.area or self.institution or self.get_level_display()


class CandidateCertificate(ProfileRow):
    """A certificate: one of the taxonomy, or by name alone; then no match reads it."""

    dates: ClassVar[tuple[str, ...]] = ("issued",)
    profile = models.ForeignKey(
        CandidateProfile, on_delete=models.CASCADE, related_name="certificates"
    )
    skill = models.ForeignKey(
        Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=160, blank=True)
    issuer = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=200, blank=True)
    issued = date_text()
    expires = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "skill"],
                condition=Q(skill__isnull=False),
                name="candidate_certificate_once",
                violation_error_message="This certificate is there already.",
            ),
            models.CheckConstraint(
                condition=Q(skill__isnull=False, name="") | Q(skill__isnull=True) & ~Q(name=""),
                name="candidate_certificate_is_named_once",
                violation_error_message="Name the certificate.",
            ),
            models.CheckConstraint(
                condition=Q(expires__isnull=True)
                | Q(expires__range=(date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31))),
                name="candidate_certificate_expires_in_our_time",
                violation_error_message=f"Enter a year from {EARLIEST_YEAR} to {LATEST_YEAR}.",
            ),
            *dates_hold("candidate_certificate", "issued"),
        ]

    def __str__(self) -> str:
        return str(self.skill or self.name)


class CandidateLanguage(ProfileRow):
    """A language by its ISO 639-1 code; `cefr` "" is not said."""

    profile = models.ForeignKey(
        CandidateProfile, on_delete=models.CASCADE, related_name="languages"
    )
    code = models.CharField(max_length=2)
    cefr = models.CharField(max_length=2, choices=choices(Cefr), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "code"],
                name="candidate_language_once",
                violation_error_message="This language is there already.",
            ),
            models.CheckConstraint(
                condition=Q(cefr__in=["", *values(Cefr)]), name="candidate_language_cefr_known"
            ),
            models.CheckConstraint(
                condition=Q(code__regex="^[a-z]{2}$"),
                name="candidate_language_is_a_code",
                violation_error_message="Choose a language.",
            ),
        ]

    def __str__(self) -> str:
        return language_name(self.code)

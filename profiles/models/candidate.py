"""What somebody says of themselves when they look for a job: the profile and what it wants."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from cscareers.core.coded import values
from cscareers.core.ids import new_public_id
from cscareers.core.models import City
from cscareers.core.salary import PayPeriod
from profiles.employer_names import employer_key
from profiles.enums import Level, Schedule, Visibility, WorkMode
from profiles.labels import choices
from profiles.models.employer import Employer
from profiles.periods import BadDate, check_date

MOST_RADIUS_KM = 500


class CandidateQuerySet(models.QuerySet["CandidateProfile"]):
    def active(self) -> "CandidateQuerySet":
        """Profiles of accounts that no moderator has suspended."""
        return self.filter(user__is_active=True)

    def open_to(self, employer: Employer) -> "CandidateQuerySet":
        """Profiles that `employer` may find by itself: it is verified, and not blocked by them."""
        if not employer.verification or employer.suspended_at is not None:
            return self.none()
        seen = self.active().filter(visibility=Visibility.VERIFIED).exclude(blocked=employer)
        return seen.exclude(blocked_names__key=employer_key(employer.name))


class CandidateProfile(models.Model):
    """One person as a candidate. Facts that a match reads stand in rows of their own; see
    `postings.matching.inputs`. Empty and None: not said.

    `work_countries` are ISO 3166-1 codes, `remote_from` is a country or a part of one (ISO 3166-2).
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="candidate"
    )
    headline = models.CharField(max_length=120, blank=True)
    summary = models.TextField(max_length=2000, blank=True)
    level_now = models.CharField(max_length=20, choices=choices(Level), blank=True)
    level_wanted = models.CharField(max_length=20, choices=choices(Level), blank=True)
    pay_floor = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    pay_currency = models.CharField(max_length=3, blank=True)
    pay_period = models.CharField(
        max_length=8, choices=choices(PayPeriod), default=PayPeriod.YEAR.value
    )
    modes = ArrayField(
        models.CharField(max_length=10, choices=choices(WorkMode)), default=list, blank=True
    )
    work_countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    remote_from = models.CharField(max_length=8, blank=True)
    schedules = ArrayField(
        models.CharField(max_length=20, choices=choices(Schedule)), default=list, blank=True
    )
    visa_needed = models.BooleanField(null=True, blank=True)
    visibility = models.CharField(
        max_length=12, choices=choices(Visibility), default=Visibility.APPLICATION.value
    )
    blocked = models.ManyToManyField(Employer, blank=True, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = CandidateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level_now__in=["", *values(Level)]), name="candidate_level_now_known"
            ),
            models.CheckConstraint(
                condition=Q(level_wanted__in=["", *values(Level)]),
                name="candidate_level_wanted_known",
            ),
            models.CheckConstraint(
                condition=Q(modes__contained_by=values(WorkMode)), name="candidate_modes_known"
            ),
            models.CheckConstraint(
                condition=Q(schedules__contained_by=values(Schedule)),
                name="candidate_schedules_known",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=values(Visibility)), name="candidate_visibility_known"
            ),
            models.CheckConstraint(
                condition=Q(pay_period__in=values(PayPeriod)), name="candidate_pay_period_known"
            ),
            models.CheckConstraint(
                condition=Q(pay_floor__isnull=True) | Q(pay_floor__gt=0) & ~Q(pay_currency=""),
                name="candidate_pay_floor_has_a_currency",
                violation_error_message="A least pay is more than 0 and has a currency.",
            ),
        ]

    def __str__(self) -> str:
        return self.headline or self.public_id


class ProfileRow(models.Model):
    """A row that belongs to one profile and goes with it."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    profile = models.ForeignKey(CandidateProfile, on_delete=models.CASCADE)

    dates: ClassVar[tuple[str, ...]] = ()
    """Columns that hold a date as `profiles.periods` has it."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse days and months that the calendar does not have, at their own field."""
        errors: dict[str, str] = {}
        for name in self.dates:
            if text := getattr(self, name):
                try:
                    check_date(text)
                except BadDate as error:
                    errors[name] = str(error)
        if errors:
            raise ValidationError(errors)


class CandidatePlace(ProfileRow):
    """A city in which, or around which, somebody would work on site."""

    profile = models.ForeignKey(CandidateProfile, on_delete=models.CASCADE, related_name="places")
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="+")
    radius_km = models.PositiveSmallIntegerField(default=25)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "city"],
                name="candidate_place_once",
                violation_error_message="This place is there already.",
            ),
            models.CheckConstraint(
                condition=Q(radius_km__lte=MOST_RADIUS_KM),
                name="candidate_place_radius",
                violation_error_message=f"Enter a distance of at most {MOST_RADIUS_KM} km.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city}, {self.radius_km} km"


class BlockedName(ProfileRow):
    """A name whose bearers never find the profile, also when they come here only later; `key` is
    the name as names are compared."""

    profile = models.ForeignKey(
        CandidateProfile, on_delete=models.CASCADE, related_name="blocked_names"
    )
    name = models.CharField(max_length=120)
    key = models.TextField(error_messages={"blank": "Write the name in letters."})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "key"],
                name="blocked_name_once",
                violation_error_message="This name is blocked already.",
            ),
            models.CheckConstraint(
                condition=~Q(key=""),
                name="blocked_name_says_something",
                violation_error_message="Write the name in letters.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

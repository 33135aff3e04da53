"""Employers: who posts, how far we verified them, and what moderators did."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from cscareers.core.events import Event
from cscareers.core.ids import new_public_id
from cscareers.core.models import Country
from profiles.enums import (
    HIRING,
    INTERVIEWING,
    EmployerSize,
    Industry,
    MemberRole,
    VerificationKind,
)
from profiles.labels import EVENT_WORDS, choices

if TYPE_CHECKING:
    from profiles.models.user import User


class EmployerQuerySet(models.QuerySet["Employer"]):
    def active(self) -> "EmployerQuerySet":
        """Employers that no moderator has suspended."""
        return self.filter(suspended_at__isnull=True)

    def for_member(self, user: "User") -> "EmployerQuerySet":
        """Employers that `user` is a member of."""
        return self.filter(memberships__user=user)

    def for_hiring(self, user: "User") -> "EmployerQuerySet":
        """Employers for which `user` may write jobs and decide on applications."""
        return self.filter(memberships__user=user, memberships__role__in=HIRING)

    def for_interviewing(self, user: "User") -> "EmployerQuerySet":
        """Employers for which `user` may write notes on applications."""
        return self.filter(memberships__user=user, memberships__role__in=INTERVIEWING)

    def for_owner(self, user: "User") -> "EmployerQuerySet":
        """Employers that `user` owns."""
        return self.filter(memberships__user=user, memberships__role=MemberRole.OWNER)


class Employer(models.Model):
    """An employer. `time_zone` is where its deadlines end at midnight."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    site = models.URLField(max_length=200, blank=True)
    sector = models.CharField(max_length=40, choices=choices(Industry), blank=True)
    size = models.CharField(max_length=20, choices=choices(EmployerSize), blank=True)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    time_zone = models.CharField(max_length=40, default="UTC")
    description = models.TextField(max_length=4000, blank=True)
    logo = models.ImageField(upload_to="logos/", blank=True)
    verification = models.CharField(max_length=10, choices=choices(VerificationKind), blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_domain = models.CharField(max_length=200, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    imported = models.BooleanField(default=False)
    """Made by an import from the name alone: nobody has claimed it."""
    orders_by_match = models.BooleanField(default=True)
    """Lists of applications show how they match, and can be ordered by it. Where such an order
    helps to decide, some laws ask for a yearly audit (New York City, Local Law 144): it can be
    off."""
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        permissions = [("suspend_employer", "Can suspend and reinstate employers")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verification="", verified_at__isnull=True)
                | (~models.Q(verification="") & models.Q(verified_at__isnull=False)),
                name="employer_verification_is_dated",
            ),
            models.CheckConstraint(
                condition=~models.Q(slug="new"), name="employer_slug_new_is_reserved"
            ),
        ]
        indexes = [models.Index(Lower("name"), name="employer_lower_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_url(self) -> str:
        """Where the logo is served; empty without one."""
        if not self.logo:
            return ""
        return reverse("profiles:logo", kwargs={"name": self.logo.name.rpartition("/")[2]})


class EmployerEvent(Event):
    """What happened to an employer: made, verified, suspended, reinstated, members changed."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        pass

    @property
    def words(self) -> str:
        """What happened, as histories say it."""
        return EVENT_WORDS.get(self.verb, self.verb)

"""Who belongs to an employer, and who is invited."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from cscareers.core.coded import values
from cscareers.core.ids import new_public_id
from profiles.enums import MemberRole
from profiles.labels import choices
from profiles.models.employer import Employer


class Membership(models.Model):
    """`user` works for `employer` as owner or recruiter."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=choices(MemberRole))
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "user"],
                name="membership_once",
                violation_error_message="This person is a member already.",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=values(MemberRole)), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.employer}"


class Invitation(models.Model):
    """An open invitation to join; the mail holds the only copy of its token."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=choices(MemberRole))
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "employer",
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_open_once",
                violation_error_message="This address is invited already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.employer}"

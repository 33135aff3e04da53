"""People: one account may be a candidate and a member of employers."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from cscareers.core.events import Event
from cscareers.core.ids import new_public_id


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account; its address counts as confirmed only once allauth says so."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account with every right, for `manage.py createsuperuser`."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account, known by its e-mail address. `suspended_at`: a moderator shut it."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        permissions = [("suspend_account", "Can suspend and reinstate accounts")]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_without_case"),
            models.CheckConstraint(
                condition=models.Q(suspended_at__isnull=True) | models.Q(is_active=False),
                name="user_suspended_is_not_active",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def label(self) -> str:
        """How event rows name this person, in the 200 characters that they keep."""
        return (self.name or self.email)[:200]


class AccountEvent(Event):
    """What moderators did to an account."""

    subject = models.ForeignKey(User, on_delete=models.CASCADE, related_name="events")

    class Meta(Event.Meta):
        pass

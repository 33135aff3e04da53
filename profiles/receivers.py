"""What profiles do when something happens to an account; connected in `apps.ready`."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.dispatch import receiver
from django.utils import timezone

from profiles.actions.employers import verify_by_email


@receiver(email_confirmed)
def verify_employers(sender: object, email_address: EmailAddress, **kwargs: Any) -> None:
    """A confirmed address may be the proof that an employer of this person still lacks."""
    verify_by_email(user=email_address.user, now=timezone.now())

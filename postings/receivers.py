"""What postings do when something happens to people or employers; connected in `apps.ready`."""

from typing import Any

from django.dispatch import receiver

from postings.actions import moderators
from postings.actions.moderation import refresh_withheld
from profiles.models import Employer, User
from profiles.signals import suspension_changed


@receiver(suspension_changed)
def withhold_postings(
    sender: object, employer: Employer | None, user: User | None, **kwargs: Any
) -> None:
    """Postings leave every public place, or come back, in the transaction of the suspension."""
    refresh_withheld(employer=employer, user=user)


def make_moderators(sender: object, **kwargs: Any) -> None:
    """After a migration the group of moderators has its rights; see `apps.ready`."""
    moderators.ensure_group()

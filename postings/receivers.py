"""What postings do when something happens to people or employers; connected in `apps.ready`."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from cscareers.core.tasks import enqueue
from postings.actions import moderators
from postings.actions.moderation import refresh_withheld
from postings.actions.projection import approved_ids
from postings.risk.rules import load_rules
from profiles.models import Employer, User
from profiles.signals import employer_changed, suspension_changed


@receiver(suspension_changed)
def withhold_postings(
    sender: object, employer: Employer | None, user: User | None, **kwargs: Any
) -> None:
    """Postings leave every public place, or come back, in the transaction of the suspension."""
    refresh_withheld(employer=employer, user=user)


@receiver(employer_changed)
def index_anew(sender: object, employer: Employer, **kwargs: Any) -> None:
    """Postings are found by the employer's new name, shortly after it changed."""
    if approved_ids(employer.pk).exists():
        enqueue(
            "postings.reindex_employer",
            queueing_lock=f"postings.reindex_employer:{employer.pk}",
            employer_id=employer.pk,
        )


def load_risk_rules(sender: object, **kwargs: Any) -> None:
    """After a migration, or a flush, the risk rules of this version stand; see `apps.ready`."""
    try:
        if "apps" in kwargs:  # a flush names none, and everything is there
            kwargs["apps"].get_model("postings", "RiskRule")
    except LookupError:  # migrated back to before there were rules
        return
    load_rules(now=timezone.now())


def make_moderators(sender: object, **kwargs: Any) -> None:
    """After a migration the group of moderators has its rights; see `apps.ready`."""
    moderators.ensure_group()

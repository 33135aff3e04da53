"""The group of moderators, with just the rights that moderation needs."""

from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from profiles.models import User

MODERATORS: Final = "Moderators"
RIGHTS: Final = {
    "postings": (
        "view_posting",
        "view_postingrevision",
        "view_postingevent",
        "view_report",
        "view_reportedposting",
        "view_unmatchedsearch",
        "view_moderatornote",
        "view_savedreply",
        "add_savedreply",
        "change_savedreply",
        "delete_savedreply",
        "moderate_posting",
        "view_riskrule",
        "change_riskrule",
    ),
    "profiles": (
        "view_employer",
        "view_employerevent",
        "view_membership",
        "view_user",
        "view_accountevent",
        "suspend_employer",
        "suspend_account",
        "view_skill",
        "add_skill",
        "change_skill",
        "view_skillalias",
        "add_skillalias",
        "change_skillalias",
        "delete_skillalias",
        "view_skillevent",
    ),
}


def ensure_group() -> Group:
    """The group, with these rights and no others; run after every migration."""
    group, _ = Group.objects.get_or_create(name=MODERATORS)
    wanted = Q(pk__in=())
    for app, codenames in RIGHTS.items():
        wanted |= Q(content_type__app_label=app, codename__in=codenames)
    group.permissions.set(Permission.objects.filter(wanted))
    return group


@transaction.atomic
def appoint(*, user: User) -> None:
    """Make `user` a moderator: staff, and a member of the group."""
    User.objects.filter(pk=user.pk).update(is_staff=True)
    user.is_staff = True
    user.groups.add(ensure_group())


@transaction.atomic
def dismiss(*, user: User) -> None:
    """Take a moderator's rights back; superusers stay staff."""
    user.groups.remove(ensure_group())
    User.objects.filter(pk=user.pk, is_superuser=False).update(is_staff=False)
    user.refresh_from_db(fields=["is_staff"])

"""The cast: everybody whose access differs, around one employer, each with a browser."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.test import Client

from postings.hiring.models import AlertRun
from postings.models import ModeratorNote, SavedReply, UnmatchedSearch
from profiles.enums import MemberRole
from tests.architecture.world import World, make_world
from tests.factories.people import make_employer, make_member, make_user

ROLES: Final = (
    "owner",
    "recruiter",
    "interviewer",
    "viewer",
    "stranger",
    "ex_member",
    "moderator",
    "staff",
    "candidate",
    "anonymous",
)


@dataclass(frozen=True)
class Cast:
    """`browsers`: a client for each of `ROLES`, signed in but for the anonymous one."""

    world: World
    browsers: Mapping[str, Client]


def make_cast() -> Cast:
    """A new world with its people: a member of each role at its employer, the owner of another one,
    somebody who left, a moderator, staff without rights, a candidate, nobody."""
    world = make_world()
    left = make_member(world.employer)
    world.employer.memberships.filter(user=left).delete()
    moderator = make_user(is_staff=True)
    moderator.groups.add(Group.objects.get(name="Moderators"))
    ModeratorNote.objects.create(
        posting=world.live, author=moderator, text="Known to us.", at=datetime.now(UTC)
    )
    SavedReply.objects.get_or_create(name="Pay", defaults={"text": "Name the pay of {title}."})
    other = make_user()
    EmailAddress.objects.create(user=other, email=other.email, verified=True)
    Authenticator.objects.create(user=other, type=Authenticator.Type.TOTP, data={})
    today = datetime.now(UTC).date()
    words = f"csat {world.draft.public_id}"
    UnmatchedSearch.objects.create(words=words, first_seen=today, last_seen=today)
    day = datetime(2026, 1, 1, tzinfo=UTC)
    AlertRun.objects.get_or_create(period=day, defaults={"begun_at": day})
    people = {
        "owner": world.owner,
        "recruiter": world.recruiter,
        "interviewer": make_member(world.employer, role=MemberRole.INTERVIEWER),
        "viewer": make_member(world.employer, role=MemberRole.VIEWER),
        "stranger": make_member(make_employer(), role=MemberRole.OWNER),
        "ex_member": left,
        "moderator": moderator,
        "staff": make_user(is_staff=True),
        "candidate": world.candidate,
        "anonymous": None,
    }
    for person in filter(None, people.values()):
        person.set_password("correct-horse-7")
        person.save(update_fields=["password"])
    return Cast(world, {role: world.client(people[role]) for role in ROLES})

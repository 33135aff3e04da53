"""The demo world, brought to life by the same actions that the site uses.

Times lie in the past: every action gets the `now` of the day that the world says.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Max

from cscareers.core.models import City, Country, OutgoingMail
from postings.actions import lifecycle, moderation
from postings.actions.moderators import ensure_group
from postings.actions.postings import create_posting, save_draft, start_revision
from postings.content import Place, PostingContent
from postings.demo.world import DemoEmployer, DemoPosting, demo_world
from postings.enums import Origin, PostingState, RejectionReason
from postings.models import Posting
from profiles.actions.employers import EmployerFacts, create_employer
from profiles.enums import MemberRole, VerificationKind
from profiles.models import Employer, Membership, User

OWNED_BY_DEMO_OWNER: Final = ("tallgrass-mutual", "corrib-cloud")
COPIES_IN_MEDIUM: Final = 3
CREATED_DAYS_BEFORE: Final = 3
SUBMITTED_DAYS_BEFORE: Final = 1


def seed(
    *,
    logins: Mapping[str, str],
    now: datetime,
    medium: bool = False,
    say: Callable[[str], None] = lambda text: None,
) -> dict[str, int]:
    """Make the demo's accounts, employers and postings that are not there yet; how many were made.

    `logins` are addresses with passwords. `medium` offers each open posting in up to three more
    cities of its country. Nothing is mailed: what the actions queue is marked as sent.
    """
    people = _people(logins)
    made = {"employers": 0, "postings": 0}
    worlds = demo_world()
    for number, world in enumerate(worlds, start=1):
        if Employer.objects.filter(site=world.site).exists():
            continue
        with transaction.atomic():
            queued_before = OutgoingMail.objects.aggregate(last=Max("pk", default=0))["last"]
            made["postings"] += _employer(world, people, now=now, medium=medium)
            made["employers"] += 1
            OutgoingMail.objects.filter(pk__gt=queued_before).update(sent_at=now)
        say(f"{number} of {len(worlds)} employers: {world.name}")
    return made


def _people(logins: Mapping[str, str]) -> dict[str, User]:
    names = {
        "candidate": "Dana Okafor",
        "owner": "Ruth Lindqvist",
        "recruiter": "Sam Ferreira",
        "moderator": "Mo Adeyemi",
    }
    people = {}
    for email, password in logins.items():
        role = email.partition("@")[0]
        user = User.objects.filter(email=email).first() or _account(email, names.get(role, role))
        user.is_staff = role == "moderator"
        user.set_password(password)
        user.save()
        people[role] = user
    people["moderator"].groups.add(ensure_group())
    return people


def _account(email: str, name: str) -> User:
    user = User.objects.create_user(email, None, name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _employer(
    world: DemoEmployer, people: Mapping[str, User], *, now: datetime, medium: bool
) -> int:
    began = now - timedelta(days=400)
    own = world.slug in OWNED_BY_DEMO_OWNER
    host = world.site.removeprefix("https://").removeprefix("www.").strip("/")
    proven = world.verified is VerificationKind.EMAIL
    address = f"hiring@{host}" if proven else f"{world.slug}.hiring@mail.example"
    local = User.objects.filter(email=address).first() or _account(address, f"{world.name} hiring")
    employer = create_employer(
        actor=local,
        facts=EmployerFacts(
            name=world.name,
            site=world.site,
            sector=world.sector,
            size=world.size,
            country=Country.objects.get(pk=world.country),
            time_zone=City.objects.get(pk=world.city).time_zone,
            description=world.description,
        ),
        now=began,
    )
    if own:
        for role in (MemberRole.OWNER, MemberRole.RECRUITER):
            Membership.objects.create(
                employer=employer, user=people[role], role=role, joined_at=began
            )
    count = 0
    for posting in _with_copies(world.postings) if medium else world.postings:
        author = people[posting.author] if own else local
        _posting(employer, posting, author=author, moderator=people["moderator"], now=now)
        count += 1
    if own:
        _waiting_change(employer, author=people["owner"], now=now)
    return count


def _with_copies(postings: Iterable[DemoPosting]) -> Iterable[DemoPosting]:
    """Each posting, and each open one at a place also in the next larger cities of its country."""
    for posting in postings:
        yield posting
        content = posting.content
        if posting.state is not PostingState.PUBLISHED or not content.locations:
            continue
        taken = {place.city for place in content.locations}
        country = content.locations[0].country
        cities = City.objects.filter(country=country).exclude(pk__in=taken)
        for city in cities.order_by("-population", "pk")[:COPIES_IN_MEDIUM]:
            elsewhere = content.with_(locations=(Place(country, city.pk),))
            yield replace(posting, content=elsewhere)


def _posting(
    employer: Employer, world: DemoPosting, *, author: User, moderator: User, now: datetime
) -> None:
    content = world.content_on(now.date())
    if world.published_days_ago is None:
        _unpublished(employer, world, content, author=author, moderator=moderator, now=now)
        return
    published = now - timedelta(days=world.published_days_ago, minutes=7)
    posting = _published(employer, content, author=author, moderator=moderator, at=published)
    if world.confirmed_days_ago is not None and world.confirmed_days_ago < world.published_days_ago:
        confirmed = now - timedelta(days=world.confirmed_days_ago, minutes=5)
        lifecycle.confirm(posting=posting, actor=author, now=confirmed)
    _bring_to(posting, world, author=author, moderator=moderator, now=now)


def _unpublished(
    employer: Employer,
    world: DemoPosting,
    content: PostingContent,
    *,
    author: User,
    moderator: User,
    now: datetime,
) -> None:
    created = now - timedelta(days=CREATED_DAYS_BEFORE)
    posting = create_posting(
        employer=employer, actor=author, now=created, content=content, origin=Origin.DEMO
    )
    if world.state is PostingState.DRAFT:
        return
    revision = posting.revisions.get()
    submitted = now - timedelta(days=SUBMITTED_DAYS_BEFORE)
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=author, now=submitted)
    if world.state is PostingState.REJECTED:
        moderation.reject(
            revision=revision,
            actor=moderator,
            now=now - timedelta(hours=4),
            reasons=[world.rejection or RejectionReason.OTHER],
            note=world.note,
        )


def _published(
    employer: Employer,
    content: PostingContent,
    *,
    author: User,
    moderator: User,
    at: datetime,
) -> Posting:
    created = at - timedelta(days=CREATED_DAYS_BEFORE)
    posting = create_posting(
        employer=employer, actor=author, now=created, content=content, origin=Origin.DEMO
    )
    revision = posting.revisions.get()
    submitted = at - timedelta(days=SUBMITTED_DAYS_BEFORE)
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=author, now=submitted)
    return moderation.approve(revision=revision, actor=moderator, now=at)


def _bring_to(
    posting: Posting, world: DemoPosting, *, author: User, moderator: User, now: datetime
) -> None:
    lately = now - timedelta(hours=20)
    match world.state:
        case PostingState.PAUSED:
            lifecycle.pause(posting=posting, actor=author, now=lately)
        case PostingState.FILLED:
            lifecycle.mark_filled(posting=posting, actor=author, now=lately)
        case PostingState.CLOSED:
            lifecycle.close(posting=posting, actor=author, now=lately)
        case PostingState.SUSPENDED:
            moderation.suspend(posting=posting, actor=moderator, now=lately, note=world.note)
        case PostingState.EXPIRED:
            lifecycle.move_posting(posting=posting, verb="expire", actor=None, now=now)


def _waiting_change(employer: Employer, *, author: User, now: datetime) -> None:
    """One live posting of the demo owner's has a change in review, so that the queue shows one."""
    live = Posting.objects.published(now=now).filter(employer=employer).order_by("pk").first()
    if live is None:
        return
    at = now - timedelta(hours=6)
    revision = start_revision(posting=live, actor=author, now=at)
    content = revision.value
    changed = content.with_(
        team_size=(content.team_size or 8) + 2,
        responsibilities=(*content.responsibilities, "Plan the cover for public holidays."),
    )
    save_draft(revision=revision, actor=author, now=at, version=revision.version, content=changed)
    lifecycle.submit_for_review(posting=live, revision=revision, actor=author, now=at)

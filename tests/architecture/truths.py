"""Who may do what, said once more: by the rows of memberships, for every predicate and its scope.

`untruths` names what says something else; a new predicate or scope is added here, else a mutant of
it survives (`test_permission_mutants`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import Http404

from postings import permissions as of_postings
from postings.access import get_open_revision, get_public_posting
from postings.hiring import permissions as of_applications
from postings.hiring.access import (
    get_alert_by_link,
    get_alert_to_confirm,
    get_asked,
    get_draft,
    get_file,
)
from postings.hiring.engines.alert_tokens import confirm_token, manage_token
from postings.hiring.engines.confirm_links import ConfirmLink
from postings.hiring.models import (
    Application,
    ApplicationDraft,
    Subscription,
    TrackedJob,
)
from postings.models import Posting, PostingQuerySet
from profiles import permissions as of_employers
from profiles.access import get_block, get_invitation, get_membership
from profiles.enums import MemberRole
from profiles.models import CvImport, Employer, EmployerQuerySet, Membership, User
from tests.factories.alerts import make_alert
from tests.factories.postings import draft_posting

Person = User | AnonymousUser
ALL: Final = frozenset(MemberRole)
NOTES: Final = ALL - {MemberRole.VIEWER}
HIRES: Final = frozenset({MemberRole.OWNER, MemberRole.RECRUITER})
OWNS: Final = frozenset({MemberRole.OWNER})
PREDICATES: Final[Mapping[Callable[[Any, Any], bool], tuple[frozenset[MemberRole], str]]] = {
    of_employers.is_member: (ALL, "employer"),
    of_employers.can_interview: (NOTES, "employer"),
    of_employers.can_hire: (HIRES, "employer"),
    of_employers.is_owner: (OWNS, "employer"),
    of_postings.can_see: (ALL, "posting"),
    of_postings.can_manage: (HIRES, "posting"),
    of_applications.can_note: (NOTES, "application"),
    of_applications.can_decide: (HIRES, "application"),
}
"""The roles of an employer for which a predicate is true, and what it is asked about."""
SCOPES: Final[Mapping[Callable[[Any, Any], QuerySet[Any]], tuple[frozenset[MemberRole], str]]] = {
    EmployerQuerySet.for_member: (ALL, "employer"),
    EmployerQuerySet.for_interviewing: (NOTES, "employer"),
    EmployerQuerySet.for_hiring: (HIRES, "employer"),
    EmployerQuerySet.for_owner: (OWNS, "employer"),
    PostingQuerySet.visible_to: (ALL, "posting"),
    PostingQuerySet.managed_by: (HIRES, "posting"),
}
"""The same of scopes."""


@dataclass(frozen=True)
class Thing:
    """What belongs to one employer."""

    employer: Employer
    posting: Posting
    application: Application


def untruths(people: list[Person], things: list[Thing], about: str = "") -> Iterator[str]:
    """Each predicate and scope that is not true of one of `people` about one of `things`; `about`:
    the one of that name alone."""
    for names, part in _PARTS.items():
        if not about or about in names:
            yield from part(people, things, about)


def _of_roles(people: list[Person], things: list[Thing], about: str) -> Iterator[str]:
    """Teams, and what belongs to their employer."""
    held = {(m.user_id, m.employer_id): m.role for m in Membership.objects.all()}
    for predicate, (roles, kind) in PREDICATES.items():
        for person, thing in product(people, things) if about in ("", predicate.__name__) else ():
            said = predicate(person, getattr(thing, kind))
            if said != (held.get((person.pk, thing.employer.pk)) in roles):
                yield f"{predicate.__name__} of {person} about {thing.employer}"
    rows: dict[str, QuerySet[Any]] = {
        "employer": Employer.objects.filter(pk__in=[thing.employer.pk for thing in things]),
        "posting": Posting.objects.filter(pk__in=[thing.posting.pk for thing in things]),
    }
    for scope, (roles, kind) in SCOPES.items():
        for person in people if about in ("", scope.__name__) else ():
            right: set[Model] = {
                getattr(thing, kind)
                for thing in things
                if held.get((person.pk, thing.employer.pk)) in roles
            }
            if person.pk is not None and set(scope(rows[kind], person)) != right:
                yield f"{scope.__qualname__} of {person}"


def _of_oneself(people: list[Person], things: list[Thing], about: str) -> Iterator[str]:
    """Applications are of whoever sent them."""
    applications = [thing.application for thing in things]
    for person in people:
        if person.pk is not None:
            tracked = TrackedJob.objects.exclude(user=person).filter(
                pk__in=TrackedJob.objects.of_owner(person)
            )
            waiting = CvImport.objects.waiting_for(person).exclude(profile__user=person)
            if tracked or waiting:
                yield f"of_owner or waiting_for of {person}"
            mine = set(Application.objects.of_candidate(person))
            if mine != {one for one in applications if one.candidate_id == person.pk}:
                yield f"of_candidate of {person}"


def _finds(fetch: Callable[[], Any]) -> Any:
    """What is fetched; None where it is missing."""
    try:
        return fetch()
    except Http404:
        return None


def _of_teams(people: list[Person], things: list[Thing], about: str) -> Iterator[str]:
    """One's own membership, and invitations that are open."""
    employer, other = things[0].employer, things[1].employer
    for member in employer.memberships.select_related("user").order_by("pk"):
        found = _finds(lambda member=member: get_membership(member.user, employer))
        if found != member:
            yield f"get_membership of {member.user}"
    outside = other.memberships.exclude(user__memberships__employer=employer).order_by("pk")[0].user
    if _finds(lambda: get_membership(outside, employer)) is not None:
        yield "get_membership of a stranger"
    now = datetime.now(UTC)
    for name in ("accepted_at", "revoked_at"):
        over = employer.invitations.create(
            email=f"{name}@example.test", role=MemberRole.VIEWER, token_hash=name, created_at=now,
            expires_at=now + timedelta(days=1), **{name: now},
        )  # fmt: skip
        if _finds(lambda over=over: get_invitation(employer, over.public_id)) is not None:
            yield f"get_invitation with {name}"


def _of_blocks(people: list[Person], things: list[Thing], about: str) -> Iterator[str]:
    """Employers that one blocks oneself."""
    blocked, free = (thing.employer for thing in things)
    mine, other = [p for p in people if isinstance(p, User) and hasattr(p, "candidate")][:2]
    mine.candidate.blocked.add(blocked)
    asked = {
        "one's own": _finds(lambda: get_block(mine, blocked.public_id)) == blocked,
        "another's": _finds(lambda: get_block(other, blocked.public_id)) is None,
        "none": _finds(lambda: get_block(mine, free.public_id)) is None,
        "missing": _finds(lambda: get_block(mine, "0000000000")) is None,
    }
    yield from (f"get_block, {name}" for name, holds in asked.items() if not holds)
    mine.candidate.blocked.clear()


def _of_links(people: list[Person], things: list[Thing], about: str) -> Iterator[str]:
    """The link of a mail is for whoever hires, and is in the team still."""
    posting = things[0].posting
    for member in things[0].employer.memberships.select_related("user").order_by("pk"):
        right = member.role in HIRES
        link = ConfirmLink.to(member.user, posting).token
        asked = get_asked(link)
        found = asked is not None and asked.posting == posting
        if found != right or get_asked(f"{link}x") is not None:
            yield f"get_asked of {member.user}"
    stranger = things[1].employer.memberships.order_by("pk")[0].user
    theirs = get_asked(ConfirmLink.to(stranger, things[1].posting).token)
    if theirs is None or theirs.posting != things[1].posting:
        yield "get_asked about another posting"
    gone = User.objects.create_user("gone@example.test", is_active=False)
    Membership.objects.create(
        employer=posting.employer, user=gone, role=MemberRole.OWNER, joined_at=datetime.now(UTC)
    )
    if get_asked(ConfirmLink.to(gone, posting).token) is not None:
        yield "get_asked of who is suspended"
    outside = User.objects.exclude(memberships__employer=posting.employer).exclude(pk=stranger.pk)
    if get_asked(ConfirmLink.to(outside.order_by("pk")[0], posting).token) is not None:
        yield "get_asked of a stranger"


def _of_drafts(people: list[Person], things: list[Thing], about: str) -> Iterator[str]:
    """A draft is for its writer; one of no account for the browser that began it."""
    now, thing = datetime.now(UTC), things[0]
    anew = {"posting": thing.posting, "opened_at": now, "updated_at": now}
    owner, other = [person for person in people if isinstance(person, User)][:2]
    mine = ApplicationDraft.objects.create(user=owner, **anew)
    apart = ApplicationDraft.objects.create(user=other, **{**anew, "posting": draft_posting()})
    stray = ApplicationDraft.objects.create(user=None, **anew)
    elsewhere = ApplicationDraft.objects.create(user=None, **{**anew, "posting": draft_posting()})
    asked = {
        "mine": get_draft(thing.posting, owner, "") == mine,
        "another's": get_draft(thing.posting, other, mine.public_id) is None,
        "one's own elsewhere": get_draft(apart.posting, owner, "") is None,
        "nobody's": get_draft(thing.posting, None, mine.public_id) is None,
        "the browser's": get_draft(thing.posting, None, stray.public_id) == stray,
        "no browser's": get_draft(thing.posting, None, "") is None,
        "of another posting": get_draft(thing.posting, None, elsewhere.public_id) is None,
    }
    yield from (f"get_draft, {name}" for name, holds in asked.items() if not holds)
    for draft in (mine, apart, stray, elsewhere):
        draft.delete()


def _of_files(people: list[Person], things: list[Thing], about: str) -> Iterator[str]:
    """A file goes with one application."""
    for application in (thing.application for thing in things):
        found = _finds(lambda application=application: get_file(application))
        if found is None or found.application_id != application.pk:
            yield "get_file"


def _of_alerts(people: list[Person], things: list[Thing], about: str) -> Iterator[str]:
    """Alerts of an account, and of addresses that it has confirmed and that took them."""
    reader, other = [person for person in people if isinstance(person, User)][:2]
    now = datetime.now(UTC)
    mine, theirs = (make_alert(user, now=now, query="q=csat") for user in (reader, other))
    taken, strange = (make_alert(now=now) for _ in range(2))
    for alert, name in ((taken, "taken"), (strange, "strange")):
        Subscription.objects.filter(pk=alert.pk).update(user=None, email=f"{name}@example.test")
    EmailAddress.objects.create(user=reader, email="taken@example.test", verified=True)
    EmailAddress.objects.create(user=reader, email="strange@example.test", verified=False)
    EmailAddress.objects.create(user=other, email="other@example.test", verified=True)
    found = set(Subscription.objects.of_user(reader))
    if not {mine, taken} <= found or {theirs, strange} & found:
        yield "of_user"
    if {mine, taken, strange} & set(Subscription.objects.of_user(other)):
        yield "of_user of another"
    for alert in (mine, theirs, taken):
        if _finds(lambda alert=alert: get_alert_by_link(manage_token(alert.public_id))) != alert:
            yield "get_alert_by_link"
        if (
            _finds(lambda alert=alert: get_alert_to_confirm(confirm_token(alert.public_id)))
            != alert
        ):
            yield "get_alert_to_confirm"


def _of_postings(people: list[Person], things: list[Thing], about: str) -> Iterator[str]:
    """What the public may ask for, and the revision that is being worked on."""
    now, posting = datetime.now(UTC), things[0].posting
    draft = draft_posting(now=now)
    if _finds(lambda: get_public_posting(draft.public_id, now=now)) is not None:
        yield "get_public_posting of a draft"
    if _finds(lambda: get_public_posting(posting.public_id, now=now)) != (posting, True):
        yield "get_public_posting"
    if _finds(lambda: get_open_revision(posting)) is not None:
        yield "get_open_revision of another posting"
    if _finds(lambda: get_open_revision(draft)) != draft.revisions.get():
        yield "get_open_revision"


def _of_suspension(people: list[Person], things: list[Thing], about: str) -> Iterator[str]:
    """Nobody suspends themselves; staff are for superusers."""
    superuser = User(pk=-1, is_staff=True, is_superuser=True)
    staff, person = User(pk=-2, is_staff=True), User(pk=-3)
    allowed = {(superuser, staff), (superuser, person), (staff, person), (person, User(pk=-4))}
    asked = {(a, b) for a in (superuser, staff, person) for b in (superuser, staff, person)}
    for actor, user in sorted(asked | allowed, key=str):
        if of_employers.can_suspend(actor, user) != ((actor, user) in allowed):
            yield f"can_suspend of {actor.pk} about {user.pk}"


_ROLES = frozenset(one.__name__ for one in [*PREDICATES, *SCOPES])
_PARTS: Final[
    Mapping[frozenset[str], Callable[[list[Person], list[Thing], str], Iterator[str]]]
] = {
    _ROLES: _of_roles,
    frozenset({"of_candidate", "of_owner", "waiting_for"}): _of_oneself,
    frozenset({"get_asked"}): _of_links,
    frozenset({"get_draft", "get_stray_draft"}): _of_drafts,
    frozenset({"of_user", "get_alert_by_link", "get_alert_to_confirm"}): _of_alerts,
    frozenset({"get_public_posting", "get_open_revision"}): _of_postings,
    frozenset({"get_file"}): _of_files,
    frozenset({"can_suspend"}): _of_suspension,
    frozenset({"get_membership", "get_invitation"}): _of_teams,
    frozenset({"get_block"}): _of_blocks,
}
"""What each part is about."""

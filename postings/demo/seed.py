"""The demo world, brought to life by the same actions that the site uses.

Times lie in the past: every action gets the `now` of the day that the world says. What happened on
one day is done at once, with the actions for many: that takes half the statements.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Max, Q

from cscareers.core.models import City, Country, OutgoingMail
from postings.actions import lifecycle, moderation
from postings.actions.moderators import ensure_group
from postings.actions.postings import NewPosting, create_postings
from postings.actions.risk import assess_revision
from postings.content import Place
from postings.demo import applications, scenes
from postings.demo.candidates import seed_candidates
from postings.demo.people import candidate_of_the_demo, crowd
from postings.demo.world import DemoEmployer, DemoPosting, demo_world, doubtful_world
from postings.duplicates.store import write_prints
from postings.enums import Origin, PauseReason, PostingState, RejectionReason
from postings.models import Posting, PostingRevision
from postings.policy import ASK_AGAIN_AFTER
from profiles.actions.employers import EmployerFacts, create_employer
from profiles.enums import MemberRole, VerificationKind
from profiles.models import Employer, Membership, User

OWNED_BY_DEMO_OWNER: Final = ("tallgrass-mutual", "corrib-cloud")
COPIES_IN_MEDIUM: Final = 3
CROWDS: Final = 3
"""Times 60 candidates: so many that an employer sees whom a must-have removes."""
CROWDS_IN_MEDIUM: Final = 2
"""Times as many as in a small one."""
CREATED_DAYS_BEFORE: Final = 3
SUBMITTED_DAYS_BEFORE: Final = 1
SAID_EACH: Final = 50
LABEL: Final = "demo"
"""How the event of an approval is labelled. Like an import's, it is not judged once more: the world
repeats nothing, and tests judge it."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A posting of the world with those whose it is."""

    world: DemoPosting
    employer: Employer
    author: User

    @property
    def days_ago(self) -> int:
        """When it became public; 0 for what never was."""
        return self.world.published_days_ago or 0


def seed(
    *,
    logins: Mapping[str, str],
    now: datetime,
    medium: bool = False,
    worlds: Sequence[DemoEmployer] | None = None,
    crowds: int = CROWDS,
    say: Callable[[str], None] = lambda text: None,
) -> dict[str, int]:
    """Make the demo's accounts, employers, postings and candidates that are not there yet, all or
    none; how many were made.

    `logins` are addresses with passwords. `medium` offers each open posting in up to three more
    cities of its country. `worlds` are some employers of the world instead of all,
    `crowds` times 60 the candidates. Nothing is
    mailed: what the actions queue is marked as sent.
    """
    people = _people(logins)
    _confirm_again(now=now)
    there = set(Employer.objects.values_list("site", flat=True))
    wanted = (*demo_world(), *doubtful_world()) if worlds is None else worlds
    missing = [world for world in wanted if world.site not in there]
    with transaction.atomic():
        queued_before = OutgoingMail.objects.aggregate(last=Max("pk", default=0))["last"]
        jobs = [job for world in missing for job in _jobs(world, people, now=now, medium=medium)]
        say(f"{len(missing)} employers")
        _postings(jobs, moderator=people["moderator"], now=now, say=say)
        for world in missing:
            if world.slug in OWNED_BY_DEMO_OWNER:
                employer = Employer.objects.get(site=world.site)
                _waiting_change(employer, author=people["owner"], now=now)
        scenes.play(people=people, made={world.slug for world in missing}, now=now)
        candidates = _candidates(
            people, now=now, times=crowds * (CROWDS_IN_MEDIUM if medium else 1)
        )
        say(f"{candidates} candidates")
        drawn = [one.email for one in crowd(now.date(), times=1)]
        sent = applications.play(
            people=people,
            crowd=list(User.objects.filter(email__in=drawn)),
            made={world.slug for world in missing},
            now=now,
        )
        say(f"{sent} applications")
        OutgoingMail.objects.filter(pk__gt=queued_before).update(sent_at=now)
    return {"employers": len(missing), "postings": len(jobs), "candidates": candidates}


def _confirm_again(*, now: datetime) -> None:
    """Whoever starts the demo again finds its jobs open, however long ago it was made."""
    rows = Posting.objects.filter(
        origin=Origin.DEMO,
        author__isnull=False,
        closes_at__gt=now,
        confirmed_at__lte=now - ASK_AGAIN_AFTER,
    )
    rows = rows.filter(
        Q(state=PostingState.PUBLISHED)
        | Q(state=PostingState.PAUSED, paused_for=[PauseReason.UNCONFIRMED], held_at__isnull=True)
    )
    for posting in rows.select_related("employer", "author").order_by("pk"):
        if posting.author is not None:
            lifecycle.confirm(posting=posting, actor=posting.author, now=now)


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


def _candidates(people: Mapping[str, User], *, now: datetime, times: int) -> int:
    """The candidate who can sign in, and a crowd that nobody can sign in as."""
    drawn = crowd(now.date(), times=times)
    there = User.objects.in_bulk([one.email for one in drawn], field_name="email")
    missing = [
        User(email=one.email, name=one.name, password=make_password(None))
        for one in drawn
        if one.email not in there
    ]
    made = {user.email: user for user in User.objects.bulk_create(missing)}
    dana = people["candidate"]
    pairs = [(candidate_of_the_demo(dana.email, dana.name), dana)]
    pairs += [(one, there.get(one.email) or made[one.email]) for one in drawn]
    return seed_candidates(pairs, now=now)


def _jobs(
    world: DemoEmployer, people: Mapping[str, User], *, now: datetime, medium: bool
) -> list[_Job]:
    """The employer, made; the postings that it is going to have."""
    began = now - timedelta(days=world.since_days)
    own = world.slug in OWNED_BY_DEMO_OWNER
    host = world.site.removeprefix("https://").removeprefix("www.").strip("/")
    proven = world.verified is VerificationKind.EMAIL
    usual = f"hiring@{host}" if proven else f"{world.slug}.hiring@mail.example"
    address = world.mail or usual
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
    copied = medium and world not in doubtful_world()
    postings = _with_copies(world.postings) if copied else world.postings
    return [
        _Job(posting, employer, people[posting.author] if own else local) for posting in postings
    ]


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


def _postings(
    jobs: Sequence[_Job], *, moderator: User, now: datetime, say: Callable[[str], None]
) -> None:
    public = [job for job in jobs if job.world.published_days_ago is not None]
    oldest_first = sorted(public, key=lambda job: (-job.days_ago, job.author.pk))
    done = 0
    for days_ago, of_the_day in groupby(oldest_first, key=lambda job: job.days_ago):
        todays = list(of_the_day)
        _published(
            todays, moderator=moderator, at=now - timedelta(days=days_ago, minutes=7), now=now
        )
        if done // SAID_EACH < (done := done + len(todays)) // SAID_EACH:
            say(f"{done} of {len(jobs)} postings")
    never = [job for job in jobs if job.world.published_days_ago is None]
    for job, revision in _created(never, at=now, now=now):
        _unpublished(job, revision, moderator=moderator, now=now)


def _created(
    jobs: Sequence[_Job], *, at: datetime, now: datetime
) -> list[tuple[_Job, PostingRevision]]:
    """The jobs with their first drafts, begun some days before `at`."""
    pairs: list[tuple[_Job, PostingRevision]] = []
    created = at - timedelta(days=CREATED_DAYS_BEFORE)
    for author, of_author in groupby(jobs, key=lambda job: job.author):
        mine = list(of_author)
        new = [NewPosting(job.employer, job.world.content_on(now.date())) for job in mine]
        drafts = create_postings(new=new, actor=author, now=created, origin=Origin.DEMO)
        pairs += zip(mine, drafts, strict=True)
    return pairs


def _unpublished(job: _Job, revision: PostingRevision, *, moderator: User, now: datetime) -> None:
    world = job.world
    if world.state is PostingState.DRAFT:
        return
    submitted = now - timedelta(days=SUBMITTED_DAYS_BEFORE)
    posting, author = revision.posting, job.author
    if world.past_the_wall:
        write_prints([(posting, revision.value)])
        lifecycle.hand_in(posting=posting, revision=revision, actor=author, now=submitted)
        assess_revision(revision=revision, now=submitted)
    else:
        lifecycle.submit_for_review(posting=posting, revision=revision, actor=author, now=submitted)
    if world.state is PostingState.REJECTED:
        moderation.reject(
            revision=revision,
            actor=moderator,
            now=now - timedelta(hours=4),
            reasons=[world.rejection or RejectionReason.OTHER],
            note=world.note,
        )


def _published(jobs: Sequence[_Job], *, moderator: User, at: datetime, now: datetime) -> None:
    """What became public at `at`, brought to where it stands `now`."""
    pairs = _created(jobs, at=at, now=now)
    submitted = at - timedelta(days=SUBMITTED_DAYS_BEFORE)
    for author, of_author in groupby(pairs, key=lambda pair: pair[0].author):
        mine = {revision.posting_id: revision for _, revision in of_author}
        postings = [revision.posting for revision in mine.values()]
        lifecycle.hand_in_many(postings=postings, revisions=mine, actor=author, now=submitted)
    revisions = [revision for _, revision in pairs]
    approved = moderation.approve_many(revisions=revisions, actor=moderator, now=at, label=LABEL)
    by_key = {posting.pk: posting for posting in approved}
    for job, revision in pairs:
        world, posting = job.world, by_key[revision.posting_id]
        if world.confirmed_days_ago is not None and world.confirmed_days_ago < job.days_ago:
            confirmed = now - timedelta(days=world.confirmed_days_ago, minutes=5)
            lifecycle.confirm(posting=posting, actor=job.author, now=confirmed)
        _bring_to(posting, world, author=job.author, moderator=moderator, now=now)


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
    scenes.begin_change(posting=live, author=author, now=now - timedelta(hours=6))

"""Many people and sweeps at the same postings at once, and what has to be true afterwards."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Lock
from typing import Any

from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected

from postings.actions import lifecycle, moderation
from postings.actions.postings import (
    EditConflict,
    NotADraft,
    create_posting,
    save_draft,
    start_revision,
)
from postings.enums import PostingState, RejectionReason
from postings.hiring.actions import (
    applications,
    bulk,
    confirmations,
    decisions,
    drafts,
    moves,
    promises,
    reply_facts,
)
from postings.hiring.enums import RejectReason
from postings.hiring.models import Application, ApplicationDraft
from postings.models import Posting, PostingRevision
from profiles.actions import suspension, teams
from profiles.enums import MemberRole
from profiles.models import Employer, Membership, User
from tests.factories.candidates import make_candidate
from tests.factories.people import make_employer, make_member, make_moderator, make_user
from tests.factories.postings import complete_content
from tests.postings.hiring.life.model import ANSWERING, APPLICATION, POSTING

OPEN_POSTINGS = 6
LATE = timedelta(days=20)
"""Some applications are older than the promise: their posting pauses, and recovers."""
REFUSALS = (
    lifecycle.IllegalMove,
    lifecycle.EmployerSuspended,
    moderation.AuthorSuspended,
    EditConflict,
    NotADraft,
    moves.IllegalMove,
    applications.NotOpen,
    suspension.AlreadySo,
)


@dataclass
class Crowd:
    """The people, and what they did: `done` by the name of the operation, `saves` by revision."""

    employers: list[Employer]
    owners: list[User]
    moderator: User
    candidates: list[User]
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    saves: Counter[int] = field(default_factory=Counter)
    deadlocks: int = 0
    lock: Lock = field(default_factory=Lock)

    def note(self, counter: Counter[Any], key: Any) -> None:
        with self.lock:
            counter[key] += 1


def make_crowd(candidates: int = 6) -> Crowd:
    employers = [make_employer(), make_employer()]
    people = [make_user() for _ in range(candidates)]
    for person in people:
        make_candidate(person, skills={"complaint-handling": 3})
    owners = [make_member(employer) for employer in employers]
    for employer in employers:
        make_member(employer, role=MemberRole.RECRUITER)
    crowd = Crowd(employers, owners, make_moderator(), people)
    for _ in range(OPEN_POSTINGS):
        publish(crowd, random.Random(1))
    return crowd


# --- What they do --------------------------------------------------------------------------------


def _now() -> datetime:
    return datetime.now(UTC)


def _posting(chance: random.Random) -> Posting:
    """One of the newest postings, as a page that is about to be sent has read it."""
    public = Posting.objects.filter(live_revision__isnull=False)
    rows = public.select_related("employer", "live_revision").order_by("-pk")
    newest = list(rows[: OPEN_POSTINGS + 2])
    opened = [posting for posting in newest if posting.state == PostingState.PUBLISHED]
    return chance.choice(opened if opened and chance.random() < 0.7 else newest)


def publish(crowd: Crowd, chance: random.Random) -> None:
    number = chance.randrange(len(crowd.employers))
    employer, owner = crowd.employers[number], crowd.owners[number]
    content = complete_content(apply_url="", reply_days=14)
    began = _now() - LATE - timedelta(days=1)
    posting = create_posting(employer=employer, actor=owner, now=began, content=content)
    revision = posting.revisions.get()
    lifecycle.submit_for_review(posting=posting, revision=revision, actor=owner, now=began)
    moderation.approve(revision=revision, actor=None, now=began, label="crowd")


def refill(crowd: Crowd, chance: random.Random) -> None:
    """Another posting when few are open: most of what one can do needs one."""
    if Posting.objects.published(now=_now()).count() < OPEN_POSTINGS:
        publish(crowd, chance)


def edit(crowd: Crowd, chance: random.Random) -> None:
    revision = start_revision(posting=_posting(chance), actor=crowd.owners[0], now=_now())
    content = revision.value.with_(title=f"Lead {chance.randrange(10**6)}")
    version = revision.version - chance.choice([0, 0, 0, 1])
    save_draft(
        revision=revision, actor=crowd.owners[0], now=_now(), version=version, content=content
    )
    crowd.note(crowd.saves, revision.pk)


def hand(crowd: Crowd, chance: random.Random) -> None:
    rows = PostingRevision.objects.select_related("posting__employer").order_by("-pk")
    revision = chance.choice(list(rows[:OPEN_POSTINGS]))
    verb = chance.choice(["submit_for_review", "submit_for_review", "withdraw", "rework"])
    act = getattr(lifecycle, verb)
    act(posting=revision.posting, revision=revision, actor=crowd.owners[0], now=_now())


def judge(crowd: Crowd, chance: random.Random) -> None:
    rows = PostingRevision.objects.order_by("-pk")
    revision = chance.choice(list(rows[:OPEN_POSTINGS]))
    if chance.random() < 0.7:
        moderation.approve(revision=revision, actor=crowd.moderator, now=_now())
    else:
        reasons = [next(iter(RejectionReason))]
        moderation.reject(revision=revision, actor=crowd.moderator, now=_now(), reasons=reasons)


def run_posting(crowd: Crowd, chance: random.Random) -> None:
    posting, owner = _posting(chance), crowd.owners[0]
    act = chance.choice([lifecycle.pause, lifecycle.resume, lifecycle.resume, lifecycle.confirm])
    act(posting=posting, actor=owner, now=_now())


def extend(crowd: Crowd, chance: random.Random) -> None:
    until = _now().date() + timedelta(days=chance.randrange(5, 50))
    lifecycle.extend(posting=_posting(chance), actor=crowd.owners[0], now=_now(), apply_until=until)


def end(crowd: Crowd, chance: random.Random) -> None:
    act = chance.choice([lifecycle.close, lifecycle.mark_filled])
    act(posting=_posting(chance), actor=crowd.owners[0], now=_now())
    publish(crowd, chance)


def moderate(crowd: Crowd, chance: random.Random) -> None:
    act = chance.choice(
        [lifecycle.hold, moderation.release, moderation.suspend, moderation.reinstate]
    )
    act(posting=_posting(chance), actor=crowd.moderator, now=_now(), note="Looked into.")


def suspend(crowd: Crowd, chance: random.Random) -> None:
    employer = Employer.objects.get(pk=chance.choice(crowd.employers).pk)
    suspended = employer.suspended_at is not None
    act = suspension.reinstate_employer if suspended else suspension.suspend_employer
    act(employer=employer, actor=crowd.moderator, note="Why.", now=_now())
    if not suspended:
        suspension.reinstate_employer(
            employer=employer, actor=crowd.moderator, note="Fine.", now=_now()
        )


def reject_many(crowd: Crowd, chance: random.Random) -> None:
    rows = (
        _posting(chance)
        .applications.open()
        .select_related("posting__employer", "copy", "candidate", "revision")
    )
    picked = [(one, str(one.state)) for one in rows]
    chance.shuffle(picked)
    bulk.decide(
        picked=picked,
        verb="reject",
        actor=crowd.owners[0],
        now=_now(),
        reasons=[RejectReason.OTHERS_CLOSER],
    )


def change_role(crowd: Crowd, chance: random.Random) -> None:
    number = chance.randrange(len(crowd.employers))
    colleagues = Membership.objects.exclude(user=crowd.owners[number]).select_related("employer")
    membership = colleagues.get(employer=crowd.employers[number])
    role = chance.choice([MemberRole.RECRUITER, MemberRole.VIEWER, MemberRole.OWNER])
    teams.change_role(membership=membership, role=role, actor=crowd.owners[number], now=_now())


def sweep(crowd: Crowd, chance: random.Random) -> None:
    sweeps: Sequence[Callable[..., object]] = (
        lifecycle.expire_due,
        promises.break_promises,
        promises.remind_due,
        confirmations.pause_unconfirmed,
    )
    chance.choice(sweeps)(now=_now())


def count(crowd: Crowd, chance: random.Random) -> None:
    reply_facts.count_replies(employer=chance.choice(crowd.employers), now=_now())


def apply(crowd: Crowd, chance: random.Random) -> None:
    posting, candidate = _posting(chance), chance.choice(crowd.candidates)
    now = _now() - (LATE if chance.random() < 0.3 else timedelta(0))
    # A draft that was refused before, or a new one.
    draft = ApplicationDraft.objects.filter(posting=posting, user=candidate).first()
    draft = draft or drafts.begin(posting=posting, user=candidate, address="", now=now)
    applications.apply(draft=draft, candidate=candidate, now=now)


def _application(chance: random.Random) -> Application | None:
    rows = Application.objects.select_related("posting__employer", "candidate")
    newest = list(rows.order_by("-pk")[:30])
    waiting = [sent for sent in newest if sent.is_open]
    some = waiting if waiting and chance.random() < 0.7 else newest
    return chance.choice(some) if some else None


def withdraw(crowd: Crowd, chance: random.Random) -> None:
    sent = _application(chance)
    if sent is not None and sent.candidate is not None:
        applications.withdraw(application=sent, actor=sent.candidate, now=_now())


def decide(crowd: Crowd, chance: random.Random) -> None:
    sent = _application(chance)
    if sent is None:
        return
    verb = chance.choice(["review", "interview", "offer", "hire", "reject"])
    by: dict[str, Any] = {"application": sent, "actor": crowd.owners[0], "now": _now()}
    by["seen"] = chance.choice([None, sent.state])
    if verb == "reject":
        decisions.reject(**by, reasons=[RejectReason.OTHERS_CLOSER])
    else:
        decisions.advance(**by, verb=verb)


OPERATIONS: dict[Callable[[Crowd, random.Random], None], int] = {
    apply: 30,
    decide: 30,
    withdraw: 8,
    edit: 8,
    hand: 8,
    judge: 6,
    run_posting: 8,
    extend: 3,
    moderate: 5,
    sweep: 5,
    count: 4,
    end: 3,
    reject_many: 1,
    refill: 6,
    change_role: 2,
    suspend: 1,
}


def work(crowd: Crowd, *, seed: int, operations: int) -> None:
    """That many operations by one thread; a deadlock is counted and the operation tried again."""
    chance = random.Random(seed)
    acts, weights = list(OPERATIONS), list(OPERATIONS.values())
    try:
        for _ in range(operations):
            [act] = chance.choices(acts, weights)
            try:
                _carry_out(crowd, act, chance)
            except REFUSALS as refusal:
                crowd.note(crowd.refused, f"{act.__name__}: {type(refusal).__name__}")
            else:
                crowd.note(crowd.done, act.__name__)
    finally:
        connection.close()


def _carry_out(
    crowd: Crowd, act: Callable[[Crowd, random.Random], None], chance: random.Random
) -> None:
    try:
        act(crowd, chance)
    except OperationalError as error:
        if not isinstance(error.__cause__, DeadlockDetected):
            raise
        with crowd.lock:
            crowd.deadlocks += 1
        act(crowd, chance)


def let_loose(crowd: Crowd, *, threads: int, operations: int, seed: int) -> None:
    """`operations` in all by so many threads; any error but a refusal is raised here."""
    with ThreadPoolExecutor(threads) as pool:
        futures = [
            pool.submit(work, crowd, seed=seed * threads + number, operations=operations // threads)
            for number in range(threads)
        ]
    for future in futures:
        future.result()


# --- What has to be true afterwards --------------------------------------------------------------


def check(crowd: Crowd) -> None:
    """The rows agree with their events, and nothing illegal or half-done is among them."""
    _check_moves("postings_posting", "posting", POSTING, {"create": "draft"})
    _check_moves("postings_application", "application", APPLICATION, {"apply": "new"})
    _check_answers()
    _check_versions(crowd)
    assert _rows(STRAYS) == []


def _check_moves(table: str, owner: str, legal: dict[str, dict[str, str]], birth: Any) -> None:
    states = dict(_rows(f"SELECT id, state FROM {table}"))  # noqa: S608
    moved: dict[int, list[tuple[str, str, str]]] = {key: [] for key in states}
    events = f"SELECT {owner}_id, verb, from_state, to_state FROM {table}event"  # noqa: S608
    for key, verb, before, after in _rows(f"{events} WHERE to_state <> '' ORDER BY id"):
        moved[key].append((verb, before, after))
    for key, steps in moved.items():
        [first, *others] = steps
        assert (first[1], first[2]) == ("", birth[first[0]])
        for (_, _, was), (verb, before, after) in pairwise(steps):
            assert (before, after) == (was, legal[verb][was]), (table, key, steps)
        assert steps[-1][2] == states[key]
        assert all(step[0] not in birth for step in others)


def _check_answers() -> None:
    rows = _rows(
        "SELECT a.id, a.answered_at, min(e.at) FROM postings_application a"
        " LEFT JOIN postings_applicationevent e ON e.application_id = a.id AND e.verb = ANY(%s)"
        " GROUP BY a.id HAVING a.answered_at IS DISTINCT FROM min(e.at)",
        [sorted(ANSWERING)],
    )
    assert rows == []


def _check_versions(crowd: Crowd) -> None:
    versions = dict(PostingRevision.objects.values_list("pk", "version"))
    assert {key: version - 1 for key, version in versions.items() if version > 1} == dict(
        crowd.saves
    )


STRAYS = """
SELECT 'open though its posting has ended', a.id FROM postings_application a
    JOIN postings_posting p ON p.id = a.posting_id
    WHERE p.state IN ('closed', 'filled') AND a.state IN ('new', 'in_review', 'interview', 'offer')
UNION ALL SELECT 'twice for one posting', min(id) FROM postings_application
    WHERE state <> 'withdrawn' GROUP BY posting_id, candidate_id HAVING count(*) > 1
UNION ALL SELECT 'without a copy', a.id FROM postings_application a
    LEFT JOIN postings_applicationcopy c ON c.application_id = a.id WHERE c IS NULL
UNION ALL SELECT 'without a receipt', e.id FROM postings_applicationevent e
    JOIN postings_application a ON a.id = e.application_id
    JOIN profiles_user u ON u.id = a.candidate_id
    LEFT JOIN core_outgoingmail m ON m.dedupe_key = 'application-apply:' || e.id || ':' || u.email
    WHERE e.verb = 'apply' AND m.id IS NULL
UNION ALL SELECT 'a mail without its job', m.id FROM core_outgoingmail m
    LEFT JOIN procrastinate_jobs j ON j.task_name = 'core.send_mail'
        AND (j.args->>'mail_id')::bigint = m.id WHERE j.id IS NULL
UNION ALL SELECT 'two open revisions', min(id) FROM postings_postingrevision
    WHERE state IN ('draft', 'in_review', 'rejected') GROUP BY posting_id HAVING count(*) > 1
UNION ALL SELECT 'withheld though nobody is suspended', p.id FROM postings_posting p
    JOIN profiles_employer e ON e.id = p.employer_id
    WHERE p.withheld <> (e.suspended_at IS NOT NULL)
"""


def deadlocks() -> int:
    """How many the server has met in this database."""
    sql = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    return int(_rows(sql)[0][0])


def ended() -> int:
    return Posting.objects.filter(state__in=(PostingState.CLOSED, PostingState.FILLED)).count()


def _rows(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return list(cursor.fetchall())

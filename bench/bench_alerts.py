"""One run of 10,000 alerts over 1,000 new postings: seconds, mails, memory, for docs/figures.md.

8,000 follow a search (drawn from combinations of level, way of working, country, pay and words, so
that some are asked by many and most by few), 2,000 their match. The jobs of the run are carried out
one after the other in this process, as a single worker would; mails are written to the queue with
their text and HTML, and not sent.
"""

import resource
from collections import Counter
from datetime import UTC, datetime, timedelta
from os import getloadavg
from random import Random
from time import perf_counter, process_time

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from cscareers.core.models import OutgoingMail
from cscareers.core.salary import PayPeriod
from postings.actions.lifecycle import hand_in_many
from postings.actions.moderation import approve_many
from postings.actions.postings import NewPosting, create_postings
from postings.content import Place
from postings.enums import Level, Origin, WorkMode
from postings.hiring.actions import alert_runs
from postings.hiring.enums import AlertKind, Cadence
from postings.hiring.models import AlertedPosting, AlertRun, Subscription
from profiles.enums import SkillKind
from profiles.models import CandidateProfile, CandidateSkill, Skill, User
from tests.factories.people import make_employer
from tests.factories.places import COLUMBUS, DUBLIN, reference_rows
from tests.factories.postings import asks, complete_content, pay

ALERTS, OF_A_MATCH, POSTINGS = 10_000, 2_000, 1_000
BEGAN = datetime(2026, 11, 2, 12, tzinfo=UTC)
DUE = BEGAN + timedelta(days=1)
SKILLS = tuple(f"skill-{number}" for number in range(40))
WORDS = ("chat", "phone", "billing", "night", "lead", "onboarding", "returns", "travel")


@pytest.mark.parametrize("seed", [20261122])
def test_one_run(db: None, seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    draw = Random(seed)
    skills = {
        slug: Skill.objects.create(slug=slug, kind=SkillKind.SKILL, name=slug, normalized=slug)
        for slug in SKILLS
    }
    make_postings(draw)
    make_alerts(draw, skills)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    started, worked = perf_counter(), process_time()
    run = alert_runs.begin(now=DUE)
    assert run is not None
    memory, times = [], []
    for job in ProcrastinateJob.objects.filter(task_name="hiring.send_alerts").order_by("id"):
        before = perf_counter()
        alert_runs.send(run_id=run.pk, ids=job.args["ids"], now=DUE)
        times.append(perf_counter() - before)
        memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    seconds, cpu = perf_counter() - started, process_time() - worked
    run = AlertRun.objects.get()
    pairs = AlertedPosting.objects.values_list("subscription", "posting")
    assert (run.due, run.failures, OutgoingMail.objects.count()) == (ALERTS, 0, run.sent)
    assert len(pairs) == len(set(pairs)) == run.postings
    assert alert_runs.begin(now=DUE + timedelta(minutes=15)) is None
    queries = Counter(Subscription.objects.values_list("query", flat=True))
    with capsys.disabled():
        print(
            f"\nLoad {getloadavg()[0]:.1f}. {ALERTS} alerts, {len(queries)} different queries,"
            f" {POSTINGS} new postings: {seconds:.0f} s by the clock, {cpu:.0f} s of Python;"
            f" {run.sent} mails with {run.postings} jobs; the longest job of {len(times)} took"
            f" {max(times):.1f} s; most memory after the first job {memory[0]} MB,"
            f" after half {memory[len(memory) // 2]} MB, at the end {memory[-1]} MB."
        )


def make_postings(draw: Random) -> None:
    reference_rows()
    employers = [make_employer() for _ in range(50)]
    places = ((Place("US", COLUMBUS),), (Place("IE", DUBLIN),), (Place("PL"),))
    new = []
    for number in range(POSTINGS):
        mode = draw.choice(list(WorkMode))
        low = draw.randrange(30, 120) * 1_000
        picked = draw.sample(SKILLS, draw.randrange(2, 9))
        content = complete_content(
            title=f"Team {draw.choice(WORDS)} {number}",
            description=f"You look after {draw.choice(WORDS)} and travel. {text(draw)}",
            responsibilities=tuple(text(draw) for _ in range(3)),
            level=draw.choice(list(Level)),
            mode=mode,
            onsite_days=8 if mode is WorkMode.HYBRID else None,
            locations=draw.choice(places) if mode is not WorkMode.REMOTE else (),
            applicant_countries=("US", "IE") if mode is WorkMode.REMOTE else (),
            pay_bands=(pay(low, low + 15_000, draw.choice(("USD", "EUR")), PayPeriod.YEAR),),
            requirements=tuple(
                asks(slug, place, min_level=draw.choice((None, 2, 3)))
                for place, slug in enumerate(picked, 1)
            ),
        )
        new.append(NewPosting(employer=draw.choice(employers), content=content))
    now = BEGAN + timedelta(hours=1)
    drafts = create_postings(new=new, actor=None, now=now, origin=Origin.FORM)
    revisions = {draft.posting_id: draft for draft in drafts}
    postings = [draft.posting for draft in drafts]
    hand_in_many(postings=postings, revisions=revisions, actor=None, now=now)
    approve_many(revisions=drafts, actor=None, now=now)


def text(draw: Random) -> str:
    """Words that no other posting has: those that look alike would be compared with each other."""
    return " ".join(f"w{draw.randrange(1_000_000)}" for _ in range(12)) + "."


def make_alerts(draw: Random, skills: dict[str, Skill]) -> None:
    users = User.objects.bulk_create(
        User(email=f"reader{number}@example.test") for number in range(OF_A_MATCH)
    )
    profiles = CandidateProfile.objects.bulk_create(
        CandidateProfile(
            user=user,
            created_at=BEGAN,
            updated_at=BEGAN,
            work_countries=draw.choice(([], ["US"], ["IE", "PL"])),
            modes=draw.choice(([], ["remote"], ["remote", "hybrid"])),
        )
        for user in users
    )
    CandidateSkill.objects.bulk_create(
        CandidateSkill(profile=profile, skill=skills[slug], level=draw.randrange(1, 5))
        for profile in profiles
        for slug in draw.sample(SKILLS, draw.randrange(5, 25))
    )
    common = {
        "name": "Jobs", "cadence": Cadence.DAILY, "hour": 13, "time_zone": "Europe/Berlin",
        "created_at": BEGAN, "confirmed_at": BEGAN, "renewed_at": BEGAN, "next_at": DUE,
    }  # fmt: skip
    Subscription.objects.bulk_create(
        [
            *(Subscription(user=user, kind=AlertKind.MATCH, **common) for user in users),
            *(
                Subscription(
                    email=f"address{number}@example.test",
                    kind=AlertKind.SEARCH,
                    query=query(draw),
                    **common,
                )
                for number in range(ALERTS - OF_A_MATCH)
            ),
        ]
    )


def query(draw: Random) -> str:
    """A canonical query: mostly two or three filters."""
    parts = []
    if draw.random() < 0.4:
        parts.append(f"q={draw.choice(WORDS)}")
    if draw.random() < 0.7:
        parts.append(f"level={draw.choice(list(Level))}")
    if draw.random() < 0.5:
        parts.append(f"mode={draw.choice(list(WorkMode))}")
    if draw.random() < 0.3:
        parts.append(f"country={draw.choice(('IE', 'PL', 'US'))}")
    if draw.random() < 0.5:
        floor = draw.randrange(3, 12) * 10_000
        parts.append(f"pay_min={floor}&currency={draw.choice(('EUR', 'USD'))}")
    return "&".join(parts)

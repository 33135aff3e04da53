"""Who applied in the demo world, what became of it, and what was kept beside it: by the actions
that the site uses, in the order of time. `applications.toml` says it; each job's is played once,
when its employer is made."""

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from postings.hiring.actions import alerts, promises, review, tracker
from postings.hiring.actions.applications import apply, withdraw
from postings.hiring.actions.decisions import advance, reject
from postings.hiring.actions.drafts import begin, save
from postings.hiring.actions.reply_facts import count_replies
from postings.hiring.enums import AlertKind, RejectReason, ReplyKind, TrackedStatus
from postings.hiring.models import Application
from postings.models import Posting
from profiles.enums import HIRING
from profiles.models import Employer, User

_FILE: Final = Path(__file__).parent / "applications.toml"
_REPLY: Final = "Yes, and I would be glad to tell you more when we talk."
_STRIDE: Final = 7
"""From one applicant to the next in the crowd, so that neighbours differ in what they bring."""
People = Mapping[str, User]
Scene = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Step:
    """Something that somebody does at a moment; `turn` orders what happens at the same one."""

    at: datetime
    turn: int
    act: Callable[[datetime], None]


def play(*, people: People, crowd: Sequence[User], made: Collection[str], now: datetime) -> int:
    """Play what is about the employers that were just `made`; the number of applications.

    `people` can sign in, the `crowd` applies.
    """
    script = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    jobs = [job for job in script["job"] if job["employer"] in made and _posting(job)]
    sent: dict[tuple[str, str], list[int]] = {}
    steps: list[_Step] = []
    applicants = _applicants(crowd)
    for job in jobs:
        for said in job["applications"]:
            who = people[said["who"]] if "who" in said else next(applicants)
            steps += _story(job, said, who, people, script["story"], sent, now=now)
    for step in sorted(steps, key=lambda step: (step.at, step.turn)):
        step.act(step.at)
    _beside(script, people, made, sent, now=now)
    for employer in Employer.objects.filter(slug__in={job["employer"] for job in jobs}):
        count_replies(employer=employer, now=now)
    promises.break_promises(now=now)
    return sum(len(keys) for keys in sent.values())


def _applicants(crowd: Sequence[User]) -> Iterator[User]:
    """People of the crowd in strides, each once."""
    order = sorted(crowd, key=lambda user: user.email)
    for first in range(_STRIDE):
        yield from order[first::_STRIDE]


def _posting(job: Scene) -> Posting | None:
    """The job that a scene names, if it is there and people apply for it here."""
    rows = Posting.objects.select_related("employer", "live_revision", "author")
    named = rows.filter(employer__slug=job["employer"], title=job["title"])
    return named.filter(reply_days__isnull=False).order_by("pk").first()


def _key(job: Scene) -> tuple[str, str]:
    return job["employer"], job["title"]


def _story(
    job: Scene,
    said: Scene,
    who: User,
    people: People,
    stories: Mapping[str, Sequence[Scene]],
    sent: dict[tuple[str, str], list[int]],
    *,
    now: datetime,
) -> Iterator[_Step]:
    """One application with what follows, as far as it lies in the past."""
    keys: list[int] = []
    begun = now - timedelta(days=said["days_ago"])

    def send(at: datetime) -> None:
        posting = _posting(job)
        assert posting is not None  # noqa: S101 - looked for before
        keys.append(_apply(posting, who, said.get("note", ""), now=at))
        sent.setdefault(_key(job), []).append(keys[0])

    yield _Step(begun, 0, send)

    def follow(step: Scene, at: datetime) -> None:
        _decide(keys[0], step, who, people, now=at)

    for turn, step in enumerate(stories[said["story"]], 1):
        at = begun + timedelta(days=step["after"])
        if at <= now:
            yield _Step(at, turn, partial(follow, step))


def _apply(posting: Posting, who: User, note: str, *, now: datetime) -> int:
    draft = begin(posting=posting, user=who, address="", now=now)
    questions = posting.live_content.questions
    said = {"note": note, "replies": [{"question": q, "answer": _REPLY} for q in questions]}
    save(draft=draft, version=draft.version, changes=said, now=now)
    return apply(draft=draft, candidate=who, now=now).pk


def _decide(key: int, step: Scene, who: User, people: People, *, now: datetime) -> None:
    rows = Application.objects.select_related("posting__employer", "revision", "copy", "candidate")
    application = rows.get(pk=key)
    words: dict[str, Any] = {"application": application, "now": now, "note": step.get("note", "")}
    match step["do"]:
        case "withdraw":
            withdraw(actor=who, **words)
        case "reject":
            reasons = [RejectReason(code) for code in step["reasons"]]
            requirement = step.get("requirement", "")
            team = _team(application.posting.employer, people)
            reject(actor=team[0], reasons=reasons, requirement=requirement, **words)
        case verb:
            advance(verb=verb, actor=_team(application.posting.employer, people)[0], **words)


def _team(employer: Employer, people: People) -> list[User]:
    """Those who hire for an employer: whoever can sign in first, recruiters before owners."""
    team = employer.memberships.filter(role__in=HIRING).select_related("user")
    known = {user.pk for user in people.values()}
    order = sorted(
        team, key=lambda one: (one.user_id not in known, one.role != "recruiter", one.pk)
    )
    return [one.user for one in order]


def _beside(
    script: Mapping[str, Sequence[Scene]],
    people: People,
    made: Collection[str],
    sent: Mapping[tuple[str, str], Sequence[int]],
    *,
    now: datetime,
) -> None:
    """Notes, tags and saved replies of teams; the tracker of the demo's candidate."""
    for scene in script["note"]:
        if (keys := sent.get(_key(scene))) is not None:
            application = Application.objects.get(pk=keys[scene["application"]])
            at = now - timedelta(hours=scene["hours_ago"])
            author = people[scene["author"]]
            review.add_note(application=application, author=author, text=scene["text"], now=at)
    for scene in script["tag"]:
        if (keys := sent.get(_key(scene))) is not None:
            for number, names in scene["names"].items():
                application = Application.objects.select_related("posting").get(
                    pk=keys[int(number)]
                )
                for name in names:
                    review.add_tag(application=application, name=name)
    for scene in script["reply"]:
        if scene["employer"] in made:
            review.save_reply(
                employer=Employer.objects.get(slug=scene["employer"]),
                kind=ReplyKind(scene["kind"]),
                name=scene["name"],
                text=scene["text"],
                now=now,
            )
    if any(scene["employer"] in made for scene in script["tracked"]):
        _track(script, people["candidate"], now=now)
        _alerts(people["candidate"], now=now)


def _track(script: Mapping[str, Sequence[Scene]], person: User, *, now: datetime) -> None:
    for scene in script["tracked"]:
        rows = Posting.objects.select_related("employer")
        posting = rows.filter(employer__slug=scene["employer"], title=scene["title"]).first()
        if posting is not None:
            tracker.track(user=person, posting=posting, now=_ago(now, scene))
    for scene in script["elsewhere"]:
        fields = {name: scene[name] for name in ("title", "employer_name", "notes")}
        job = tracker.add(user=person, fields=fields, now=_ago(now, scene))
        tracker.set_status(job=job, status=TrackedStatus.APPLIED, now=_ago(now, scene))
        status = TrackedStatus(scene["status"])
        tracker.set_status(job=job, status=status, now=now - timedelta(days=1))


def _alerts(person: User, *, now: datetime) -> None:
    """A weekly one of a search, and a daily one of one's own match."""
    at = now - timedelta(days=20)
    weekly = alerts.Rhythm(hour=7, time_zone="America/New_York", weekday=0)
    follow = alerts.Follow(query="q=complaints", words="“complaints”")
    alerts.subscribe(user=person, follow=follow, name="Complaints", rhythm=weekly, now=at)
    daily = alerts.Rhythm(hour=8, time_zone="America/New_York")
    mine = alerts.Follow(query="", words="my matches", kind=AlertKind.MATCH)
    alerts.subscribe(user=person, follow=mine, name="My matches", rhythm=daily, now=at)


def _ago(now: datetime, scene: Scene) -> datetime:
    return now - timedelta(days=scene["days_ago"])
